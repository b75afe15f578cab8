/** The people who validate, over HTTP: appointing them, what they may do, and whose keys are whose. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ApiKeyCreated, AppointmentList } from '@orgvet/contract';
import { type OperatorApi, withOperatorApi } from '../src/main.ts';
import { makeDatabase } from './databases.ts';
import { holdClock, startServer, type TestServer } from './harness.ts';
import { makeSubaccount } from './makers.ts';
import {
  ADA_ID,
  createHolder,
  createKey,
  createUser,
  INVALID_KEY,
  listEvents,
  MISSING_PERMISSION,
  RESEARCH_ID,
  showUser,
} from './people.ts';
import {
  type Appointment,
  appoint,
  appointAuditor,
  appointmentsOf,
  appointReviewer,
  appointSpecialist,
} from './vetting.ts';

const server = await startServer();
const { send } = server;

const STANDARD = { access_roles: [{ id: 5 }] };

const put = (user_id: number, body: unknown, key = server.administrator) =>
  send('PUT', `/control/v1/appointment/${user_id}`, { key, body });

async function listPeople(key = server.administrator): Promise<AppointmentList['people']> {
  const answer = await send('GET', '/vetting/v1/appointment', { key });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<AppointmentList>().people;
}

const findPerson = async (user_id: number) =>
  (await listPeople()).find((person) => person.user_id === user_id);

const statusOf = async (key: string, path: string) => (await send('GET', path, { key })).status;

test('a user is appointed, and listed with what for, until when and since when', async () => {
  const user_id = await createUser(server, { ...STANDARD, first_name: 'Vera', last_name: 'Roth' });
  const appointments: Appointment[] = [
    { role: 'auditor', qualified_until: '2027-01-01T00:00:00Z' },
    { role: 'reviewer', validation_type: 'ev', qualified_until: '2026-11-21T13:00:00+01:00' },
    { role: 'specialist', validation_type: 'ov', qualified_until: '2027-06-30T01:30:00+02:00' },
    { role: 'specialist', validation_type: 'ev', qualified_until: '2026-11-21T12:00:01Z' },
  ];
  await appoint(server, user_id, appointments);
  const appointed_at = '2026-11-21T12:00:00+00:00';
  assert.deepEqual(await findPerson(user_id), {
    user_id,
    name: 'Vera Roth',
    email: 'rebecca.chambers@example.com',
    appointments: [
      {
        role: 'specialist',
        validation_type: 'ev',
        qualified_until: '2026-11-21T12:00:01+00:00',
        is_qualified: true,
        appointed_at,
      },
      {
        role: 'specialist',
        validation_type: 'ov',
        qualified_until: '2027-06-29T23:30:00+00:00',
        is_qualified: true,
        appointed_at,
      },
      {
        role: 'reviewer',
        validation_type: 'ev',
        qualified_until: '2026-11-21T12:00:00+00:00',
        is_qualified: false,
        appointed_at,
      },
      {
        role: 'auditor',
        qualified_until: '2027-01-01T00:00:00+00:00',
        is_qualified: true,
        appointed_at,
      },
    ],
  });
});

test('a change replaces all that somebody had, in one event, and none takes all away', async () => {
  const user_id = await createUser(server, STANDARD);
  const change = async (appointments: readonly Appointment[]) =>
    await appoint(server, user_id, appointments);
  const first = appointmentsOf('specialist', { types: ['ov'] });
  const second = appointmentsOf('reviewer', { types: ['ov'] });
  await change(first);
  await change(first);
  await change(second);
  await change([]);
  assert.equal(await findPerson(user_id), undefined);
  const told = (await listEvents(server, 'user', user_id)).filter(
    ({ action }) => action === 'user_appointed',
  );
  const withTypes = (appointments: readonly Appointment[]) => ({ appointments });
  assert.deepEqual(
    told.map(({ before, after }) => [JSON.parse(before), JSON.parse(after)]),
    [
      [withTypes([]), withTypes(first)],
      [withTypes(first), withTypes(second)],
      [withTypes(second), withTypes([])],
    ],
  );
});

test('what stays as it was keeps the day of its appointment', async () => {
  const local = await startServer();
  const user_id = await createUser(local, STANDARD);
  const ov = appointmentsOf('specialist', { types: ['ov'] });
  await appoint(local, user_id, ov);
  local.clock.moveTo('2026-12-01T00:00:00Z');
  await appoint(local, user_id, [...ov, ...appointmentsOf('specialist', { types: ['cs'] })]);
  const { people } = (await local.send('GET', '/vetting/v1/appointment')).json<AppointmentList>();
  assert.deepEqual(
    people
      .filter((person) => person.user_id === user_id)
      .flatMap((person) =>
        person.appointments.map((one) => [one.validation_type, one.appointed_at]),
      ),
    [
      ['cs', '2026-12-01T00:00:00+00:00'],
      ['ov', '2026-11-21T12:00:00+00:00'],
    ],
  );
});

test('every problem of a request is told at once, and nothing changes', async () => {
  const user_id = await createUser(server, STANDARD);
  const until = '2027-01-01T00:00:00Z';
  const ov = { role: 'specialist', validation_type: 'ov', qualified_until: until };
  for (const [appointments, codes] of [
    [[{ ...ov, role: 'boss' }], ['invalid_appointments_role']],
    [[{ ...ov, validation_type: 'dv' }], ['invalid_appointments_validation_type']],
    [[{ ...ov, qualified_until: '2027-01-01' }], ['invalid_appointments_qualified_until']],
    [[{ role: 'specialist', validation_type: 'ov' }], ['missing_appointments_qualified_until']],
    [
      [
        { role: 'reviewer', qualified_until: until },
        { role: 'auditor', validation_type: 'ov', qualified_until: until },
        ov,
        { ...ov, qualified_until: '2028-01-01T00:00:00Z' },
      ],
      [
        'missing_appointments_validation_type',
        'invalid_appointments_validation_type',
        'invalid_appointments',
      ],
    ],
    [undefined, ['missing_appointments']],
  ] as const) {
    const answer = await put(user_id, { appointments });
    assert.deepEqual([answer.status, answer.codes()], [400, codes]);
  }
  assert.equal(await findPerson(user_id), undefined);
});

test('nobody who may edit organizations is appointed', async () => {
  const appointments = appointmentsOf('specialist');
  for (const id of [1, 4]) {
    const user_id = await createUser(server, { access_roles: [{ id }] });
    const answer = await put(user_id, { appointments });
    assert.deepEqual(answer.codes(), ['user_administers_organizations']);
    assert.equal((await put(user_id, { appointments: [] })).status, 204);
  }
  for (const id of [2, 3, 5]) {
    const user_id = await createUser(server, { access_roles: [{ id }] });
    assert.equal((await put(user_id, { appointments })).status, 204);
  }
});

test('nobody who is appointed becomes administrator or manager', async () => {
  const { user_id } = await appointSpecialist(server);
  const change = (id: number) =>
    send('PUT', `/user/${user_id}/role`, { body: { access_roles: [{ id }] } });
  assert.deepEqual((await change(1)).codes(), ['user_is_appointed']);
  assert.deepEqual((await change(4)).codes(), ['user_is_appointed']);
  assert.equal((await change(3)).status, 204);
  await appoint(server, user_id, []);
  assert.equal((await change(4)).status, 204);
  assert.deepEqual((await showUser(server, user_id)).access_roles, [{ id: 4, name: 'Manager' }]);
});

test('of an appointment and a role that come at the same moment one is refused', async () => {
  const users = await Promise.all(Array.from({ length: 6 }, () => createUser(server, STANDARD)));
  for (const user_id of users) {
    const [appointed, promoted] = await Promise.all([
      put(user_id, { appointments: appointmentsOf('specialist', { types: ['ov'] }) }),
      send('PUT', `/user/${user_id}/role`, { body: { access_roles: [{ id: 1 }] } }),
    ]);
    const statuses = [appointed.status, promoted.status].sort();
    assert.deepEqual(statuses, [204, 400]);
  }
});

test('what somebody is appointed for is what they may look at', async () => {
  const paths = ['/vetting/v1/appointment', '/vetting/v1/source', '/organization', '/key'];
  const ask = async (key: string) =>
    await Promise.all(paths.map(async (path) => await statusOf(key, path)));
  const nobody = await createHolder(server, STANDARD);
  assert.deepEqual(await ask(nobody.key), [403, 403, 403, 403]);
  for (const make of [appointSpecialist, appointReviewer, appointAuditor]) {
    assert.deepEqual(await ask((await make(server)).key), [200, 200, 403, 403]);
  }
  const manager = await createHolder(server, { access_roles: [{ id: 4 }] });
  assert.deepEqual(await ask(manager.key), [200, 403, 200, 403]);
});

test('a key that only looks keeps looking, and every other restriction takes all of it away', async () => {
  const source = { name: 'Companies House', kind: 'government_register' };
  const create = async (key: string) =>
    (await send('POST', '/vetting/v1/source', { key, body: source })).status;
  for (const [restricted_to_role_id, look, work] of [
    [0, 200, 201],
    [100, 403, 403],
    [101, 403, 403],
    [102, 200, 403],
    [103, 403, 403],
  ] as const) {
    const { key } = await appointSpecialist(server, { restricted_to_role_id });
    assert.equal(await statusOf(key, '/vetting/v1/source'), look, String(restricted_to_role_id));
    assert.equal(await create(key), work, String(restricted_to_role_id));
  }
});

test('an appointment that has run out counts for nothing from that moment on', async () => {
  const local = await startServer();
  const { user_id, key } = await appointSpecialist(local, {
    types: ['ov'],
    until: '2026-11-30T00:00:00Z',
  });
  const ask = async () => (await local.send('GET', '/vetting/v1/source', { key })).status;
  local.clock.moveTo('2026-11-29T23:59:59Z');
  assert.equal(await ask(), 200);
  local.clock.moveTo('2026-11-30T00:00:00Z');
  assert.equal(await ask(), 403);
  await appoint(local, user_id, appointmentsOf('auditor'));
  assert.equal(await ask(), 200);
  await appoint(local, user_id, []);
  assert.equal(await ask(), 403);
});

test('an appointment runs out by the clock of the test account', async () => {
  const local = await startServer();
  const until = '2026-11-30T00:00:00Z';
  const { key, user_id } = await appointSpecialist(local, { types: ['ov'], until });
  const move = async (now: string) =>
    assert.equal((await local.send('POST', '/control/v1/clock', { body: { now } })).status, 200);
  const ask = async () => (await local.send('GET', '/vetting/v1/source', { key })).status;
  await move('2026-11-29T23:59:59Z');
  assert.equal(await ask(), 200);
  await move(until);
  assert.equal(await ask(), 403);
  const { people } = (await local.send('GET', '/vetting/v1/appointment')).json<AppointmentList>();
  const person = people.find((one) => one.user_id === user_id);
  assert.equal(person?.appointments[0]?.is_qualified, false);
});

test('permissions of Orgvet’s own are not among those that the wire lists', async () => {
  const { key } = await appointSpecialist(server);
  const { text } = await send('GET', '/authorization', { key });
  assert.doesNotMatch(text, /validations|vetting|requirements/);
  const nobody = await createHolder(server, STANDARD);
  assert.equal(text, (await send('GET', '/authorization', { key: nobody.key })).text);
});

test('who is deleted is appointed for nothing any more, and the event says for what they were', async () => {
  const { user_id } = await appointSpecialist(server, { types: ['ov'] });
  assert.equal((await send('DELETE', `/user/${user_id}`)).status, 204);
  assert.equal(await findPerson(user_id), undefined);
  const deletion = (await listEvents(server, 'user', user_id)).at(-1);
  assert.deepEqual(
    [deletion?.action, JSON.parse(deletion?.before ?? '{}').appointments],
    ['user_deleted', appointmentsOf('specialist', { types: ['ov'] })],
  );
});

test('who is restricted to containers sees and appoints only people who are restricted so too', async () => {
  const restricted = { container_id_assignments: [RESEARCH_ID] };
  const { key } = await createHolder(server, { access_roles: [{ id: 1 }], ...restricted });
  const everywhere = await appointSpecialist(server);
  const user_id = await createUser(server, { ...STANDARD, ...restricted });
  await appoint(server, user_id, appointmentsOf('specialist'), key);
  const refused = await put(everywhere.user_id, { appointments: [] }, key);
  assert.deepEqual(refused.codes(), ['not_found|user']);
  assert.deepEqual(
    (await listPeople(key)).map((person) => person.user_id),
    [user_id],
  );
});

test('each account has its own people', async () => {
  const { user_id } = await appointSpecialist(server);
  const other = await makeSubaccount({ server, key: server.administrator }, 'Of its own');
  assert.deepEqual(await listPeople(other.key), []);
  assert.deepEqual((await put(user_id, { appointments: [] }, other.key)).codes(), [
    'not_found|user',
  ]);
  const theirs = await appointReviewer(server, { by: other.key });
  assert.equal(await findPerson(theirs.user_id), undefined);
  assert.equal((await listPeople(other.key))[0]?.user_id, theirs.user_id);
});

/** A registry with one live account, and its operator. */
async function startLive(): Promise<{
  live: TestServer;
  operate<Result>(work: (api: OperatorApi) => Promise<Result>): Promise<Result>;
}> {
  const database = await makeDatabase();
  const live = await startServer({ database, seed: 'none', clock: holdClock() });
  return { live, operate: (work) => withOperatorApi(database, 1, work) };
}

test('in a live account only the operator appoints, and only the operator makes keys of who is appointed', async () => {
  const { live, operate } = await startLive();
  const user_id = await createUser(live, STANDARD);
  const early = await createKey(live, user_id);
  const body = { appointments: appointmentsOf('specialist') };
  const route = await live.send('PUT', `/control/v1/appointment/${user_id}`, { body });
  assert.deepEqual(route.codes(), ['not_found|route']);

  const params = { user_id };
  await operate((api) => api.call('changeAppointments', { params, body }));
  const refused = await live.send('POST', `/key/user/${user_id}`, { body: { name: 'Mine' } });
  assert.deepEqual(refused.codes(), ['user_is_appointed']);

  // The account had this key in its hands.
  const stale = await live.send('GET', '/user/me', { key: early.api_key });
  assert.deepEqual(stale.codes(), [INVALID_KEY]);
  const activate = (key_id: number) =>
    live.send('PUT', `/key/${key_id}/status`, { body: { status: 'active' } });
  assert.deepEqual((await activate(early.id)).codes(), ['user_is_appointed']);

  const made = await operate((api) =>
    api.call('createApiKey', { params, body: { name: 'By the operator' } }),
  );
  const look = async ({ api_key }: ApiKeyCreated) =>
    (await live.send('GET', '/vetting/v1/source', { key: api_key })).status;
  assert.equal(await look(made), 200);
  // Taking away is the account's right.
  const revoke = { body: { status: 'revoked' } };
  assert.equal((await live.send('PUT', `/key/${made.id}/status`, revoke)).status, 204);
  assert.deepEqual((await activate(made.id)).codes(), ['user_is_appointed']);
  await operate((api) =>
    api.call('changeApiKeyStatus', { params: { key_id: made.id }, body: { status: 'active' } }),
  );
  assert.equal(await look(made), 200);

  const none = { params, body: { appointments: [] } };
  await operate((api) => api.call('changeAppointments', none));
  assert.equal(await look(made), 403);
  assert.equal((await activate(early.id)).status, 204);
});

test('a further appointment in a live account leaves the keys that the operator made', async () => {
  const { live, operate } = await startLive();
  const user_id = await createUser(live, STANDARD);
  const params = { user_id };
  const change = (types: readonly ['ov'] | readonly ['ov', 'ev']) =>
    operate((api) =>
      api.call('changeAppointments', {
        params,
        body: { appointments: appointmentsOf('specialist', { types }) },
      }),
    );
  await change(['ov']);
  const body = { name: 'Laptop' };
  const { api_key } = await operate((api) => api.call('createApiKey', { params, body }));
  await change(['ov', 'ev']);
  const answer = await live.send('GET', '/vetting/v1/source', { key: api_key });
  assert.equal(answer.status, 200, answer.text);
  const actions = (await listEvents(live, 'user', user_id)).map((event) => [
    event.action,
    event.actor_user_id,
    event.request_id === 'operator',
  ]);
  assert.deepEqual(actions.slice(1), [
    ['user_appointed', 0, true],
    ['user_appointed', 0, true],
  ]);
});

test('a test account makes keys for whom it likes, but not for what an administrator is', async () => {
  const { user_id, key } = await appointSpecialist(server);
  const { api_key } = await createKey(server, user_id);
  assert.equal(await statusOf(api_key, '/vetting/v1/source'), 200);
  assert.equal(await statusOf(key, '/vetting/v1/source'), 200);
  const own = await put(ADA_ID, { appointments: appointmentsOf('specialist') });
  assert.deepEqual(own.codes(), ['user_administers_organizations']);
  const refused = await put(user_id, { appointments: [] }, key);
  assert.deepEqual(refused.codes(), [MISSING_PERMISSION]);
});
