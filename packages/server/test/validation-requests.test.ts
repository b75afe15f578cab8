/** Submitting organizations for validation, and who can be named as a verified contact. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Organization, PotentialApproverList, ValidationList } from '@orgvet/contract';
import { listEventsOfObject } from '../src/store/events.ts';
import { organizationBody, startServer } from './harness.ts';
import { type Maker, make } from './makers.ts';
import { createHolder, createUser } from './people.ts';

const server = await startServer();
const { send } = server;
const own: Maker = { server, key: server.administrator };

const JILL = {
  first_name: 'Jill',
  last_name: 'Valentine',
  job_title: 'CTO',
  telephone: '555-555-5555',
  email: 'jill.valentine@digicert.com',
};

let names = 0;

async function makeOrganization(changes: object = {}): Promise<number> {
  names += 1;
  const body = organizationBody({ name: `Submitted ${names}`, ...changes });
  return (await make(own, '/organization', body)).id;
}

async function submit(id: number, validations: unknown) {
  return await send('POST', `/organization/${id}/validation`, { body: { validations } });
}

async function listStatuses(id: number): Promise<string[]> {
  const answer = await send('GET', `/organization/${id}/validation`);
  return answer.json<ValidationList>().validations.map(({ type, status }) => `${type} ${status}`);
}

async function getInfo(id: number): Promise<Organization> {
  return (await send('GET', `/organization/${id}`)).json<Organization>();
}

async function countPending(): Promise<number> {
  const answer = await send('GET', '/organization?filters[validation]=pending&limit=1');
  return answer.json<{ page: { total: number } }>().page.total;
}

async function decide(id: number, type: string): Promise<void> {
  const path = `/control/v1/organization/${id}/validation/${type}`;
  assert.equal((await send('PUT', path, { body: { status: 'active' } })).status, 204);
}

test("the documents' request submits an organization for ov and ev with a user and a person", async () => {
  const user = await createUser(server, { job_title: 'Officer', telephone: '555-555-0123' });
  const id = await makeOrganization();
  const pending = await countPending();
  const answer = await send('POST', `/organization/${id}/validation`, {
    raw: `{"validations":[{"type":"ov"},{"type":"ev","verified_users":[{"id":${user}},${JSON.stringify(JILL)}]}]}`,
  });
  assert.deepEqual([answer.status, answer.text], [204, '']);
  assert.deepEqual(await listStatuses(id), ['ov pending', 'ev pending']);
  assert.equal(await countPending(), pending + 1);
  const { verified_contacts = [] } = await getInfo(id);
  assert.deepEqual(
    verified_contacts.map(({ user_id, email }) => [user_id, email]),
    [
      [String(user), (await send('GET', `/user/${user}`)).json<{ email: string }>().email],
      ['0', JILL.email],
    ],
  );
});

test('a type that is pending stays so, one that has expired is pending again', async () => {
  const id = await makeOrganization({ validations: [{ type: 'ov' }, { type: 'ds' }] });
  await decide(id, 'ov');
  server.clock.moveTo('2028-01-01T00:00:00Z');
  assert.deepEqual(await listStatuses(id), ['ov expired', 'ds pending']);
  assert.equal((await submit(id, [{ type: 'ov' }, { type: 'ds' }])).status, 204);
  assert.deepEqual(await listStatuses(id), ['ov pending', 'ds pending']);
});

test('an active type that is submitted again serves to its own end, and is pending from then on', async () => {
  server.clock.moveTo('2026-11-21T12:00:00Z');
  const id = await makeOrganization({ validations: [{ type: 'ov' }] });
  await decide(id, 'ov');
  const before = (await send('GET', `/organization/${id}/validation`)).text;
  assert.equal((await submit(id, [{ type: 'ov' }])).status, 204);
  assert.equal((await send('GET', `/organization/${id}/validation`)).text, before);
  server.clock.moveTo('2028-01-01T00:00:00Z');
  assert.deepEqual(await listStatuses(id), ['ov pending']);
});

test('a submission says in an event what was asked for', async () => {
  const id = await makeOrganization();
  await submit(id, [{ type: 'smime' }]);
  const { store } = server.app.environment;
  const events = await listEventsOfObject(store.reader, 1, 'organization', id);
  const last = events.at(-1);
  assert.equal(last?.action, 'organization_submitted');
  assert.deepEqual(JSON.parse(last?.after ?? ''), { validations: [{ type: 'smime' }] });
});

test('every problem of a submission is told at once, and nothing is changed', async () => {
  const bare = await createUser(server, { job_title: 'Officer', telephone: '' });
  const id = await makeOrganization();
  const answer = await submit(id, [
    { type: 'ev', verified_users: [{ id: bare }, { id: 999999 }, { first_name: 'Jill' }] },
    { type: 'ev', verified_users: [JILL] },
    { type: 'cs' },
    { type: 'xx' },
  ]);
  assert.equal(answer.status, 400);
  assert.deepEqual(
    answer.codes().sort(),
    [
      'invalid_validations_type',
      'invalid_validations_verified_users_id',
      'invalid_validations_verified_users_id',
      'missing_validations_verified_users',
      'missing_validations_verified_users_email',
      'missing_validations_verified_users_job_title',
      'missing_validations_verified_users_last_name',
      'missing_validations_verified_users_telephone',
      'validation_type_duplicate',
    ].sort(),
  );
  assert.match(answer.text, /needs a job title and a telephone number/);
  assert.deepEqual(await listStatuses(id), []);
  assert.equal((await getInfo(id)).verified_contacts, undefined);
  assert.deepEqual((await submit(id, [])).codes(), ['invalid_validations']);
});

test('twenty submissions of one type at once leave one validation', async () => {
  const id = await makeOrganization();
  const pending = await countPending();
  const answers = await Promise.all(Array.from({ length: 20 }, () => submit(id, [{ type: 'ov' }])));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [204]);
  assert.deepEqual(await listStatuses(id), ['ov pending']);
  assert.equal(await countPending(), pending + 1);
});

test('people who are no users are refused where the account wants users, in a create too', async () => {
  const settings = '/vetting/v1/account/settings';
  await send('PUT', settings, { body: { allow_non_user_verified_contacts: false } });
  const id = await makeOrganization();
  const validations = [{ type: 'ev', verified_users: [JILL] }];
  const refused = await submit(id, validations);
  assert.deepEqual(refused.codes(), ['non_user_verified_contacts_not_allowed']);
  assert.match(refused.text, /allow_non_user_verified_contacts/);
  const body = organizationBody({ name: 'Refused', validations });
  assert.deepEqual((await send('POST', '/organization', { body })).codes(), [
    'non_user_verified_contacts_not_allowed',
  ]);
  const approvers = await send('GET', '/organization/potential-approvers');
  assert.deepEqual(approvers.json<PotentialApproverList>().contacts, []);
  assert.equal((await submit(id, [{ type: 'ev', verified_users: [{ id: 12 }] }])).status, 204);
  await send('PUT', settings, { body: { allow_non_user_verified_contacts: true } });
  assert.equal((await submit(id, validations)).status, 204);
});

test('approvers are users with a job title and a telephone, and people who were named before', async () => {
  const able = await createUser(server, { job_title: 'Boss', telephone: '555-555-5555' });
  const unable = await createUser(server, { job_title: '', telephone: '555-555-5555' });
  const named = { ...JILL, first_name: 'Named', email: 'named@example.com' };
  for (const _ of [1, 2]) {
    await makeOrganization({ validations: [{ type: 'cs', verified_users: [named] }] });
  }
  const answer = await send('GET', '/organization/potential-approvers');
  assert.equal(answer.status, 200);
  const { users, contacts } = answer.json<PotentialApproverList>();
  const user = (await send('GET', `/user/${able}`)).json<Record<string, string>>();
  assert.deepEqual(
    users.find(({ user_id }) => user_id === String(able)),
    {
      user_id: String(able),
      name: `${user.first_name} ${user.last_name}`,
      first_name: user.first_name,
      last_name: user.last_name,
      job_title: 'Boss',
      telephone: '555-555-5555',
      email: user.email,
    },
  );
  assert.ok(users.every(({ user_id }) => user_id !== String(unable)));
  assert.deepEqual(
    contacts.filter(({ email }) => email === named.email),
    [{ name: 'Named Valentine', ...named }],
  );
});

test('a restricted user is shown only approvers of what is in view', async () => {
  const root = (await send('GET', '/account')).json<{ root_container_id: number }>();
  const division = (
    await make(own, `/container/${root.root_container_id}/children`, { name: 'D', template_id: 6 })
  ).id;
  const holder = await createHolder(server, {
    access_roles: [{ id: 1 }],
    container_id_assignments: [division],
    job_title: 'Head of division',
    telephone: '555-555-0199',
  });
  const inside = { ...JILL, email: 'inside@example.com' };
  const body = organizationBody({
    name: 'Inside',
    validations: [{ type: 'cs', verified_users: [inside] }],
  });
  await make({ server, key: holder.key }, '/organization', body);
  const answer = await send('GET', '/organization/potential-approvers', { key: holder.key });
  const { users, contacts } = answer.json<PotentialApproverList>();
  assert.deepEqual(
    users.map(({ user_id }) => user_id),
    [String(holder.id)],
  );
  assert.deepEqual(
    contacts.map(({ email }) => email),
    ['inside@example.com'],
  );
});
