/** What a key is authorized to over HTTP, by the wire's names. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AuthorizationList,
  type AuthorizedContainerList,
  WIRE_PERMISSIONS,
  type WirePermission,
} from '@orgvet/contract';
import { isPermitted, RESTRICTIONS, ROLES } from '../src/domain/permissions.ts';
import { create, makeKeyOf, makeRestrictedKey } from './family.ts';
import { startServer } from './harness.ts';

const server = await startServer();
const { send } = server;

const CREATING = ['create_child_retail', 'create_child_enterprise', 'create_child_reseller'];

async function listAuthorized(key: string): Promise<WirePermission[]> {
  const answer = await send('GET', '/authorization', { key });
  assert.equal(answer.status, 200, answer.text);
  const { authorizations } = answer.json<AuthorizationList>();
  assert.deepEqual(
    authorizations.map(({ permission }) => permission),
    WIRE_PERMISSIONS,
  );
  return authorizations.filter(({ authorized }) => authorized).map(({ permission }) => permission);
}

async function listContainerIds(permission: string, key: string): Promise<number[]> {
  const answer = await send('GET', `/authorization/${permission}/container`, { key });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<AuthorizedContainerList>().containers.map(({ id }) => id);
}

test('every permission comes in the recorded order and shape', async () => {
  const { text } = await send('GET', '/authorization');
  const items = WIRE_PERMISSIONS.map(
    (permission) => `{"authorized":true,"permission":"${permission}"}`,
  );
  assert.equal(text, `{"authorizations":[${items.join(',')}]}`);
});

test('a key is authorized to what its role and its restriction leave', async () => {
  for (const restricted_to_role_id of Object.values(RESTRICTIONS)) {
    const key = await makeKeyOf(server, 1, { restricted_to_role_id });
    const holder = { access_role_id: ROLES.administrator, restricted_to_role_id };
    const permitted = WIRE_PERMISSIONS.filter((permission) => isPermitted(holder, permission));
    assert.deepEqual(await listAuthorized(key), permitted);
  }
  const ofViewOnly = await listAuthorized(server.view_only);
  assert.ok(ofViewOnly.includes('view_organizations'));
  assert.ok(!ofViewOnly.includes('edit_organizations'));
});

test('creating subaccounts also depends on what the account may have below it', async () => {
  const creatingOf = async (key: string) =>
    (await listAuthorized(key)).filter((permission) => CREATING.includes(permission));
  assert.deepEqual(await creatingOf(server.administrator), CREATING);
  const some = await create(server, 'Some Ltd', { allowed_grandchildren: ['reseller', 'retail'] });
  assert.deepEqual(await creatingOf(await makeKeyOf(server, some)), [
    'create_child_retail',
    'create_child_reseller',
  ]);
  const none = await create(server, 'None Ltd', { allowed_grandchildren: [] });
  const key = await makeKeyOf(server, none);
  assert.deepEqual(await creatingOf(key), []);
  assert.deepEqual(await listContainerIds('create_child_retail', key), []);
  assert.deepEqual(await creatingOf(await makeRestrictedKey(server, 1, [112235])), []);
});

test('the containers of a permission have the documented members', async () => {
  const { text } = await send('GET', '/authorization/create_organizations/container');
  assert.equal(
    text,
    '{"containers":[{"id":4,"parent_id":0,"name":"DigiCert Inc.","is_active":true},' +
      '{"id":112234,"parent_id":4,"name":"Research","is_active":true},' +
      '{"id":112235,"parent_id":4,"name":"Public sector","is_active":true}]}',
  );
});

test('a permission that the key lacks is had in no container', async () => {
  assert.deepEqual(await listContainerIds('create_organizations', server.view_only), []);
  assert.deepEqual(
    await listContainerIds('view_organizations', server.view_only),
    [4, 112234, 112235],
  );
});

test('who is restricted to containers has a permission in these alone', async () => {
  const key = await makeRestrictedKey(server, 1, [112234]);
  assert.deepEqual(await listContainerIds('create_organizations', key), [112234]);
});

test('another account has its own containers', async () => {
  assert.deepEqual(await listContainerIds('view_organizations', server.other), [5001]);
});

test('a name that is no permission on the wire is not found', async () => {
  for (const name of ['fly', 'view_own_access', 'CREATE_USERS', 'constructor', '__proto__']) {
    const answer = await send('GET', `/authorization/${name}/container`);
    assert.equal(answer.status, 404, name);
    assert.deepEqual(answer.codes(), ['not_found|permission']);
  }
});
