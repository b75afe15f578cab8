/** Containers over HTTP: show, list, make, change, activate, deactivate. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Container,
  type ContainerList,
  type Organization,
  type Problem,
  ROUTES,
  type User,
} from '@orgvet/contract';
import { Value } from 'typebox/value';
import { divisionsOf, nextName, ROOT } from './divisions.ts';
import { organizationBody, startServer } from './harness.ts';

const server = await startServer();
const { send } = server;
const { make, makeBelow, makePerson, show, put, listEvents } = divisionsOf(server);

async function list(path: string, key = server.administrator): Promise<Container[]> {
  const answer = await send('GET', path, { key });
  assert.equal(answer.status, 200, answer.text);
  assert.ok(Value.Check(ROUTES.listContainers.success.schema, answer.json()));
  return answer.json<ContainerList>().containers;
}

/** What an answer about one of a container's organizations says of the container. */
async function showEmbedded(organization_id: number): Promise<object> {
  const answer = await send('GET', `/organization/${organization_id}`);
  return answer.json<Organization>().container;
}

/** Makes an organization that belongs to a container, by an administrator who is restricted to it. */
async function makeOrganizationIn(container_id: number): Promise<number> {
  const { key } = await makePerson(1, [container_id]);
  return (await make('/organization', organizationBody({ name: nextName() }), key)).id;
}

test("the documents' create makes a container, answered with nothing but its id", async () => {
  const body = {
    name: 'Sales Department',
    description: 'Includes sales engineers',
    template_id: 6,
  };
  const answer = await send('POST', `/container/${ROOT}/children`, { body });
  assert.equal(answer.status, 201);
  assert.match(answer.text, /^\{"id":\d+\}$/);
  const { id } = answer.json<{ id: number }>();
  const shown = await show(id);
  assert.deepEqual(shown, {
    id,
    public_id: shown.public_id,
    name: 'Sales Department',
    description: 'Includes sales engineers',
    parent_id: ROOT,
    template_id: 6,
    ekey: shown.ekey,
    has_logo: false,
    is_active: true,
  });
  assert.match(shown.public_id, /^[0-9a-f]{32}$/);
  assert.match(shown.ekey, /^[0-9a-f]{28}$/);
  assert.deepEqual(await listEvents('container', id), [
    {
      action: 'container_created',
      after: { parent_id: ROOT, ...body, allowed_domain_names: [] },
    },
  ]);
});

test('container info has the documented members in the documented order', async () => {
  const id = await makeBelow(ROOT, {
    description: 'Includes sales engineers',
    allowed_domain_names: ['example1.com', 'example2.com'],
  });
  const users = [await makePerson(5, [id]), await makePerson(1, [id])];
  await put(`/container/${id}/organization-assignments`, {
    organization_id_assignments: [200001, 112233],
  });
  const inactive = 112233;
  await put(`/organization/${inactive}/deactivate`);
  const shown = await show(id);
  assert.deepEqual(Object.keys(shown), [
    'id',
    'public_id',
    'name',
    'description',
    'parent_id',
    'template_id',
    'ekey',
    'has_logo',
    'is_active',
    'user_id_assignments',
    'allowed_domain_names',
    'organization_assignments',
  ]);
  assert.deepEqual(
    shown.user_id_assignments,
    users.map((user) => String(user.id)),
  );
  assert.deepEqual(shown.allowed_domain_names, ['example1.com', 'example2.com']);
  const organizations = [];
  for (const organization_id of [112233, 200001]) {
    const answer = await send('GET', `/organization/${organization_id}`);
    const { id, status, name, display_name, is_active } = answer.json<Organization>();
    organizations.push({ id, status, name, display_name, is_active: is_active ? '1' : '0' });
  }
  assert.deepEqual(shown.organization_assignments, organizations);
  assert.deepEqual(
    organizations.map(({ status, is_active }) => `${status} ${is_active}`),
    ['inactive 0', 'active 1'],
  );
  assert.ok(Value.Check(ROUTES.getContainer.success.schema, shown));
  await put(`/organization/${inactive}/activate`);
});

test('the list has every container by id, each as its own info has it', async () => {
  await put(`/container/${await makeBelow(ROOT)}/deactivate`);
  const containers = await list('/container');
  const ids = containers.map(({ id }) => id);
  assert.deepEqual(
    ids,
    ids.toSorted((a, b) => a - b),
  );
  assert.ok(containers.some(({ is_active }) => !is_active));
  assert.equal(containers.find(({ id }) => id === ROOT)?.parent_id, 0);
  for (const container of containers) {
    assert.deepEqual(container, await show(container.id));
  }
});

test('a container has its immediate children, and each of these has it as its parent', async () => {
  const upper = await makeBelow(ROOT);
  const children = [await makeBelow(upper), await makeBelow(upper)];
  await makeBelow(children[0] ?? 0);
  const found = await list(`/container/${upper}/children`);
  assert.deepEqual(
    found.map(({ id }) => id),
    children,
  );
  for (const child of found) {
    assert.deepEqual(child, await show(child.id));
    const parent = await send('GET', `/container/${child.id}/parent`);
    assert.deepEqual(parent.json(), await show(upper));
  }
  assert.deepEqual(await list(`/container/${children[1]}/children`), []);
});

test('the root has no parent', async () => {
  const answer = await send('GET', `/container/${ROOT}/parent`);
  assert.equal(answer.status, 404);
  assert.deepEqual(answer.codes(), ['not_found|container']);
});

test("the documents' template and roles are there, for what is below any container", async () => {
  const access_roles = [
    { id: 1, name: 'Administrator' },
    { id: 2, name: 'Limited User' },
    { id: 3, name: 'Finance Manager' },
    { id: 4, name: 'Manager' },
    { id: 5, name: 'Standard User' },
  ];
  const template = { id: 6, name: 'Business Unit', date_created: '2015-09-08T20:34:55+00:00' };
  for (const id of [ROOT, 112234]) {
    const templates = await send('GET', `/container/${id}/template`);
    assert.deepEqual(templates.json(), { container_templates: [template] });
    const six = await send('GET', `/container/${id}/template/6`);
    assert.deepEqual(six.json(), { ...template, access_roles });
    const five = await send('GET', `/container/${id}/template/5`);
    assert.deepEqual(five.json(), { ...template, id: 5, name: 'Company', access_roles });
    const roles = await send('GET', `/container/${id}/role`);
    assert.deepEqual(roles.json(), { access_roles });
  }
  const unknown = await send('GET', `/container/${ROOT}/template/7`);
  assert.deepEqual(unknown.codes(), ['not_found|template']);
  assert.equal(unknown.status, 404);
  for (const path of ['template', 'template/6', 'role', 'children', 'parent']) {
    const answer = await send('GET', `/container/999999/${path}`);
    assert.deepEqual(answer.codes(), ['not_found|container'], path);
  }
});

test('containers can be 20 deep below the root and no deeper', async () => {
  let deepest = ROOT;
  for (let depth = 1; depth <= 20; depth += 1) {
    deepest = await makeBelow(deepest);
  }
  const body = { name: 'Too deep', template_id: 6 };
  const answer = await send('POST', `/container/${deepest}/children`, { body });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), ['container_too_deep']);
  assert.match(answer.text, /20 deep/);
  assert.deepEqual(await list(`/container/${deepest}/children`), []);
});

test('below an inactive container none is made', async () => {
  const upper = await makeBelow(ROOT);
  await put(`/container/${upper}/deactivate`);
  const body = { name: 'Below', template_id: 6 };
  const answer = await send('POST', `/container/${upper}/children`, { body });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), ['container_parent_inactive']);
});

const PERSON = {
  first_name: 'Sam',
  last_name: 'Sales',
  email: 'sam.sales@example.com',
  job_title: 'Head of Sales',
  telephone: 5550100,
  access_roles: [{ id: 1 }],
};

test('a container can come with its first user, who belongs and is restricted to it', async () => {
  const id = await makeBelow(ROOT, { user: PERSON });
  const [user_id] = (await show(id)).user_id_assignments ?? [];
  const user = (await send('GET', `/user/${user_id}`)).json<User>();
  assert.equal(user.username, 'sam.sales@example.com');
  assert.equal(user.first_name, 'Sam');
  assert.equal(user.job_title, 'Head of Sales');
  assert.equal(user.telephone, '5550100');
  assert.equal(user.container.id, id);
  assert.deepEqual(user.access_roles, [{ id: 1, name: 'Administrator' }]);
  assert.equal(user.has_container_assignments, true);
  const { api_key: key } = await make<{ id: number; api_key: string }>(`/key/user/${user_id}`, {
    name: 'First key',
  });
  assert.deepEqual(
    (await list('/container', key)).map((container) => container.id),
    [id],
  );
  const [created] = await listEvents('user', Number(user_id));
  assert.equal(created?.action, 'user_created');
  assert.deepEqual(created?.after.container_id_assignments, [id]);
});

test('where the user name is taken, in any case, neither container nor user is made', async () => {
  await makeBelow(ROOT, { user: { ...PERSON, username: 'taken.name' } });
  const before = (await send('GET', '/container')).text;
  const user = { ...PERSON, username: 'Taken.Name' };
  const body = { name: 'With a taken name', template_id: 6, user };
  const answer = await send('POST', `/container/${ROOT}/children`, { body });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), ['username_taken']);
  assert.equal((await send('GET', '/container')).text, before);
});

test('every problem of a create or a change is told at once, and nothing changes', async () => {
  const before = (await send('GET', '/container')).text;
  const created = await send('POST', `/container/${ROOT}/children`, {
    body: {
      description: 5,
      template_id: 5,
      allowed_domain_names: ['a b'],
      user: { ...PERSON, username: 'a b', access_roles: [{ id: 9 }] },
    },
  });
  assert.equal(created.status, 400);
  assert.deepEqual(created.codes().sort(), [
    'invalid_allowed_domain_names',
    'invalid_description',
    'invalid_template_id',
    'invalid_user_access_roles_id',
    'invalid_user_username',
    'missing_name',
  ]);
  const changed = await send('PUT', '/container/112234', {
    body: { name: 'x'.repeat(256), ekey: 'x'.repeat(65), allowed_domain_names: 'example.com' },
  });
  assert.equal(changed.status, 400);
  assert.deepEqual(changed.codes().sort(), [
    'ekey_too_long',
    'invalid_allowed_domain_names',
    'name_too_long',
  ]);
  assert.equal((await send('GET', '/container')).text, before);
});

test('what is not there is not there, whatever else is wrong', async () => {
  for (const [method, path] of [
    ['POST', '/container/999999/children'],
    ['PUT', '/container/999999'],
  ] as const) {
    const answer = await send(method, path, { body: { template_id: 5 } });
    assert.equal(answer.status, 404);
    assert.deepEqual(answer.codes(), ['not_found|container']);
  }
});

test('a change clears the description, and leaves key and domain names that it leaves out', async () => {
  const id = await makeBelow(ROOT, {
    description: 'To be cleared',
    allowed_domain_names: ['example.com'],
  });
  const before = await show(id);
  await put(`/container/${id}`, { name: 'Another name' });
  const { description: _cleared, ...rest } = before;
  assert.deepEqual(await show(id), { ...rest, name: 'Another name' });
  await put(`/container/${id}`, {
    name: 'Another name',
    description: 'New',
    ekey: 'BR549',
    allowed_domain_names: [],
  });
  const { allowed_domain_names: _none, ...left } = rest;
  assert.deepEqual(await show(id), {
    ...left,
    name: 'Another name',
    description: 'New',
    ekey: 'BR549',
  });
});

test('a change is recorded without the enrolment key, and one that changes nothing is not', async () => {
  const id = await makeBelow(ROOT, { name: 'First', description: 'Old' });
  await put(`/container/${id}`, { name: 'First', description: 'Old' });
  await put(`/container/${id}`, { name: 'Second', ekey: 'BR549' });
  await put(`/container/${id}`, { name: 'Second', ekey: 'BR549' });
  const [, ...events] = await listEvents('container', id);
  assert.deepEqual(events, [
    {
      action: 'container_changed',
      before: { name: 'First', description: 'Old', allowed_domain_names: [] },
      after: { name: 'Second', description: '', allowed_domain_names: [], has_new_ekey: true },
    },
  ]);
});

test('deactivating and activating reach all below, and organizations show it', async () => {
  const upper = await makeBelow(ROOT);
  const lower = await makeBelow(upper, { name: 'Lower' });
  const beside = await makeBelow(ROOT);
  const organization = await makeOrganizationIn(lower);
  const areActive = async () => {
    const shown = await Promise.all([upper, lower, beside].map((id) => show(id)));
    return shown.map(({ is_active }) => is_active);
  };
  const expected = { id: lower, parent_id: upper, name: 'Lower', is_active: true };
  assert.deepEqual(await showEmbedded(organization), expected);

  await put(`/container/${upper}/deactivate`);
  assert.deepEqual(await areActive(), [false, false, true]);
  assert.deepEqual(await showEmbedded(organization), { ...expected, is_active: false });

  await put(`/container/${lower}`, { name: 'Renamed' });
  const renamed = { ...expected, name: 'Renamed' };
  assert.deepEqual(await showEmbedded(organization), { ...renamed, is_active: false });

  await put(`/container/${upper}/active`);
  assert.deepEqual(await areActive(), [true, true, true]);
  assert.deepEqual(await showEmbedded(organization), renamed);

  await put(`/container/${upper}/deactivate`);
  await put(`/container/${upper}/activate`);
  assert.deepEqual(await areActive(), [true, true, true]);
});

test('each container that becomes active or inactive has its event, and no other', async () => {
  const upper = await makeBelow(ROOT);
  const lower = await makeBelow(upper);
  await put(`/container/${lower}/deactivate`);
  await put(`/container/${upper}/deactivate`);
  await put(`/container/${upper}/deactivate`);
  await put(`/container/${upper}/active`);
  for (const id of [upper, lower]) {
    const [, ...events] = await listEvents('container', id);
    assert.deepEqual(events, [
      {
        action: 'container_deactivated',
        before: { is_active: true },
        after: { is_active: false },
      },
      { action: 'container_activated', before: { is_active: false }, after: { is_active: true } },
    ]);
  }
});

test('the root is always active, and nothing is below what is not', async () => {
  const root = await send('PUT', `/container/${ROOT}/deactivate`);
  assert.equal(root.status, 400);
  assert.deepEqual(root.codes(), ['cannot_deactivate_root_container']);
  const upper = await makeBelow(ROOT);
  const lower = await makeBelow(upper);
  await put(`/container/${upper}/deactivate`);
  const below = await send('PUT', `/container/${lower}/active`);
  assert.equal(below.status, 400);
  assert.deepEqual(below.codes(), ['container_parent_inactive']);
  assert.equal((await show(lower)).is_active, false);
});

test('whatever comes at the same moment, nothing active is below what is inactive', async () => {
  const upper = await makeBelow(ROOT);
  const middle = await makeBelow(upper);
  const body = { name: 'At the same moment', template_id: 6 };
  const answers = await Promise.all([
    ...Array.from({ length: 6 }, () => send('POST', `/container/${middle}/children`, { body })),
    send('PUT', `/container/${upper}/deactivate`),
    ...Array.from({ length: 6 }, () => send('POST', `/container/${middle}/children`, { body })),
  ]);
  for (const answer of answers.filter(({ status }) => status === 400)) {
    assert.deepEqual(answer.codes(), ['container_parent_inactive']);
  }
  assert.equal((await show(upper)).is_active, false);
  const made = answers.filter(({ status }) => status === 201).map((one) => one.json<Container>());
  const below = await list(`/container/${middle}/children`);
  assert.deepEqual(
    below.map(({ id }) => id),
    made.map(({ id }) => id).sort((a, b) => a - b),
  );
  assert.deepEqual(
    below.filter(({ is_active }) => is_active),
    [],
  );
});

test('who is restricted sees the own containers and those below, and nothing above', async () => {
  const upper = await makeBelow(ROOT);
  const middle = await makeBelow(upper);
  const lower = await makeBelow(middle);
  const beside = await makeBelow(upper);
  const { key } = await makePerson(1, [middle]);
  assert.deepEqual(
    (await list('/container', key)).map(({ id }) => id),
    [middle, lower],
  );
  assert.deepEqual(await list(`/container/${middle}/children`, key), [await show(lower, key)]);
  const parent = await send('GET', `/container/${lower}/parent`, { key });
  assert.deepEqual(parent.json(), await show(middle));
  const nobodys = await send('GET', '/container/999999', { key });
  for (const path of [`${middle}/parent`, `${upper}`, `${upper}/children`, `${beside}/role`]) {
    const answer = await send('GET', `/container/${path}`, { key });
    assert.equal(answer.status, 404, path);
    assert.equal(answer.text, nobodys.text, path);
  }
  const made = await makeBelow(lower, {}, key);
  assert.equal((await show(made, key)).parent_id, lower);
  const refused = await send('POST', `/container/${upper}/children`, {
    key,
    body: { name: 'Above', template_id: 6 },
  });
  assert.deepEqual(refused.json<{ errors: Problem[] }>(), nobodys.json());
});
