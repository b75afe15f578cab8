/** Who may see, make, change and delete which users, and the administrator who always stays. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { User, UserCreated } from '@orgvet/contract';
import { findAccount } from '../src/store/accounts.ts';
import { startServer } from './harness.ts';
import {
  ADA_ID,
  createHolder,
  createKey,
  createUser,
  MISSING_PERMISSION,
  PUBLIC_SECTOR_ID,
  RESEARCH_ID,
  ROOT_ID,
  runSql,
  showUser,
  userBody,
} from './people.ts';

const server = await startServer();
const { send } = server;

const getUser = (id: number) => showUser(server, id);

test('only who may see to administrators makes, changes and deletes them', async () => {
  const manager = await createHolder(server, { access_roles: [{ id: 4 }] });
  const management = (await createKey(server, ADA_ID, 103)).api_key;
  const ada = await getUser(ADA_ID);
  const user = await createUser(server, {}, manager.key);
  const role = (id: number) => ({ access_roles: [{ id }] });
  const attempts: [string, string, unknown?][] = [
    ['POST', '/user', userBody(role(1))],
    ['PUT', `/user/${ADA_ID}`, { email: 'x@example.com' }],
    ['PUT', `/user/${ADA_ID}/role`, role(2)],
    ['PUT', `/user/${user}/role`, role(1)],
    ['PUT', `/user/${user}/container-assignments`, { container_id_assignments: [RESEARCH_ID] }],
    ['DELETE', `/user/${ADA_ID}`],
    ['POST', '/user', { is_api_only: true, email: 'x@example.com', api_name: 'x' }],
    ['POST', `/key/user/${user}`, { name: 'x' }],
  ];
  for (const [method, path, body] of attempts) {
    const answer = await send(method, path, {
      key: manager.key,
      ...(body !== undefined && { body }),
    });
    assert.deepEqual(answer.codes(), [MISSING_PERMISSION], `${method} ${path}`);
  }
  assert.deepEqual(await getUser(ADA_ID), ada);
  // A key restricted to users has no keys to give, and all else of an administrator's users.
  const service = { is_api_only: true, email: 'x@example.com', api_name: 'x' };
  const refused = await send('POST', '/user', { key: management, body: service });
  assert.deepEqual(refused.codes(), [MISSING_PERMISSION]);
  await createUser(server, role(1), management);
  const change = { body: role(4), key: manager.key };
  assert.equal((await send('PUT', `/user/${user}/role`, change)).status, 204);
  assert.equal((await send('DELETE', `/user/${user}`, { key: manager.key })).status, 204);
});

test('who is restricted sees only users who can do nothing beyond, and makes no others', async () => {
  const keeper = await createHolder(server, {
    access_roles: [{ id: 1 }],
    container_id_assignments: [RESEARCH_ID],
  });
  const { key } = keeper;
  const inside = await createUser(server, { container_id_assignments: [RESEARCH_ID] });
  const outside = [
    ADA_ID,
    await createUser(server, { container: { id: RESEARCH_ID } }),
    await createUser(server, { container_id_assignments: [PUBLIC_SECTOR_ID] }),
    await createUser(server, { container_id_assignments: [RESEARCH_ID, PUBLIC_SECTOR_ID] }),
  ];
  const nobody = (await send('GET', '/user/987654321', { key })).text;
  const email = { email: 'x@example.com' };
  for (const id of outside) {
    assert.equal((await send('GET', `/user/${id}`, { key })).text, nobody);
    assert.equal((await send('PUT', `/user/${id}`, { key, body: email })).text, nobody);
    assert.equal((await send('DELETE', `/user/${id}`, { key })).text, nobody);
    assert.equal(
      (await send('POST', `/key/user/${id}`, { key, body: { name: 'x' } })).text,
      nobody,
    );
  }
  assert.equal((await send('GET', `/user/${inside}`, { key })).status, 200);
  const assign = (id: number, ids: unknown) =>
    send('PUT', `/user/${id}/container-assignments`, {
      key,
      body: { container_id_assignments: ids },
    });
  for (const id of [inside, keeper.id]) {
    assert.deepEqual((await assign(id, [])).codes(), [MISSING_PERMISSION]);
    assert.deepEqual((await assign(id, [PUBLIC_SECTOR_ID])).codes(), [
      'invalid_container_id_assignments',
    ]);
  }
  // Users whom one makes are as restricted as oneself.
  const made = await getUser(await createUser(server, {}, key));
  assert.deepEqual(made.container_assignments, [{ id: RESEARCH_ID, name: 'Research' }]);
  assert.equal(made.container.id, RESEARCH_ID);
  const attempts: [object, string][] = [
    [{ container_id_assignments: [] }, MISSING_PERMISSION],
    [{ container_id_assignments: [PUBLIC_SECTOR_ID] }, 'invalid_container_id_assignments'],
    [{ container: { id: ROOT_ID } }, 'invalid_container_id'],
  ];
  for (const [changes, code] of attempts) {
    const answer = await send('POST', '/user', { key, body: userBody({ ...changes }) });
    assert.deepEqual(answer.codes(), [code]);
  }
});

test('users of another account are answered like users who are not there', async () => {
  const key = server.other;
  const nobody = await send('GET', '/user/987654321', { key });
  assert.equal(nobody.status, 404);
  const attempts: [string, string, unknown?][] = [
    ['GET', ''],
    ['PUT', '', { email: 'x@example.com' }],
    ['PUT', '', {}],
    ['PUT', '/role', { access_roles: [{ id: 2 }] }],
    ['PUT', '/container-assignments', { container_id_assignments: [] }],
    ['DELETE', ''],
  ];
  for (const [method, end, body] of attempts) {
    const options = { key, ...(body !== undefined && { body }) };
    const answer = await send(method, `/user/${ADA_ID}${end}`, options);
    assert.equal(answer.text, nobody.text, `${method} ${end}`);
  }
});

test('nobody deletes themselves, and the last administrator stays one', async () => {
  const key = server.other;
  const me = (await send('GET', '/user/me', { key })).json<User>();
  assert.deepEqual((await send('DELETE', `/user/${me.id}`, { key })).codes(), [
    'cannot_delete_yourself',
  ]);
  const last = ['cannot_remove_last_administrator'];
  const role = { access_roles: [{ id: 5 }] };
  assert.deepEqual((await send('PUT', `/user/${me.id}/role`, { key, body: role })).codes(), last);
  const assignment = { container_id_assignments: [me.container.id] };
  const path = `/user/${me.id}/container-assignments`;
  assert.deepEqual((await send('PUT', path, { key, body: assignment })).codes(), last);
  // Neither a restricted nor an inactive administrator stands in, nor a service user.
  const administrator = { access_roles: [{ id: 1 }] };
  await createUser(server, { ...administrator, ...assignment }, key);
  const inactive = await createUser(server, administrator, key);
  await runSql(server, `update users set status = 'inactive' where id = ${inactive}`);
  const service = { is_api_only: true, email: 's@example.com', api_name: 'Service' };
  const body = service;
  const { api_key = '' } = (await send('POST', '/user', { key, body })).json<UserCreated>();
  const deletion = await send('DELETE', `/user/${me.id}`, { key: api_key });
  assert.deepEqual(deletion.codes(), last);
  assert.deepEqual((await send('GET', '/user/me', { key })).json(), me);
});

test('of simultaneous changes one leaves the last administrator, and the account its first user', async () => {
  const key = server.other;
  const me = (await send('GET', '/user/me', { key })).json<User>();
  const service = { is_api_only: true, email: 's@example.com', api_name: 'Concurrent' };
  const { api_key = '' } = (
    await send('POST', '/user', { key, body: service })
  ).json<UserCreated>();
  const sendAs = (method: string, path: string, body?: unknown) =>
    send(method, path, { key: api_key, ...(body !== undefined && { body }) });
  let survivor = me.id;
  for (let round = 0; round < 6; round += 1) {
    const administrator = { access_roles: [{ id: 1 }] };
    const others = [
      await createUser(server, administrator, api_key),
      await createUser(server, administrator, api_key),
    ];
    const [a = 0, b = 0, c = 0] = round % 2 === 0 ? [survivor, ...others] : [...others, survivor];
    const answers = await Promise.all([
      sendAs('DELETE', `/user/${a}`),
      sendAs('PUT', `/user/${b}/role`, { access_roles: [{ id: 5 }] }),
      sendAs('PUT', `/user/${c}/container-assignments`, {
        container_id_assignments: [me.container.id],
      }),
    ]);
    const refused = answers.findIndex(({ status }) => status !== 204);
    assert.equal(answers.filter(({ status }) => status === 204).length, 2);
    assert.deepEqual(answers[refused]?.codes(), ['cannot_remove_last_administrator']);
    survivor = [a, b, c][refused] ?? 0;
    const { reader } = server.app.environment.store;
    const first = (await findAccount(reader, me.account_id))?.master_user_id ?? 0;
    assert.equal((await sendAs('GET', `/user/${first}`)).status, 200);
  }
});
