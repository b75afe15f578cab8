/** Every fixed error code, provoked over HTTP. A new code without its row does not compile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERROR_CATALOGUE, type ErrorCode, type Problem, type UserList } from '@orgvet/contract';
import { pino } from 'pino';
import { buildHttpServer } from '../src/http/server.ts';
import { type Environment, StoreUnavailable } from '../src/operations/context.ts';
import { newEvidence, newSource } from './authorization-rows.ts';
import { makeCredentialProvocations } from './credential-provocations.ts';
import { type Answer, organizationBody, startServer } from './harness.ts';
import { make } from './makers.ts';
import { ADA_ID, createHolder, ROOT_ID, userBody } from './people.ts';
import { signIn, useToken } from './sign-ins.ts';
import { appointmentsOf, appointSpecialist, insertDecisionOn } from './vetting.ts';
import { makeWorkProvocations } from './work-provocations.ts';

const server = await startServer();
const { send } = server;
const own = { server, key: server.administrator };

const duplicate = organizationBody({ name: 'Twice' });
await send('POST', '/organization', { body: duplicate });

const twoTypes = organizationBody({ validations: [{ type: 'ov' }, { type: 'ov' }] });

const PERSON = { first_name: 'Jane', last_name: 'Doe', email: 'jane.doe@example.com' };
const APPROVER = { ...PERSON, job_title: 'Manager', telephone: '555-555-0100' };

/** An organization with a verified contact who has been asked. */
async function makeSubmitted(): Promise<{ contact: string }> {
  const validations = [{ type: 'ev', verified_users: [APPROVER] }];
  const body = organizationBody({ name: 'Asked', validations, skip_duplicate_org_check: true });
  const { id } = await make(own, '/organization', body);
  const info = await send('GET', `/organization/${id}`);
  const [contact] = info.json<{ verified_contacts: { id: number }[] }>().verified_contacts;
  return { contact: `/vetting/v1/organization/${id}/verified-contact/${contact?.id}` };
}

const specialist = async () => (await appointSpecialist(server)).key;

/** An order for a new organization that was not validated. */
async function makeOrder() {
  const { organization_contact, ...details } = organizationBody({ name: 'Ordered' });
  const organization = {
    ...details,
    skip_duplicate_org_check: true,
    contacts: [{ ...PERSON, contact_type: 'organization_contact' }],
  };
  const certificate = { common_name: 'example.com' };
  const body = { certificate, organization };
  const answer = await send('POST', '/order/certificate/ssl_plus', { body });
  return answer.json<{ id: number; organization: { id: number } }>();
}

const PROVOCATIONS: Record<ErrorCode, () => Promise<Pick<Answer, 'status' | 'text'>>> = {
  ...(await makeWorkProvocations(server)),
  ...makeCredentialProvocations(server),
  'access_denied|access_denied_invalid_key': () => send('GET', '/user/me', { key: 'x' }),
  'access_denied|missing_permission': () =>
    send('DELETE', '/organization/112233', { key: server.view_only }),
  'not_found|route': () => send('GET', '/no/such/route'),
  'not_found|country': () => send('GET', '/vetting/v1/country/zz/state'),
  'not_found|organization': () => send('GET', '/organization/999999'),
  'not_found|container': () => send('GET', '/container/999999'),
  'not_found|user': () => send('GET', '/user/999999'),
  'not_found|key': () => send('GET', '/key/999999'),
  'not_found|session': async () =>
    await (await signIn(server)).send('DELETE', '/access/v1/session/999999'),
  sign_in_link_invalid: () => useToken(server, 'no link'),
  cross_site_request: () => send('POST', '/access/v1/sign-out', { key: null }),
  'not_found|subaccount': () => send('GET', '/account/subaccount/999999'),
  'not_found|template': () => send('GET', '/container/112234/template/999999'),
  'not_found|ip_rule': () => send('DELETE', `/container/${ROOT_ID}/ip/rules/999999`),
  'not_found|permission': () => send('GET', '/authorization/fly/container'),
  'not_found|order': () => send('GET', '/order/certificate/999999'),
  'not_found|product': () =>
    send('POST', '/order/certificate/no_such_product', { body: { certificate: {} } }),
  'not_found|validation': async () => {
    const { id } = await make(own, '/organization', organizationBody({ name: 'Never submitted' }));
    const path = `/control/v1/organization/${id}/validation/ev`;
    return await send('PUT', path, { body: { status: 'active' } });
  },
  'not_found|verified_contact': () =>
    send('POST', '/vetting/v1/organization/1/verified-contact/999999/resend'),
  'not_found|evidence': async () => {
    const path = '/vetting/v1/organization/1/evidence/999999/withdraw';
    return await send('PUT', path, { key: await specialist(), body: { reason: 'Forged.' } });
  },
  'not_found|file': async () => {
    const path = `/vetting/v1/organization/1/file/${'0'.repeat(64)}`;
    return await send('GET', path, { key: await specialist() });
  },
  'not_found|rule_pack': () => send('GET', '/vetting/v1/rules/no-such-pack'),
  'not_found|source': async () =>
    await send('GET', '/vetting/v1/source/999999', { key: await specialist() }),
  evidence_withdrawn: async () => {
    const key = await specialist();
    const below = '/vetting/v1/organization/1/evidence';
    const { id } = await make({ server, key }, below, newEvidence());
    const withdraw = () =>
      send('PUT', `${below}/${id}/withdraw`, { key, body: { reason: 'Forged.' } });
    await withdraw();
    return await withdraw();
  },
  source_withdrawn: async () => {
    const key = await specialist();
    const { id } = await make({ server, key }, '/vetting/v1/source', newSource());
    const withdraw = () =>
      send('PUT', `/vetting/v1/source/${id}/withdraw`, { key, body: { reason: 'Closed.' } });
    await withdraw();
    return await withdraw();
  },
  file_type_not_accepted: async () =>
    await send('POST', '/vetting/v1/organization/1/file', {
      key: await specialist(),
      raw: '<html>',
    }),
  user_administers_organizations: () =>
    send('PUT', `/control/v1/appointment/${ADA_ID}`, {
      body: { appointments: appointmentsOf('auditor') },
    }),
  organization_has_vetting_records: async () => {
    const live = await startServer({ seed: 'none' });
    // The first organization of an account stays for another reason.
    const first = await live.send('POST', '/organization', { body: organizationBody() });
    assert.equal(first.status, 201);
    const { id } = await make(
      { server: live, key: live.administrator },
      '/organization',
      organizationBody({ name: 'Worked on' }),
    );
    await insertDecisionOn(live, { organization_id: id });
    return await live.send('DELETE', `/organization/${id}`);
  },
  user_is_appointed: async () => {
    const { user_id } = await appointSpecialist(server);
    return await send('PUT', `/user/${user_id}/role`, { body: { access_roles: [{ id: 1 }] } });
  },
  contact_type_duplicate: () => {
    const contact = { ...PERSON, contact_type: 'technical_contact' };
    return send('PUT', '/organization/1/contact', { body: { contacts: [contact, contact] } });
  },
  cannot_remove_organization_contact: () =>
    send('PUT', '/organization/1/contact', {
      body: { contacts: [{ contact_type: 'organization_contact' }] },
    }),
  non_user_verified_contacts_not_allowed: async () => {
    const settings = '/vetting/v1/account/settings';
    const allow = (allow_non_user_verified_contacts: boolean) =>
      send('PUT', settings, { body: { allow_non_user_verified_contacts } });
    await allow(false);
    const validations = [{ type: 'ev', verified_users: [APPROVER] }];
    const answer = await send('POST', '/organization/1/validation', { body: { validations } });
    await allow(true);
    return answer;
  },
  nothing_to_confirm: async () => {
    const { contact } = await makeSubmitted();
    await send('PUT', `${contact}/withdraw`, { body: { reason: 'Has left.' } });
    return await send('POST', `${contact}/resend`);
  },
  verified_contact_withdrawn: async () => {
    const { contact } = await makeSubmitted();
    const withdraw = () => send('PUT', `${contact}/withdraw`, { body: { reason: 'Has left.' } });
    await withdraw();
    return await withdraw();
  },
  organization_has_orders: async () => {
    const { organization } = await makeOrder();
    return await send('DELETE', `/organization/${organization.id}`);
  },
  organization_has_pending_orders: async () => {
    const { organization } = await makeOrder();
    return await send('PUT', `/organization/${organization.id}/deactivate`);
  },
  order_not_pending: async () => {
    const { id } = await makeOrder();
    const cancel = () =>
      send('PUT', `/order/certificate/${id}/status`, { body: { status: 'canceled' } });
    await cancel();
    return await cancel();
  },
  order_not_ready: async () => {
    const { id } = await makeOrder();
    return await send('PUT', `/order/certificate/${id}/status`, { body: { status: 'issued' } });
  },
  bad_request_format: () => send('POST', '/organization', { raw: '{' }),
  request_too_large: () => send('POST', '/organization', { raw: ' '.repeat(300_000) }),
  duplicate_organization: () => send('POST', '/organization', { body: duplicate }),
  cannot_delete_primary_organization: () => send('DELETE', '/organization/1'),
  validation_type_duplicate: () => send('POST', '/organization', { body: twoTypes }),
  request_limit_exceeded: askTooOften,
  username_taken: async () => {
    const body = userBody();
    await send('POST', '/user', { body });
    return await send('POST', '/user', { body });
  },
  cannot_delete_yourself: () => send('DELETE', `/user/${ADA_ID}`),
  cannot_remove_last_administrator: removeAdministrators,
  cannot_deactivate_root_container: () => send('PUT', `/container/${ROOT_ID}/deactivate`),
  container_parent_inactive: async () => {
    const below = (parent_id: number) =>
      make(own, `/container/${parent_id}/children`, { name: 'Below', template_id: 6 });
    const outer = await below(ROOT_ID);
    const inner = await below(outer.id);
    await send('PUT', `/container/${outer.id}/deactivate`);
    return await send('PUT', `/container/${inner.id}/active`);
  },
  container_too_deep: async () => {
    let answer = await send('GET', '/container');
    for (let parent_id = ROOT_ID; answer.status < 400; ) {
      const body = { name: 'Deeper', template_id: 6 };
      answer = await send('POST', `/container/${parent_id}/children`, { body });
      parent_id = answer.json<{ id: number }>().id;
    }
    return answer;
  },
  ip_rule_excludes_request: () =>
    send('POST', `/container/${ROOT_ID}/ip/rules`, {
      body: { ip_address: '192.0.2.1', ip_address_end: '192.0.2.1' },
    }),
  unknown_parameter: () => send('GET', '/organization?colour=red'),
  unknown_filter: () => send('GET', '/organization?filters[colour]=red'),
  internal_error: () => askBroken('/services/v2/user/me', new Error('The disk is gone: /secret')),
  service_unavailable: () => askBroken('/services/v2/user/me', new StoreUnavailable('secret')),
};

/** A second request where one is allowed. */
async function askTooOften(): Promise<Answer> {
  const limited = await startServer({
    rate_limits: [{ requests: 1, window_ms: 60_000 }],
    rate_limit_test_accounts: true,
  });
  await limited.send('GET', '/user/me');
  return await limited.send('GET', '/user/me');
}

/** An administrator who deletes every other, and then gives up the own role. */
async function removeAdministrators(): Promise<Answer> {
  const last = await createHolder(server, { access_roles: [{ id: 1 }] });
  const others = await send('GET', '/user?access_role_id=1', { key: last.key });
  for (const { id } of others.json<UserList>().users) {
    if (id !== last.id && id !== ADA_ID) {
      await send('DELETE', `/user/${id}`, { key: last.key });
    }
  }
  const body = { access_roles: [{ id: 5 }] };
  await send('PUT', `/user/${last.id}/role`, { body });
  return await send('PUT', `/user/${ADA_ID}/role`, { body });
}

/** A server whose database fails at everything, after a key was accepted. */
async function askBroken(
  url: string,
  error: Error,
): Promise<Pick<Answer, 'status' | 'text' | 'headers'>> {
  const { environment } = server.app;
  const { store } = environment;
  const { reader } = store;
  let lookups = 0;
  const failing = {
    dialect: reader.dialect,
    findVersion: () => reader.findVersion(),
    all: () => Promise.reject(error),
    first: () => Promise.reject(error),
    find: (...args: Parameters<typeof reader.find>) => {
      lookups += 1;
      return lookups === 1 ? reader.find(...args) : Promise.reject(error);
    },
  } as Environment['store']['reader'];
  const broken = await buildHttpServer(
    { ...environment, store: { ...store, reader: failing } as Environment['store'] },
    { version: '0', log: pino({ level: 'silent' }) },
  );
  const response = await broken.inject({ url, headers: { 'x-dc-devkey': server.administrator } });
  await broken.close();
  const { statusCode: status, body: text, headers } = response;
  return { status, text, headers: headers as Answer['headers'] };
}

test('whoever cannot be answered now is told when to try again', async () => {
  const gone = new StoreUnavailable('gone');
  assert.equal((await askBroken('/services/v2/user/me', gone)).headers['retry-after'], '1');
  for (const error of [gone, new Error('anything')]) {
    const ready = await askBroken('/readyz', error);
    assert.equal(ready.status, 503);
    assert.equal(ready.headers['retry-after'], '1');
  }
});

for (const [code, provoke] of Object.entries(PROVOCATIONS) as [
  ErrorCode,
  (typeof PROVOCATIONS)[ErrorCode],
][]) {
  test(`${code} is answered with its status, in the documented shape`, async () => {
    const answer = await provoke();
    assert.equal(answer.status, ERROR_CATALOGUE[code].status);
    const { errors, ...rest } = JSON.parse(answer.text) as { errors: Problem[] };
    assert.deepEqual(rest, {});
    assert.equal(errors.length, 1);
    const [error] = errors;
    assert.ok(error?.code === code || error?.code.startsWith(`${code}|`), answer.text);
    assert.doesNotMatch(error?.message ?? '', /\{|secret|disk/);
  });
}
