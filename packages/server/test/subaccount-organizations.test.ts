/** The organizations of a subaccount over HTTP, as the account above sees them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SubaccountOrganizationList, Validation } from '@orgvet/contract';
import { deriveDetails } from '../src/domain/organization.ts';
import { renderOrganizationDocument } from '../src/domain/organization-document.ts';
import { makeRecordedValidation } from '../src/operations/validation-lifecycle.ts';
import { addToCount } from '../src/store/counts.ts';
import { insertOrganizationWithId, type NewOrganization } from '../src/store/organizations.ts';
import { queueName } from '../src/store/search.ts';
import { insertValidation } from '../src/store/validations.ts';
import { create, makeKeyOf, makeRestrictedKey } from './family.ts';
import { holdClock, organizationBody, startServer, untilIndexed } from './harness.ts';

const server = await startServer();
const { send } = server;

/** "List subaccount organizations", the example answer. */
const DOCUMENTED = {
  id: 12345678,
  status: 'active',
  name: 'Example Organization',
  display_name: 'Example Organization',
  validations: [
    {
      type: 'ev',
      name: 'EV',
      description: 'Extended Organization Validation (EV)',
      date_created: '2020-10-23T06:41:34+00:00',
      validated_until: '2021-11-23T07:00:00+00:00',
      status: 'active',
    },
    {
      type: 'ov',
      name: 'OV',
      description: 'Normal Organization Validation',
      date_created: '2020-10-23T06:40:51+00:00',
      validated_until: '2021-11-23T07:00:00+00:00',
      status: 'active',
    },
  ],
} as const;

function documentedRow(account_id: number, container_id: number): NewOrganization {
  const details = {
    name: DOCUMENTED.name,
    assumed_name: '',
    address: '1 Main Street',
    address2: '',
    city: 'Lehi',
    state: 'Utah',
    zip: '84043',
    country: 'US',
    telephone: '801-701-9600',
  };
  return {
    account_id,
    container_id,
    ...details,
    ...deriveDetails(details),
    is_active: 1,
    is_pending: 0,
    has_validations: 1,
    is_duplicate: 0,
    document: renderOrganizationDocument(DOCUMENTED.id, details, true),
    contact_document: '',
    technical_contact_document: '',
    assignments_document: '',
    created_at: '2020-10-23T06:40:51+00:00',
    updated_at: '2020-10-23T06:40:51+00:00',
  };
}

type Listed = SubaccountOrganizationList['organizations'][number];

async function list(account_id: number, query: string, from = server): Promise<Listed[]> {
  const path = `/account/subaccount/${account_id}/organization?${query}`;
  const answer = await from.send('GET', path);
  assert.equal(answer.status, 200, answer.text);
  const { organizations, page } = answer.json<SubaccountOrganizationList>();
  if (page.offset === 0 && organizations.length < page.limit) {
    assert.equal(page.total, organizations.length);
  }
  return organizations;
}

const account_id = await create(server, 'Zeta Holding');
const key = await makeKeyOf(server, account_id);
for (const [name, assumed_name, validations] of [
  ['alpha', 'Beta', []],
  ['Straße 7', undefined, [{ type: 'ov' }]],
  ['12345', undefined, []],
  ['gamma', undefined, [{ type: 'ds' }, { type: 'ov' }]],
] as const) {
  const body = organizationBody({ name, assumed_name, validations });
  assert.equal((await send('POST', '/organization', { key, body })).status, 201);
}
const everything = await list(account_id, '');
const [, alpha] = everything;
assert.equal((await send('PUT', `/organization/${alpha?.id}/deactivate`, { key })).status, 204);
await untilIndexed(server);

const namesOf = async (query: string) => (await list(account_id, query)).map(({ name }) => name);

test('the example of the documents is answered as it stands there', async () => {
  const then = await startServer({ clock: holdClock('2021-01-01T00:00:00Z') });
  const account_id = await create(then, 'Emptied Ltd');
  const key = await makeKeyOf(then, account_id);
  const [first] = await list(account_id, '', then);
  const root = await then.send('GET', '/container', { key });
  const container_id = root.json<{ containers: { id: number }[] }>().containers[0]?.id ?? 0;
  await then.app.environment.store.transaction(async (tx) => {
    const row = documentedRow(account_id, container_id);
    await insertOrganizationWithId(tx, { id: DOCUMENTED.id, ...row });
    await addToCount(tx, row, 1);
    await queueName(tx, account_id, DOCUMENTED.id);
    for (const { type, date_created, validated_until } of DOCUMENTED.validations) {
      const dates = { requested_at: date_created, date_created, latest_end: validated_until };
      const organization = { account_id, organization_id: DOCUMENTED.id };
      await insertValidation(tx, makeRecordedValidation(organization, type, dates));
    }
  });
  const path = `/account/subaccount/${account_id}/organization`;
  const { text } = await then.send('GET', `${path}?filters[search]=Example%20Organization`);
  const page = '"page":{"total":1,"limit":1000,"offset":0}';
  assert.equal(text, `{"organizations":[${JSON.stringify(DOCUMENTED)}],${page}}`);
  const all = await then.send('GET', path);
  const own = JSON.stringify(first);
  const both = '"page":{"total":2,"limit":1000,"offset":0}';
  assert.equal(all.text, `{"organizations":[${own},${JSON.stringify(DOCUMENTED)}],${both}}`);
  then.clock.moveTo('2021-11-23T07:00:00Z');
  const later = (await list(account_id, 'sort=-id', then))[0]?.validations ?? [];
  assert.deepEqual(
    later.map(({ status }) => status),
    ['expired', 'expired'],
  );
  await then.close();
});

test('an organization is shown with its names, and with validations where it has any', async () => {
  const [first, second, third] = await list(account_id, '');
  assert.deepEqual(Object.keys(first ?? {}), ['id', 'status', 'name', 'display_name']);
  assert.deepEqual(
    [second?.status, second?.name, second?.display_name],
    ['inactive', 'alpha', 'alpha (Beta)'],
  );
  const expected: Validation[] = [
    { type: 'ov', name: 'OV', description: 'Normal Organization Validation', status: 'pending' },
  ];
  assert.deepEqual(third?.validations, expected);
});

test('organizations are filtered by status and by pending validations', async () => {
  assert.deepEqual(await namesOf('filters[status]=inactive'), ['alpha']);
  assert.deepEqual(await namesOf('filters[validation]=pending'), ['Straße 7', 'gamma']);
  assert.deepEqual(await namesOf('filters[validation]=not_pending&filters[status]=active'), [
    'Zeta Holding',
    '12345',
  ]);
});

test('a search is for the whole name, with a leading % for a part of it, never for an id', async () => {
  assert.deepEqual(await namesOf('filters[search]=STRASSE%207'), ['Straße 7']);
  assert.deepEqual(await namesOf('filters[search]=strasse'), []);
  assert.deepEqual(await namesOf('filters[search]=%25strasse'), ['Straße 7']);
  assert.deepEqual(await namesOf('filters[search]=%25A&sort=name'), [
    'alpha',
    'gamma',
    'Straße 7',
    'Zeta Holding',
  ]);
  assert.deepEqual(await namesOf('filters[search]=12345'), ['12345']);
  assert.deepEqual(await namesOf(`filters[search]=${alpha?.id}`), []);
});

test('organizations are sorted and paged', async () => {
  assert.deepEqual(await namesOf('sort=-name'), [
    'Zeta Holding',
    'Straße 7',
    'gamma',
    'alpha',
    '12345',
  ]);
  assert.deepEqual(await namesOf('sort=is_active,-id&limit=3'), ['alpha', 'gamma', '12345']);
  const path = `/account/subaccount/${account_id}/organization?sort=name&limit=2&offset=4`;
  const { organizations, page } = (await send('GET', path)).json<SubaccountOrganizationList>();
  assert.deepEqual(
    organizations.map(({ name }) => name),
    ['Zeta Holding'],
  );
  assert.deepEqual(page, { total: 5, limit: 2, offset: 4 });
});

test('the users who approve for a subaccount are not shown', async () => {
  const listed = await list(2, '');
  assert.ok(listed.length > 1);
  const body = {
    ...organizationBody({ name: 'Approved Ltd' }),
    validations: [{ type: 'ev', verified_users: [{ id: 5101 }] }],
  };
  const created = await send('POST', '/organization', { key: server.other, body });
  assert.equal(created.status, 201, created.text);
  const [approved] = await list(2, 'filters[search]=Approved%20Ltd');
  assert.deepEqual(Object.keys(approved?.validations?.[0] ?? {}), [
    'type',
    'name',
    'description',
    'status',
  ]);
});

test('an account further up sees them too; nobody else does', async () => {
  const below = await create(server, 'Far Below Ltd', {}, key);
  assert.deepEqual(
    (await list(below, '')).map(({ name }) => name),
    ['Far Below Ltd'],
  );
  const missing = await send('GET', '/account/subaccount/987654321/organization');
  assert.equal(missing.status, 404);
  const restricted = await makeRestrictedKey(server, 1, [112234]);
  for (const [id, asking] of [
    [account_id, server.other],
    [1, server.other],
    [2, server.other],
    [1, server.administrator],
    [account_id, key],
    [account_id, await makeKeyOf(server, below)],
    [account_id, restricted],
  ] as const) {
    const answer = await send('GET', `/account/subaccount/${id}/organization`, { key: asking });
    assert.equal(answer.status, 404);
    assert.equal(answer.text, missing.text);
  }
});

test('a faulty query is told in full', async () => {
  const path = `/account/subaccount/${account_id}/organization`;
  const query = 'filters[status]=x&filters[a]=1&include_validation=true&sort=zip&limit=0&offset=x';
  const answer = await send('GET', `${path}?${query}`);
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), [
    'invalid_filters_status',
    'unknown_filter|a',
    'unknown_parameter|include_validation',
    'invalid_limit',
    'invalid_offset',
    'invalid_sort',
  ]);
});
