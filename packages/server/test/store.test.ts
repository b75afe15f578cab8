/** The store on every database: transactions, and migrations. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openEnvironment, openStore } from '../src/environment.ts';
import { listAccounts } from '../src/store/accounts.ts';
import { addToCount, countOrganizations } from '../src/store/counts.ts';
import type { Transaction } from '../src/store/database.ts';
import { listStaleValidations } from '../src/store/due-validations.ts';
import {
  getSchemaVersion,
  MIGRATIONS,
  migrate,
  NewerSchemaError,
} from '../src/store/migrations.ts';
import { rawStatement } from '../src/store/statement.ts';
import { listValidations } from '../src/store/validations.ts';
import { listVerifiedContactRoles, listVerifiedContacts } from '../src/store/verified-contacts.ts';
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

/** An insert of a row with some values, and nothing in the other columns. */
function rowOf(table: string, texts: readonly string[], values: Record<string, string | number>) {
  const row = { ...Object.fromEntries(texts.map((column) => [column, ''])), ...values };
  const literals = Object.values(row).map((value) =>
    typeof value === 'number' ? String(value) : `'${value}'`,
  );
  return `insert into ${table} (${Object.keys(row).join(', ')}) values (${literals.join(', ')})`;
}

/** Rows as the schema's third version had them: an organization with a verified contact. */
const ROWS_OF_VERSION_3 = [
  rowOf('accounts', ['created_at'], {
    ...{ id: 1, parent_account_id: 0, mode: 'live', name: 'A', account_type: 'retail' },
    ...{ duplicate_policy: 'error', primary_organization_id: 7, root_container_id: 1 },
  }),
  rowOf('accounts', ['created_at'], {
    ...{ id: 2, parent_account_id: 0, mode: 'test', name: 'B', account_type: 'retail' },
    ...{ duplicate_policy: 'error', primary_organization_id: 0, root_container_id: 2 },
  }),
  rowOf('containers', ['public_id', 'description', 'ekey', 'allowed_domain_names', 'document'], {
    ...{ account_id: 1, id: 1, name: 'A', parent_id: 0, template_id: 5, is_active: 1 },
  }),
  rowOf(
    'organizations',
    [
      ...['assumed_name', 'address', 'address2', 'city', 'state', 'state_name', 'zip', 'country'],
      ...[
        'telephone',
        'name_folded',
        'address_folded',
        'city_folded',
        'state_folded',
        'zip_folded',
      ],
      ...['telephone_folded', 'fingerprint', 'document', 'contact_document'],
      ...['assignments_document', 'created_at', 'updated_at'],
    ],
    {
      ...{ account_id: 1, id: 7, container_id: 1, name: 'O', is_active: 1, is_pending: 1 },
      ...{ has_validations: 1, is_duplicate: 0 },
    },
  ),
  rowOf('verified_contacts', ['job_title', 'telephone', 'telephone_extension'], {
    ...{ account_id: 1, id: 9, organization_id: 7, user_id: 0 },
    ...{ first_name: 'Jane', last_name: 'Doe', email: 'jane.doe@example.com' },
  }),
  ...[
    ['EV', 'active'],
    ['CS', 'pending'],
  ].map(([validation_type = '', status = '']) =>
    rowOf('verified_contact_roles', [], {
      ...{ account_id: 1, organization_id: 7, verified_contact_id: 9, validation_type, status },
    }),
  ),
];

test('of validations from before their ends were counted it is to be told when they end', async () => {
  const store = openStore(await makeDatabase());
  await migrate(store, '', MIGRATIONS.slice(0, 3));
  const completed = rowOf('validations', ['requested_at', 'latest_end'], {
    ...{ account_id: 1, organization_id: 7, type: 'ov', due_rules: 'of the day' },
    date_created: '2026-11-01T00:00:00+00:00',
  });
  const addRows = async (rows: readonly string[]) =>
    await store.transaction(async (tx) => {
      for (const row of rows) {
        await tx.run(raw(row), {});
      }
    });
  await addRows(ROWS_OF_VERSION_3);
  const firstLater = MIGRATIONS.findIndex(({ name }) => name === 'history');
  await migrate(store, '', MIGRATIONS.slice(0, firstLater));
  await addRows([completed]);
  assert.deepEqual(await listStaleValidations(store.reader, 'of the day', 9), []);
  await migrate(store, '');
  const [stale] = await listStaleValidations(store.reader, 'of the day', 9);
  const [kept] = await listValidations(store.reader, 1, [7]);
  assert.deepEqual([stale?.organization_id, kept?.ends_at], [7, '']);
  await store.close();
});

test('verified contacts from before they were asked by mail keep their roles, and can be asked', async () => {
  const store = openStore(await makeDatabase());
  await migrate(store, '', MIGRATIONS.slice(0, 3));
  await store.transaction(async (tx) => {
    for (const row of ROWS_OF_VERSION_3) {
      await tx.run(raw(row), {});
    }
  });
  await migrate(store, '');
  const [contact] = await listVerifiedContacts(store.reader, 1, [7]);
  const { first_name, language_id, withdrawn_at } = contact ?? {};
  assert.deepEqual([first_name, language_id, withdrawn_at], ['Jane', 0, '']);
  const roles = await listVerifiedContactRoles(store.reader, 1, [7]);
  assert.deepEqual(
    roles.map(({ validation_type, status }) => `${validation_type} ${status}`).sort(),
    ['CS pending', 'EV active'],
  );
  // What only the new table takes.
  const decline = raw(
    `update verified_contact_roles set status = 'declined' where status = 'pending'`,
  );
  assert.equal(await store.transaction((tx) => tx.change(decline, {})), 1);
  const accounts = await listAccounts(store.reader);
  assert.deepEqual(
    accounts.map(({ mode, allow_non_user_verified_contacts: allows }) => `${mode} ${allows}`),
    ['live 0', 'test 1'],
  );
  await store.close();
});
