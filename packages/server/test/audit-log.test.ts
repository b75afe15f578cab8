/** The audit log: sealed behind the changes, whoever seals and writes at once, and exported over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { AuditLogEnd, AuditLogEntry } from '@orgvet/contract';
import { sql } from 'kysely';
import { AuditLogFault, AuditLogVerifier } from '../src/domain/audit-verification.ts';
import { openEnvironment } from '../src/environment.ts';
import { operatorContext } from '../src/operations/accounts.ts';
import { exportAuditLog, sealNextEvents, stopSealingEvents } from '../src/operations/audit-log.ts';
import type { Environment } from '../src/operations/context.ts';
import { findHead, findUnsealedAccount } from '../src/store/audit-log.ts';
import { makeReady } from '../src/store/bulk.ts';
import { IMPORTED_EVENTS } from '../src/store/imports.ts';
import { rawStatement } from '../src/store/statement.ts';
import { makeDatabase } from './databases.ts';
import { holdClock, organizationBody, startServer, type TestServer } from './harness.ts';

const LOG = '/vetting/v1/audit-log';

/** An export that was proved. */
interface Proved {
  readonly lines: readonly string[];
  readonly entries: readonly AuditLogEntry[];
  readonly end: AuditLogEnd;
}

async function* onePiece(text: string) {
  yield Buffer.from(text);
}

async function prove(text: string): Promise<Proved> {
  const verifier = new AuditLogVerifier();
  await verifier.readFile(onePiece(text));
  verifier.finish();
  const lines = text.trimEnd().split('\n');
  const documents = lines.map((line) => JSON.parse(line));
  return { lines, entries: documents.slice(0, -1), end: documents.at(-1) };
}

async function ask({ send }: TestServer, query = '', key?: string): Promise<string> {
  const answer = await send('GET', `${LOG}${query}`, key === undefined ? {} : { key });
  assert.equal(answer.status, 200, answer.text);
  return answer.text;
}

const placesOf = (entries: readonly AuditLogEntry[]) => entries.map(({ sequence }) => sequence);

const upTo = (count: number, from = 1) => Array.from({ length: count }, (_, place) => from + place);

test('the log has every change with who made it, in lines that prove one another', async () => {
  const server = await startServer();
  const body = organizationBody({ name: 'Logged' });
  const created = await server.send('POST', '/organization', {
    body,
    headers: { 'X-Request-Id': 'my-request' },
  });
  const { id } = created.json<{ id: number }>();
  await server.send('PUT', `/organization/${id}/deactivate`);
  const answer = await server.send('GET', LOG);
  assert.equal(answer.headers['content-type'], 'application/jsonl');
  assert.match(String(answer.headers['content-disposition']), /filename="audit-log\.jsonl"/);
  const { entries, end } = await prove(answer.text);
  assert.deepEqual(placesOf(entries), upTo(entries.length));
  const about = entries.filter(({ object_id }) => object_id === id);
  assert.deepEqual(
    about.map(({ action, request_id }) => [action, request_id === 'my-request']),
    [
      ['organization_created', true],
      ['organization_deactivated', false],
    ],
  );
  const [creation = assert.fail()] = about;
  assert.deepEqual([creation.actor_user_id, creation.ip_address], [12, '127.0.0.1']);
  assert.equal((creation.after as { name: string }).name, 'Logged');
  assert.deepEqual(
    [end.entries, end.last_sequence, end.head, end.exported_at],
    [entries.length, entries.length, entries.at(-1)?.hash, '2026-11-21T12:00:00+00:00'],
  );
});

test('an account has a log of its own, whatever happens in others', async () => {
  const server = await startServer();
  await Promise.all(
    upTo(20).map((number) =>
      server.send('POST', '/organization', {
        body: organizationBody({ name: `Mixed ${number}` }),
        key: number % 2 === 0 ? server.administrator : server.other,
      }),
    ),
  );
  const own = await prove(await ask(server));
  const other = await prove(await ask(server, '', server.other));
  for (const { entries, end } of [own, other]) {
    assert.deepEqual(placesOf(entries), upTo(entries.length));
    assert.deepEqual([...new Set(entries.map(({ account_id }) => account_id))], [end.account_id]);
    const created = entries.filter(({ after }) => JSON.stringify(after)?.includes('"Mixed '));
    assert.equal(created.length, 10);
  }
  assert.notEqual(own.end.account_id, other.end.account_id);
});

test('exports while others write are each the beginning of the next', async () => {
  const server = await startServer();
  const exported: Proved[] = [];
  const exporting = (async () => {
    for (let round = 0; round < 5; round += 1) {
      exported.push(await prove(await ask(server)));
    }
  })();
  const creates = upTo(100).map((number) =>
    server.send('POST', '/organization', { body: organizationBody({ name: `While ${number}` }) }),
  );
  await Promise.all([exporting, ...creates]);
  exported.push(await prove(await ask(server)));
  for (const [index, { lines, end }] of exported.slice(0, -1).entries()) {
    assert.deepEqual(lines.slice(0, -1), exported[index + 1]?.lines.slice(0, end.entries));
  }
  const created = exported
    .at(-1)
    ?.entries.filter(({ action }) => action === 'organization_created');
  assert.equal(created?.filter((one) => JSON.stringify(one.after)?.includes('While ')).length, 100);
});

test('a part has the entries that are asked for, and follows from the part before', async () => {
  const server = await startServer();
  const whole = await prove(await ask(server));
  const { entries: count, head } = whole.end;
  const texts = await Promise.all(
    ['?to_sequence=10', '?from_sequence=11&to_sequence=11', '?from_sequence=12'].map((query) =>
      ask(server, query),
    ),
  );
  const parts = await Promise.all(texts.map(prove));
  assert.deepEqual(
    parts.flatMap(({ lines }) => lines.slice(0, -1)),
    whole.lines.slice(0, -1),
  );
  assert.deepEqual(
    parts.map(({ end }) => [end.entries, end.last_sequence]),
    [
      [10, 10],
      [1, 11],
      [count - 11, count],
    ],
  );
  const verifier = new AuditLogVerifier();
  for (const text of texts) {
    await verifier.readFile(onePiece(text));
  }
  assert.equal(verifier.finish().head, head);
  const beyond = await prove(await ask(server, `?from_sequence=${count + 1000}`));
  assert.deepEqual([beyond.entries, beyond.end], [[], { ...beyond.end, head, entries: 0 }]);
});

test('a part cannot be asked for by what the entries are about', async () => {
  const server = await startServer();
  const codes = async (query: string) => (await server.send('GET', `${LOG}?${query}`)).codes();
  assert.deepEqual(await codes('filters[organization_id]=1'), ['unknown_filter|organization_id']);
  assert.deepEqual(await codes('organization_id=1'), ['unknown_parameter|organization_id']);
  assert.deepEqual(await codes('from_sequence=2&to_sequence=1'), ['invalid_to_sequence']);
});

test('an event is sealed a moment after it happened, without anybody asking', async () => {
  const server = await startServer();
  await server.send('POST', '/organization', { body: organizationBody() });
  const { reader } = server.app.environment.store;
  while ((await findUnsealedAccount(reader, 0)) !== undefined) {
    await wait(5);
  }
  const before = await findHead(reader, 1);
  const { end } = await prove(await ask(server));
  assert.deepEqual([before?.sequence, before?.hash], [end.last_sequence, end.head]);
});

const raw = (text: string) => rawStatement<object, unknown>(() => sql.raw(text));

test('what is changed or taken away in the database is told by the export', async () => {
  const server = await startServer();
  const { store } = server.app.environment;
  const findFault = async () => {
    try {
      await prove(await ask(server));
    } catch (error) {
      assert.ok(error instanceof AuditLogFault, String(error));
      return [error.kind, error.sequence];
    }
    return assert.fail('Nothing was found.');
  };
  await ask(server);
  const place = 'where account_id = 1 and sequence';
  const change = raw(`update events set actor_user_id = 13 ${place} = 20`);
  await store.transaction((tx) => tx.run(change, {}));
  assert.deepEqual(await findFault(), ['changed', 20]);
  const remove = raw(`delete from events ${place} = 10`);
  await store.transaction((tx) => tx.run(remove, {}));
  // The next line is another one without what it follows.
  assert.deepEqual(await findFault(), ['changed', 10]);
  const part = await server.send('GET', `${LOG}?from_sequence=11`);
  await assert.rejects(prove(part.text), /^AuditLogFault: line 1: changed/);
});

/** Events of some accounts in turn, as an import brings them. */
async function insertEvents({ store }: Environment, count: number, accounts: readonly number[]) {
  const events = upTo(count).map((number) => ({
    ...{ occurred_at: '2026-11-21T12:00:00+00:00', actor_user_id: 0, api_key_id: 0 },
    ...{ ip_address: '', request_id: 'import', action: 'organization_created' },
    ...{ object_type: 'organization', object_id: number, before: '', after: `{"n":${number}}` },
    account_id: accounts[number % accounts.length] ?? 0,
  }));
  const ready = makeReady(store.reader.dialect.copiesRows, IMPORTED_EVENTS, events);
  await store.lotTransaction((tx) => tx.insertRows(ready));
}

async function openEmpty() {
  const clock = holdClock();
  return { clock, environment: await openEnvironment(await makeDatabase(), clock) };
}

async function exportAs(environment: Environment, account_id: number): Promise<Proved> {
  const { pieces } = await exportAuditLog(operatorContext(environment, account_id), { query: {} });
  let text = '';
  for await (const piece of pieces) {
    text += piece;
  }
  return await prove(text);
}

/** Seals as a server does, until nothing is left. @returns the accounts whose turn it was */
async function sealAll(environment: Environment, holder: string): Promise<number[]> {
  const turns: number[] = [];
  for (let turn = await sealNextEvents(environment, holder, 0); turn !== undefined; ) {
    turns.push(turn);
    turn = await sealNextEvents(environment, holder, turn);
  }
  return turns;
}

test('however many seal at once, there is one chain without a gap', async () => {
  const { environment } = await openEmpty();
  await insertEvents(environment, 3000, [1, 2]);
  // An export waits for nobody's lease, so that these seal beside the server and beside one another.
  const [first, second, third, other] = await Promise.all([
    exportAs(environment, 1),
    exportAs(environment, 1),
    exportAs(environment, 1),
    exportAs(environment, 2),
    sealAll(environment, 'server'),
    insertEvents(environment, 500, [1, 2]),
  ]);
  const last = await exportAs(environment, 1);
  for (const { lines, end } of [first, second, third]) {
    assert.ok(end.entries >= 1500);
    assert.deepEqual(lines.slice(0, -1), last.lines.slice(0, end.entries));
  }
  assert.equal(last.end.entries, 1750);
  assert.ok(other.end.entries >= 1500);
  await environment.store.close();
});

test('accounts take turns, so that none waits for the many events of another', async () => {
  const { environment } = await openEmpty();
  await insertEvents(environment, 1000, [1]);
  await insertEvents(environment, 3, [5]);
  const turns = await sealAll(environment, 'server');
  assert.deepEqual(turns.slice(0, 3), [1, 5, 1]);
  assert.deepEqual(new Set(turns.slice(3)), new Set([1]));
  assert.equal((await exportAs(environment, 5)).end.entries, 3);
  await environment.store.close();
});

test('of several servers one seals, and another goes on when it has stopped or is dead', async () => {
  const { environment, clock } = await openEmpty();
  await insertEvents(environment, 2000, [1]);
  const seal = (holder: string) => sealNextEvents(environment, holder, 0);
  assert.equal(await seal('first'), 1);
  assert.equal(await seal('second'), undefined);
  await stopSealingEvents(environment, 'first');
  assert.equal(await seal('second'), 1);
  assert.equal(await seal('first'), undefined);
  clock.moveTo('2026-11-21T12:00:10Z');
  assert.equal(await seal('first'), 1);
  await environment.store.close();
});
