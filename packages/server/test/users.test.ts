/** Users over HTTP: made, shown, changed and deleted. Who may do so, and lists, have their own files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ContainerList, Organization, User, UserCreated } from '@orgvet/contract';
import { ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { findAccount } from '../src/store/accounts.ts';
import { startServer } from './harness.ts';
import {
  createHolder,
  createKey,
  createUser,
  INVALID_KEY,
  listEvents,
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

const countUsers = async () =>
  (await send('GET', '/user?limit=1')).json<{ page: { total: number } }>().page.total;

test('a user is made as the documents ask for one, and shown with the recorded members in order', async () => {
  const body = {
    first_name: 'Jill',
    last_name: 'Valentine',
    email: 'jill.valentine@pd.racoon-city.gov',
    telephone: '555-555-5555',
    job_title: 'S.T.A.R.S. Alpha Team',
    username: 'jill.valentine',
    container: { id: RESEARCH_ID },
    access_roles: [{ id: 5 }],
  };
  const created = await send('POST', '/user', { body });
  assert.equal(created.status, 201, created.text);
  const { id, ...rest } = created.json<UserCreated>();
  assert.deepEqual(rest, {});
  const user = await getUser(id);
  const { containers } = (await send('GET', '/container')).json<ContainerList>();
  const container = containers.find((one) => one.id === RESEARCH_ID);
  assert.equal(
    JSON.stringify(user),
    JSON.stringify({
      id,
      username: 'jill.valentine',
      account_id: 1,
      first_name: 'Jill',
      last_name: 'Valentine',
      email: 'jill.valentine@pd.racoon-city.gov',
      job_title: 'S.T.A.R.S. Alpha Team',
      telephone: '555-555-5555',
      status: 'active',
      container: {
        id: RESEARCH_ID,
        public_id: container?.public_id,
        name: 'Research',
        description: 'Universities and institutes',
        parent_id: ROOT_ID,
        template_id: 6,
        ekey: container?.ekey,
        has_logo: false,
        is_active: true,
      },
      access_roles: [{ id: 5, name: 'Standard User' }],
      is_cert_central: true,
      is_enterprise: true,
      is_saml_sso_only: false,
      type: 'standard',
      has_container_assignments: false,
      language_id: 1,
      account_language_id: 1,
    }),
  );
  assert.ok(Value.Check(ROUTES.getUser.success.schema, user));
});

test('a recorded request without a container makes a user where its maker belongs', async () => {
  const body = {
    first_name: 'Super',
    last_name: 'Mario',
    email: 'super.mario@mushroom-kingdom.gov',
    telephone: '555-555-5555',
    job_title: 'Plumber',
    username: 'TurtleSmasher',
    access_roles: [{ id: 5 }],
  };
  const { id } = (await send('POST', '/user', { body })).json<UserCreated>();
  const user = await getUser(id);
  assert.equal(user.container.id, ROOT_ID);
  assert.equal(user.username, 'TurtleSmasher');
});

test('a user who is restricted and has signed in shows both', async () => {
  const id = await createUser(server, {
    container_id_assignments: [PUBLIC_SECTOR_ID, String(RESEARCH_ID), RESEARCH_ID],
    is_saml_sso_only: true,
    telephone: 5555555555,
  });
  await runSql(
    server,
    `update users set last_login_date = '2023-10-13T15:15:13+00:00' where id = ${id}`,
  );
  const user = await getUser(id);
  assert.equal(user.last_login_date, '2023-10-13T15:15:13+00:00');
  assert.equal(user.is_saml_sso_only, true);
  assert.equal(user.telephone, '5555555555');
  assert.equal(user.has_container_assignments, true);
  assert.deepEqual(user.container_assignments, [
    { id: RESEARCH_ID, name: 'Research' },
    { id: PUBLIC_SECTOR_ID, name: 'Public sector' },
  ]);
  const { api_key } = await createKey(server, id);
  assert.deepEqual((await send('GET', '/user/me', { key: api_key })).json(), user);
});

test('every problem of a new user is told at once, and nothing is made', async () => {
  const before = await countUsers();
  const cases: [Record<string, unknown>, string[]][] = [
    [
      {},
      [
        'missing_email',
        'missing_username',
        'missing_first_name',
        'missing_last_name',
        'missing_access_roles',
      ],
    ],
    [
      {
        username: 'jill valentine',
        first_name: 'x'.repeat(129),
        last_name: 7,
        email: 'nobody',
        container: { id: 999999 },
        access_roles: [{ id: 6 }],
        container_id_assignments: ['999998', 'x', -1, 999997],
      },
      [
        'first_name_too_long',
        'invalid_last_name',
        'invalid_email',
        'invalid_container_id_assignments',
        'invalid_username',
        'invalid_access_roles_id',
        'invalid_container_id_assignments',
        'invalid_container_id',
        'invalid_container_id_assignments',
        'invalid_container_id_assignments',
      ],
    ],
    [
      { ...userBody(), access_roles: [{ id: 2 }, { id: 3 }], container: 5, is_api_only: 'yes' },
      ['invalid_is_api_only', 'invalid_container', 'invalid_access_roles'],
    ],
    [
      { is_api_only: true, restricted_to_role_id: 55, container: { id: 5001 } },
      [
        'missing_email',
        'missing_api_name',
        'invalid_restricted_to_role_id',
        'invalid_container_id',
      ],
    ],
    [
      { is_api_only: true, restricted_to_role_id: 104 },
      ['missing_email', 'missing_api_name', 'invalid_restricted_to_role_id'],
    ],
  ];
  for (const [body, codes] of cases) {
    const answer = await send('POST', '/user', { body });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.codes().sort(), codes.sort());
  }
  assert.equal(await countUsers(), before);
});

test('a user name is there once in an account, however it is written', async () => {
  await createUser(server, { username: 'Chris.Redfield' });
  const availability = async (name: string, key = server.administrator) =>
    (await send('GET', `/user/availability/${encodeURIComponent(name)}`, { key })).json();
  for (const username of ['Chris.Redfield', 'CHRIS.REDFIELD']) {
    const answer = await send('POST', '/user', { body: userBody({ username }) });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.codes(), ['username_taken']);
    assert.deepEqual(await availability(username), { available: false });
  }
  assert.deepEqual(await availability('chris.redfield', server.other), { available: true });
  assert.deepEqual(await availability('chris@redfield'), { available: true });
  await createUser(server, { username: 'chris.redfield' }, server.other);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      send('POST', '/user', { body: userBody({ username: 'claire.redfield' }) }),
    ),
  );
  assert.equal(answers.filter(({ status }) => status === 201).length, 1);
  assert.ok(
    answers.every(({ status, codes }) => status === 201 || codes()[0] === 'username_taken'),
  );
});

test('a service user comes with a key and nothing else that a request says of people', async () => {
  const body = {
    is_api_only: true,
    email: 'jane.doe@pd.racoon-city.gov',
    api_name: 'API Key Name',
    restricted_to_role_id: 100,
    container_id_assignments: [RESEARCH_ID, PUBLIC_SECTOR_ID],
    username: 'not a name',
    access_roles: 'ignored',
  };
  const created = await send('POST', '/user', { body });
  assert.equal(created.status, 201, created.text);
  const { id, api_key = '' } = created.json<UserCreated>();
  const me = (await send('GET', '/user/me', { key: api_key })).json<User>();
  assert.equal(me.id, id);
  assert.match(me.username, /^api\.[0-9a-f]{20}$/);
  assert.equal(me.first_name, 'API Key Name');
  assert.deepEqual(me.access_roles, [{ id: 1, name: 'Administrator' }]);
  assert.equal(me.container_assignments?.length, 2);
  assert.deepEqual((await send('GET', '/organization', { key: api_key })).codes(), [
    MISSING_PERMISSION,
  ]);
  const events = await listEvents(server, 'user', id);
  assert.deepEqual(
    events.map(({ action }) => action),
    ['user_created'],
  );
  assert.doesNotMatch(JSON.stringify(events), /orgvet_/);
});

test('of a service user only the email changes, and the role stays', async () => {
  const body = { is_api_only: true, email: 'a@example.com', api_name: 'Before' };
  const { id } = (await send('POST', '/user', { body })).json<UserCreated>();
  const before = await getUser(id);
  const change = { email: 'b@example.com', username: 'after it', first_name: 5, job_title: 'Boss' };
  assert.equal((await send('PUT', `/user/${id}`, { body: change })).status, 204);
  assert.deepEqual(await getUser(id), { ...before, email: 'b@example.com' });
  const role = await send('PUT', `/user/${id}/role`, { body: { access_roles: [{ id: 5 }] } });
  assert.deepEqual(role.codes(), ['invalid_access_roles_id']);
});

test('a change removes job title and telephone where they are left out, and keeps the names', async () => {
  const id = await createUser(server, { username: 'john', job_title: 'Admin', telephone: '1' });
  const edit = {
    username: 'john.smith@digicert.com',
    first_name: 'John',
    last_name: 'Smith',
    email: 'john.smith@digicert.com',
    job_title: 'Senior Admin',
    telephone: '1-555-555-5555',
  };
  assert.equal((await send('PUT', `/user/${id}`, { body: edit })).status, 204);
  const edited = await getUser(id);
  assert.deepEqual({ ...edited, ...edit }, edited);
  const body = { email: 'JOHN@example.com' };
  assert.equal((await send('PUT', `/user/${id}`, { body })).status, 204);
  const { job_title: _job, telephone: _telephone, ...kept } = edited;
  assert.deepEqual(await getUser(id), { ...kept, email: 'JOHN@example.com' });
  // The same once more is no change.
  assert.equal((await send('PUT', `/user/${id}`, { body })).status, 204);
  const events = await listEvents(server, 'user', id);
  assert.deepEqual(
    events.map(({ action }) => action),
    ['user_created', 'user_changed', 'user_changed'],
  );
  assert.equal(JSON.parse(events[2]?.before ?? '').email, 'john.smith@digicert.com');
  assert.equal(JSON.parse(events[2]?.after ?? '').job_title, '');
});

test('a change with problems tells all of them and changes nothing', async () => {
  const id = await createUser(server);
  const before = await getUser(id);
  const body = { username: 'not a name', first_name: 'x'.repeat(129), telephone: 'x'.repeat(65) };
  assert.deepEqual((await send('PUT', `/user/${id}`, { body })).codes().sort(), [
    'first_name_too_long',
    'invalid_username',
    'missing_email',
    'telephone_too_long',
  ]);
  const taken = { username: 'ADA.ADLER', email: 'x@example.com' };
  assert.deepEqual((await send('PUT', `/user/${id}`, { body: taken })).codes(), ['username_taken']);
  assert.deepEqual(await getUser(id), before);
  const own = { username: before.username.toUpperCase(), email: before.email };
  assert.equal((await send('PUT', `/user/${id}`, { body: own })).status, 204);
  assert.equal((await getUser(id)).username, before.username.toUpperCase());
});

test('a role changes what a key may do from the next request on', async () => {
  const { id, key } = await createHolder(server);
  assert.equal((await send('GET', '/organization', { key })).status, 403);
  const body = { access_roles: [{ id: 1 }] };
  assert.equal((await send('PUT', `/user/${id}/role`, { body })).status, 204);
  assert.deepEqual((await getUser(id)).access_roles, [{ id: 1, name: 'Administrator' }]);
  assert.equal((await send('GET', '/organization', { key })).status, 200);
  const cases: [unknown, string][] = [
    [{ access_roles: [{ id: 9 }] }, 'invalid_access_roles_id'],
    [{ access_roles: [] }, 'invalid_access_roles'],
    [{}, 'missing_access_roles'],
  ];
  for (const [bad, code] of cases) {
    assert.deepEqual((await send('PUT', `/user/${id}/role`, { body: bad })).codes(), [code]);
  }
});

test('container assignments replace what was there, and none is no restriction', async () => {
  const { id, key } = await createHolder(server, { access_roles: [{ id: 4 }] });
  const assign = (ids: unknown) =>
    send('PUT', `/user/${id}/container-assignments`, { body: { container_id_assignments: ids } });
  const seen = async () =>
    (await send('GET', '/organization?limit=1', { key })).json<{ page: { total: number } }>().page
      .total;
  const all = await seen();
  assert.equal((await assign([String(RESEARCH_ID)])).status, 204);
  const some = await seen();
  assert.ok(some < all, `${some} of ${all}`);
  assert.equal((await assign([PUBLIC_SECTOR_ID, RESEARCH_ID])).status, 204);
  assert.deepEqual(
    (await getUser(id)).container_assignments?.map((one) => one.id),
    [RESEARCH_ID, PUBLIC_SECTOR_ID],
  );
  const problems = await assign(['5001', 'x', 0, 999999, RESEARCH_ID]);
  assert.deepEqual(problems.codes(), Array(4).fill('invalid_container_id_assignments'));
  assert.equal((await getUser(id)).container_assignments?.length, 2);
  assert.equal((await assign([])).status, 204);
  assert.equal((await getUser(id)).has_container_assignments, false);
  assert.equal(await seen(), all);
  const events = await listEvents(server, 'user', id);
  assert.equal(events.length, 4);
  assert.equal(events[3]?.after, '{"container_id_assignments":[]}');
});

test('a user goes with keys and restrictions, and stays a verified contact by name only', async () => {
  const restricted = { container_id_assignments: [RESEARCH_ID] };
  const { id, key } = await createHolder(server, restricted);
  await runSql(
    server,
    `insert into ip_rules (account_id, user_id, api_key_id, ip_address, ip_address_end,
       description, created_at)
     select account_id, 0, id, '10.0.0.1', '10.0.0.1', '', '' from api_keys where user_id = ${id}`,
  );
  const rules = async () => (await send('GET', `/container/${ROOT_ID}/ip/rules`)).text;
  assert.equal((await send('GET', '/user/me', { key })).status, 200);
  assert.match(await rules(), /10\.0\.0\.1/);
  assert.equal((await send('DELETE', `/user/${id}`)).status, 204);
  assert.deepEqual((await send('GET', '/user/me', { key })).codes(), [INVALID_KEY]);
  assert.deepEqual((await send('GET', `/user/${id}`)).codes(), ['not_found|user']);
  assert.deepEqual((await send('DELETE', `/user/${id}`)).codes(), ['not_found|user']);
  assert.doesNotMatch(await rules(), /10\.0\.0\.1/);
  const [, deleted] = await listEvents(server, 'user', id);
  assert.equal(deleted?.action, 'user_deleted');
  assert.deepEqual(JSON.parse(deleted?.before ?? '').container_id_assignments, [RESEARCH_ID]);

  const destinee = { id: 184, path: '/organization/112233' };
  const contacts = async () =>
    (await send('GET', destinee.path)).json<Organization>().verified_contacts ?? [];
  assert.deepEqual(
    (await contacts()).map(({ user_id }) => user_id),
    ['184'],
  );
  assert.equal((await send('DELETE', `/user/${destinee.id}`)).status, 204);
  assert.deepEqual(
    (await contacts()).map(({ user_id, name }) => [user_id, name]),
    [['0', 'Destinee Church']],
  );
});

test('an account manager who is deleted manages no subaccount any more', async () => {
  const id = await createUser(server);
  await runSql(server, `update accounts set account_manager_user_id = ${id} where id = 2`);
  const { reader } = server.app.environment.store;
  assert.equal((await findAccount(reader, 2))?.account_manager_user_id, id);
  assert.equal((await send('DELETE', `/user/${id}`)).status, 204);
  assert.equal((await findAccount(reader, 2))?.account_manager_user_id, 0);
});
