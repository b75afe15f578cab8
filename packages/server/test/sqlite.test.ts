/**
 * The embedded database alone: transactions that share a commit, lists that are walks along an index, and who
 * may read its files.
 */
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openEnvironment } from '../src/environment.ts';
import { StoreUnavailable } from '../src/operations/context.ts';
import { addToCount, countOrganizations } from '../src/store/counts.ts';
import { SQLITE } from '../src/store/dialects.ts';
import {
  argumentsOf,
  hasIndex,
  idsStatement,
  type Order,
} from '../src/store/organization-selection.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';
import { makeDirectory } from './databases.ts';
import { holdClock } from './harness.ts';

const KEY = { account_id: 1, container_id: 1, is_active: 1, is_pending: 0 };
const ANY = { container_id: -1, is_active: -1, is_pending: -1 };

const open = (directory: string) => openEnvironment({ kind: 'sqlite', directory }, holdClock());

/** Commits so far, by the change counter that SQLite keeps of its log. */
function countCommits(directory: string): number {
  const database = new DatabaseSync(join(directory, 'orgvet.db'), { readOnly: true });
  const row = database.prepare('pragma data_version').get();
  database.close();
  return Number(row?.data_version);
}

test('transactions that arrive together share a commit, and one that fails spoils no other', async () => {
  const directory = await makeDirectory();
  const { store } = await open(directory);
  const watcher = new DatabaseSync(join(directory, 'orgvet.db'));
  const version = () => Number(watcher.prepare('pragma data_version').get()?.data_version);
  const before = version();
  let seen = before;
  let commits = 0;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, number) =>
      store
        .transaction(async (tx) => {
          await addToCount(tx, KEY, 1);
          if (number % 10 === 3) {
            throw new Error('refused');
          }
        })
        .finally(() => {
          const now = version();
          commits += Number(now !== seen);
          seen = now;
        }),
    ),
  );
  assert.equal(commits, 1);
  assert.equal(outcomes.filter(({ status }) => status === 'rejected').length, 5);
  assert.equal(await countOrganizations(store.reader, 1, ANY), 45);
  watcher.close();
  await store.close();
  assert.ok(countCommits(directory) > 0);
});

test('nobody else on the machine may read the database', async () => {
  const directory = join(await makeDirectory(), 'data');
  const { store } = await open(directory);
  assert.equal(statSync(directory).mode & 0o777, 0o700);
  for (const suffix of ['', '-wal', '-shm']) {
    assert.equal(statSync(join(directory, `orgvet.db${suffix}`)).mode & 0o777, 0o600);
  }
  await store.close();
});

test('a database that another process holds for long is unavailable, not broken', async () => {
  const directory = await makeDirectory();
  await (await open(directory)).store.close();
  const store = openSqliteStore(directory, 'requests', 20);
  const other = new DatabaseSync(join(directory, 'orgvet.db'));
  other.exec('begin immediate');
  const waiting = store.transaction((tx) => addToCount(tx, KEY, 1));
  await assert.rejects(waiting, StoreUnavailable);
  other.exec('rollback');
  other.close();
  await store.transaction((tx) => addToCount(tx, KEY, 1));
  assert.equal(await countOrganizations(store.reader, 1, ANY), 1);
  await store.close();
});

test('while another process writes, reads are answered and what is to be written waits', async () => {
  const directory = await makeDirectory();
  const { store } = await open(directory);
  const other = new DatabaseSync(join(directory, 'orgvet.db'));
  other.exec('begin immediate');
  const waiting = [1, 2].map((count) => store.transaction((tx) => addToCount(tx, KEY, count)));
  for (let reads = 0; reads < 100; reads += 1) {
    assert.equal(await countOrganizations(store.reader, 1, ANY), 0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  other.exec('rollback');
  other.close();
  await Promise.all(waiting);
  assert.equal(await countOrganizations(store.reader, 1, ANY), 3);
  await store.close();
});

/** How SQLite goes about a page of organizations. */
function explainPage(database: DatabaseSync, order: Order, is_reversed: boolean): string {
  const range = { limit: 25, offset: 50 };
  const plan = { way: 'walk', is_reversed, range } as const;
  const compiled = idsStatement({}, order, plan).compile(SQLITE);
  const values = compiled.bind(argumentsOf(SQLITE, 1, {}, [], range));
  return database
    .prepare(`explain query plan ${compiled.sql}`)
    .all(...values)
    .map(({ detail }) => detail)
    .join('; ');
}

test('a page in an order that has an index is a walk along it, and no other is taken for one', async () => {
  const directory = await makeDirectory();
  await (await open(directory)).store.close();
  const database = new DatabaseSync(join(directory, 'orgvet.db'));
  for (const property of ['city', 'state', 'country', 'container_id'] as const) {
    for (const is_descending of [false, true]) {
      const order: Order = [
        { property, is_descending },
        { property: 'id', is_descending },
      ];
      assert.ok(hasIndex(order));
      for (const is_reversed of [false, true]) {
        const explained = explainPage(database, order, is_reversed);
        assert.match(
          explained,
          /^SEARCH o USING (COVERING )?INDEX organizations_by_\w+ /,
          property,
        );
        assert.doesNotMatch(explained, /TEMP B-TREE/, property);
      }
      const mixed = order.map((step) =>
        step.property === 'id' ? { ...step, is_descending: !is_descending } : step,
      );
      assert.ok(!hasIndex(mixed));
      assert.match(explainPage(database, mixed, false), /TEMP B-TREE/);
    }
  }
  assert.ok(
    !hasIndex([
      { property: 'zip', is_descending: false },
      { property: 'id', is_descending: false },
    ]),
  );
  database.close();
});
