/** Lists of users over HTTP, compared request by request with a model in plain JavaScript. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  ROUTES,
  USER_SORT_PROPERTIES,
  type UserList,
  type UserListItem,
  type UserSortProperty,
} from '@orgvet/contract';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { fold } from '../src/domain/fold.ts';
import { examplesOf } from './databases.ts';
import { startServer } from './harness.ts';
import {
  createHolder,
  createUser,
  PUBLIC_SECTOR_ID,
  RESEARCH_ID,
  ROOT_ID,
  runSql,
} from './people.ts';

const server = await startServer();
const { send } = server;

const NAMES = ['Jill', 'JILL', 'Straße', 'STRASSE', 'οδός', 'Çağla', '100%', "O'Neil", '李', 'Zoë'];

let model: UserListItem[] = [];

before(async () => {
  const people = fc.sample(
    fc.record({
      first_name: fc.constantFrom(...NAMES),
      last_name: fc.constantFrom(...NAMES),
      role: fc.integer({ min: 1, max: 5 }),
      container: fc.constantFrom(ROOT_ID, RESEARCH_ID, PUBLIC_SECTOR_ID),
      assignments: fc.subarray([RESEARCH_ID, PUBLIC_SECTOR_ID]),
    }),
    { numRuns: 60, seed: 11 },
  );
  await Promise.all(
    people.map(({ first_name, last_name, role, container, assignments }, index) =>
      createUser(server, {
        username: `${index % 2 === 0 ? 'Agent' : 'staff'}.${index}`,
        first_name,
        last_name,
        email: `person${index % 7}@example.com`,
        access_roles: [{ id: role }],
        container: { id: container },
        container_id_assignments: assignments,
        ...(index % 3 === 0 && { job_title: 'Agent', telephone: '+1 555' }),
      }),
    ),
  );
  await runSql(server, "update users set status = 'inactive' where id > 7286302 and id % 5 = 0");
  await runSql(
    server,
    "update users set last_login_date = '2025-03-19T15:13:11+00:00' where id % 4 = 0",
  );
  await runSql(
    server,
    "update users set last_login_date = '2024-03-19T15:13:11+00:00' where id % 4 = 1",
  );
  model = (await send('GET', '/user')).json<UserList>().users;
  assert.equal(model.length, 65);
});

const compareBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function compareBy(property: UserSortProperty, a: UserListItem, b: UserListItem): number {
  return property === 'id'
    ? a.id - b.id
    : compareBytes(fold(a[property] ?? ''), fold(b[property] ?? ''));
}

interface Asked {
  readonly status?: 'active' | 'inactive' | undefined;
  readonly search?: string | undefined;
  readonly container_id?: number | undefined;
  readonly access_role_id?: number | undefined;
  readonly sort: readonly string[];
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

function isFound(user: UserListItem, search: string): boolean {
  const texts = [user.username, user.first_name, user.last_name, user.email].map(fold);
  return search.startsWith('%')
    ? texts.some((text) => text.includes(fold(search.slice(1))))
    : texts.includes(fold(search));
}

function answerByModel({ status, search, container_id, access_role_id, sort, ...range }: Asked) {
  const matches = model
    .filter((user) => status === undefined || user.status === status)
    .filter((user) => search === undefined || isFound(user, search))
    .filter((user) => container_id === undefined || user.container?.id === container_id)
    .filter((user) => access_role_id === undefined || user.access_roles[0]?.id === access_role_id);
  const steps = [...sort, 'id'].map((step) => ({
    property: step.replace('-', '') as UserSortProperty,
    sign: step.startsWith('-') ? -1 : 1,
  }));
  matches.sort(
    (a, b) =>
      steps.map(({ property, sign }) => sign * compareBy(property, a, b)).find((c) => c !== 0) ?? 0,
  );
  const { limit = 1000, offset = 0 } = range;
  return {
    users: matches.slice(offset, offset + limit),
    page: { total: matches.length, limit, offset },
  };
}

function pathOf({ status, search, sort, ...parameters }: Asked): string {
  const all = {
    'filters[status]': status,
    'filters[search]': search,
    sort: sort.length > 0 ? sort.join(',') : undefined,
    ...parameters,
  };
  const query = Object.entries(all)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return `/user?${query.join('&')}`;
}

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

const asked: fc.Arbitrary<Asked> = fc.record({
  status: maybe(fc.constantFrom('active', 'inactive')),
  search: maybe(
    fc.constantFrom(...NAMES, '%a', '%SS', 'agent.4', '%person3@', '%%', 'ADA.ADLER', '%', 'none'),
  ),
  container_id: maybe(fc.constantFrom(ROOT_ID, RESEARCH_ID, PUBLIC_SECTOR_ID)),
  access_role_id: maybe(fc.integer({ min: 1, max: 5 })),
  sort: fc
    .subarray([...USER_SORT_PROPERTIES], { maxLength: 3 })
    .chain((properties) =>
      fc.tuple(...properties.map((name) => fc.constantFrom<string>(name, `-${name}`))),
    ),
  limit: maybe(fc.integer({ min: 1, max: 70 })),
  offset: maybe(fc.integer({ min: 0, max: 70 })),
});

test('random lists are what a plain model says', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async (request) => {
      const path = pathOf(request);
      const answer = await send('GET', path);
      assert.equal(answer.status, 200, `${path} ${answer.text}`);
      assert.deepEqual(answer.json(), answerByModel(request), path);
    }),
    { numRuns: examplesOf(120), seed: 5 },
  );
});

test('a listed user has the recorded members in their order', async () => {
  const answer = await send('GET', '/user?limit=500&filters[search]=noone');
  assert.equal(answer.text, '{"users":[],"page":{"total":0,"limit":500,"offset":0}}');
  const full = model.find((user) => user.job_title && user.last_login_date && user.telephone);
  assert.deepEqual(Object.keys(full ?? {}).slice(0, 14), [
    'id',
    'username',
    'account_id',
    'first_name',
    'last_name',
    'email',
    'job_title',
    'telephone',
    'status',
    'last_login_date',
    'container',
    'access_roles',
    'type',
    'has_container_assignments',
  ]);
  for (const user of model) {
    assert.ok(Value.Check(ROUTES.listUsers.success.schema.properties.users.items, user));
    assert.equal(user.has_container_assignments, user.container_assignments !== undefined);
    const shown = (await send('GET', `/user/${user.id}`)).json<Record<string, unknown>>();
    assert.deepEqual({ ...shown, ...user }, shown);
  }
});

test('the container is left out where a list is asked for without', async () => {
  const { users } = (await send('GET', '/user?without_container=true')).json<UserList>();
  assert.deepEqual(
    users,
    model.map(({ container: _container, ...rest }) => rest),
  );
});

test('service users have a list of their own, under both paths', async () => {
  const path = '/user/api-only';
  assert.equal((await send('GET', path)).json<UserList>().page.total, 0);
  const { users: before } = (await send('GET', '/user')).json<UserList>();
  for (const api_name of ['Robot one', 'Robot two']) {
    const body = { is_api_only: true, email: 'robot@example.com', api_name };
    assert.equal((await send('POST', '/user', { body })).status, 201);
  }
  const answer = await send('GET', `${path}?sort=-first_name&filters[search]=%25robot`);
  const { users, page } = answer.json<UserList>();
  assert.deepEqual(
    users.map(({ first_name }) => first_name),
    ['Robot two', 'Robot one'],
  );
  assert.equal(page.total, 2);
  assert.deepEqual(users[0]?.access_roles, [{ id: 1, name: 'Administrator' }]);
  const alias = await send('GET', '/service-user?sort=-first_name&filters[search]=%25robot');
  assert.equal(alias.text, answer.text);
  assert.deepEqual((await send('GET', '/user')).json<UserList>().users, before);
});

test('who is restricted lists the users who can do nothing beyond, and no others', async () => {
  const { id, key } = await createHolder(server, {
    username: 'keeper',
    access_roles: [{ id: 4 }],
    container_id_assignments: [RESEARCH_ID],
  });
  const inside = model.filter(
    ({ container_assignments = [] }) =>
      container_assignments.length > 0 &&
      container_assignments.every((one) => one.id === RESEARCH_ID),
  );
  assert.ok(inside.length > 3);
  const { users, page } = (await send('GET', '/user', { key })).json<UserList>();
  assert.deepEqual(
    users.map((user) => user.id),
    [...inside.map((user) => user.id), id],
  );
  assert.equal(page.total, users.length);
  const csv = await send('GET', '/user', { key, headers: { Accept: 'text/csv' } });
  assert.equal(csv.text.trim().split('\r\n').length, users.length + 1);
  const hidden = await send('GET', `/user?container_id=${PUBLIC_SECTOR_ID}`, { key });
  const nowhere = await send('GET', '/user?container_id=987654321', { key });
  assert.deepEqual(hidden.codes(), ['not_found|container']);
  assert.equal(hidden.text, nowhere.text);
  await send('DELETE', `/user/${id}`);
});

test('every problem of a query is told at once', async () => {
  const path = '/user?limit=1001&sort=colour,-name&access_role_id=6&filters[colour]=red&x=1';
  assert.deepEqual((await send('GET', path)).codes().sort(), [
    'invalid_access_role_id',
    'invalid_limit',
    'invalid_sort',
    'invalid_sort',
    'unknown_filter|colour',
    'unknown_parameter|x',
  ]);
  assert.deepEqual((await send('GET', '/user?container_id=999999')).codes(), [
    'not_found|container',
  ]);
  const csv = await send('GET', '/user?limit=0', { headers: { Accept: 'text/csv' } });
  assert.deepEqual(csv.codes(), ['invalid_limit']);
});

test('CSV has a header row, a row for each user of the list, and harmless cells', async () => {
  await createUser(server, {
    username: 'csv.one',
    first_name: '=1+1',
    last_name: 'Quote, "this"',
    email: 'csv@example.com',
    container: { id: RESEARCH_ID },
    container_id_assignments: [PUBLIC_SECTOR_ID, RESEARCH_ID],
    access_roles: [{ id: 3 }],
  });
  const getCsv = (query: string) =>
    send('GET', `/user?${query}`, { headers: { Accept: 'text/csv' } });
  const answer = await getCsv('filters[search]=csv.one');
  assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8');
  assert.equal(answer.headers['content-disposition'], 'attachment; filename="users.csv"');
  const [header, row, end] = answer.text.split('\r\n');
  assert.equal(
    header,
    'id,username,first_name,last_name,email,job_title,telephone,status,last_login_date,' +
      'access_role,container_id,container_id_assignments',
  );
  const { users } = (await send('GET', '/user?filters[search]=csv.one')).json<UserList>();
  assert.equal(
    row,
    `${users[0]?.id},csv.one,'=1+1,"Quote, ""this""",csv@example.com,,,active,` +
      `${users[0]?.last_login_date ?? ''},Finance Manager,112234,112234 112235`,
  );
  assert.equal(end, '');
  const sorted = await getCsv('sort=-id&limit=5&offset=2');
  const listed = (await send('GET', '/user?sort=-id&limit=5&offset=2')).json<UserList>();
  assert.deepEqual(
    sorted.text
      .trim()
      .split('\r\n')
      .slice(1)
      .map((line) => Number(line.split(',')[0])),
    listed.users.map(({ id }) => id),
  );
});
