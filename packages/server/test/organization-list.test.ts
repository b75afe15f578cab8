/** The list of organizations over HTTP, compared request by request with a model in plain JavaScript. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Organization, OrganizationList, OrganizationListItem } from '@orgvet/contract';
import { ROUTES, SORT_PROPERTIES, type SortProperty } from '@orgvet/contract';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { fold } from '../src/domain/fold.ts';
import { examplesOf } from './databases.ts';
import { organizationBody, startServer, untilIndexed } from './harness.ts';

const server = await startServer();
const { send } = server;

/** Words of many scripts, with what makes folding and quoting hard. */
const WORDS = [
  'Acme',
  'ACME',
  'Straße',
  'STRASSE',
  'Ärzte',
  'Zürich',
  'İstanbul',
  'ısı',
  'ΟΔΟΣ',
  'οδός',
  'Москва',
  'МОСКВА',
  '株式会社',
  '東京',
  '한국',
  'بيروت',
  'חיפה',
  'กรุงเทพ',
  'दिल्ली',
  'ﬁrm',
  'Ⅻ',
  '100%',
  'a"b',
  "O'Neil",
  '(x)',
  'A_B',
  'AND',
  'x*',
  '𝔘ni',
  '-dash',
  '=sum',
  'ab',
  'Ａｂ',
];

const PLACES = [
  ['US', 'Utah', 'Lehi', '84043'],
  ['DE', 'Bayern', 'München', '80331'],
  ['JP', '東京都', '千代田区', '100-0001'],
  ['GR', 'Αττική', 'Αθήνα', '10431'],
] as const;

let model: OrganizationListItem[] = [];

before(async () => {
  const random = fc.sample(
    fc.record({
      words: fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }),
      place: fc.constantFrom(...PLACES),
      number: fc.integer({ min: 1, max: 40 }),
      is_active: fc.boolean(),
      is_pending: fc.boolean(),
    }),
    { numRuns: 240, seed: 7 },
  );
  // So many that some terms are rare, some common, and some neither: each is found another way.
  const fill = async (number: number) => {
    const name = number % 9 < 2 ? `Filler Zephyr ${number}` : `Filler ${number}`;
    await send('POST', '/organization', { body: organizationBody({ name, zip: number }) });
  };
  const create = async ({
    words,
    place,
    number,
    is_active,
    is_pending,
  }: (typeof random)[number]) => {
    const [country, state, city, zip] = place;
    const answer = await send('POST', '/organization', {
      body: organizationBody({
        name: words.join(' '),
        assumed_name: undefined,
        address: `${number} Main Street`,
        ...{ country, state, city, zip },
        telephone: `+1 ${number}`,
        skip_duplicate_org_check: true,
        validations: is_pending ? [{ type: 'ov' }] : [],
      }),
    });
    assert.equal(answer.status, 201, answer.text);
    if (!is_active) {
      await send('PUT', `/organization/${answer.json<{ id: number }>().id}/deactivate`);
    }
  };
  await Promise.all(random.slice(0, 160).map(create));
  await Promise.all(Array.from({ length: 1200 }, (_, number) => fill(number)));
  // Some names in the search index, some still on their way: answers must not show the difference.
  await untilIndexed(server);
  await Promise.all(random.slice(160).map(create));
  model = await loadModel();
});

/** Every organization, some of them asked for one by one as well. */
async function loadModel(): Promise<OrganizationListItem[]> {
  const organizations: OrganizationListItem[] = [];
  for (const offset of [0, 1000]) {
    const path = `/organization?include_validation=true&offset=${offset}`;
    organizations.push(...(await send('GET', path)).json<OrganizationList>().organizations);
  }
  for (const organization of organizations.filter(({ id }) => id % 7 === 0)) {
    const shown = (await send('GET', `/organization/${organization.id}`)).json<Organization>();
    assert.equal(organization.name, shown.name);
    assert.deepEqual(organization.validations, shown.validations);
  }
  return organizations;
}

const compareBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function compareBy(property: SortProperty, a: OrganizationListItem, b: OrganizationListItem) {
  switch (property) {
    case 'id':
      return a.id - b.id;
    case 'is_active':
      return Number(a.is_active) - Number(b.is_active);
    case 'container_id':
      return a.container.id - b.container.id;
    default:
      return compareBytes(fold(a[property] ?? ''), fold(b[property] ?? ''));
  }
}

interface Asked {
  readonly status?: string | undefined;
  readonly validation?: string | undefined;
  readonly search?: string | undefined;
  readonly container_id?: number | undefined;
  readonly sort: readonly string[];
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

function answerByModel({ status, validation, search, container_id, sort, ...range }: Asked) {
  const matches = model
    .filter((item) => status === undefined || item.status === status)
    .filter((item) => {
      const isPending = item.validations?.some((one) => one.status === 'pending') ?? false;
      return validation === undefined || isPending === (validation === 'pending');
    })
    .filter((item) => container_id === undefined || item.container.id === container_id)
    .filter((item) => search === undefined || search === '' || isFound(item, search));
  const steps = [...sort, 'id'].map((step) => ({
    property: step.replace('-', '') as SortProperty,
    sign: step.startsWith('-') ? -1 : 1,
  }));
  matches.sort(
    (a, b) =>
      steps.map(({ property, sign }) => sign * compareBy(property, a, b)).find((c) => c !== 0) ?? 0,
  );
  const { limit = 1000, offset = 0 } = range;
  return {
    ids: matches.slice(offset, offset + limit).map(({ id }) => id),
    page: { total: matches.length, limit, offset },
  };
}

function isFound({ id, name }: OrganizationListItem, search: string): boolean {
  return search.startsWith('%')
    ? fold(name).includes(fold(search.slice(1)))
    : fold(name) === fold(search) || String(id) === search;
}

function pathOf({ status, validation, search, container_id, sort, limit, offset }: Asked): string {
  const parameters = {
    'filters[status]': status,
    'filters[validation]': validation,
    'filters[search]': search,
    container_id,
    sort: sort.length > 0 ? sort.join(',') : undefined,
    limit,
    offset,
  };
  const query = Object.entries(parameters)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return `/organization?${query.join('&')}`;
}

async function assertAsModel(asked: Asked): Promise<void> {
  const path = pathOf(asked);
  const expected = answerByModel(asked);
  const plain = await send('GET', path);
  assert.equal(plain.status, 200, `${path} ${plain.text}`);
  const list = plain.json<OrganizationList>();
  assert.deepEqual(list.page, expected.page, path);
  assert.deepEqual(
    list.organizations.map(({ id }) => id),
    expected.ids,
    path,
  );
  const withValidations = await send('GET', `${path}&include_validation=True`);
  assert.deepEqual(
    withValidations.json<OrganizationList>().organizations,
    expected.ids.map((id) => model.find((item) => item.id === id)),
  );
}

const maybe = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: undefined });

const searchTerm = fc.oneof(
  fc.constantFrom(...WORDS).map((word) => `%${word}`),
  fc.constantFrom('%filler', '%zephyr', '%er z', '%llER 1', '%iller zephyr 1'),
  fc.constantFrom(...WORDS, '112233', '1', '%1', '%', '%é', '%  ', '%"', "%'"),
  fc.tuple(fc.constantFrom(...WORDS), fc.nat(3), fc.nat(4)).map(([word, start, length]) => {
    const part = [...word].slice(start, start + length).join('');
    return `%${part}`;
  }),
  fc.constantFrom(...WORDS).chain((a) => fc.constantFrom(...WORDS).map((b) => `%${a} ${b}`)),
);

const asked: fc.Arbitrary<Asked> = fc.record({
  status: maybe(fc.constantFrom('active', 'inactive')),
  validation: maybe(fc.constantFrom('pending', 'not_pending')),
  search: maybe(searchTerm),
  container_id: maybe(fc.constantFrom(4, 112234)),
  sort: fc.oneof(
    fc
      .uniqueArray(fc.constantFrom(...SORT_PROPERTIES), { maxLength: 3 })
      .chain((properties) =>
        fc.tuple(...properties.map((name) => fc.constantFrom(name, `-${name}`))),
      ),
    // What an index has, forwards and backwards, and what it has only in part.
    fc
      .tuple(
        fc.constantFrom('city', 'state', 'country', 'container_id'),
        fc.constantFrom('', '-id'),
      )
      .chain(([name, id]) =>
        fc.constantFrom(name, `-${name}`).map((one) => (id ? [one, id] : [one])),
      ),
  ),
  limit: maybe(fc.constantFrom(1, 2, 7, 50, 1000)),
  offset: maybe(fc.constantFrom(0, 1, 5, 60, 100, 5000)),
});

test('any combination of filters, search, sort and page answers what the model answers', async () => {
  await fc.assert(fc.asyncProperty(asked, assertAsModel), { numRuns: examplesOf(400), seed: 11 });
});

test('every sort property works alone, in both directions', async () => {
  for (const property of SORT_PROPERTIES) {
    await assertAsModel({ sort: [property] });
    await assertAsModel({ sort: [`-${property}`] });
  }
});

test('the pages of a list join to the whole list, and every page knows the total', async () => {
  for (const sort of [['name'], ['-country', 'name'], []]) {
    for (let offset = 0; offset < model.length + 200; offset += 137) {
      await assertAsModel({ sort, limit: 137, offset });
    }
  }
});

test('the list items have the recorded members in the recorded order', async () => {
  const answer = await send('GET', '/organization?include_validation=true');
  const list = answer.json<OrganizationList>();
  assert.ok(Value.Check(ROUTES.listOrganizations.success.schema, list));
  const example = list.organizations.find(({ id }) => id === 112233);
  assert.deepEqual(Object.keys(example ?? {}), [
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
    'ev_approvers',
    'container_id_assignments',
  ]);
  assert.deepEqual(example?.ev_approvers, [
    { id: 184, first_name: 'Destinee', last_name: 'Church' },
  ]);
  assert.deepEqual(example?.container_id_assignments, ['112234', '112235']);
});

test('validations are answered only where they are asked for', async () => {
  for (const value of ['', '?include_validation=false', '?include_validation=False']) {
    const answer = await send('GET', `/organization${value}`);
    assert.doesNotMatch(answer.text, /"validations"|"ev_approvers"/);
  }
});

test('the search takes % raw and encoded, with raw and encoded brackets', async () => {
  const forms = [
    'filters[search]=%company',
    'filters[search]=%25company',
    'filters%5Bsearch%5D=%25company',
    'filters%5Bsearch%5D=%COMPANY',
  ];
  const answers = await Promise.all(forms.map((form) => send('GET', `/organization?${form}`)));
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
  const acme = await send('GET', '/organization?filters[search]=%acme');
  assert.deepEqual(
    acme.json<OrganizationList>().page.total,
    answerByModel({ search: '%acme', sort: [] }).page.total,
  );
});

test('a container may order for the organizations assigned to it, or for all if none is', async () => {
  const list = async (container_id: number) => {
    const path = `/organization?filters[container_id_for_organization]=${container_id}`;
    return (await send('GET', path)).json<OrganizationList>();
  };
  assert.equal((await list(4)).page.total, model.length);
  const assigned = model.filter((item) => item.container_id_assignments?.includes('112234'));
  const restricted = await list(112_234);
  assert.deepEqual(
    restricted.organizations.map(({ id }) => id),
    assigned.map(({ id }) => id),
  );
  assert.equal(restricted.page.total, assigned.length);
});

test('a container that is not there is an error, not an empty list', async () => {
  for (const filter of ['container_id', 'filters[container_id_for_organization]']) {
    for (const container_id of [999_999, 5001]) {
      const answer = await send('GET', `/organization?${filter}=${container_id}`);
      assert.equal(answer.status, 404);
      assert.deepEqual(answer.codes(), ['not_found|container']);
    }
  }
});

test('a renamed organization is found by its new name at once, and by its old one no more', async () => {
  const created = await send('POST', '/organization', {
    body: organizationBody({ name: 'Quixotic Windmills', assumed_name: undefined }),
  });
  const { id } = created.json<{ id: number }>();
  const found = async (term: string) => {
    const answer = await send('GET', `/organization?filters[search]=%25${term}`);
    return answer.json<OrganizationList>().page.total;
  };
  assert.equal(await found('xotic%20wind'), 1);
  await untilIndexed(server);
  assert.equal(await found('xotic%20wind'), 1);
  const body = organizationBody({ name: 'Sensible Turbines', assumed_name: undefined });
  await send('PUT', `/organization/${id}`, { body });
  assert.deepEqual([await found('xotic%20wind'), await found('sible%20turb')], [0, 1]);
  await untilIndexed(server);
  assert.deepEqual([await found('xotic%20wind'), await found('sible%20turb')], [0, 1]);
  await send('DELETE', `/organization/${id}`);
  assert.deepEqual([await found('xotic%20wind'), await found('sible%20turb')], [0, 0]);
});
