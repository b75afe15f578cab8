/** The profiles of organizations over HTTP: what was found out about them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Profile, Source } from '@orgvet/contract';
import { organizationBody, startServer } from './harness.ts';
import { make, makeSubaccount } from './makers.ts';
import { createHolder, listEvents, RESEARCH_ID } from './people.ts';
import { appointReviewer, appointSpecialist } from './vetting.ts';

const server = await startServer();
const { send } = server;
const { key } = await appointSpecialist(server);
const own = { server, key: server.administrator };

const source = (
  await send('POST', '/vetting/v1/source', {
    key,
    body: { name: 'Handelsregister', kind: 'government_register' },
  })
).json<Source>();

const PROFILE = {
  entity_class: 'private_organization',
  formed_on: '1999-12-31',
  jurisdiction_country: 'de',
  jurisdiction_state: 'Hamburg',
  registration_number: 'HRB 12345',
  registration_source_id: source.id,
  lei: '529900T8BM49AURSDO55',
  relies_on_affiliate: false,
  has_preauthorized_approvers: true,
};

let names = 0;

async function makeOrganization(changes: object = {}): Promise<number> {
  names += 1;
  const body = organizationBody({ name: `With a profile ${names}`, ...changes });
  return (await make(own, '/organization', body)).id;
}

const pathOf = (id: number) => `/vetting/v1/organization/${id}/profile`;

const change = (id: number, body: object, by = key) => send('PUT', pathOf(id), { key: by, body });

async function show(id: number, by = key): Promise<Profile> {
  const answer = await send('GET', pathOf(id), { key: by });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<Profile>();
}

const listChanges = async (id: number) =>
  (await listEvents(server, 'organization', id)).filter(
    ({ action }) => action === 'profile_changed',
  );

test('nothing is known of an organization at first; then what was found out', async () => {
  const id = await makeOrganization();
  assert.deepEqual(await show(id), {});
  assert.equal((await change(id, PROFILE)).status, 204);
  assert.deepEqual(await show(id), {
    ...PROFILE,
    jurisdiction_country: 'DE',
    updated_at: '2026-11-21T12:00:00+00:00',
  });
});

test('a change replaces all of it, in one event; the same again is none', async () => {
  const id = await makeOrganization();
  await change(id, PROFILE);
  await change(id, { ...PROFILE, jurisdiction_country: 'DE' });
  const next = { entity_class: 'government_entity' };
  await change(id, next);
  const { updated_at: _, ...shown } = await show(id);
  assert.deepEqual(shown, next);
  assert.deepEqual(
    (await listChanges(id)).map(({ before, after }) => [JSON.parse(before), JSON.parse(after)]),
    [
      [{}, { ...PROFILE, jurisdiction_country: 'DE' }],
      [{ ...PROFILE, jurisdiction_country: 'DE' }, next],
    ],
  );
});

test('an empty profile for one that there is not changes nothing', async () => {
  const id = await makeOrganization();
  assert.equal((await change(id, {})).status, 204);
  assert.deepEqual([await show(id), await listChanges(id)], [{}, []]);
});

test('every problem is told at once, and nothing changes', async () => {
  const id = await makeOrganization();
  const answer = await change(id, {
    entity_class: 'club',
    formed_on: '2026-11-22',
    jurisdiction_country: 'zz',
    registration_source_id: 987654321,
  });
  assert.deepEqual(answer.codes(), [
    'invalid_entity_class',
    'invalid_jurisdiction_country',
    'invalid_formed_on',
    'invalid_registration_source_id',
  ]);
  assert.deepEqual(await show(id), {});
  assert.equal((await change(id, { formed_on: '2026-11-21' })).status, 204);
});

test('an agency that was withdrawn still is the one that registered the organization', async () => {
  const body = { name: 'Closed register', kind: 'government_register' };
  const closed = (await send('POST', '/vetting/v1/source', { key, body })).json<Source>();
  await send('PUT', `/vetting/v1/source/${closed.id}/withdraw`, { key, body: { reason: 'x' } });
  const id = await makeOrganization();
  assert.equal((await change(id, { registration_source_id: closed.id })).status, 204);
});

test('changes at the same moment come one after the other', async () => {
  const id = await makeOrganization();
  const numbers = ['HRB 1', 'HRB 2', 'HRB 3', 'HRB 4'];
  await Promise.all(numbers.map((registration_number) => change(id, { registration_number })));
  const told = (await listChanges(id)).map(({ before, after }) => [
    JSON.parse(before).registration_number,
    JSON.parse(after).registration_number,
  ]);
  assert.deepEqual(told.map(([, after]) => after).toSorted(), numbers);
  assert.deepEqual(
    told.slice(1).map(([before]) => before),
    told.slice(0, -1).map(([, after]) => after),
  );
});

test('managers see the profile, and only specialists change it', async () => {
  const id = await makeOrganization();
  await change(id, PROFILE);
  const manager = await createHolder(server, { access_roles: [{ id: 4 }] });
  const reviewer = await appointReviewer(server);
  const nobody = await createHolder(server, { access_roles: [{ id: 5 }] });
  for (const { key: by } of [manager, reviewer]) {
    assert.equal((await show(id, by)).lei, PROFILE.lei);
    assert.equal((await change(id, {}, by)).status, 403);
  }
  assert.equal((await send('GET', pathOf(id), { key: nobody.key })).status, 403);
});

test('a profile is of one account, and of the containers that somebody sees', async () => {
  const id = await makeOrganization();
  const other = await makeSubaccount(own, 'Without profiles');
  for (const { key: by } of [
    await appointSpecialist(server, { by: other.key }),
    await appointSpecialist(server, { user: { container_id_assignments: [RESEARCH_ID] } }),
  ]) {
    const nobodys = await send('GET', pathOf(987654321), { key: by });
    assert.deepEqual(nobodys.codes(), ['not_found|organization']);
    assert.equal((await send('GET', pathOf(id), { key: by })).text, nobodys.text);
    assert.equal((await change(id, { formed_on: 'x' }, by)).text, nobodys.text);
  }
});
