/** The account of a key over HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Account, ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { create, getAccountRow, makeKeyOf } from './family.ts';
import { organizationBody, startServer } from './harness.ts';

const server = await startServer();

async function getAccount(key: string): Promise<Account> {
  const answer = await server.send('GET', '/account', { key });
  assert.equal(answer.status, 200, answer.text);
  return answer.json();
}

test('an account has the recorded members in the recorded order', async () => {
  const { text } = await server.send('GET', '/account');
  assert.equal(
    text,
    '{"id":1,"primary_organization_id":1,"primary_organization_name":"DigiCert Inc.",' +
      '"primary_organization_country":"us","make_renewal_calls":true,"express_install_enabled":false,' +
      '"admin_email":"ada.adler@example.com","display_rep":true,"rep_photo_id":0,' +
      '"balance_negative_limit":0,"root_container_id":4,"cert_transparency":"embed",' +
      '"cert_central_type":"enterprise","billing_account_id":1,"billing_account_name":"DigiCert Inc.",' +
      '"language_id":1,"migrated":false,"has_auth_key":false,"client_mgr_photo_id":0,' +
      '"ent_support_plan":"1","default_country":"us"}',
  );
});

test('a key sees its own account, and a view only key the same', async () => {
  const theirs = await getAccount(server.other);
  assert.deepEqual(
    [theirs.id, theirs.primary_organization_id, theirs.primary_organization_country],
    [2, 300001, 'gb'],
  );
  assert.deepEqual(await getAccount(server.view_only), await getAccount(server.administrator));
});

test('where the parent pays, the billing account is the parent', async () => {
  const account_id = await create(server, 'Paid For Ltd', { bill_parent: true });
  const paid = await getAccount(await makeKeyOf(server, account_id));
  assert.deepEqual(
    [paid.id, paid.billing_account_id, paid.billing_account_name],
    [account_id, 1, 'DigiCert Inc.'],
  );
});

test('the first organization is shown as it is now', async () => {
  const account_id = await create(server, 'Before Ltd');
  const key = await makeKeyOf(server, account_id);
  const { primary_organization_id: id } = await getAccount(key);
  const body = organizationBody({ name: 'After GmbH', assumed_name: undefined, country: 'de' });
  const changed = await server.send('PUT', `/organization/${id}`, { key, body });
  assert.equal(changed.status, 204, changed.text);
  const account = await getAccount(key);
  assert.deepEqual(
    [
      account.primary_organization_id,
      account.primary_organization_name,
      account.primary_organization_country,
      account.default_country,
    ],
    [id, 'After GmbH', 'de', 'de'],
  );
});

test('an account without an organization has none to show', async () => {
  const empty = await startServer({ seed: 'none' });
  const account = (await empty.send('GET', '/account')).json<Account>();
  assert.ok(Value.Check(ROUTES.getAccount.success.schema, account), JSON.stringify(account));
  assert.deepEqual(
    [
      account.primary_organization_id,
      account.primary_organization_name,
      account.primary_organization_country,
    ],
    [0, '', 'us'],
  );
  await empty.close();
});

test('when the first administrator has gone, the next one stands there', async () => {
  const account_id = await create(server, 'Successor Ltd');
  const { master_user_id } = await getAccountRow(server, account_id);
  const key = await makeKeyOf(server, account_id);
  const body = {
    username: 'next',
    first_name: 'Ne',
    last_name: 'Xt',
    email: 'next@example.com',
    access_roles: [{ id: 1 }],
  };
  const next = await server.send('POST', '/user', { key, body });
  assert.equal(next.status, 201, next.text);
  const user_id = next.json<{ id: number }>().id;
  const nextKey = await makeKeyOf(server, account_id, { user_id });
  const gone = await server.send('DELETE', `/user/${master_user_id}`, { key: nextKey });
  assert.equal(gone.status, 204, gone.text);
  assert.equal((await getAccount(nextKey)).admin_email, 'next@example.com');
  const shown = await server.send('GET', `/account/subaccount/${account_id}`);
  assert.equal(
    shown.json<{ master_user: { email: string } }>().master_user.email,
    'next@example.com',
  );
});
