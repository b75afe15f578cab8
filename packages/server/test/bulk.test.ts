/** Rows that are inserted many at once, and the ids that they get, on every database. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { openEnvironment } from '../src/environment.ts';
import { type BulkInsert, bulkInsert, makeReady } from '../src/store/bulk.ts';
import type { LotTransaction } from '../src/store/database.ts';
import { TABLES_WITH_IDS } from '../src/store/dialects.ts';
import { insertEvent } from '../src/store/events.ts';
import { findLastId, raiseLastId, reserveId, takeIds } from '../src/store/ids.ts';
import type { ContainerRow } from '../src/store/schema.ts';
import { rawStatement } from '../src/store/statement.ts';
import { makeDatabase } from './databases.ts';
import { holdClock } from './harness.ts';

const { store } = await openEnvironment(await makeDatabase(), holdClock());
after(() => store.close());

interface NewEvent {
  readonly account_id: number;
  readonly occurred_at: string;
  readonly actor_user_id: number;
  readonly api_key_id: number;
  readonly ip_address: string;
  readonly request_id: string;
  readonly action: string;
  readonly object_type: string;
  readonly object_id: number;
  readonly before: string;
  readonly after: string;
}

interface Count {
  readonly account_id: number;
  readonly container_id: number;
  readonly is_active: number;
  readonly is_pending: number;
  readonly slot: number;
  readonly organizations: number;
}

/** The columns of `events`, which takes any text and any number; its ids are the database's. */
const EVENT_COLUMNS = [
  ...(['account_id', 'occurred_at', 'actor_user_id', 'api_key_id', 'ip_address'] as const),
  ...(['request_id', 'action', 'object_type', 'object_id', 'before', 'after'] as const),
];

const EVENTS = bulkInsert<NewEvent>('events', EVENT_COLUMNS);
const EVENTS_WITH_IDS = bulkInsert<NewEvent & { readonly id: number }>('events', [
  'id',
  ...EVENT_COLUMNS,
]);
const COUNTS = bulkInsert<Count>('organization_counts', [
  ...(['account_id', 'container_id', 'is_active', 'is_pending'] as const),
  ...(['slot', 'organizations'] as const),
]);
const CONTAINERS = bulkInsert<Omit<ContainerRow, 'id'>>('containers', [
  ...(['account_id', 'public_id', 'name', 'description', 'parent_id', 'template_id'] as const),
  ...(['ekey', 'is_active', 'allowed_domain_names', 'document'] as const),
]);

async function insertRows<Inserted extends object>(
  tx: LotTransaction,
  bulk: BulkInsert<Inserted>,
  rows: readonly Inserted[],
): Promise<void> {
  await tx.insertRows(makeReady(tx.dialect.copiesRows, bulk, rows));
}

let accounts = 0;

/** An account that no other test writes to. */
function newAccount(): number {
  accounts += 1;
  return accounts;
}

interface StoredEvent {
  readonly id: number;
  readonly account_id: number;
  readonly [column: string]: string | number;
}

const selectEvents = rawStatement<{ account_id: number }, StoredEvent>(({ account_id }) => {
  const columns = sql.join(['id', ...EVENT_COLUMNS].map((name) => sql.ref(name)));
  return sql`select ${columns} from events where account_id = ${account_id} order by id`;
});
const selectCounts = rawStatement<{ account_id: number }, Record<string, number>>(
  ({ account_id }) =>
    sql`select * from organization_counts where account_id = ${account_id} order by container_id`,
);
const selectContainers = rawStatement<{ account_id: number }, { name: string }>(
  ({ account_id }) => sql`select name from containers where account_id = ${account_id}`,
);

const listEvents = (account_id: number) => store.reader.all(selectEvents, { account_id });

const listIds = async (account_id: number) => (await listEvents(account_id)).map(({ id }) => id);

/** What has a meaning somewhere between here and a row, and characters of every length. */
const PIECES = [
  ...'"\'`\\{}[](),;:%_$?@/ ',
  ...'\n\r\t\b\f\u0001\u001f\u007f\u0085\u00a0\u200b\u2028\ufeff\ufffd\uffff',
  ...'aZ0éßЯ漢한ไ',
  ...'😀𝔘𐀀\u{10ffff}',
  ...['NULL', 'null', '\\N', '\\"', '{}', '""', '$1', '--', '/*', '\r\n', 'e\u0301', '\\u0000'],
];

/** Without the character 0, which PostgreSQL has no place for; no request and no file brings one. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...PIECES)).map((pieces) => pieces.join('')) },
  fc.string({ unit: 'binary' }).map((some) => some.replaceAll('\0', '')),
  fc.constantFrom('', ' ', 'NULL', '{}', '"', '\\', '\\\\', '{NULL}', '"\\""', ',', '\n'),
);

const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer(),
  fc.constantFrom(0, 1, -1, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 53 - 1, -(2 ** 53) + 1),
);

const event = fc.record({
  after: text,
  before: text,
  object_id: number,
  object_type: text,
  action: text,
  request_id: text,
  ip_address: text,
  api_key_id: number,
  actor_user_id: number,
  occurred_at: text,
});

test('rows have exactly the texts and numbers that were given, in the given order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 12 }), async (events) => {
      const account_id = newAccount();
      const rows = events.map((one) => ({ ...one, account_id }));
      await store.lotTransaction((tx) => insertRows(tx, EVENTS, rows));
      const stored = await listEvents(account_id);
      assert.deepEqual(
        stored.map(({ id: _, ...row }) => row),
        rows,
      );
    }),
    { numRuns: 150 },
  );
});

test('whole numbers of 32 and of 64 bits keep their sign and every digit', async () => {
  const small = fc.oneof(fc.integer(), fc.constantFrom(-(2 ** 31), 2 ** 31 - 1));
  const count = fc.record({ organizations: number, is_active: small, is_pending: small });
  await fc.assert(
    fc.asyncProperty(fc.array(count, { maxLength: 8 }), small, async (counts, slot) => {
      const account_id = newAccount();
      const rows = counts.map((one, container_id) => ({ ...one, account_id, container_id, slot }));
      await store.lotTransaction((tx) => insertRows(tx, COUNTS, rows));
      const stored = await store.reader.all(selectCounts, { account_id });
      assert.deepEqual(
        stored.map((row) => ({ ...row })),
        rows,
      );
    }),
    { numRuns: 50 },
  );
});

/** An event that says which it is. */
function namedEvent(account_id: number, request_id: string) {
  return {
    ...{ account_id, request_id, actor_user_id: 0, api_key_id: 0, object_id: 0 },
    ...{ occurred_at: '', ip_address: '', action: '', object_type: '', before: '', after: '' },
  };
}

test('as many rows as a lot has are inserted at once, and none is nothing', async () => {
  const account_id = newAccount();
  const rows = Array.from({ length: 5000 }, (_, index) => ({
    ...namedEvent(account_id, String(index)),
    after: 'x'.repeat(index % 700),
  }));
  await store.lotTransaction(async (tx) => {
    await insertRows(tx, EVENTS, []);
    await insertRows(tx, EVENTS, rows);
    await insertRows(tx, EVENTS, []);
  });
  const stored = await listEvents(account_id);
  assert.deepEqual(
    stored.map(({ request_id, after: text }) => [request_id, text]),
    rows.map(({ request_id, after: text }) => [request_id, text]),
  );
});

test('of rows of which the table refuses one, none is there', async () => {
  const account_id = newAccount();
  const rows = [0, 1, 2, 1].map((is_active, index) => ({
    ...{ account_id, public_id: '', name: `Container ${index}`, description: '', parent_id: 0 },
    ...{ template_id: 0, ekey: '', is_active, allowed_domain_names: '[]', document: '' },
  }));
  await assert.rejects(
    store.lotTransaction((tx) => insertRows(tx, CONTAINERS, rows)),
    /check constraint/i,
  );
  assert.deepEqual(await store.reader.all(selectContainers, { account_id }), []);
});

/** What hands out ids of `events`, with rows or without. */
interface Taking {
  readonly kind: 'take' | 'lose' | 'insert' | 'insertMany';
  readonly count: number;
}

/** What keeps ids from being handed out, as far ahead of the last one as it says. */
interface Exclusion {
  readonly kind: 'reserve' | 'raise';
  readonly ahead: number;
}

type Step = Taking | Exclusion;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('take', 'lose', 'insert', 'insertMany'),
    count: fc.integer({ min: 0, max: 5 }),
  }),
  fc.record({
    kind: fc.constantFrom('reserve', 'raise'),
    ahead: fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 1_000_000 })),
  }),
);

/** How many rows a step brings. */
function countRows(next: Step): number {
  if ('ahead' in next) {
    return Number(next.kind === 'reserve');
  }
  return next.kind === 'lose' ? 0 : next.count;
}

/** Does a step. @returns the id up to which nothing may be handed out any more, as far as it says so */
async function take(tx: LotTransaction, next: Step, account_id: number, last: number) {
  if ('ahead' in next) {
    return await exclude(tx, next, account_id, last);
  }
  if (next.kind === 'lose') {
    return (await takeIds(tx, 'events', next.count)).at(-1) ?? 0;
  }
  const rows = Array.from({ length: next.count }, () => namedEvent(account_id, 'new'));
  if (next.kind === 'take') {
    const ids = await takeIds(tx, 'events', next.count);
    assert.equal(ids.length, next.count);
    const withIds = rows.map((row, index) => ({ ...row, id: ids[index] ?? 0 }));
    await insertRows(tx, EVENTS_WITH_IDS, withIds);
  } else if (next.kind === 'insertMany') {
    await insertRows(tx, EVENTS, rows);
  } else {
    for (const row of rows) {
      await insertEvent(tx, row);
    }
  }
  return 0;
}

async function exclude(tx: LotTransaction, next: Exclusion, account_id: number, last: number) {
  if (next.kind === 'raise') {
    const last_id = Math.max(0, last + next.ahead);
    await raiseLastId(tx, 'events', last_id);
    return last_id;
  }
  // An id that came with its row.
  const id = last + Math.max(1, next.ahead);
  await insertRows(tx, EVENTS_WITH_IDS, [{ ...namedEvent(account_id, 'given'), id }]);
  await reserveId(tx, 'events', id);
  await reserveId(tx, 'events', 1);
  return id;
}

test('ids rise, none is handed out twice, and none up to one that was given or raised', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
      const account_id = newAccount();
      let known = 0;
      let last = await findLastId(store.reader, 'events');
      for (const next of steps) {
        const excluded = await store.lotTransaction((tx) => take(tx, next, account_id, last));
        const ids = (await listIds(account_id)).slice(known);
        const [first = last + 1] = ids;
        assert.ok(first > last, `${first} comes after ${last}`);
        assert.equal(ids.length, countRows(next));
        known += ids.length;
        last = Math.max(last, excluded, ...ids);
        assert.equal(await findLastId(store.reader, 'events'), last);
      }
    }),
    { numRuns: 60 },
  );
});

test('ids that are taken in one transaction follow those of the rows before and behind', async () => {
  const account_id = newAccount();
  const taken = await store.lotTransaction(async (tx) => {
    await insertEvent(tx, namedEvent(account_id, 'before'));
    const some: number[] = [];
    for (const count of [3, 0, 1, 4]) {
      const ids = await takeIds(tx, 'events', count);
      const rows = ids.map((id) => ({ ...namedEvent(account_id, 'taken'), id }));
      await insertRows(tx, EVENTS_WITH_IDS, rows);
      some.push(...ids);
    }
    await insertEvent(tx, namedEvent(account_id, 'behind'));
    return some;
  });
  const stored = await listEvents(account_id);
  assert.equal(taken.length, 8);
  assert.deepEqual(
    stored.map(({ request_id }) => request_id),
    ['before', ...taken.map(() => 'taken'), 'behind'],
  );
  assert.deepEqual(
    stored.slice(1, -1).map(({ id }) => id),
    taken,
  );
});

test('transactions side by side are handed out ids of their own', async () => {
  const account_id = newAccount();
  const taken = await Promise.all(
    Array.from({ length: 24 }, async () => {
      const ids = await store.transaction(async (tx) => {
        await insertEvent(tx, namedEvent(account_id, 'plain'));
        return await takeIds(tx, 'events', 20);
      });
      const rows = ids.map((id) => ({ ...namedEvent(account_id, 'taken'), id }));
      await store.lotTransaction((tx) => insertRows(tx, EVENTS_WITH_IDS, rows));
      return ids;
    }),
  );
  const byNumber = (one: number, other: number) => one - other;
  for (const ids of taken) {
    assert.deepEqual(ids, [...ids].sort(byNumber));
  }
  assert.equal(new Set(taken.flat()).size, 24 * 20);
  const stored = await listEvents(account_id);
  assert.equal(stored.length, 24 * 21);
  assert.deepEqual(
    stored.filter(({ request_id }) => request_id === 'taken').map(({ id }) => id),
    taken.flat().sort(byNumber),
  );
});

test('every table with ids begins at 1, is raised, and never lowered', async () => {
  const fresh = await openEnvironment(await makeDatabase(), holdClock());
  for (const table of TABLES_WITH_IDS) {
    const found = await fresh.store.lotTransaction(async (tx) => {
      const ids: (number | number[])[] = [await findLastId(tx, table)];
      for (const last_id of [0, 1000, 500, 0]) {
        await raiseLastId(tx, table, last_id);
        ids.push(await findLastId(tx, table));
      }
      await reserveId(tx, table, 3);
      ids.push(await findLastId(tx, table));
      ids.push(await takeIds(tx, table, 0), await takeIds(tx, table, 3));
      return ids;
    });
    assert.deepEqual(found, [0, 0, 1000, 1000, 1000, 1000, [], [1001, 1002, 1003]], table);
  }
  const other = await openEnvironment(await makeDatabase(), holdClock());
  for (const table of TABLES_WITH_IDS) {
    const first = await other.store.lotTransaction((tx) => takeIds(tx, table, 2));
    assert.deepEqual(first, [1, 2], table);
  }
  await Promise.all([fresh.store.close(), other.store.close()]);
});
