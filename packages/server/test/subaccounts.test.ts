/** Accounts below accounts over HTTP: making them, seeing them, and who sees which. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Account,
  type OrganizationList,
  ROUTES,
  type Subaccount,
  type SubaccountList,
  type User,
} from '@orgvet/contract';
import { Value } from 'typebox/value';
import { listEventsOfObject } from '../src/store/events.ts';
import { create, getAccountRow, makeKeyOf, makeRestrictedKey, subaccountBody } from './family.ts';
import { organizationBody, startServer, untilIndexed } from './harness.ts';

const server = await startServer();
const { send } = server;
const { reader } = server.app.environment.store;

/** "Create subaccount", the example request; the account manager is a user of the demo. */
const DOCUMENTED_REQUEST = {
  account_type: 'retail',
  allowed_grandchildren: ['retail', 'enterprise', 'reseller'],
  account_manager_user_id: 184,
  user: {
    first_name: 'John',
    last_name: 'Smith',
    email: 'john.smith@example.com',
    username: 'john.smith@example.com',
    job_title: 'Statistician',
    telephone: '111-222-333-4444',
    disable_renewal_notifications: true,
  },
  organization: {
    name: 'Example Company, LLC',
    address: '123 Fake Street',
    address2: 'Suite 321',
    zip: '93090',
    city: 'Toledo',
    state: 'Ohio',
    country: 'US',
    telephone: '111-222-333-4445',
  },
};

async function list(query = '', key = server.administrator): Promise<SubaccountList> {
  const answer = await send('GET', `/account/subaccount?${query}`, { key });
  assert.equal(answer.status, 200, answer.text);
  const body = answer.json<SubaccountList>();
  assert.ok(Value.Check(ROUTES.listSubaccounts.success.schema, body), answer.text);
  return body;
}

async function getSubaccount(id: number, key = server.administrator): Promise<Subaccount> {
  const answer = await send('GET', `/account/subaccount/${id}`, { key });
  assert.equal(answer.status, 200, answer.text);
  const body = answer.json<Subaccount>();
  assert.ok(Value.Check(ROUTES.getSubaccount.success.schema, body), answer.text);
  return body;
}

const idsOf = ({ subaccounts }: SubaccountList) => subaccounts.map(({ account_id }) => account_id);

const MISSING_PERMISSION = ['access_denied|missing_permission'];

test('the example request of the documents makes a subaccount with all its parts', async () => {
  const answer = await send('POST', '/account', { body: DOCUMENTED_REQUEST });
  assert.equal(answer.status, 201, answer.text);
  const { id } = answer.json<{ id: number }>();
  assert.equal(answer.text, `{"id":${id}}`);
  const row = await getAccountRow(server, id);
  assert.deepEqual(
    [row.mode, row.parent_account_id, row.name],
    ['test', 1, 'Example Company, LLC'],
  );
  const shown = await send('GET', `/account/subaccount/${id}`);
  const { organization, ...rest } = shown.json<Subaccount>();
  assert.equal(
    JSON.stringify(rest),
    `{"account_id":${id},"account_type":"retail","organization_name":"Example Company, LLC",` +
      '"date_created":"2026-11-21 12:00:00","parent_account_id":"1",' +
      `"billing_account_name":"Example Company, LLC","billing_account_id":${id},` +
      '"account_manager":"Destinee Church","bill_parent":false,"master_user":{"first_name":"John",' +
      '"last_name":"Smith","email":"john.smith@example.com","job_title":"Statistician",' +
      `"telephone":"111-222-333-4444","i18n_language_id":"1","container_id":"${row.root_container_id}"}}`,
  );
  assert.equal(
    JSON.stringify(organization),
    `{"id":${row.primary_organization_id},"status":"active","name":"Example Company, LLC",` +
      '"display_name":"Example Company, LLC","is_active":true,"address":"123 Fake Street",' +
      '"address2":"Suite 321","city":"Toledo","state":"Ohio","zip":"93090","country":"US",' +
      '"telephone":"111-222-333-4445"}',
  );
  const listed = (await list()).subaccounts.find(({ account_id }) => account_id === id);
  assert.equal(
    JSON.stringify(listed),
    `{"account_id":${id},"account_type":"retail","organization_name":"Example Company, LLC",` +
      '"date_created":"2026-11-21 12:00:00","account_manager":"Destinee Church"}',
  );
});

test('the first administrator is one of the new account, called by the email if by nothing else', async () => {
  const { user } = subaccountBody('Named After Ltd') as { user: object };
  const id = await create(server, 'Named After Ltd', { user: { ...user, telephone: 5550100 } });
  const me = (await send('GET', '/user/me', { key: await makeKeyOf(server, id) })).json<User>();
  assert.deepEqual(
    [me.account_id, me.username, me.first_name, me.telephone, me.status],
    [id, 'rosa.quint@example.com', 'Rosa', '5550100', 'active'],
  );
  assert.deepEqual(me.access_roles, [{ id: 1, name: 'Administrator' }]);
  assert.deepEqual([me.container.name, me.container.parent_id], ['Named After Ltd', 0]);
});

test('the first organization is like any other that is created', async () => {
  const id = await create(server, 'First Of All Ltd');
  const key = await makeKeyOf(server, id);
  const { primary_organization_id, root_container_id } = (
    await send('GET', '/account', { key })
  ).json<Account>();
  await untilIndexed(server);
  for (const search of ['', '?filters[search]=%25first%20of', '?filters[status]=active']) {
    const { organizations, page } = (
      await send('GET', `/organization${search}`, { key })
    ).json<OrganizationList>();
    assert.deepEqual([organizations[0]?.id, page.total], [primary_organization_id, 1]);
    assert.equal(organizations[0]?.container.id, root_container_id);
    assert.ok(!('validations' in (organizations[0] ?? {})));
  }
  const { organization_contact } = organizationBody();
  const { organization } = subaccountBody('First Of All Ltd') as { organization: object };
  const body = { ...organization, organization_contact };
  const again = await send('POST', '/organization', { key, body });
  assert.deepEqual(again.codes(), ['duplicate_organization']);
  const deleted = await send('DELETE', `/organization/${primary_organization_id}`, { key });
  assert.deepEqual(deleted.codes(), ['cannot_delete_primary_organization']);
});

test('a subaccount of a live account is live', async () => {
  const live = await startServer({ seed: 'none' });
  const id = await create(live, 'Live Ltd');
  assert.equal((await getAccountRow(live, id)).mode, 'live');
  const key = await makeKeyOf(live, id);
  assert.equal((await live.send('GET', '/account', { key })).json<Account>().id, id);
  await live.close();
});

test('who made a subaccount stands in the events of both accounts', async () => {
  const id = await create(server, 'Traced Ltd', { child_name: 'Trace' });
  const { primary_organization_id, master_user_id } = await getAccountRow(server, id);
  const [made] = await listEventsOfObject(reader, 1, 'account', id);
  assert.deepEqual([made?.action, made?.actor_user_id], ['subaccount_created', 12]);
  const after = JSON.parse(made?.after ?? '{}');
  assert.deepEqual([after.child_name, after.organization.name], ['Trace', 'Traced Ltd']);
  const inside = [
    ...(await listEventsOfObject(reader, id, 'account', id)),
    ...(await listEventsOfObject(reader, id, 'user', master_user_id)),
    ...(await listEventsOfObject(reader, id, 'organization', primary_organization_id)),
  ];
  assert.deepEqual(
    inside.map(({ action }) => action),
    ['account_created', 'user_created', 'organization_created'],
  );
  for (const event of inside) {
    assert.deepEqual(
      [event.actor_user_id, event.api_key_id, event.request_id],
      [made?.actor_user_id, made?.api_key_id, made?.request_id],
    );
  }
});

test('creates at the same moment make different accounts, with the same user names', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `Simultaneous ${index}`);
  const user = {
    first_name: 'Same',
    last_name: 'Name',
    email: 'same@example.com',
    username: 'same',
  };
  const ids = await Promise.all(names.map((name) => create(server, name, { user })));
  assert.equal(new Set(ids).size, names.length);
  const rows = await Promise.all(ids.map((id) => getAccountRow(server, id)));
  for (const part of ['root_container_id', 'master_user_id', 'primary_organization_id'] as const) {
    assert.equal(new Set(rows.map((row) => row[part])).size, rows.length, part);
  }
  assert.deepEqual(
    rows.map(({ name }) => name),
    names,
  );
  for (const row of rows) {
    const { container, username, account_id } = (
      await send('GET', '/user/me', { key: await makeKeyOf(server, row.id) })
    ).json<User>();
    assert.deepEqual([container.id, username, account_id], [row.root_container_id, 'same', row.id]);
  }
});

test('every fault of a create is told at once, and nothing is made', async () => {
  const before = await list();
  const answer = await send('POST', '/account', {
    body: {
      account_type: 'kiosk',
      allowed_grandchildren: ['retail', 'kiosk'],
      account_manager_user_id: 5101,
      child_name: 'x'.repeat(65),
      max_allowed_multi_year_plan_length: 7,
      user: { first_name: 'A', email: 'nobody', username: 'a b' },
      organization: { name: 'N', assumed_name: 'a'.repeat(61), country: 'XX', zip: 5 },
    },
  });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes().sort(), [
    'child_name_too_long',
    'invalid_account_manager_user_id',
    'invalid_account_type',
    'invalid_allowed_grandchildren',
    'invalid_max_allowed_multi_year_plan_length',
    'invalid_organization_country',
    'invalid_user_email',
    'invalid_user_username',
    'missing_organization_address',
    'missing_organization_city',
    'missing_organization_state',
    'missing_organization_telephone',
    'missing_user_last_name',
    'organization_assumed_name_too_long',
  ]);
  assert.deepEqual(await list(), before);
});

test('an account manager is a user of the account that creates', async () => {
  const byId = (account_manager_user_id: number) =>
    send('POST', '/account', { body: subaccountBody('Managed Ltd', { account_manager_user_id }) });
  const theirs = await byId(5101);
  assert.deepEqual(theirs.codes(), ['invalid_account_manager_user_id']);
  const nobody = await byId(987654321);
  assert.equal(nobody.text, theirs.text.replaceAll('5101', '987654321'));
});

test('an account makes only what its own parent allowed', async () => {
  const child = await create(server, 'Allowed Ltd', { allowed_grandchildren: ['retail'] });
  const key = await makeKeyOf(server, child);
  const body = subaccountBody('Not Allowed Ltd', {
    account_type: 'reseller',
    allowed_grandchildren: ['retail', 'enterprise'],
  });
  const refused = await send('POST', '/account', { key, body });
  assert.deepEqual(refused.codes(), ['invalid_account_type', 'invalid_allowed_grandchildren']);
  const changes = { account_type: 'retail', allowed_grandchildren: ['retail', 'retail'] };
  const grandchild = await create(server, 'Retail Ltd', changes, key);
  assert.equal((await getAccountRow(server, grandchild)).allowed_grandchildren, '["retail"]');
});

test('where an account may have none below it, nothing of a request is even looked at', async () => {
  const child = await create(server, 'Childless Ltd', { allowed_grandchildren: [] });
  const key = await makeKeyOf(server, child);
  const before = await list();
  for (const body of [subaccountBody('Nobody Ltd'), {}]) {
    const answer = await send('POST', '/account', { key, body });
    assert.equal(answer.status, 403);
    assert.deepEqual(answer.codes(), MISSING_PERMISSION);
  }
  assert.deepEqual(await list(), before);
});

test('who is restricted to containers, or may only look, makes no subaccount', async () => {
  const restricted = await makeRestrictedKey(server, 1, [112234]);
  for (const key of [restricted, server.view_only]) {
    const answer = await send('POST', '/account', { key, body: subaccountBody('Denied Ltd') });
    assert.equal(answer.status, 403);
    assert.deepEqual(answer.codes(), MISSING_PERMISSION);
  }
});

test('an account sees those below it at any depth, and nobody sees one beside or above', async () => {
  const child = await create(server, 'Child Ltd');
  const childKey = await makeKeyOf(server, child);
  const grandchild = await create(server, 'Grandchild Ltd', {}, childKey);
  const grandchildKey = await makeKeyOf(server, grandchild);
  const greatGrandchild = await create(server, 'Great-grandchild Ltd', {}, grandchildKey);
  const sibling = await create(server, 'Sibling Ltd');
  const siblingKey = await makeKeyOf(server, sibling);

  const below = [child, grandchild, greatGrandchild, sibling];
  const all = idsOf(await list());
  assert.deepEqual(
    all.filter((id) => below.includes(id)),
    below,
  );
  assert.ok(!all.includes(1));
  assert.deepEqual(idsOf(await list('', childKey)), [grandchild, greatGrandchild]);
  assert.deepEqual(idsOf(await list('', grandchildKey)), [greatGrandchild]);
  assert.deepEqual(await list('', siblingKey), {
    subaccounts: [],
    page: { total: 0, limit: 1000, offset: 0 },
  });

  assert.equal((await getSubaccount(greatGrandchild)).parent_account_id, String(grandchild));
  assert.equal((await getSubaccount(greatGrandchild, childKey)).account_id, greatGrandchild);
  const missing = await send('GET', '/account/subaccount/987654321');
  assert.equal(missing.status, 404);
  assert.deepEqual(missing.codes(), ['not_found|subaccount']);
  for (const [id, key] of [
    [1, server.administrator],
    [1, childKey],
    [child, childKey],
    [child, grandchildKey],
    [sibling, childKey],
    [grandchild, siblingKey],
    [greatGrandchild, siblingKey],
    [grandchild, await makeRestrictedKey(server, 1, [112234, 112235])],
  ] as const) {
    const answer = await send('GET', `/account/subaccount/${id}`, { key });
    assert.equal(answer.status, 404, `${id}`);
    assert.equal(answer.text, missing.text);
  }
});

test('who is restricted to containers sees no subaccounts', async () => {
  const key = await makeRestrictedKey(server, 1, [4]);
  assert.deepEqual(await list('limit=5&offset=2', key), {
    subaccounts: [],
    page: { total: 0, limit: 5, offset: 2 },
  });
});

test('the name that a parent gives is seen and searched by the parent alone', async () => {
  const child = await create(server, 'Official Ltd', { child_name: 'Straßenbahn' });
  const childKey = await makeKeyOf(server, child);
  const grandchild = await create(server, 'Deeper Ltd', { child_name: 'Straßenbahn' }, childKey);
  assert.deepEqual(idsOf(await list('filters[search]=%25STRASSEN')), [child]);
  assert.deepEqual(idsOf(await list('filters[search]=strassenbahn')), [child]);
  assert.deepEqual(idsOf(await list('filters[search]=strassenbahn', childKey)), [grandchild]);
  assert.equal((await getSubaccount(child)).child_name, 'Straßenbahn');
  assert.equal((await getSubaccount(grandchild, childKey)).child_name, 'Straßenbahn');
  assert.ok(!('child_name' in (await getSubaccount(grandchild))));
  const listed = await list('filters[search]=deeper%20ltd');
  assert.deepEqual(idsOf(listed), [grandchild]);
  assert.ok(!('child_name' in (listed.subaccounts[0] ?? {})));
});

test('where the parent pays, info says so, and whether that may change', async () => {
  const changes = { bill_parent: true, enforce_bill_parent: true };
  const shown = await getSubaccount(await create(server, 'Supported Ltd', changes));
  assert.deepEqual([shown.billing_account_id, shown.billing_account_name], [1, 'DigiCert Inc.']);
  assert.deepEqual([shown.bill_parent, shown.enforce_bill_parent], [true, true]);
  const unpaid = await create(server, 'Unsupported Ltd', { ...changes, bill_parent: false });
  assert.ok(!('enforce_bill_parent' in (await getSubaccount(unpaid))));
});

test('an account manager is named to every account above', async () => {
  const child = await create(server, 'Looking After Ltd');
  const key = await makeKeyOf(server, child);
  const { master_user_id: account_manager_user_id } = await getAccountRow(server, child);
  const grandchild = await create(server, 'Looked After Ltd', { account_manager_user_id }, key);
  for (const asking of [server.administrator, key]) {
    const { account_manager } = await getSubaccount(grandchild, asking);
    assert.equal(account_manager, 'Rosa Quint');
    const { subaccounts } = await list('filters[search]=looked%20after%20ltd', asking);
    assert.equal(subaccounts[0]?.account_manager, 'Rosa Quint');
  }
});
