/** The store on every database: transactions, and migrations. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openEnvironment, openStore } from '../src/app.ts';
import { addToCount, countOrganizations } from '../src/store/counts.ts';
import type { Transaction } from '../src/store/database.ts';
import {
  getSchemaVersion,
  MIGRATIONS,
  migrate,
  NewerSchemaError,
} from '../src/store/migrations.ts';
import { rawStatement } from '../src/store/statement.ts';
import { makeDatabase } from './databases.ts';
import { holdClock } from './harness.ts';

const KEY = { account_id: 1, container_id: 1, is_active: 1, is_pending: 0 };
const ANY = { container_id: -1, is_active: -1, is_pending: -1 };

const raw = (text: string) => rawStatement<object, unknown>(() => sql.raw(text));

test('nothing of a transaction is seen before its commit, and nothing of one that fails', async () => {
  const { store } = await openEnvironment(await makeDatabase(), holdClock());
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
  const database = await makeDatabase();
  const { store } = await openEnvironment(database, holdClock());
  const waiting = store.transaction((tx) => addToCount(tx, KEY, 3));
  await store.close();
  await waiting;
  const again = await openEnvironment(database, holdClock());
  assert.equal(await countOrganizations(again.store.reader, 1, ANY), 3);
  await again.store.close();
});

test('migrations run once, also when two servers start at once', async () => {
  const database = await makeDatabase();
  const stores = [openStore(database), openStore(database)];
  const time = '2026-11-21T12:00:00+00:00';
  const versions = await Promise.all(stores.map((store) => migrate(store, time)));
  assert.deepEqual(versions, [MIGRATIONS.length, MIGRATIONS.length]);
  for (const store of stores) {
    assert.equal(await getSchemaVersion(store.reader), MIGRATIONS.length);
    await store.close();
  }
});

test('a migration that fails leaves the schema as it was', async () => {
  const { store } = await openEnvironment(await makeDatabase(), holdClock());
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
  const database = await makeDatabase();
  const { store } = await openEnvironment(database, holdClock());
  const insert = raw("insert into schema_migrations values (999, 'from the future', '')");
  await store.transaction((tx) => tx.run(insert, {}));
  await store.close();
  await assert.rejects(openEnvironment(database, holdClock()), NewerSchemaError);
  await assert.rejects(openEnvironment(database, holdClock()), /schema version 999/);
});
