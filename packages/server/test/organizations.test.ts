/** Organizations over HTTP, one at a time: create, show, change, activate, deactivate, delete. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Organization, ValidationList, ValidationTypeList } from '@orgvet/contract';
import { ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { listEventsOfObject } from '../src/store/events.ts';
import { organizationBody, startServer } from './harness.ts';

const server = await startServer();
const { send } = server;

async function create(changes: Record<string, unknown> = {}): Promise<number> {
  const answer = await send('POST', '/organization', { body: organizationBody(changes) });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<{ id: number }>().id;
}

async function show(id: number): Promise<Organization> {
  const answer = await send('GET', `/organization/${id}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json();
}

test('a created organization is answered with 201 and nothing but its id', async () => {
  const answer = await send('POST', '/organization', { body: organizationBody({ name: 'First' }) });
  assert.equal(answer.status, 201);
  assert.match(answer.text, /^\{"id":\d+\}$/);
  assert.equal(answer.headers['content-type'], 'application/json');
});

test('organization info has the recorded members in the recorded order', async () => {
  const id = await create({
    name: 'Recorded',
    validations: [
      { type: 'ov' },
      {
        type: 'ev',
        verified_users: [
          {
            first_name: 'John',
            last_name: 'Doe',
            job_title: 'Site Reliability Engineer',
            telephone: '555-555-1001',
            email: 'john.doe@example.com',
          },
        ],
      },
    ],
  });
  const shown = await show(id);
  assert.deepEqual(Object.keys(shown), [
    'id',
    'status',
    'name',
    'assumed_name',
    'display_name',
    'is_active',
    'is_hidden',
    'address',
    'address2',
    'city',
    'state',
    'zip',
    'country',
    'telephone',
    'container',
    'validations',
    'organization_contact',
    'verified_contacts',
    'contacts',
  ]);
  assert.deepEqual(Object.keys(shown.organization_contact ?? {}), [
    'id',
    'first_name',
    'last_name',
    'email',
    'job_title',
    'telephone',
    'telephone_extension',
    'language_id',
    'name',
    'contact_type',
  ]);
  assert.deepEqual(shown.contacts, [shown.organization_contact]);
  assert.ok(Value.Check(ROUTES.getOrganization.success.schema, shown));
  const [contact] = shown.verified_contacts ?? [];
  assert.deepEqual(contact, {
    id: contact?.id,
    user_id: '0',
    name: 'John Doe',
    first_name: 'John',
    last_name: 'Doe',
    job_title: 'Site Reliability Engineer',
    telephone: '555-555-1001',
    email: 'john.doe@example.com',
    verified_roles: [
      { validation_type: 'EV', status: 'pending' },
      { validation_type: 'EV_CS', status: 'pending' },
    ],
  });
});

test('absent optional members are left out, never null', async () => {
  const id = await create({
    name: 'Bare',
    assumed_name: null,
    address2: '',
    organization_contact: { first_name: 'A', last_name: 'B', email: 'a@example.com' },
  });
  const answer = await send('GET', `/organization/${id}`);
  assert.doesNotMatch(answer.text, /null|assumed_name|address2|job_title|validations|verified_/);
  assert.equal(answer.json<Organization>().display_name, 'Bare');
});

test('the country is answered in upper case and the state as it was sent', async () => {
  const shown = await show(await create({ name: 'Cases', country: 'de', state: 'by' }));
  assert.equal(shown.country, 'DE');
  assert.equal(shown.state, 'by');
});

test('numbers are taken for zip and telephone, and unknown members are ignored', async () => {
  const id = await create({
    name: 'Numbers',
    zip: 22162,
    telephone: 5555550100,
    container: { id: 999_999 },
    colour: 'red',
  });
  const shown = await show(id);
  assert.equal(shown.zip, '22162');
  assert.equal(shown.telephone, '5555550100');
  assert.equal(shown.container.id, 4);
});

test('all six validation types can be requested and are pending', async () => {
  const types = ['ov', 'ev', 'cs', 'ev_cs', 'ds', 'smime'];
  const id = await create({
    name: 'All types',
    validations: types.map((type) => ({ type, verified_users: [{ id: 184 }] })),
  });
  const answer = await send('GET', `/organization/${id}/validation`);
  const { validations } = answer.json<ValidationList>();
  assert.deepEqual(
    validations.map(({ type, status }) => [type, status]),
    types.map((type) => [type, 'pending']),
  );
  const user = { id: 184, first_name: 'Destinee', last_name: 'Church' };
  for (const { type, verified_users } of validations) {
    assert.deepEqual(verified_users, type.match(/ev|cs/) ? [user] : undefined);
  }
  const [contact] = (await show(id)).verified_contacts ?? [];
  assert.equal(contact?.user_id, '184');
  assert.notEqual(contact?.id, 184);
  assert.equal(contact?.verified_roles.length, 3);
});

test('the status of a validation follows the clock, not what is stored', async () => {
  const at = async (time: string) => {
    server.clock.moveTo(time);
    const answer = await send('GET', '/organization/112233/validation');
    return answer.json<ValidationList>().validations.map(({ status }) => status);
  };
  assert.deepEqual(await at('2019-11-09T20:28:54Z'), ['active', 'pending']);
  assert.deepEqual(await at('2019-11-09T20:28:55Z'), ['expired', 'pending']);
  server.clock.moveTo('2026-11-21T12:00:00Z');
});

test('a user of another account, or nobody, cannot become a verified contact', async () => {
  const answer = await send('POST', '/organization', {
    body: organizationBody({
      name: '',
      validations: [{ type: 'ev', verified_users: [{ id: 5101 }, { id: 424242 }] }],
    }),
  });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), [
    'missing_name',
    'invalid_validations_verified_users_id',
    'invalid_validations_verified_users_id',
  ]);
});

test('every problem of a request is in one answer, and nothing is created', async () => {
  const before = await send('GET', '/organization?limit=1');
  const answer = await send('POST', '/organization', {
    body: {
      name: 'x'.repeat(65),
      country: 'xx',
      address: 5,
      organization_contact: { first_name: 'A', email: 'nobody' },
      validations: [{ type: 'ov' }, { type: 'ov' }, { type: 'ev' }],
    },
  });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), [
    'name_too_long',
    'invalid_country',
    'invalid_address',
    'missing_city',
    'missing_state',
    'missing_zip',
    'missing_telephone',
    'missing_organization_contact_last_name',
    'invalid_organization_contact_email',
    'validation_type_duplicate',
    'missing_validations_verified_users',
  ]);
  const after = await send('GET', '/organization?limit=1');
  assert.equal(after.text, before.text);
});

test('changing details replaces them and clears what is left out', async () => {
  const id = await create({ name: 'Before' });
  const answer = await send('PUT', `/organization/${id}`, {
    body: organizationBody({ name: 'After', assumed_name: undefined, address2: undefined }),
  });
  assert.equal(answer.status, 204);
  assert.equal(answer.text, '');
  const shown = await show(id);
  assert.equal(shown.display_name, 'After');
  assert.equal(shown.address2, undefined);
  assert.equal(shown.organization_contact?.first_name, 'Gia');
  const found = await send('GET', '/organization?filters[search]=after');
  assert.equal(found.json<{ page: { total: number } }>().page.total, 1);
});

test('a change of details sends completed validations back to pending', async () => {
  server.clock.moveTo('2018-12-01T00:00:00Z');
  const before = await show(112233);
  assert.equal(before.validations?.[0]?.status, 'active');
  const { name, country, address, city, state, zip } = before;
  const details = { name, country, address, city, state, zip, telephone: '801-555-0000' };
  assert.equal((await send('PUT', '/organization/112233', { body: details })).status, 204);
  const after = await show(112233);
  assert.deepEqual(
    after.validations?.map(({ status, date_created }) => [status, date_created]),
    [
      ['pending', undefined],
      ['pending', undefined],
    ],
  );
  server.clock.moveTo('2026-11-21T12:00:00Z');
});

test('a change to the details that are there already changes nothing', async () => {
  const id = await create({ name: 'Unchanged' });
  const body = organizationBody({ name: 'Unchanged', country: 'US' });
  assert.equal((await send('PUT', `/organization/${id}`, { body })).status, 204);
  const events = await listEventsOfObject(
    server.app.environment.store.reader,
    1,
    'organization',
    id,
  );
  assert.deepEqual(
    events.map(({ action }) => action),
    ['organization_created'],
  );
});

test('deactivating and activating change the status, once and again', async () => {
  const id = await create({ name: 'Switch' });
  for (const [path, status] of [
    ['deactivate', 'inactive'],
    ['deactivate', 'inactive'],
    ['activate', 'active'],
    ['activate', 'active'],
  ]) {
    const answer = await send('PUT', `/organization/${id}/${path}`);
    assert.equal(answer.status, 204);
    assert.equal(answer.text, '');
    const shown = await show(id);
    assert.equal(shown.status, status);
    assert.equal(shown.is_active, status === 'active');
  }
});

test('a deleted organization is gone, with all that belonged to it', async () => {
  const id = await create({
    name: 'Delete me',
    validations: [{ type: 'ev', verified_users: [{ id: 184 }] }],
  });
  const before = await send('GET', '/organization?limit=1');
  assert.equal((await send('DELETE', `/organization/${id}`)).status, 204);
  for (const path of [`/organization/${id}`, `/organization/${id}/validation`]) {
    assert.deepEqual((await send('GET', path)).codes(), ['not_found|organization']);
  }
  assert.equal((await send('DELETE', `/organization/${id}`)).status, 404);
  const after = await send('GET', '/organization?limit=1');
  const total = (text: string) => JSON.parse(text).page.total;
  assert.equal(total(after.text), total(before.text) - 1);
  assert.notEqual(await create({ name: 'Delete me' }), id);
});

test('the first organization of an account cannot be deleted', async () => {
  const answer = await send('DELETE', '/organization/1');
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), ['cannot_delete_primary_organization']);
  assert.equal((await show(1)).id, 1);
});

test('every change leaves an event that says who, when, what, before and after', async () => {
  const id = await create({ name: 'Watched' });
  await send('PUT', `/organization/${id}/deactivate`, { headers: { 'x-request-id': 'abc-1' } });
  await send('PUT', `/organization/${id}`, { body: organizationBody({ name: 'Renamed' }) });
  await send('DELETE', `/organization/${id}`);
  const { reader } = server.app.environment.store;
  const events = await listEventsOfObject(reader, 1, 'organization', id);
  assert.deepEqual(
    events.map(({ action }) => action),
    [
      'organization_created',
      'organization_deactivated',
      'organization_details_changed',
      'organization_deleted',
    ],
  );
  const [created, deactivated, changed, deleted] = events;
  assert.equal(created?.before, '');
  assert.equal(JSON.parse(created?.after ?? '').name, 'Watched');
  assert.equal(deactivated?.request_id, 'abc-1');
  assert.equal(deactivated?.actor_user_id, 12);
  assert.equal(deactivated?.api_key_id, 1);
  assert.equal(deactivated?.ip_address, '127.0.0.1');
  assert.equal(deactivated?.occurred_at, '2026-11-21T12:00:00+00:00');
  assert.deepEqual(JSON.parse(deactivated?.before ?? ''), { is_active: true });
  assert.equal(JSON.parse(changed?.before ?? '').name, 'Watched');
  assert.equal(JSON.parse(changed?.after ?? '').name, 'Renamed');
  assert.equal(JSON.parse(deleted?.before ?? '').name, 'Renamed');
  assert.equal(deleted?.after, '');
});

test('the validation types are listed in the recorded order', async () => {
  const answer = await send('GET', '/organization/validation-type');
  const { validation_types } = answer.json<ValidationTypeList>();
  assert.deepEqual(
    validation_types.map(({ type, requires_user }) => [type, requires_user]),
    [
      ['smime', false],
      ['cs', true],
      ['ev_cs', true],
      ['ds', false],
      ['ov', false],
      ['ev', true],
    ],
  );
});
