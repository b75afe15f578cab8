/**
 * Who may do what, over HTTP: every operation against every kind of key, by a table. A new operation
 * without its row does not compile.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type OperationName, ROUTES, type Route } from '@orgvet/contract';
import type { Compilable } from 'kysely';
import { sql } from 'kysely';
import { statement } from '../src/store/statement.ts';
import { organizationBody, startServer } from './harness.ts';

const server = await startServer();
const { send } = server;

const INVALID_KEY =
  '{"errors":[{"code":"access_denied|access_denied_invalid_key",' +
  '"message":"Access denied due to access_denied_invalid_key."}]}';
const MISSING_PERMISSION =
  '{"errors":[{"code":"access_denied|missing_permission",' +
  '"message":"Access denied due to missing_permission."}]}';

/** The path of an operation on the demo account's own objects, and what each key gets for it. */
interface Row {
  readonly path: string;
  readonly administrator: number;
  readonly view_only: number;
  /** An administrator of another account, asking for this account's object. */
  readonly other: number;
}

const MATRIX: Record<OperationName, Row> = {
  listOrganizations: { path: '/organization', administrator: 200, view_only: 200, other: 200 },
  createOrganization: { path: '/organization', administrator: 201, view_only: 403, other: 201 },
  listValidationTypes: {
    path: '/organization/validation-type',
    administrator: 200,
    view_only: 200,
    other: 200,
  },
  getOrganization: {
    path: '/organization/112233',
    administrator: 200,
    view_only: 200,
    other: 404,
  },
  listOrganizationValidations: {
    path: '/organization/112233/validation',
    administrator: 200,
    view_only: 200,
    other: 404,
  },
  changeOrganizationDetails: {
    path: '/organization/112233',
    administrator: 204,
    view_only: 403,
    other: 404,
  },
  deactivateOrganization: {
    path: '/organization/112233/deactivate',
    administrator: 204,
    view_only: 403,
    other: 404,
  },
  activateOrganization: {
    path: '/organization/112233/activate',
    administrator: 204,
    view_only: 403,
    other: 404,
  },
  deleteOrganization: {
    path: '/organization/200001',
    administrator: 204,
    view_only: 403,
    other: 404,
  },
  listContainers: { path: '/container', administrator: 200, view_only: 200, other: 200 },
  getContainer: { path: '/container/112234', administrator: 200, view_only: 200, other: 404 },
  getCurrentUser: { path: '/user/me', administrator: 200, view_only: 200, other: 200 },
};

const ask = (name: OperationName, key: string | null, path = MATRIX[name].path) => {
  const route: Route = ROUTES[name];
  const body = organizationBody({ name: `By ${key?.slice(-8)} ${name}` });
  return send(route.method, path, { key, ...(route.body && { body }) });
};

const operations = Object.keys(MATRIX) as OperationName[];

/** Every byte of a key matters, and so does that it is one. */
const WRONG_KEYS = (): Record<string, string | null> => {
  const key = server.administrator;
  const [, , , , secret = ''] = key.split('_');
  return {
    'no key': null,
    'an empty key': '',
    'a text that is no key': 'password',
    'a key of the vendor': 'Aqdgb0p5U153195f22s6pw5cj0mfvp06xg89xw0xhh3zhc2',
    'a mistyped key': `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`,
    'another secret': key.replace(secret, 'A'.repeat(43)),
    'a very long key': 'orgvet_test_1_1_'.padEnd(7000, 'x'),
  };
};

test('no wrong key gets anywhere, and every one gets the same bytes', async () => {
  for (const [kind, key] of Object.entries(WRONG_KEYS())) {
    for (const name of operations) {
      const answer = await ask(name, key);
      assert.equal(answer.status, 403, `${kind}: ${name}`);
      assert.equal(answer.text, INVALID_KEY, `${kind}: ${name}`);
    }
  }
});

test('a wrong key is refused before any body is read', async () => {
  for (const name of operations.filter((one) => ROUTES[one].method !== 'GET')) {
    const { method } = ROUTES[name];
    const raw = 'x'.repeat(300_000);
    const answer = await send(method, MATRIX[name].path, { key: 'wrong', raw });
    assert.equal(answer.text, INVALID_KEY, name);
  }
});

test('a view only key may only read', async () => {
  for (const name of operations) {
    const answer = await ask(name, server.view_only);
    assert.equal(answer.status, MATRIX[name].view_only, name);
    if (MATRIX[name].view_only === 403) {
      assert.equal(answer.text, MISSING_PERMISSION);
    }
  }
});

test('what another account has is answered like what is not there', async () => {
  for (const name of operations) {
    const { path, other } = MATRIX[name];
    const theirs = await ask(name, server.other);
    assert.equal(theirs.status, other, name);
    if (other === 404) {
      const nobodys = await ask(name, server.other, path.replace(/\d+/, '987654321'));
      assert.equal(theirs.text, nobodys.text, name);
    }
  }
  const list = await send('GET', '/organization', { key: server.other });
  assert.doesNotMatch(list.text, /112233|DigiCert/);
  for (const search of ['%25example', 'example%20organization%20inc.', '112233', '%25e']) {
    const path = `/organization?filters[search]=${search}&include_validation=true`;
    const found = await send('GET', path, { key: server.other });
    assert.doesNotMatch(found.text, /"id":112233/);
  }
});

test('an administrator may do everything in the own account', async () => {
  for (const name of operations) {
    const answer = await ask(name, server.administrator);
    assert.equal(answer.status, MATRIX[name].administrator, `${name}: ${answer.text}`);
  }
});

test('a revoked key, and a key of an inactive user, are no keys', async () => {
  const run = (text: string) =>
    server.app.environment.store.transaction((tx) =>
      tx.run(
        statement<object, unknown>(
          (db) => ({ compile: () => sql.raw(text).compile(db) }) as Compilable<unknown>,
        ),
        {},
      ),
    );
  await run("update api_keys set status = 'revoked' where id = 2");
  assert.equal((await ask('getCurrentUser', server.view_only)).text, INVALID_KEY);
  assert.equal((await ask('getCurrentUser', server.administrator)).status, 200);
  await run("update users set status = 'inactive' where id = 12");
  assert.equal((await ask('getCurrentUser', server.administrator)).text, INVALID_KEY);
});
