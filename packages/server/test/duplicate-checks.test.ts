/** What is told over HTTP of an organization that somebody is about to create: what it would meet. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DuplicateMatch, type DuplicateMatchList, ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { divisionsOf } from './divisions.ts';
import { organizationBody, startServer, untilIndexed } from './harness.ts';
import { ROOT_ID } from './people.ts';

const server = await startServer();
const { make, makeBelow, makePerson } = divisionsOf(server);

const PATH = '/vetting/v1/organization/duplicate-check';

async function check(body: object, key = server.administrator): Promise<DuplicateMatch[]> {
  const answer = await server.send('POST', PATH, { body, key });
  assert.equal(answer.status, 200, answer.text);
  const list = answer.json<DuplicateMatchList>();
  assert.ok(Value.Check(ROUTES.checkDuplicates.success.schema, list), answer.text);
  return list.matches;
}

async function create(changes: Record<string, unknown>, key?: string): Promise<number> {
  return (await make('/organization', organizationBody(changes), key)).id;
}

const idsOf = (matches: readonly DuplicateMatch[]) => matches.map(({ id }) => id);

test('the organization that a create would find is told first, as it is', async () => {
  const id = await create({ name: 'Found GmbH', assumed_name: 'Found' });
  await server.send('PUT', `/organization/${id}/deactivate`);
  const body = organizationBody({ name: 'FOUND gmbh.', assumed_name: 'found' });
  const [match] = await check(body);
  assert.deepEqual(match, {
    id,
    is_exact: true,
    name: 'Found GmbH',
    assumed_name: 'Found',
    country: 'US',
    city: 'Minneapolis',
    status: 'inactive',
  });
  const refused = await server.send('POST', '/organization', { body });
  assert.deepEqual(
    refused
      .json<{ errors: { existing_organization_id: number }[] }>()
      .errors.map((error) => error.existing_organization_id),
    [id],
  );
});

test('other details make another organization: then only the name is alike', async () => {
  const id = await create({ name: 'Elsewhere Ltd' });
  const matches = await check(organizationBody({ name: 'Elsewhere Ltd', city: 'Duluth' }));
  assert.deepEqual(
    matches.map((match) => [match.id, match.is_exact]),
    [[id, false]],
  );
});

test('a name alone finds those called so first, and then those with it in theirs, five at most', async () => {
  const longer: number[] = [];
  for (const place of ['Aarau', 'Basel', 'Chur', 'Davos', 'Engelberg', 'Flims']) {
    longer.push(await create({ name: `A Quarry of ${place}` }));
  }
  const same = await create({ name: 'quarry' });
  await untilIndexed(server);
  assert.deepEqual(idsOf(await check({ name: 'Quarry' })), [same, ...longer.slice(0, 4)]);
  assert.deepEqual(idsOf(await check({ name: 'quarry of chur' })), [longer[2]]);
  assert.deepEqual(await check({ name: 'Quarry of Zug' }), []);
});

test('a name of one or two characters finds only what is called so', async () => {
  const id = await create({ name: 'Qx' });
  await create({ name: 'Qxyz' });
  assert.deepEqual(idsOf(await check({ name: 'qx' })), [id]);
});

test('nobody is told twice, and a duplicate that was made knowingly is exact too', async () => {
  const first = await create({ name: 'Twice Ltd' });
  const second = await create({ name: 'Twice Ltd', skip_duplicate_org_check: true });
  const matches = await check(organizationBody({ name: 'Twice Ltd' }));
  assert.deepEqual(
    matches.map((match) => [match.id, match.is_exact]),
    [
      [first, true],
      [second, true],
    ],
  );
});

test('whoever is restricted is told no more of what they do not see than a create tells', async () => {
  const division = await makeBelow(ROOT_ID);
  const { key } = await makePerson(1, [division]);
  const hidden = await create({ name: 'Hidden Ltd' });
  const own = await create({ name: 'Hidden Ltd of mine' }, key);
  await untilIndexed(server);
  assert.deepEqual(idsOf(await check({ name: 'hidden ltd' }, key)), [own]);
  const body = organizationBody({ name: 'Hidden Ltd' });
  const [exact, similar, ...others] = await check(body, key);
  assert.deepEqual(exact, { id: hidden, is_exact: true });
  assert.deepEqual([similar?.id, similar?.name, others], [own, 'Hidden Ltd of mine', []]);
  const refused = await server.send('POST', '/organization', { body, key });
  assert.ok(refused.text.includes(String(hidden)));
});

test('another account is told nothing', async () => {
  await create({ name: 'Mine Ltd' });
  assert.deepEqual(await check(organizationBody({ name: 'Mine Ltd' }), server.other), []);
});

test('nothing is changed by it', async () => {
  const body = organizationBody({ name: 'Only asked Ltd' });
  const countOf = async () =>
    (await server.send('GET', '/organization?limit=1')).json<{ page: { total: number } }>().page;
  const before = await countOf();
  assert.deepEqual([await check(body), await check(body)], [[], []]);
  assert.deepEqual(await countOf(), before);
});
