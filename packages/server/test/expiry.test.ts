/**
 * What ends when, over HTTP: the overview by months and the filters of lists are what the validations of
 * all organizations, looked at one by one, come to; at any moment, for whoever asks.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type ExpiryOverview,
  type OrganizationList,
  type OrganizationListItem,
  ROUTES,
  type TypeCounts,
  VALIDATION_TYPE_NAMES,
} from '@orgvet/contract';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { examplesOf } from './databases.ts';
import { divisionsOf } from './divisions.ts';
import { organizationBody, startServer, untilIndexed } from './harness.ts';
import { orderingOf } from './ordering.ts';
import { ROOT_ID, runSql } from './people.ts';
import { appointSpecialist } from './vetting.ts';
import { createSubmitted, record, submit, type Work, workThrough } from './working.ts';

const server = await startServer();
const { makeBelow, makePerson, put } = divisionsOf(server);
const { complete } = orderingOf(server);
const own = server.administrator;

const division = await makeBelow(ROOT_ID);
const restricted = await makePerson(1, [division]);

async function show<Body>(path: string, key = own): Promise<Body> {
  const answer = await server.send('GET', path, { key });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<Body>();
}

/** Every organization that somebody sees, with its validations as answers show them. */
async function listAll(key: string): Promise<readonly OrganizationListItem[]> {
  const list = await show<OrganizationList>('/organization?include_validation=true', key);
  assert.equal(list.organizations.length, list.page.total);
  return list.organizations;
}

async function list(key: string, query: string): Promise<OrganizationList> {
  return await show<OrganizationList>(`/organization?${query}`, key);
}

/** The overview, once all ends have been told. */
async function getOverview(key: string, query = ''): Promise<ExpiryOverview> {
  for (;;) {
    const overview = await show<ExpiryOverview>(`/vetting/v1/expiry${query}`, key);
    assert.ok(Value.Check(ROUTES.getExpiry.success.schema, overview), JSON.stringify(overview));
    if (overview.is_complete) {
      return overview;
    }
    await wait(5);
  }
}

async function createActive(changes: Record<string, unknown>, key = own): Promise<number> {
  const body = organizationBody({ ...changes, validations: [{ type: 'ov' }] });
  const answer = await server.send('POST', '/organization', { body, key });
  assert.equal(answer.status, 201, answer.text);
  const { id } = answer.json<{ id: number }>();
  await complete(id, 'ov');
  return id;
}

/** Organizations whose validations have come to whatever can become of them. */
async function fill(): Promise<void> {
  const { key } = await appointSpecialist(server);
  const { key: reviewer_key } = await appointSpecialist(server);
  const { organization_contact: _contact, ...details } = organizationBody({ name: 'Changed Ltd' });
  const changed = await createActive({ name: 'Changed Ltd' });
  await put(`/organization/${changed}`, { ...details, city: 'Duluth' });
  const changedBack = await createActive({ name: 'Changed back Ltd' });
  const back = { ...details, name: 'Changed back Ltd' };
  await put(`/organization/${changedBack}`, { ...back, city: 'Duluth' });
  await put(`/organization/${changedBack}`, back);
  const again = await createActive({ name: 'Again Ltd' });
  await submit(server, again, ['ov', 'smime']);
  const gone = await createActive({ name: 'Gone Ltd' });
  assert.equal((await server.send('DELETE', `/organization/${gone}`)).status, 204);
  const rejected = await createSubmitted(server, ['ov', 'ev'], { name: 'Rejected Ltd' });
  await complete(rejected, 'ov');
  await put(
    `/vetting/v1/organization/${rejected}/validation/ev/reject`,
    { reasons: ['It is not there.'] },
    key,
  );
  // By evidence of different ages, and by evidence that is withdrawn.
  for (const [name, days] of [
    ['Worked Ltd', 300],
    ['Withdrawn Ltd', 10],
  ] as const) {
    const organization_id = await createSubmitted(server, ['ov'], { name });
    const work: Work = { server, organization_id, key };
    const obtained_at = new Date(server.clock.now_ms() - days * 86_400_000).toISOString();
    await workThrough(work, 'ov', reviewer_key, { obtained_at });
    await record(work, 'site_visit');
    const path = `/vetting/v1/organization/${organization_id}/evidence`;
    const { evidence } = await show<{ evidence: { id: number }[] }>(path, key);
    for (const { id } of name === 'Withdrawn Ltd' ? evidence : []) {
      await server.send('PUT', `${path}/${id}/withdraw`, { key, body: { reason: 'Forged.' } });
    }
  }
  for (const place of ['Aarau', 'Basel']) {
    await createActive({ name: `Of the division in ${place}` }, restricted.key);
  }
  await untilIndexed(server);
}

await fill();

/** What the shown validations of organizations come to. */
function expectOverview(organizations: readonly OrganizationListItem[], months: number) {
  const now = new Date(server.clock.now_ms());
  const shown = organizations.flatMap(({ validations = [] }) => validations);
  const count = (those: typeof shown): TypeCounts =>
    Object.fromEntries(
      VALIDATION_TYPE_NAMES.map((type) => [
        type,
        those.filter((one) => one.type === type).length,
      ]).filter(([, number]) => number !== 0),
    );
  return {
    months: Array.from({ length: months }, (_, index) => {
      const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + index));
      const month = first.toISOString().slice(0, 7);
      const ending = shown.filter(
        ({ status, validated_until }) => status === 'active' && validated_until?.startsWith(month),
      );
      return { month, counts: count(ending) };
    }),
    expired: count(shown.filter(({ status }) => status === 'expired')),
    is_complete: true,
  };
}

const idsOf = ({ organizations }: Pick<OrganizationList, 'organizations'>) =>
  organizations.map(({ id }) => id);

/** So that ends come, in their own months, while some are still to come. */
const MOMENTS = [
  '2026-11-21T12:00:00Z',
  '2027-05-02T00:00:00Z',
  '2027-12-23T11:59:59Z',
  '2027-12-23T12:00:00Z',
  '2029-01-01T00:00:00Z',
];

/** What there was to be found. */
const seen = new Set<string>();

for (const moment of MOMENTS) {
  test(`at ${moment} overview and filters tell what all validations come to`, async () => {
    server.clock.moveTo(moment);
    for (const key of [own, restricted.key]) {
      const all = await listAll(key);
      assert.deepEqual(await getOverview(key), expectOverview(all, 13));
      assert.deepEqual(await getOverview(key, '?months=3'), expectOverview(all, 3));
      for (const status of ['pending', 'active', 'expired'] as const) {
        const expected = all.filter(({ validations = [] }) =>
          validations.some((one) => one.status === status),
        );
        const found = await list(key, `filters[validation_status]=${status}`);
        assert.deepEqual(idsOf(found), idsOf({ organizations: [...expected] }), status);
        assert.equal(found.page.total, expected.length);
        seen.add(expected.length > 0 ? status : '');
      }
      const ends = all.flatMap(({ validations = [] }) =>
        validations.flatMap(({ validated_until }) => validated_until ?? []),
      );
      for (const end of new Set([...ends, '2027-01-01T00:00:00+00:00'])) {
        const expected = all.filter(({ validations = [] }) =>
          validations.some(
            ({ status, validated_until = '' }) => status === 'active' && validated_until < end,
          ),
        );
        const query = `filters[validation_expires_before]=${encodeURIComponent(end)}`;
        assert.deepEqual(
          idsOf(await list(key, query)),
          idsOf({ organizations: [...expected] }),
          end,
        );
      }
    }
  });
}

test('there were validations of every status', () => {
  assert.deepEqual([...seen].filter((status) => status !== '').sort(), [
    'active',
    'expired',
    'pending',
  ]);
});

test('the filters go with every other filter, order and page', async () => {
  server.clock.moveTo('2027-05-02T00:00:00Z');
  const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
  const filters = fc.record({
    validation_status: maybe(fc.constantFrom('pending', 'active', 'expired')),
    validation_expires_before: maybe(fc.constantFrom('2027-06-01', '2027-12-23', '2030-01-01')),
    status: maybe(fc.constantFrom('active', 'inactive')),
    validation: maybe(fc.constantFrom('pending', 'not_pending')),
    search: maybe(fc.constantFrom('%ltd', '%division', '%o', 'again ltd')),
  });
  const sort = fc.constantFrom('id', '-id', 'name', '-name', 'city,-id');
  const page = fc.record({ limit: fc.integer({ min: 1, max: 9 }), offset: fc.nat(12) });
  const [everything, byStatus] = [new Map<string, number[]>(), await listAll(own)];
  await fc.assert(
    fc.asyncProperty(filters, sort, page, async (given, order, { limit, offset }) => {
      const { validation_status, validation_expires_before: end, ...others } = given;
      const others_query = Object.entries(others)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `&filters[${name}]=${encodeURIComponent(value ?? '')}`)
        .join('');
      const known = `sort=${order}${others_query}`;
      const ids = everything.get(known) ?? idsOf(await list(own, known));
      everything.set(known, ids);
      const expected = ids.filter((id) => {
        const { validations = [] } = byStatus.find((one) => one.id === id) ?? {};
        const has = (matches: (one: (typeof validations)[number]) => boolean) =>
          validations.some(matches);
        return (
          (validation_status === undefined || has(({ status }) => status === validation_status)) &&
          (end === undefined ||
            has(({ status, validated_until = '' }) => status === 'active' && validated_until < end))
        );
      });
      const own_query = [
        validation_status && `&filters[validation_status]=${validation_status}`,
        end && `&filters[validation_expires_before]=${end}`,
      ].join('');
      const found = await list(own, `${known}${own_query}&limit=${limit}&offset=${offset}`);
      assert.deepEqual(idsOf(found), expected.slice(offset, offset + limit));
      assert.equal(found.page.total, expected.length);
    }),
    { numRuns: examplesOf(150) },
  );
});

test('the export as CSV has the same organizations', async () => {
  const query = 'filters[validation_status]=expired&sort=name';
  const answer = await server.send('GET', `/organization?${query}`, {
    headers: { Accept: 'text/csv' },
  });
  const ids = answer.text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => Number(line.split(',')[0]));
  assert.deepEqual(ids, idsOf(await list(own, query)));
  assert.ok(ids.length > 0);
});

test('a moment may be given in any zone, also where its plus has come as a space', async () => {
  const [first, ...others] = await Promise.all(
    [
      '2027-12-23T13:00:00%2B01:00',
      '2027-12-23T13:00:00+01:00',
      '2027-12-23T12:00:00Z',
      '2027-12-23T12:00:00.000Z',
    ].map(async (moment) => idsOf(await list(own, `filters[validation_expires_before]=${moment}`))),
  );
  for (const ids of others) {
    assert.deepEqual(ids, first);
  }
});

test('other accounts have their own ends, by their own clocks', async () => {
  const overview = await getOverview(server.other);
  assert.deepEqual(overview, expectOverview(await listAll(server.other), 13));
});

test('ends that were told by other rules are told anew, and until then the answer says so', async () => {
  const before = await getOverview(own);
  await runSql(
    server,
    `update validations set due_rules = 'others', ends_at = '' where account_id = 1`,
    'delete from validation_end_counts where account_id = 1',
  );
  assert.deepEqual(await getOverview(own), before);
});

test('what cannot be read is refused', async () => {
  for (const [path, code] of [
    ['/vetting/v1/expiry?months=0', 'invalid_months'],
    ['/vetting/v1/expiry?months=61', 'invalid_months'],
    ['/vetting/v1/expiry?month=1', 'unknown_parameter|month'],
    ['/organization?filters[validation_status]=done', 'invalid_filters_validation_status'],
    [
      '/organization?filters[validation_expires_before]=2027-02-30',
      'invalid_filters_validation_expires_before',
    ],
    [
      '/organization?filters[validation_expires_before]=soon',
      'invalid_filters_validation_expires_before',
    ],
  ] as const) {
    const answer = await server.send('GET', path);
    assert.deepEqual([answer.status, answer.codes()], [400, [code]], path);
  }
});
