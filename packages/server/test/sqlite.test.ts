/** The embedded database alone: transactions that share a commit, and who may read its files. */
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { openEnvironment } from '../src/environment.ts';
import { StoreUnavailable } from '../src/operations/context.ts';
import { addToCount, countOrganizations } from '../src/store/counts.ts';
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
  const store = openSqliteStore(directory, 20);
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
