/** Verified contacts who are there: who approves, asking once more, withdrawing, and what goes when. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrganizationList } from '@orgvet/contract';
import { startServer } from './harness.ts';
import { ADA_ID, createUser, listEvents, runSql } from './people.ts';
import { readTables } from './stored-texts.ts';
import {
  answerLink,
  call,
  confirm,
  contactPath,
  createSubmitted,
  getContact,
  getLink,
  listContacts,
  listLinks,
  listMails,
  person,
  rolesOf,
  showOrganization,
  submission,
  submit,
} from './verified-people.ts';

const START = '2026-11-21T12:00:00+00:00';

const server = await startServer();
const { send } = server;

const resend = async (organization_id: number, id: number, key?: string) =>
  await call(server, 'POST', `${contactPath(organization_id, id)}/resend`, { ...(key && { key }) });

const withdraw = async (organization_id: number, id: number, body: unknown) =>
  await call(server, 'PUT', `${contactPath(organization_id, id)}/withdraw`, { body });

/** A user who may become a verified contact. */
async function createApprover(changes: Record<string, unknown> = {}): Promise<number> {
  return await createUser(server, { job_title: 'Clerk', telephone: '5550100', ...changes });
}

test('approvers for ev are the users who have confirmed it, until they are withdrawn', async () => {
  const user_id = await createApprover({ first_name: 'Ines', email: 'ines@example.com' });
  const people = [{ id: user_id }, person('Vera')];
  const id = await createSubmitted(server, 'With approvers', submission('ev', ...people));
  const listed = async () => {
    const path = `/organization?include_validation=true&filters[search]=${id}`;
    const { organizations } = (await send('GET', path)).json<OrganizationList>();
    return organizations.find((organization) => organization.id === id);
  };
  const shown = async () => JSON.parse((await send('GET', `/organization/${id}`)).text);
  assert.equal('ev_approvers' in (await shown()), false);
  for (const link of await listLinks(server, id)) {
    await confirm(link);
  }
  const approvers = [{ id: user_id, first_name: 'Ines', last_name: 'Chambers' }];
  assert.deepEqual((await shown()).ev_approvers, approvers);
  assert.deepEqual((await listed())?.ev_approvers, approvers);
  const members = Object.keys(await shown());
  assert.equal(members[members.indexOf('verified_contacts') + 1], 'ev_approvers');
  const ines = await getContact(server, id, 'Ines');
  const left = { withdrawn_at: START, reason: 'Left the company' };
  assert.equal((await withdraw(id, ines.id, left)).status, 204);
  assert.equal('ev_approvers' in (await shown()), false);
  assert.equal('ev_approvers' in ((await listed()) ?? {}), false);
});

test('from its moment on a withdrawal takes all roles, and shows what stood on the contact', async () => {
  const id = await createSubmitted(server, 'Withdrawn later', submission('ev', person('Vera')));
  await confirm(await getLink(server, id));
  const { id: contact_id } = await getContact(server, id);
  const withdrawn_at = '2026-12-01T02:00:00+02:00';
  const reason = 'Leaves on\n1 December';
  assert.equal((await withdraw(id, contact_id, { withdrawn_at, reason })).status, 204);
  try {
    server.clock.moveTo('2026-11-30T23:59:59Z');
    assert.deepEqual(rolesOf(await getContact(server, id)), ['EV active', 'EV_CS active']);
    server.clock.moveTo('2026-12-01T00:00:00Z');
    const contact = await getContact(server, id);
    assert.deepEqual(rolesOf(contact), ['EV withdrawn', 'EV_CS withdrawn']);
    assert.equal(contact.withdrawn_at, '2026-12-01T00:00:00+00:00');
    assert.equal(contact.withdrawal_reason, reason);
    assert.deepEqual(contact.relied_on_by.validation_types, ['ev']);
    const [shown] = (await showOrganization(server, id)).verified_contacts ?? [];
    assert.deepEqual(shown?.verified_roles, [
      { validation_type: 'EV', status: 'withdrawn' },
      { validation_type: 'EV_CS', status: 'withdrawn' },
    ]);
  } finally {
    server.clock.moveTo(START);
  }
  const event = (await listEvents(server, 'verified_contact', contact_id)).at(-1);
  assert.equal(event?.action, 'verified_contact_withdrawn');
  assert.equal(event?.actor_user_id, ADA_ID);
  assert.deepEqual(JSON.parse(event?.after ?? ''), {
    organization_id: id,
    withdrawn_at: '2026-12-01T00:00:00+00:00',
    withdrawal_reason: reason,
  });
});

test('the orders that name a contact are shown, the newest first', async () => {
  const id = await createSubmitted(server, 'On orders', submission('ev', person('Vera')));
  const order = async () => {
    const body = { organization: { id }, certificate: { common_name: 'example.com', csr: '' } };
    const answer = await send('POST', '/order/certificate/ssl_ev_plus', { body });
    assert.equal(answer.status, 201, answer.text);
    return answer.json<{ id: number }>().id;
  };
  const orders = [await order(), await order()];
  const { relied_on_by } = await getContact(server, id);
  assert.deepEqual(relied_on_by, { validation_types: [], order_ids: orders.reverse() });
});

test('a withdrawal is from now on unless it says when, may be for the past, and stays', async () => {
  const people = [person('Vera'), person('Otto')];
  const id = await createSubmitted(server, 'Withdrawn', submission('ev', ...people));
  const vera = await getContact(server, id, 'Vera');
  const otto = await getContact(server, id, 'Otto');
  assert.equal((await withdraw(id, vera.id, { reason: 'Left' })).status, 204);
  assert.equal((await getContact(server, id, 'Vera')).withdrawn_at, START);
  const past = { withdrawn_at: '2026-01-01T00:00:00Z', reason: 'Was never there' };
  assert.equal((await withdraw(id, otto.id, past)).status, 204);
  assert.equal((await getContact(server, id, 'Otto')).withdrawn_at, '2026-01-01T00:00:00+00:00');
  const again = await withdraw(id, vera.id, { reason: 'Once more' });
  assert.deepEqual([again.status, again.codes()], [400, ['verified_contact_withdrawn']]);
  assert.equal((await getContact(server, id, 'Vera')).withdrawal_reason, 'Left');
  assert.deepEqual((await resend(id, vera.id)).codes(), ['nothing_to_confirm']);
});

test('a withdrawal without a reason or with no real moment is refused, with all problems', async () => {
  const id = await createSubmitted(server, 'Not withdrawn', submission('ev', person('Vera')));
  const { id: contact_id } = await getContact(server, id);
  const answer = await withdraw(id, contact_id, { withdrawn_at: '2026-02-30T00:00:00Z' });
  assert.deepEqual(answer.codes(), ['invalid_withdrawn_at', 'missing_reason']);
  assert.equal((await getContact(server, id)).withdrawn_at, undefined);
});

test('who was withdrawn and is named again is another contact, who is asked', async () => {
  const user_id = await createApprover();
  const id = await createSubmitted(server, 'Back again', submission('ev', { id: user_id }));
  const first = await getContact(server, id);
  assert.equal((await withdraw(id, first.id, { reason: 'Left' })).status, 204);
  await submit(server, id, submission('ev', { id: user_id }));
  const [gone, back, ...more] = await listContacts(server, id);
  assert.deepEqual(more, []);
  assert.ok(gone && back && gone.id === first.id);
  assert.deepEqual(rolesOf(gone), ['EV withdrawn', 'EV_CS withdrawn']);
  assert.deepEqual(rolesOf(back), ['EV pending', 'EV_CS pending']);
  const links = await listLinks(server, id);
  await Promise.all(links.map(confirm));
  const [still, active] = await listContacts(server, id);
  assert.ok(still && active);
  assert.deepEqual(rolesOf(still), ['EV withdrawn', 'EV_CS withdrawn']);
  assert.deepEqual(rolesOf(active), ['EV active', 'EV_CS active']);
  const [ev] = (await showOrganization(server, id)).validations ?? [];
  assert.deepEqual(
    ev?.verified_users?.map((user) => user.id),
    [user_id],
  );
});

test('sent again, a link takes the place of those before, for thirty days from then', async () => {
  const id = await createSubmitted(server, 'Sent again', submission('ev', person('Vera')));
  await submit(server, id, submission('cs', person('Vera')));
  const before = await listLinks(server, id);
  const { id: contact_id } = await getContact(server, id);
  try {
    server.clock.moveTo('2027-02-01T12:00:00Z');
    assert.equal((await resend(id, contact_id)).status, 204);
    for (const link of before) {
      assert.equal(await answerLink(link, { answer: 'confirm' }), 404);
    }
    const { confirmations } = await getContact(server, id);
    assert.deepEqual(
      confirmations.map(({ status, requested_at, expires_at }) => [
        status,
        requested_at,
        expires_at,
      ]),
      Array(2).fill(['pending', START, '2027-03-03T12:00:00+00:00']),
    );
    const links = (await listLinks(server, id)).slice(before.length);
    assert.equal(links.length, 2);
    server.clock.moveTo('2027-03-03T11:59:59Z');
    await Promise.all(links.map(confirm));
    assert.deepEqual(rolesOf(await getContact(server, id)), [
      'EV active',
      'EV_CS active',
      'CS active',
    ]);
  } finally {
    server.clock.moveTo(START);
  }
  const asked = (await listEvents(server, 'verified_contact', contact_id)).find(
    ({ action }) => action === 'verified_contact_asked_again',
  );
  assert.equal(asked?.actor_user_id, ADA_ID);
  assert.deepEqual(JSON.parse(asked?.after ?? '').validation_types, ['ev', 'cs']);
  const answer = await resend(id, contact_id);
  assert.deepEqual([answer.status, answer.codes()], [400, ['nothing_to_confirm']]);
});

test('what a later question has taken over is not sent again', async () => {
  const id = await createSubmitted(server, 'Taken over', submission('ev', person('Vera')));
  await submit(server, id, submission('cs', person('Vera')), submission('ev', person('Vera')));
  const { id: contact_id } = await getContact(server, id);
  assert.equal((await resend(id, contact_id)).status, 204);
  const { confirmations } = await getContact(server, id);
  assert.deepEqual(
    confirmations.map(({ status, mails }) => [status, mails.length]),
    [
      ['expired', 1],
      ['pending', 2],
    ],
  );
});

test('a contact from before anybody was asked is asked by sending again', async () => {
  const id = await createSubmitted(server, 'From before', submission('ev', person('Vera')));
  // Nothing of what is taken away is about to be sent.
  await getLink(server, id);
  const { id: contact_id } = await getContact(server, id);
  const asked_before = `from confirmations where verified_contact_id = ${contact_id}`;
  await runSql(
    server,
    `delete from confirmation_links where confirmation_id in (select id ${asked_before})`,
  );
  await runSql(server, `delete ${asked_before}`);
  assert.equal((await resend(id, contact_id)).status, 204);
  const [asked, ...more] = (await getContact(server, id)).confirmations;
  assert.deepEqual([asked?.validation_types, more], [['ev'], []]);
  await confirm(await getLink(server, id));
  assert.deepEqual(rolesOf(await getContact(server, id)), ['EV active', 'EV_CS active']);
});

test('the contacts of the demo have confirmed, and can be withdrawn', async () => {
  const contact = await getContact(server, 112233);
  assert.deepEqual(contact.confirmations, []);
  assert.ok(rolesOf(contact).every((role) => role.endsWith(' active')));
  assert.deepEqual((await resend(112233, contact.id)).codes(), ['nothing_to_confirm']);
  assert.equal((await withdraw(112233, contact.id, { reason: 'Left' })).status, 204);
  assert.ok(rolesOf(await getContact(server, 112233)).every((role) => / withdrawn$/.test(role)));
});

test('what is not there, or not of this account or organization, is not found', async () => {
  const id = await createSubmitted(server, 'Mine', submission('ev', person('Vera')));
  const other = await createSubmitted(server, 'Mine too', submission('ev', person('Vera')));
  const { id: contact_id } = await getContact(server, id);
  const key = server.other;
  const reason = { body: { reason: 'x' } };
  for (const [method, path, options, code] of [
    ['GET', contactPath(99), {}, 'organization'],
    ['GET', contactPath(id), { key }, 'organization'],
    ['POST', `${contactPath(99, contact_id)}/resend`, {}, 'organization'],
    ['POST', `${contactPath(id, contact_id)}/resend`, { key }, 'organization'],
    ['POST', `${contactPath(other, contact_id)}/resend`, {}, 'verified_contact'],
    ['PUT', `${contactPath(99, contact_id)}/withdraw`, reason, 'organization'],
    ['PUT', `${contactPath(id, contact_id)}/withdraw`, { key, ...reason }, 'organization'],
    ['PUT', `${contactPath(other, contact_id)}/withdraw`, { body: {} }, 'verified_contact'],
  ] as const) {
    const answer = await call(server, method, path, options);
    assert.deepEqual([answer.status, answer.codes()], [404, [`not_found|${code}`]], path);
  }
  assert.equal((await getContact(server, id)).withdrawn_at, undefined);
});

test('a user who is deleted stays a contact by name, and can still answer', async () => {
  const user_id = await createApprover({ first_name: 'Ines', email: 'ines@example.com' });
  const id = await createSubmitted(server, 'User deleted', submission('cs', { id: user_id }));
  const link = await getLink(server, id);
  assert.equal((await send('DELETE', `/user/${user_id}`)).status, 204);
  await confirm(link);
  const contact = await getContact(server, id);
  assert.deepEqual([contact.user_id, contact.name], [0, 'Ines Chambers']);
  assert.deepEqual(rolesOf(contact), ['CS active']);
});

test('an organization is deleted with all that its contacts were asked, but for the mails', async () => {
  const id = await createSubmitted(server, 'To be deleted', submission('ev', person('Vera')));
  const link = await getLink(server, id);
  assert.equal((await send('DELETE', `/organization/${id}`)).status, 204);
  const tables = await readTables(server);
  for (const name of [
    'verified_contacts',
    'verified_contact_roles',
    'approval_requests',
    'confirmations',
  ]) {
    assert.doesNotMatch(tables.get(name) ?? '', new RegExp(`"organization_id":${id}\\b`), name);
  }
  assert.equal(await answerLink(link, { answer: 'confirm' }), 404);
  assert.equal((await listMails(server, id)).length, 1);
});
