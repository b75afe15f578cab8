/** What is assigned to containers over HTTP: organizations to order for, and users who are restricted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ContainerOrganizationList,
  type OrganizationList,
  type OrganizationListItem,
  ROUTES,
  type User,
} from '@orgvet/contract';
import { Value } from 'typebox/value';
import { divisionsOf, nextName, ROOT } from './divisions.ts';
import { organizationBody, startServer } from './harness.ts';

const server = await startServer();
const { send } = server;
const { make, makeBelow, makePerson, show, put, listEvents } = divisionsOf(server);

const ORGANIZATIONS = 'organization-assignments';
const USERS = 'user-assignments';

const assignOrganizations = (id: number, ids: readonly (number | string)[], key?: string) =>
  put(`/container/${id}/${ORGANIZATIONS}`, { organization_id_assignments: ids }, key);
const assignUsers = (id: number, ids: readonly (number | string)[], key?: string) =>
  put(`/container/${id}/${USERS}`, { user_id_assignments: ids }, key);

const makeOrganization = async (key = server.administrator): Promise<number> =>
  (await make('/organization', organizationBody({ name: nextName() }), key)).id;

/** The organizations of a container's info. */
const listAssigned = async (id: number): Promise<number[]> =>
  ((await show(id)).organization_assignments ?? []).map((organization) => organization.id);

const showUser = async (id: number): Promise<User> => (await send('GET', `/user/${id}`)).json();

/** What "List organizations" says of the containers that an organization is assigned to. */
async function listContainersOf(id: number): Promise<readonly string[] | undefined> {
  const answer = await send('GET', `/organization?filters[search]=${id}`);
  const { organizations } = answer.json<OrganizationList>();
  return organizations.find((one) => one.id === id)?.container_id_assignments;
}

async function listOrderable(id: number, key = server.administrator): Promise<number[]> {
  const answer = await send('GET', `/container/${id}/order/organization`, { key });
  assert.equal(answer.status, 200, answer.text);
  const body = answer.json<ContainerOrganizationList>();
  assert.ok(Value.Check(ROUTES.listContainerOrganizations.success.schema, body));
  return body.organizations.map((organization) => organization.id);
}

/** All organizations that somebody sees, with a filter. */
async function listIds(filter: string, key = server.administrator): Promise<number[]> {
  const answer = await send('GET', `/organization?${filter}`, { key });
  return answer.json<OrganizationList>().organizations.map(({ id }) => id);
}

test('an assignment takes the place of all that there was, in numbers or digits', async () => {
  const id = await makeBelow(ROOT);
  const [a, b, c] = [await makeOrganization(), await makeOrganization(), await makeOrganization()];
  await assignOrganizations(id, [c, String(a), a]);
  assert.deepEqual(await listAssigned(id), [a, c]);
  await assignOrganizations(id, [b, c]);
  assert.deepEqual(await listAssigned(id), [b, c]);
  await assignOrganizations(id, []);
  assert.equal('organization_assignments' in (await show(id)), false);
});

test("the documents' body is taken as it is, once its organizations are there", async () => {
  const id = await makeBelow(ROOT);
  const documented = { organization_id_assignments: [123456, 123457, 123458] };
  const answer = await send('PUT', `/container/${id}/${ORGANIZATIONS}`, { body: documented });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), Array(3).fill('invalid_organization_id_assignments'));
  const ids = [await makeOrganization(), await makeOrganization(), await makeOrganization()];
  await put(`/container/${id}/${ORGANIZATIONS}`, { organization_id_assignments: ids });
  assert.deepEqual(await listAssigned(id), ids);
});

test('lists of organizations show all containers that each is assigned to', async () => {
  const [one, other] = [await makeBelow(ROOT), await makeBelow(ROOT)];
  const [a, b] = [await makeOrganization(), await makeOrganization()];
  await assignOrganizations(other, [a, b]);
  await assignOrganizations(one, [a]);
  assert.deepEqual(await listContainersOf(a), [String(one), String(other)]);
  assert.deepEqual(await listContainersOf(b), [String(other)]);
  await assignOrganizations(other, []);
  assert.deepEqual(await listContainersOf(a), [String(one)]);
  assert.equal(await listContainersOf(b), undefined);
});

test('every organization that is not there is named, and then nothing changes', async () => {
  const id = await makeBelow(ROOT);
  const organization = await makeOrganization();
  await assignOrganizations(id, [organization]);
  const [theirs = 0] = await listIds('', server.other);
  const answer = await send('PUT', `/container/${id}/${ORGANIZATIONS}`, {
    body: { organization_id_assignments: [112233, theirs, '987654321'] },
  });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.json(), {
    errors: [
      [1, theirs],
      [2, 987654321],
    ].map(([index, unknown]) => ({
      code: 'invalid_organization_id_assignments',
      message: `organization_id_assignments[${index}] ${unknown} is no organization of this account.`,
    })),
  });
  assert.deepEqual(await listAssigned(id), [organization]);
});

test('a body that is none is refused with all that is wrong, and nothing changes', async () => {
  const id = await makeBelow(ROOT);
  const { id: user } = await makePerson(5);
  await assignUsers(id, [user]);
  await assignOrganizations(id, [112233]);
  const before = await show(id);
  for (const [path, field] of [
    [ORGANIZATIONS, 'organization_id_assignments'],
    [USERS, 'user_id_assignments'],
  ] as const) {
    for (const [list, codes] of [
      [undefined, [`missing_${field}`]],
      ['112233', [`invalid_${field}`]],
      [[112233, 'x', -5, null], Array(3).fill(`invalid_${field}`)],
      [Array.from({ length: 10_001 }, (_, index) => index + 1), [`invalid_${field}`]],
    ] as const) {
      const body = { [field]: list };
      const answer = await send('PUT', `/container/${id}/${path}`, { body });
      assert.equal(answer.status, 400, answer.text);
      assert.deepEqual(answer.codes(), codes);
    }
    const nowhere = await send('PUT', `/container/999999/${path}`, { body: {} });
    assert.deepEqual(nowhere.codes(), ['not_found|container']);
  }
  assert.deepEqual(await show(id), before);
});

test('thousands of organizations are assigned at once, and taken away at once', async () => {
  const id = await makeBelow(ROOT);
  const all = await listIds('limit=1000');
  assert.ok(all.length >= 50);
  await assignOrganizations(id, all);
  const sorted = all.toSorted((a, b) => a - b);
  assert.deepEqual(await listAssigned(id), sorted);
  const shown = await send('GET', '/organization?limit=1000');
  for (const organization of shown.json<OrganizationList>().organizations) {
    assert.ok(organization.container_id_assignments?.includes(String(id)));
  }
  await assignOrganizations(id, []);
  assert.doesNotMatch((await send('GET', '/organization?limit=1000')).text, RegExp(`"${id}"`));
});

test('assignments at the same moment leave lists and containers agreeing', async () => {
  const containers = [await makeBelow(ROOT), await makeBelow(ROOT), await makeBelow(ROOT)];
  const ids: number[] = [];
  for (let count = 0; count < 8; count += 1) {
    ids.push(await makeOrganization());
  }
  const choices = Array.from({ length: 18 }, (_, turn) => ({
    container: containers[turn % 3] ?? 0,
    chosen: ids.filter((_id, index) => (index + turn) % 3 !== 0),
  }));
  await Promise.all(choices.map(({ container, chosen }) => assignOrganizations(container, chosen)));
  const assigned = new Map<number, number[]>();
  for (const container of containers) {
    const found = await listAssigned(container);
    const sent = choices.filter((choice) => choice.container === container);
    assert.ok(
      sent.some(({ chosen }) => chosen.join() === found.join()),
      `${found} was sent by nobody`,
    );
    assigned.set(container, found);
  }
  for (const id of ids) {
    const expected = containers.filter((container) => assigned.get(container)?.includes(id));
    assert.deepEqual((await listContainersOf(id)) ?? [], expected.map(String));
  }
});

test('an organization that is deleted while it is assigned is gone from the container', async () => {
  const id = await makeBelow(ROOT);
  for (let turn = 0; turn < 6; turn += 1) {
    const organization = await makeOrganization();
    const [assigned, deleted] = await Promise.all([
      send('PUT', `/container/${id}/${ORGANIZATIONS}`, {
        body: { organization_id_assignments: [organization] },
      }),
      send('DELETE', `/organization/${organization}`),
    ]);
    assert.equal(deleted.status, 204, deleted.text);
    assert.ok([204, 400].includes(assigned.status), assigned.text);
    assert.deepEqual(await listAssigned(id), []);
  }
});

test('assignments are recorded with what was before and after, and only where they change', async () => {
  const id = await makeBelow(ROOT);
  const [a, b] = [await makeOrganization(), await makeOrganization()];
  const { id: user } = await makePerson(5);
  await assignOrganizations(id, [b, a]);
  await assignOrganizations(id, [a, b]);
  await assignUsers(id, [user]);
  await assignUsers(id, [user]);
  const [, ...events] = await listEvents('container', id);
  assert.deepEqual(events, [
    {
      action: 'container_organizations_assigned',
      before: { organization_id_assignments: [] },
      after: { organization_id_assignments: [b, a] },
    },
    {
      action: 'container_users_assigned',
      before: { user_id_assignments: [] },
      after: { user_id_assignments: [user] },
    },
  ]);
});

test('who is restricted assigns the organizations that they see, and no other', async () => {
  const [own, beside] = [await makeBelow(ROOT), await makeBelow(ROOT)];
  const lower = await makeBelow(own);
  const { key } = await makePerson(1, [own]);
  const [mine, shared, hidden] = [
    await makeOrganization(key),
    await makeOrganization(),
    await makeOrganization(),
  ];
  await assignOrganizations(lower, [shared]);
  await assignOrganizations(beside, [hidden]);
  await assignOrganizations(own, [mine, shared], key);
  assert.deepEqual(await listAssigned(own), [mine, shared]);
  const answer = await send('PUT', `/container/${own}/${ORGANIZATIONS}`, {
    key,
    body: { organization_id_assignments: [hidden, mine] },
  });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), ['invalid_organization_id_assignments']);
  assert.match(answer.text, new RegExp(`\\[0\\] ${hidden} is no organization`));
  assert.deepEqual(await listAssigned(own), [mine, shared]);
});

test('users are restricted by an assignment, and free again without any', async () => {
  const [one, other] = [await makeBelow(ROOT), await makeBelow(ROOT)];
  const [a, b] = [await makePerson(5), await makePerson(1)];
  await assignUsers(one, [String(a.id), b.id]);
  await assignUsers(other, [b.id]);
  assert.deepEqual((await show(one)).user_id_assignments, [String(a.id), String(b.id)]);
  for (const { id } of [a, b]) {
    assert.equal((await showUser(id)).has_container_assignments, true);
  }
  assert.equal((await send('GET', `/container/${ROOT}`, { key: b.key })).status, 404);
  await assignUsers(one, []);
  assert.equal('user_id_assignments' in (await show(one)), false);
  assert.equal((await showUser(a.id)).has_container_assignments, false);
  assert.equal((await showUser(b.id)).has_container_assignments, true);
  await assignUsers(other, []);
  assert.equal((await showUser(b.id)).has_container_assignments, false);
  assert.equal((await send('GET', `/container/${ROOT}`, { key: b.key })).status, 200);
});

test('service users are assigned like others', async () => {
  const id = await makeBelow(ROOT);
  const service = await make<{ id: number; api_key: string }>('/user', {
    is_api_only: true,
    email: 'service@example.com',
    api_name: 'Service',
  });
  await assignUsers(id, [service.id]);
  const seen = await send('GET', '/container', { key: service.api_key });
  assert.deepEqual(
    seen.json<{ containers: { id: number }[] }>().containers.map((container) => container.id),
    [id],
  );
});

test('every user who is not there is named, and then nothing changes', async () => {
  const id = await makeBelow(ROOT);
  const { id: user } = await makePerson(5);
  await assignUsers(id, [user]);
  // The administrator of the demo's subaccount.
  const body = { user_id_assignments: [184, 5101, '987654321'] };
  const answer = await send('PUT', `/container/${id}/${USERS}`, { body });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.json(), {
    errors: [
      [1, 5101],
      [2, 987654321],
    ].map(([index, unknown]) => ({
      code: 'invalid_user_id_assignments',
      message: `user_id_assignments[${index}] ${unknown} is no user of this account.`,
    })),
  });
  assert.deepEqual((await show(id)).user_id_assignments, [String(user)]);
  assert.equal((await showUser(184)).has_container_assignments, false);
});

test('who is restricted assigns users who are restricted too, and lets nobody out', async () => {
  const [own, beside] = [await makeBelow(ROOT), await makeBelow(ROOT)];
  const lower = await makeBelow(own);
  const { id: self, key } = await makePerson(1, [own]);
  const [mine, hidden, everywhere] = [
    await makePerson(5, [lower]),
    await makePerson(5, [beside]),
    await makePerson(5),
  ];
  await assignUsers(own, [self, mine.id], key);
  assert.deepEqual((await show(own)).user_id_assignments, [String(self), String(mine.id)]);
  for (const { id } of [hidden, everywhere]) {
    const answer = await send('PUT', `/container/${own}/${USERS}`, {
      key,
      body: { user_id_assignments: [self, mine.id, id] },
    });
    assert.equal(answer.status, 400);
    assert.match(answer.text, new RegExp(`\\[2\\] ${id} is no user`));
  }
  // The one is in a container below as well, and stays restricted; the other would see everything.
  await assignUsers(own, [self], key);
  const out = await send('PUT', `/container/${own}/${USERS}`, {
    key,
    body: { user_id_assignments: [] },
  });
  assert.equal(out.status, 403);
  assert.deepEqual(out.codes(), ['access_denied|missing_permission']);
  assert.equal((await showUser(self)).has_container_assignments, true);
  assert.deepEqual((await show(own)).user_id_assignments, [String(self)]);
});

test('the last administrator who sees everything is not restricted, whoever tries at once', async () => {
  const fresh = await startServer();
  const divisions = divisionsOf(fresh);
  const [a, b] = [await divisions.makeBelow(ROOT), await divisions.makeBelow(ROOT)];
  // Who asks is a service user: it sees everything, but nobody signs in as it.
  const { api_key: key } = await divisions.make<{ id: number; api_key: string }>('/user', {
    is_api_only: true,
    email: 'service@example.com',
    api_name: 'Service',
  });
  const restrict = (container: number, ids: readonly number[]) =>
    fresh.send('PUT', `/container/${container}/${USERS}`, {
      key,
      body: { user_id_assignments: ids },
    });
  // The administrators of the demo.
  const [first, second, third] = [12, 184, 7286246];
  const all = await restrict(a, [first, second, third]);
  assert.equal(all.status, 400);
  assert.deepEqual(all.codes(), ['cannot_remove_last_administrator']);
  assert.equal((await restrict(a, [third])).status, 204);
  const answers = await Promise.all([restrict(a, [first, third]), restrict(b, [second])]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [204, 400]);
});

test('a container orders for what is assigned to it, or for all where nothing is', async () => {
  const id = await makeBelow(ROOT);
  const active = (await listIds('filters[status]=active')).toSorted((a, b) => a - b);
  assert.deepEqual(await listOrderable(id), active);
  assert.deepEqual(await listOrderable(ROOT), active);
  const [a, b] = [await makeOrganization(), await makeOrganization()];
  await assignOrganizations(id, [b, a]);
  await assignOrganizations(ROOT, [a]);
  assert.deepEqual(await listOrderable(id), [a, b]);
  assert.deepEqual(await listOrderable(ROOT), [...active, a, b]);
  await assignOrganizations(ROOT, []);
});

test('organizations to order for are the active ones, with the documented members', async () => {
  const id = await makeBelow(ROOT);
  const fallow = await makeOrganization();
  await assignOrganizations(id, [112233, fallow]);
  await put(`/organization/${fallow}/deactivate`);
  const answer = await send('GET', `/container/${id}/order/organization`);
  const [organization, ...others] = answer.json<ContainerOrganizationList>().organizations;
  assert.deepEqual(others, []);
  const listed = await send('GET', '/organization?filters[search]=112233&include_validation=true');
  const { organizations } = listed.json<OrganizationList>();
  const { container, container_id_assignments, ev_approvers, is_hidden, ...expected } =
    organizations.find((one) => one.id === 112233) ?? ({} as OrganizationListItem);
  assert.deepEqual(organization, expected);
  assert.deepEqual(Object.keys(organization ?? {}), [
    'id',
    'status',
    'name',
    'assumed_name',
    'display_name',
    'is_active',
    'address',
    'address2',
    'city',
    'state',
    'zip',
    'country',
    'telephone',
    'validations',
  ]);
  assert.deepEqual(Object.keys(answer.json<object>()), ['organizations']);
  await put(`/organization/${fallow}/activate`);
  assert.deepEqual(await listOrderable(id), [112233, fallow]);
  assert.doesNotMatch((await send('GET', `/container/${id}/order/organization`)).text, /hidden/);
});

test('more organizations than are made ready at once are answered whole', async () => {
  const id = await makeBelow(ROOT);
  const before = (await listIds('filters[status]=active')).length;
  const made = await Promise.all(Array.from({ length: 520 }, () => makeOrganization()));
  const orderable = await listOrderable(id);
  assert.equal(orderable.length, before + made.length);
  await assignOrganizations(id, made);
  assert.deepEqual(
    await listOrderable(id),
    made.toSorted((a, b) => a - b),
  );
});

test('who is restricted orders for what they see, where nothing is assigned', async () => {
  const [own, empty] = [await makeBelow(ROOT), await makeBelow(ROOT)];
  const lower = await makeBelow(own);
  const { key } = await makePerson(1, [own]);
  const nobody = await makePerson(2, [empty]);
  const [mine, shared] = [await makeOrganization(key), await makeOrganization()];
  await assignOrganizations(lower, [shared]);
  assert.deepEqual(await listOrderable(own, key), [mine, shared]);
  assert.deepEqual(await listOrderable(lower, key), [shared]);
  assert.deepEqual(await listOrderable(empty, nobody.key), []);
  const hidden = await send('GET', `/container/${empty}/order/organization`, { key });
  assert.deepEqual(hidden.codes(), ['not_found|container']);
  const missing = await send('GET', '/container/999999/order/organization');
  assert.equal(missing.text, hidden.text);
});
