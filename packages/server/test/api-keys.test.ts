/** API keys over HTTP: made, shown, changed and revoked, and what each restriction leaves of its user. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ApiKey, type ApiKeyCreated, type ApiKeyList, ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { startServer } from './harness.ts';
import {
  ADA_ID,
  createHolder,
  createKey,
  createUser,
  INVALID_KEY,
  listEvents,
  MISSING_PERMISSION,
  PUBLIC_SECTOR_ID,
  RESEARCH_ID,
} from './people.ts';

const server = await startServer();
const { send } = server;

const getKey = async (id: number) => {
  const answer = await send('GET', `/key/${id}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<ApiKey>();
};

test('a key is made as the documents ask for one, and shown with the documented members in order', async () => {
  const user_id = await createUser(server, { first_name: 'John', last_name: 'Smith' });
  const created = await send('POST', `/key/user/${user_id}`, { body: { name: 'New API Key' } });
  assert.equal(created.status, 201, created.text);
  const { id, api_key, ...rest } = created.json<ApiKeyCreated>();
  assert.deepEqual(rest, {});
  assert.match(api_key, /^orgvet_test_1_\d+_/);
  const info = await send('GET', `/key/${id}`);
  const create_date = '2026-11-21T12:00:00+00:00';
  const expected = {
    id,
    user: { id: user_id, first_name: 'John', last_name: 'Smith' },
    status: 'active',
    create_date,
    name: 'New API Key',
    is_legacy: false,
    restricted_to_role_id: 0,
  };
  assert.equal(info.text, JSON.stringify(expected));
  assert.equal((await send('GET', '/user/me', { key: api_key })).status, 200);
  const { create_date: _date, status, ...before } = expected;
  assert.equal(
    (await send('GET', `/key/${id}`)).text,
    JSON.stringify({
      id: before.id,
      user: before.user,
      status,
      create_date,
      last_used_date: create_date,
      name: before.name,
      is_legacy: false,
      restricted_to_role_id: 0,
    }),
  );
  assert.ok(Value.Check(ROUTES.getApiKey.success.schema, await getKey(id)));
});

test('keys are listed by id, all of them or those of one user, and never themselves', async () => {
  const user_id = await createUser(server);
  const first = await createKey(server, user_id);
  const second = await createKey(server, user_id, 102);
  const all = await send('GET', '/key');
  const { api_keys } = all.json<ApiKeyList>();
  const ids = api_keys.map(({ id }) => id);
  assert.deepEqual(
    ids,
    [...ids].sort((a, b) => a - b),
  );
  assert.ok(ids.includes(1) && ids.includes(first.id) && ids.includes(second.id));
  assert.doesNotMatch(all.text, /orgvet_|secret|hash/);
  assert.ok(Value.Check(ROUTES.listApiKeys.success.schema, all.json()));
  const own = (await send('GET', `/key?user_id=${user_id}`)).json<ApiKeyList>().api_keys;
  assert.deepEqual(own, [await getKey(first.id), await getKey(second.id)]);
  assert.deepEqual((await send('GET', '/key?user_id=999999')).codes(), ['not_found|user']);
  assert.deepEqual((await send('GET', '/key?user_id=x&y=1')).codes().sort(), [
    'invalid_user_id',
    'unknown_parameter|y',
  ]);
  const others = (await send('GET', '/key', { key: server.other })).json<ApiKeyList>().api_keys;
  assert.deepEqual(
    others.filter(({ id }) => ids.includes(id)),
    [],
  );
});

test('a key changes its name, and its restriction only where one is given', async () => {
  const { id, api_key: key } = await createKey(server, await createUser(server), 102);
  const path = `/key/${id}`;
  assert.equal((await send('PUT', path, { body: { name: 'Name only' } })).status, 204);
  const renamed = await getKey(id);
  assert.deepEqual([renamed.name, renamed.restricted_to_role_id], ['Name only', 102]);
  const body = { name: 'New key name', restricted_to_role_id: 100 };
  assert.equal((await send('PUT', path, { body })).status, 204);
  const changed = await getKey(id);
  assert.deepEqual([changed.name, changed.restricted_to_role_id], ['New key name', 100]);
  assert.equal((await send('PUT', path, { body })).status, 204);
  const events = await listEvents(server, 'key', id);
  assert.deepEqual(
    events.map(({ action }) => action),
    ['key_created', 'key_changed', 'key_changed'],
  );
  const secret = key.split('_')[4] ?? '';
  assert.ok(secret.length === 43 && !JSON.stringify(events).includes(secret));
});

test('every problem of a key is told at once, and nothing is made or changed', async () => {
  const user_id = await createUser(server);
  const { id } = await createKey(server, user_id);
  const before = await getKey(id);
  const bad = { name: 'x'.repeat(256), restricted_to_role_id: 50 };
  const codes = ['invalid_restricted_to_role_id', 'name_too_long'];
  const created = await send('POST', `/key/user/${user_id}`, { body: bad });
  assert.deepEqual(created.codes().sort(), codes);
  assert.deepEqual((await send('PUT', `/key/${id}`, { body: bad })).codes().sort(), codes);
  assert.deepEqual((await send('PUT', `/key/${id}`, { body: {} })).codes(), ['missing_name']);
  const status = await send('PUT', `/key/${id}/status`, { body: { status: 'deleted' } });
  assert.deepEqual(status.codes(), ['invalid_status']);
  assert.deepEqual(await getKey(id), before);
  const { api_keys } = (await send('GET', `/key?user_id=${user_id}`)).json<ApiKeyList>();
  assert.equal(api_keys.length, 1);
});

test('a revoked key is none from its revocation on, until it is active again', async () => {
  const { id, key } = await createHolder(server);
  const [own] = (await send('GET', `/key?user_id=${id}`)).json<ApiKeyList>().api_keys;
  const setStatus = (status: string) => send('PUT', `/key/${own?.id}/status`, { body: { status } });
  for (let round = 0; round < 3; round += 1) {
    assert.equal((await send('GET', '/user/me', { key })).status, 200);
    assert.equal((await setStatus('revoked')).status, 204);
    assert.deepEqual((await send('GET', '/user/me', { key })).codes(), [INVALID_KEY]);
    assert.equal((await getKey(own?.id ?? 0)).status, 'revoked');
    assert.equal((await setStatus('active')).status, 204);
  }
  assert.equal((await setStatus('active')).status, 204);
  const events = await listEvents(server, 'key', own?.id ?? 0);
  assert.equal(events.length, 7);
  assert.match(events[1]?.after ?? '', /"status":"revoked"/);
});

test('a restriction takes away what is outside of it, and no key but an administrator’s makes keys', async () => {
  const paths: Record<string, Record<number, number>> = {
    '/user/me': { 0: 200, 100: 200, 101: 200, 102: 200, 103: 200 },
    '/organization': { 0: 200, 100: 403, 101: 200, 102: 200, 103: 403 },
    '/user': { 0: 200, 100: 403, 101: 403, 102: 200, 103: 200 },
    '/key': { 0: 200, 100: 403, 101: 403, 102: 200, 103: 403 },
  };
  const body = { name: 'Another' };
  for (const restriction of [0, 100, 101, 102, 103]) {
    const { api_key: key } = await createKey(server, ADA_ID, restriction);
    for (const [path, statuses] of Object.entries(paths)) {
      const answer = await send('GET', path, { key });
      assert.equal(answer.status, statuses[restriction], `${restriction} ${path}`);
    }
    const made = await send('POST', `/key/user/${ADA_ID}`, { key, body });
    assert.equal(made.status, restriction === 0 ? 201 : 403);
  }
  const manager = await createHolder(server, { access_roles: [{ id: 4 }] });
  for (const [method, path] of [
    ['GET', '/key'],
    ['GET', '/key/1'],
    ['PUT', '/key/1'],
    ['POST', `/key/user/${manager.id}`],
  ] as const) {
    const answer = await send(method, path, {
      key: manager.key,
      ...(method !== 'GET' && { body }),
    });
    assert.deepEqual(answer.codes(), [MISSING_PERMISSION], `${method} ${path}`);
  }
});

test('keys of users whom one does not see are answered like keys that are not there', async () => {
  const restricted = { access_roles: [{ id: 1 }], container_id_assignments: [RESEARCH_ID] };
  const keeper = await createHolder(server, restricted);
  const inside = await createUser(server, restricted);
  const outside = await createUser(server, { container_id_assignments: [PUBLIC_SECTOR_ID] });
  const seen = await createKey(server, inside, 0, keeper.key);
  const hidden = await createKey(server, outside);
  const attempts: [string, string, unknown?][] = [
    ['GET', ''],
    ['PUT', '', { name: 'x' }],
    ['PUT', '', {}],
    ['PUT', '/status', { status: 'revoked' }],
  ];
  for (const [key, ids] of [
    [keeper.key, [1, hidden.id]],
    [server.other, [1, hidden.id, seen.id]],
  ] as const) {
    const nobody = (await send('GET', '/key/987654321', { key })).text;
    assert.match(nobody, /not_found\|key/);
    for (const id of ids) {
      for (const [method, end, body] of attempts) {
        const options = { key, ...(body !== undefined && { body }) };
        assert.equal((await send(method, `/key/${id}${end}`, options)).text, nobody);
      }
    }
  }
  const { api_keys } = (await send('GET', '/key', { key: keeper.key })).json<ApiKeyList>();
  assert.ok(api_keys.some(({ id }) => id === seen.id));
  const users = new Set(api_keys.map(({ user }) => user.id));
  assert.deepEqual(
    [...users].sort((a, b) => a - b),
    [keeper.id, inside],
  );
  const other = await send('GET', `/key?user_id=${outside}`, { key: keeper.key });
  assert.deepEqual(other.codes(), ['not_found|user']);
  assert.equal((await getKey(hidden.id)).status, 'active');
});
