/**
 * What restricted users see of the organizations: any list by them is what the administrator's list has
 * of their containers, whatever is filtered, searched, sorted and paged.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { examplesOf } from './databases.ts';
import { organizationBody, startServer, untilIndexed } from './harness.ts';
import { type Maker, make, makeKey, makeUser } from './makers.ts';

const server = await startServer();
const own: Maker = { server, key: server.administrator };

interface Listed {
  readonly id: number;
  readonly name: string;
  readonly container: { readonly id: number };
  readonly container_id_assignments?: readonly string[];
}
interface List {
  readonly organizations: readonly Listed[];
  readonly page: { readonly total: number };
}

const { root_container_id: root } = (await server.send('GET', '/account')).json<{
  root_container_id: number;
}>();

async function makeDivision(parent_id: number, name: string): Promise<number> {
  return (await make(own, `/container/${parent_id}/children`, { name, template_id: 6 })).id;
}

const upper = await makeDivision(root, 'Upper');
const lower = await makeDivision(upper, 'Lower');
const beside = await makeDivision(root, 'Beside');

const keysByDivision = new Map<number, string>();
for (const division of [upper, lower, beside]) {
  const { api_key } = await makeKey(own, await makeUser(own, 1, [division]));
  keysByDivision.set(division, api_key);
}

const names = ['Alder Works', 'Birch Mill', 'Cedar Works', 'Dale Bakery', 'Elm Works', '東京工業'];
const ids: number[] = [];
for (const [division, key] of keysByDivision) {
  for (const name of names) {
    const body = organizationBody({ name: `${name} ${division}` });
    ids.push((await make({ server, key }, '/organization', body)).id);
  }
}
// Of the root's own, two are assigned to a division; of a division's, one to another.
const assigned = [112233, ids[0] ?? 0];
await server.send('PUT', `/container/${beside}/organization-assignments`, {
  body: { organization_id_assignments: assigned },
});
await untilIndexed(server);

async function list(key: string, query: string): Promise<List> {
  const answer = await server.send('GET', `/organization?${query}`, { key });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<List>();
}

/** The model: what belongs or is assigned to a division, or to one below it. */
function isVisible(
  division: number,
  { container, container_id_assignments = [] }: Listed,
): boolean {
  const seen = division === upper ? [upper, lower] : [division];
  return [container.id, ...container_id_assignments.map(Number)].some((id) => seen.includes(id));
}

const query = fc
  .record({
    search: fc.constantFrom(
      '',
      '%25works',
      '%25w',
      '%25%E5%B7%A5%E6%A5%AD',
      'birch%20mill%20',
      '112233',
    ),
    status: fc.constantFrom('', 'active', 'inactive'),
    validation: fc.constantFrom('', 'pending', 'not_pending'),
    container: fc.constantFrom('', String(lower)),
    sort: fc.constantFrom('', 'name', '-name', 'city,-id', '-is_active,name'),
  })
  .map(({ search, status, validation, container, sort }) =>
    [
      search && `filters[search]=${search}`,
      status && `filters[status]=${status}`,
      validation && `filters[validation]=${validation}`,
      container && `container_id=${container}`,
      sort && `sort=${sort}`,
    ]
      .filter(Boolean)
      .join('&'),
  );

test("any list of a restricted user is the administrator's, less what they do not see", async () => {
  const divisions = fc.constantFrom(upper, lower, beside);
  await fc.assert(
    fc.asyncProperty(divisions, query, fc.nat({ max: 8 }), async (division, filters, offset) => {
      const key = keysByDivision.get(division) ?? '';
      if (filters.includes('container_id') && division === beside) {
        const { status } = await server.send('GET', `/organization?${filters}`, { key });
        assert.equal(status, 404);
        return;
      }
      const all = await list(server.administrator, filters);
      const expected = all.organizations.filter((organization) =>
        isVisible(division, organization),
      );
      const page = await list(key, `${filters}&limit=5&offset=${offset}`);
      assert.equal(page.page.total, expected.length);
      assert.deepEqual(page.organizations, expected.slice(offset, offset + 5));
    }),
    { numRuns: examplesOf(60) },
  );
});

test('a restricted user exports what they see, and gets nothing else by its id', async () => {
  const { organizations } = await list(server.administrator, '');
  for (const [division, key] of keysByDivision) {
    const csv = await server.send('GET', '/organization', { key, headers: { Accept: 'text/csv' } });
    const exported = csv.text.trim().split('\r\n').slice(1);
    const visible = organizations.filter((organization) => isVisible(division, organization));
    assert.deepEqual(
      exported.map((line) => Number(line.split(',')[0])),
      visible.map(({ id }) => id),
    );
    for (const organization of organizations) {
      const { status } = await server.send('GET', `/organization/${organization.id}`, { key });
      assert.equal(status, isVisible(division, organization) ? 200 : 404);
    }
  }
});

test('what a restricted user creates belongs to the first of the containers they see', async () => {
  for (const [division, key] of keysByDivision) {
    const body = organizationBody({ name: `Created in ${division}` });
    const { id } = await make({ server, key }, '/organization', body);
    const made = (await server.send('GET', `/organization/${id}`)).json<Listed>();
    assert.equal(made.container.id, division);
  }
});
