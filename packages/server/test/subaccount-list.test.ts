/** The list of subaccounts over HTTP, compared request by request with a model in plain JavaScript. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCOUNT_TYPES, SUBACCOUNT_SORT_PROPERTIES, type SubaccountList } from '@orgvet/contract';
import fc from 'fast-check';
import { fold } from '../src/domain/fold.ts';
import { examplesOf } from './databases.ts';
import { create, makeKeyOf } from './family.ts';
import { startServer } from './harness.ts';

const server = await startServer();

type Subaccounts = SubaccountList['subaccounts'];
type Subaccount = Subaccounts[number];

const NAMES = [
  'Straße',
  'STRASSE',
  'Ärzte',
  'zebra',
  'Zebra',
  'Москва',
  'МОСКВА 2',
  '株式会社',
  '100%',
  "O'Neil",
  'ab',
  'Ａｂ',
  '𝔘ni',
];
const CHILD_NAMES = ['', 'Zebra crossing', '株', 'ab'];

const child = await create(server, 'Middle Ltd', { allowed_grandchildren: ACCOUNT_TYPES });
const childKey = await makeKeyOf(server, child);
for (const [index, name] of NAMES.entries()) {
  server.clock.moveTo(`2026-11-2${2 + (index % 5)}T0${index % 7}:00:00Z`);
  const changes = {
    account_type: ACCOUNT_TYPES[index % ACCOUNT_TYPES.length],
    child_name: CHILD_NAMES[index % CHILD_NAMES.length],
  };
  await create(server, name, changes, index % 3 === 0 ? childKey : server.administrator);
}

async function list(query: string): Promise<SubaccountList> {
  const answer = await server.send('GET', `/account/subaccount${query}`);
  assert.equal(answer.status, 200, `${query}: ${answer.text}`);
  return answer.json();
}

const everything = (await list('')).subaccounts;
assert.equal(everything.length, NAMES.length + 2);

const bytewise = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const COMPARE: Record<(typeof SUBACCOUNT_SORT_PROPERTIES)[number], typeof compareIds> = {
  account_id: compareIds,
  account_type: (a, b) => bytewise(a.account_type, b.account_type),
  organization_name: (a, b) => bytewise(fold(a.organization_name), fold(b.organization_name)),
  date_created: (a, b) => bytewise(a.date_created, b.date_created),
};

function compareIds(a: Subaccount, b: Subaccount): number {
  return a.account_id - b.account_id;
}

const QUERY = fc.record({
  account_type: fc.option(fc.constantFrom(...ACCOUNT_TYPES)),
  search: fc.option(
    fc.constantFrom('%', '%z', 'ZEBRA', '%strasse', 'ab', '%москва', '100%', 'x', '%株'),
  ),
  sort: fc.array(
    fc.record({
      property: fc.constantFrom(...SUBACCOUNT_SORT_PROPERTIES),
      is_descending: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  limit: fc.integer({ min: 1, max: 20 }),
  offset: fc.integer({ min: 0, max: 20 }),
});

function expect(query: typeof QUERY extends fc.Arbitrary<infer Value> ? Value : never) {
  const { account_type, search, sort, limit, offset } = query;
  const matches = (text: string) =>
    search?.startsWith('%')
      ? fold(text).includes(fold(search.slice(1)))
      : fold(text) === fold(search ?? '');
  const found = everything
    .filter((one) => account_type === null || one.account_type === account_type)
    .filter(
      ({ organization_name, child_name = '' }) =>
        search === null || matches(organization_name) || (child_name !== '' && matches(child_name)),
    )
    .sort((a, b) => {
      const steps = sort.map(
        ({ property, is_descending }) => COMPARE[property](a, b) * (is_descending ? -1 : 1),
      );
      return steps.find((step) => step !== 0) ?? compareIds(a, b);
    });
  return {
    subaccounts: found.slice(offset, offset + limit),
    page: { total: found.length, limit, offset },
  };
}

test('any filter, search, order and page gives what a model gives', async () => {
  await fc.assert(
    fc.asyncProperty(QUERY, async (query) => {
      const { account_type, search, sort, limit, offset } = query;
      const steps = sort.map(
        ({ property, is_descending }) => `${is_descending ? '-' : ''}${property}`,
      );
      const parameters = new URLSearchParams({
        'filters[account_type]': account_type ?? '',
        'filters[search]': search ?? '',
        sort: steps.join(','),
        limit: String(limit),
        offset: String(offset),
      });
      assert.deepEqual(await list(`?${parameters}`), expect(query));
    }),
    { numRuns: examplesOf(150) },
  );
});

test('the pages of a list are the list', async () => {
  const pages: Subaccount[] = [];
  for (let offset = 0; offset < everything.length; offset += 4) {
    pages.push(...(await list(`?sort=-organization_name&limit=4&offset=${offset}`)).subaccounts);
  }
  assert.deepEqual(pages, (await list('?sort=-organization_name')).subaccounts);
});

test('every problem of a query is told, by its name', async () => {
  const query =
    '?filters[account_type]=x&filters[child_name]=1&container_id=4&sort=child_name&limit=0';
  const answer = await server.send('GET', `/account/subaccount${query}`);
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), [
    'invalid_filters_account_type',
    'unknown_filter|child_name',
    'unknown_parameter|container_id',
    'invalid_limit',
    'invalid_sort',
  ]);
});
