/** Who is asked when people are named as verified contacts: once for what is open, and no more. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { OrganizationList } from '@orgvet/contract';
import { importFile } from '../src/main.ts';
import type { LineReport } from '../src/operations/organization-import.ts';
import { makeDatabase, makeDirectory } from './databases.ts';
import { organizationBody, startServer, type TestServer } from './harness.ts';
import { ADA_ID, listEvents } from './people.ts';
import {
  call,
  confirm,
  contactPath,
  createSubmitted,
  decline,
  getContact,
  getLink,
  listContacts,
  listLinks,
  listMails,
  person,
  rolesOf,
  submission,
  submit,
} from './verified-people.ts';

const START = '2026-11-21T12:00:00+00:00';
const END = '2026-12-21T12:00:00+00:00';

const database = await makeDatabase();
const server = await startServer({ database });
const { send } = server;

const actionsOf = async (verified_contact_id: number) =>
  (await listEvents(server, 'verified_contact', verified_contact_id)).map(({ action }) => action);

test('each who is named is asked by a mail of their own, for thirty days, in one request', async () => {
  const ev = submission('ev', person('Vera', { telephone: '+1 801 701 9600' }), { id: 184 });
  const id = await createSubmitted(server, 'Asked together', ev, submission('cs', person('Vera')));
  const mails = await listMails(server, id);
  assert.deepEqual(
    mails.map(({ to, links }) => [to, links.length]),
    [
      ['vera@example.com', 1],
      ['destinee.church@example.com', 1],
    ],
  );
  const [vera, destinee, ...more] = await listContacts(server, id);
  assert.deepEqual(more, []);
  assert.ok(vera && destinee);
  assert.deepEqual(rolesOf(vera), ['EV pending', 'EV_CS pending', 'CS pending']);
  assert.deepEqual(rolesOf(destinee), ['EV pending', 'EV_CS pending']);
  assert.deepEqual([vera.user_id, destinee.user_id], [0, 184]);
  assert.deepEqual([vera.telephone, vera.telephone_e164], ['+1 801 701 9600', '+18017019600']);
  const [asked] = vera.confirmations;
  assert.deepEqual(vera.confirmations, [
    {
      id: asked?.id,
      request_id: destinee.confirmations[0]?.request_id,
      validation_types: ['ev', 'cs'],
      status: 'pending',
      requested_at: START,
      expires_at: END,
      is_approved: false,
      mails: [
        {
          id: mails[0]?.id,
          status: 'sent',
          created_at: START,
          attempts: [{ attempted_at: START, outcome: 'sent', response: 'inbox' }],
        },
      ],
    },
  ]);
  assert.deepEqual(vera.relied_on_by, { validation_types: [], order_ids: [] });
  const [event, ...others] = await listEvents(server, 'verified_contact', vera.id);
  assert.deepEqual(others, []);
  assert.equal(event?.action, 'verified_contact_requested');
  assert.equal(event?.actor_user_id, ADA_ID);
  const after = JSON.parse(event?.after ?? '');
  assert.deepEqual(
    [after.organization_id, after.email, after.validation_types],
    [id, 'vera@example.com', ['ev', 'cs']],
  );
});

test('asked again for the same, a contact stays one and answers by the new link alone', async () => {
  const id = await createSubmitted(server, 'Asked twice', submission('ev', person('Vera')));
  const first = await getLink(server, id);
  server.clock.moveTo('2026-11-22T12:00:00Z');
  try {
    const written = { last_name: 'FIED', email: 'VERA@example.com', job_title: 'Director' };
    await submit(server, id, submission('ev', person('Vera', written)));
    const contact = await getContact(server, id);
    assert.deepEqual(rolesOf(contact), ['EV pending', 'EV_CS pending']);
    assert.deepEqual([contact.job_title, contact.last_name], ['Director', 'FIED']);
    assert.deepEqual(
      contact.confirmations.map(({ status, expires_at }) => [status, expires_at]),
      [
        ['expired', '2026-11-22T12:00:00+00:00'],
        ['pending', '2026-12-22T12:00:00+00:00'],
      ],
    );
    await confirm(first);
    assert.deepEqual(rolesOf(await getContact(server, id)), ['EV pending', 'EV_CS pending']);
    await confirm(await getLink(server, id));
    assert.deepEqual(rolesOf(await getContact(server, id)), ['EV active', 'EV_CS active']);
    assert.deepEqual(await actionsOf(contact.id), [
      'verified_contact_requested',
      'verified_contact_changed',
      'verified_contact_requested',
      'verified_contact_confirmed',
      'verified_contact_request_approved',
    ]);
  } finally {
    server.clock.moveTo(START);
  }
});

test('a question about other types stays open beside the new one', async () => {
  const id = await createSubmitted(server, 'Asked for more', submission('ev', person('Vera')));
  await submit(server, id, submission('cs', person('Vera')));
  const [ev = '', cs = ''] = await listLinks(server, id);
  await confirm(cs);
  assert.deepEqual(rolesOf(await getContact(server, id)), [
    'EV pending',
    'EV_CS pending',
    'CS active',
  ]);
  await confirm(ev);
  assert.deepEqual(rolesOf(await getContact(server, id)), [
    'EV active',
    'EV_CS active',
    'CS active',
  ]);
});

test('who has confirmed all that is asked is not asked again, and told anew is kept', async () => {
  const id = await createSubmitted(server, 'Confirmed already', submission('ev', person('Vera')));
  await confirm(await getLink(server, id));
  const changed = person('Vera', { job_title: 'Chair', telephone: '801-701-9601' });
  await submit(server, id, submission('ev', changed), submission('ev_cs', changed));
  const contact = await getContact(server, id);
  assert.deepEqual(rolesOf(contact), ['EV active', 'EV_CS active']);
  assert.deepEqual([contact.job_title, contact.telephone], ['Chair', '801-701-9601']);
  assert.equal(contact.confirmations.length, 1);
  assert.equal((await listMails(server, id)).length, 1);
  const event = (await listEvents(server, 'verified_contact', contact.id)).at(-1);
  assert.equal(event?.action, 'verified_contact_changed');
  assert.equal(JSON.parse(event?.before ?? '').job_title, 'Head of Operations');
  assert.equal(JSON.parse(event?.after ?? '').job_title, 'Chair');
  await submit(server, id, submission('cs', changed), submission('ev', changed));
  const [, more] = (await getContact(server, id)).confirmations;
  assert.deepEqual(more?.validation_types, ['cs']);
});

test('who has declined is asked again', async () => {
  const id = await createSubmitted(server, 'Declined first', submission('cs', person('Vera')));
  await decline(await getLink(server, id), 'Not now');
  assert.deepEqual(rolesOf(await getContact(server, id)), ['CS declined']);
  await submit(server, id, submission('cs', person('Vera')));
  const contact = await getContact(server, id);
  assert.deepEqual(rolesOf(contact), ['CS pending']);
  assert.deepEqual(
    contact.confirmations.map(({ status }) => status),
    ['declined', 'pending'],
  );
});

test('a person whom two requests name at the same moment is one contact', async () => {
  const id = await createSubmitted(server, 'Named at once');
  await Promise.all([
    submit(server, id, submission('ev', person('Vera'))),
    submit(server, id, submission('cs', person('Vera'))),
    submit(server, id, submission('ev', person('Vera'))),
  ]);
  const contact = await getContact(server, id);
  assert.deepEqual(rolesOf(contact), ['EV pending', 'EV_CS pending', 'CS pending']);
  const statuses = contact.confirmations.map(({ status }) => status);
  assert.deepEqual(statuses.sort(), ['expired', 'pending', 'pending']);
});

/** Imports one organization from a file. @returns what the import tells of its line */
async function importOne(into: typeof database, body: unknown): Promise<LineReport[]> {
  const file = join(await makeDirectory(), 'people.jsonl');
  writeFileSync(file, `${JSON.stringify(body)}\n`);
  const lines: LineReport[] = [];
  await importFile(
    { account_id: 1, is_dry_run: false, file, format: 'jsonl', database: into },
    { note: () => {}, line: (line) => lines.push(line), progress: () => {} },
  );
  return lines;
}

test('people whom a file names are asked, and once only', async () => {
  const validations = [submission('ev', person('Vera'), person('Otto'))];
  const body = organizationBody({ name: 'From a file', assumed_name: '', validations });
  assert.deepEqual(await importOne(database, body), []);
  const path = '/organization?sort=-id&limit=1';
  const [imported] = (await send('GET', path)).json<OrganizationList>().organizations;
  const id = imported?.id ?? 0;
  const [vera, otto] = await listContacts(server, id);
  const [asked] = vera?.confirmations ?? [];
  assert.equal(asked?.request_id, otto?.confirmations[0]?.request_id);
  // An import runs beside the server, by the clock of the machine, which knows parts of a second.
  const asked_ms = Date.parse(asked?.requested_at ?? '');
  server.clock.moveTo(new Date(asked_ms + 1000).toISOString());
  await confirm(await getLink(server, id, 'otto@example.com'));
  assert.deepEqual(rolesOf(await getContact(server, id, 'Otto')), ['EV active', 'EV_CS active']);
  const [again] = await importOne(database, { ...body, zip: '40849 ' });
  assert.deepEqual(
    again?.problems.map(({ code }) => code),
    ['duplicate_organization'],
  );
  assert.equal((await listMails(server, id)).length, 2);
});

test('a file names nobody for an account that wants users', async () => {
  const location = await makeDatabase();
  const live = await startServer({ database: location, seed: 'none' });
  const validations = [submission('ev', person('Vera'))];
  const [refused, ...more] = await importOne(location, organizationBody({ validations }));
  assert.deepEqual(more, []);
  assert.deepEqual(
    refused?.problems.map(({ code }) => code),
    ['non_user_verified_contacts_not_allowed'],
  );
  const { page } = (await live.send('GET', '/organization')).json<OrganizationList>();
  assert.equal(page.total, 0);
});
/** A live account without a mail server: its mail waits. */
async function startLive(): Promise<TestServer> {
  const live = await startServer({ database: await makeDatabase(), seed: 'none' });
  const body = { allow_non_user_verified_contacts: true };
  const answer = await call(live, 'PUT', '/vetting/v1/account/settings', { body });
  assert.equal(answer.status, 204, answer.text);
  return live;
}

test('mail that still waits is not sent about what is asked no more, or by a new mail', async () => {
  const live = await startLive();
  const id = await createSubmitted(
    live,
    'Waiting',
    submission('ev', person('Vera'), person('Otto')),
  );
  const statuses = async (name: string) =>
    (await getContact(live, id, name)).confirmations.map(({ mails }) =>
      mails.map(({ status }) => status),
    );
  assert.deepEqual(await statuses('Vera'), [['queued']]);
  await submit(live, id, submission('ev', person('Vera')), submission('cs', person('Vera')));
  assert.deepEqual(await statuses('Vera'), [['canceled'], ['queued']]);
  const vera = await getContact(live, id, 'Vera');
  const path = contactPath(id, vera.id);
  assert.equal((await call(live, 'POST', `${path}/resend`)).status, 204);
  assert.deepEqual(await statuses('Vera'), [['canceled'], ['canceled', 'queued']]);
  const reason = { body: { reason: 'Left' } };
  assert.equal((await call(live, 'PUT', `${path}/withdraw`, reason)).status, 204);
  assert.deepEqual(await statuses('Vera'), [['canceled'], ['canceled', 'canceled']]);
  assert.deepEqual(await statuses('Otto'), [['queued']]);
});
