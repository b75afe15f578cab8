/** The embedded database: transactions that share a commit, migrations, and what a crash leaves. */
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import type { Compilable } from 'kysely';
import { sql } from 'kysely';
import { openEnvironment } from '../src/app.ts';
import { addToCount, countOrganizations } from '../src/store/counts.ts';
import type { Transaction } from '../src/store/database.ts';
import {
  getSchemaVersion,
  MIGRATIONS,
  migrate,
  NewerSchemaError,
} from '../src/store/migrations.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';
import { statement } from '../src/store/statement.ts';
import { holdClock, makeDirectory } from './harness.ts';

const KEY = { account_id: 1, container_id: 1, is_active: 1, is_pending: 0 };
const ANY = { container_id: -1, is_active: -1, is_pending: -1 };

const raw = (text: string) =>
  statement<object, unknown>(
    (db) => ({ compile: () => sql.raw(text).compile(db) }) as Compilable<unknown>,
  );

/** Commits so far, by the change counter that SQLite keeps of its log. */
function countCommits(directory: string): number {
  const database = new DatabaseSync(join(directory, 'orgvet.db'), { readOnly: true });
  const row = database.prepare('pragma data_version').get();
  database.close();
  return Number(row?.data_version);
}

test('transactions that arrive together share a commit, and one that fails spoils no other', async () => {
  const directory = await makeDirectory();
  const { store } = await openEnvironment(directory, holdClock());
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

test('nothing of a transaction is seen before its commit, and nothing of one that fails', async () => {
  const { store } = await openEnvironment(await makeDirectory(), holdClock());
  const failing = store.transaction(async (tx: Transaction) => {
    await addToCount(tx, KEY, 7);
    assert.equal(await countOrganizations(tx, 1, ANY), 7);
    assert.equal(await countOrganizations(store.reader, 1, ANY), 0);
    throw new Error('refused');
  });
  await assert.rejects(failing, /refused/);
  assert.equal(await countOrganizations(store.reader, 1, ANY), 0);
  await store.close();
});

test('work that waits when the store closes is still done', async () => {
  const directory = await makeDirectory();
  const { store } = await openEnvironment(directory, holdClock());
  const waiting = store.transaction((tx) => addToCount(tx, KEY, 3));
  await store.close();
  await waiting;
  const again = await openEnvironment(directory, holdClock());
  assert.equal(await countOrganizations(again.store.reader, 1, ANY), 3);
  await again.store.close();
});

test('migrations run once, also when two servers start at once', async () => {
  const directory = await makeDirectory();
  const stores = [openSqliteStore(directory), openSqliteStore(directory)];
  const time = '2026-11-21T12:00:00+00:00';
  const versions = await Promise.all(stores.map((store) => migrate(store, time)));
  assert.deepEqual(versions, [MIGRATIONS.length, MIGRATIONS.length]);
  for (const store of stores) {
    assert.equal(await getSchemaVersion(store.reader), MIGRATIONS.length);
    await store.close();
  }
});

test('a migration that fails leaves the schema as it was', async () => {
  const { store } = await openEnvironment(await makeDirectory(), holdClock());
  const broken = {
    version: MIGRATIONS.length + 1,
    name: 'broken',
    statements: () => [
      'create table half_done (id integer)',
      'create table half_done (id integer)',
    ],
  };
  await assert.rejects(migrate(store, '', [...MIGRATIONS, broken]));
  assert.equal(await getSchemaVersion(store.reader), MIGRATIONS.length);
  await assert.rejects(
    store.transaction((tx) => tx.run(raw('insert into half_done values (1)'), {})),
  );
  await store.close();
});

test('a schema newer than the program is refused and left alone', async () => {
  const directory = await makeDirectory();
  const { store } = await openEnvironment(directory, holdClock());
  const insert = raw("insert into schema_migrations values (999, 'from the future', '')");
  await store.transaction((tx) => tx.run(insert, {}));
  await store.close();
  await assert.rejects(openEnvironment(directory, holdClock()), NewerSchemaError);
  await assert.rejects(openEnvironment(directory, holdClock()), /schema version 999/);
});

test('nobody else on the machine may read the database', async () => {
  const directory = join(await makeDirectory(), 'data');
  const { store } = await openEnvironment(directory, holdClock());
  assert.equal(statSync(directory).mode & 0o777, 0o700);
  for (const suffix of ['', '-wal', '-shm']) {
    assert.equal(statSync(join(directory, `orgvet.db${suffix}`)).mode & 0o777, 0o600);
  }
  await store.close();
});
