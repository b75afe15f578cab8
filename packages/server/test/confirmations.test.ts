/** What the link of a confirmation mail shows and answers: for whom, until when, and only once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConfirmationView } from '../src/domain/confirmation.ts';
import { composeConfirmationMail } from '../src/operations/confirmation-mail.ts';
import { findConfirmation } from '../src/operations/confirmations.ts';
import { startServer } from './harness.ts';
import { listEvents } from './people.ts';
import { readTables } from './stored-texts.ts';
import {
  answerLink,
  call,
  confirm,
  contactPath,
  createSubmitted,
  decline,
  getContact,
  getLink,
  listLinks,
  listMails,
  person,
  rolesOf,
  showOrganization,
  submission,
  submit,
  tokenOf,
} from './verified-people.ts';

const server = await startServer();
const { environment } = server.app;

const START = '2026-11-21T12:00:00+00:00';
const END = '2026-12-21T12:00:00+00:00';

async function look(link: string): Promise<ConfirmationView> {
  const view = await findConfirmation(environment, tokenOf(link));
  assert.ok(view, link);
  return view;
}

/** An organization for which one person is asked. */
async function askOne(name: string, type: 'ev' | 'cs' | 'ev_cs' = 'ev', who = person('Vera')) {
  const id = await createSubmitted(server, name, submission(type, who));
  return { id, link: await getLink(server, id) };
}

const eventsOf = async (verified_contact_id: number) =>
  (await listEvents(server, 'verified_contact', verified_contact_id)).map(({ action }) => action);

test('a link shows who asks whom, for which organization and types, and until when', async () => {
  const { link } = await askOne('Shown by its link');
  assert.deepEqual(await look(link), {
    state: 'open',
    contact: {
      first_name: 'Vera',
      last_name: 'Fied',
      job_title: 'Head of Operations',
      telephone: '801-701-9600',
      email: 'vera@example.com',
    },
    organization: {
      name: 'Shown by its link',
      assumed_name: '',
      address: '932 Prospect Street',
      address2: 'Floor 08',
      city: 'Minneapolis',
      state: 'mn',
      zip: '40849',
      country: 'US',
    },
    requester_name: 'Ada Adler',
    account_name: 'DigiCert Inc.',
    validation_types: ['ev'],
    locale: undefined,
    requested_at: START,
    expires_at: END,
    answered_at: '',
    is_approved_by_other: false,
  });
});

test('a program that asks has no name, its account has', async () => {
  const service = { is_api_only: true, email: 'ci@example.com', api_name: 'Pipeline' };
  const made = await server.send('POST', '/user', { body: service });
  const { api_key: key } = made.json<{ api_key: string }>();
  const { id } = await askOne('Asked by a program');
  const path = `/organization/${id}/validation`;
  const body = { validations: [submission('cs', person('Vera'))] };
  assert.equal((await server.send('POST', path, { key, body })).status, 204);
  const { requester_name, account_name } = await look(await getLink(server, id));
  assert.deepEqual([requester_name, account_name], ['', 'DigiCert Inc.']);
});

test('looking at a link changes nothing, however often', async () => {
  const { id, link } = await askOne('Looked at');
  const before = await getContact(server, id);
  for (let times = 0; times < 3; times += 1) {
    assert.equal((await fetch(link)).status, 200);
  }
  assert.equal((await look(link)).state, 'open');
  assert.deepEqual(await getContact(server, id), before);
  assert.deepEqual(await eventsOf(before.id), ['verified_contact_requested']);
});

test('a confirmation makes the roles of its types active, and says who and from where', async () => {
  const { id, link } = await askOne('Confirmed');
  const headers = { 'X-Request-Id': 'answer-of-vera' };
  assert.equal(await answerLink(link, { answer: 'confirm' }, headers), 303);
  const [shown] = (await showOrganization(server, id)).verified_contacts ?? [];
  assert.deepEqual(shown?.verified_roles, [
    { validation_type: 'EV', status: 'active' },
    { validation_type: 'EV_CS', status: 'active' },
  ]);
  const { state, answered_at } = await look(link);
  assert.deepEqual([state, answered_at], ['confirmed', START]);
  const contact = await getContact(server, id);
  const [confirmation] = contact.confirmations;
  assert.equal(confirmation?.status, 'confirmed');
  assert.equal(confirmation?.answered_at, START);
  assert.equal(confirmation?.is_approved, true);
  assert.deepEqual(contact.relied_on_by, { validation_types: ['ev'], order_ids: [] });
  const [, confirmed, approved, ...more] = await listEvents(server, 'verified_contact', contact.id);
  assert.deepEqual(more, []);
  assert.equal(confirmed?.action, 'verified_contact_confirmed');
  assert.equal(approved?.action, 'verified_contact_request_approved');
  for (const event of [confirmed, approved]) {
    assert.equal(event?.actor_user_id, 0);
    assert.equal(event?.api_key_id, 0);
    assert.equal(event?.request_id, 'answer-of-vera');
    assert.equal(event?.ip_address, '127.0.0.1');
    assert.deepEqual(JSON.parse(event?.after ?? ''), {
      organization_id: id,
      approval_request_id: confirmation?.request_id,
      confirmation_id: confirmation?.id,
      validation_types: ['ev'],
    });
  }
});

test('a link answers once: what comes after it changes nothing', async () => {
  const { id, link } = await askOne('Answered once');
  await confirm(link);
  const before = await getContact(server, id);
  const events = await eventsOf(before.id);
  await confirm(link);
  await decline(link, 'I have changed my mind.');
  assert.equal((await look(link)).state, 'confirmed');
  assert.deepEqual(await getContact(server, id), before);
  assert.deepEqual(await eventsOf(before.id), events);
});

test('of two answers by one link at the same moment one is taken', async () => {
  for (const second of ['confirm', 'decline'] as const) {
    const { id, link } = await askOne(`At once ${second}`);
    const other = second === 'confirm' ? { answer: second } : { answer: second, reason: 'No.' };
    const statuses = await Promise.all([
      answerLink(link, { answer: 'confirm' }),
      answerLink(link, other),
    ]);
    assert.deepEqual(statuses, [303, 303]);
    const contact = await getContact(server, id);
    const actions = (await eventsOf(contact.id)).slice(1);
    const [confirmation] = contact.confirmations;
    const isConfirmed = confirmation?.status === 'confirmed';
    assert.deepEqual(
      actions,
      isConfirmed
        ? ['verified_contact_confirmed', 'verified_contact_request_approved']
        : ['verified_contact_declined'],
    );
    const status = isConfirmed ? 'active' : 'declined';
    assert.deepEqual(rolesOf(contact), [`EV ${status}`, `EV_CS ${status}`]);
    assert.equal(confirmation?.reason, isConfirmed ? undefined : 'No.');
  }
});

test('the first who confirms is enough for a request, and others may confirm for themselves', async () => {
  const id = await createSubmitted(
    server,
    'Two are asked',
    submission('ev', person('Vera'), person('Otto')),
  );
  const veras = await getLink(server, id, 'vera@example.com');
  const ottos = await getLink(server, id, 'otto@example.com');
  assert.equal((await look(ottos)).is_approved_by_other, false);
  await confirm(veras);
  assert.equal((await look(veras)).is_approved_by_other, false);
  assert.equal((await look(ottos)).is_approved_by_other, true);
  const otto = await getContact(server, id, 'Otto');
  assert.equal(otto.confirmations[0]?.is_approved, true);
  assert.equal(otto.confirmations[0]?.status, 'pending');
  assert.deepEqual(rolesOf(otto), ['EV pending', 'EV_CS pending']);
  await confirm(ottos);
  assert.deepEqual(rolesOf(await getContact(server, id, 'Otto')), ['EV active', 'EV_CS active']);
  assert.equal((await look(veras)).is_approved_by_other, true);
  assert.deepEqual(await eventsOf(otto.id), [
    'verified_contact_requested',
    'verified_contact_confirmed',
  ]);
});

test('two of one request who confirm at the same moment approve it once', async () => {
  const people = [person('Vera'), person('Otto')];
  const id = await createSubmitted(server, 'Two at once', submission('ev', ...people));
  await Promise.all((await listLinks(server, id)).map(confirm));
  const contacts = [await getContact(server, id, 'Vera'), await getContact(server, id, 'Otto')];
  const actions = (await Promise.all(contacts.map((contact) => eventsOf(contact.id)))).flat();
  const count = (name: string) => actions.filter((action) => action === name).length;
  assert.equal(count('verified_contact_confirmed'), 2);
  assert.equal(count('verified_contact_request_approved'), 1);
});

test('a decline is kept with its reason, and what was confirmed before stays', async () => {
  const { id, link } = await askOne('Declined', 'ev_cs');
  await confirm(link);
  await submit(server, id, submission('ev', person('Vera')));
  await decline(await getLink(server, id), '  Not my \r\n business.  ');
  const contact = await getContact(server, id);
  assert.deepEqual(rolesOf(contact), ['EV declined', 'EV_CS active']);
  const [, declined] = contact.confirmations;
  assert.deepEqual(
    [declined?.status, declined?.reason, declined?.is_approved],
    ['declined', 'Not my \n business.', false],
  );
  const events = await listEvents(server, 'verified_contact', contact.id);
  assert.equal(events.at(-1)?.action, 'verified_contact_declined');
  assert.equal(JSON.parse(events.at(-1)?.after ?? '').reason, 'Not my \n business.');
});

test('a decline without a reason is taken as well', async () => {
  const { id, link } = await askOne('Declined without a word');
  await decline(link);
  const [confirmation] = (await getContact(server, id)).confirmations;
  assert.deepEqual([confirmation?.status, confirmation?.reason], ['declined', undefined]);
});

test('a role that was declined becomes active by a later confirmation', async () => {
  const { id, link } = await askOne('Declined, then confirmed', 'ev_cs');
  await submit(server, id, submission('ev', person('Vera')));
  await decline(link);
  await confirm(await getLink(server, id));
  assert.deepEqual(rolesOf(await getContact(server, id)), ['EV active', 'EV_CS active']);
});

test('a link can be used for thirty days, to the second', async () => {
  const { id, link } = await askOne('In time');
  const late = await askOne('Too late');
  try {
    server.clock.moveTo('2026-12-21T11:59:59Z');
    await confirm(link);
    server.clock.moveTo('2026-12-21T12:00:00Z');
    assert.equal((await look(late.link)).state, 'expired');
    await confirm(late.link);
    await decline(late.link, 'Too late');
    const contact = await getContact(server, late.id);
    assert.deepEqual(rolesOf(contact), ['EV pending', 'EV_CS pending']);
    assert.equal(contact.confirmations[0]?.status, 'expired');
    assert.deepEqual(await eventsOf(contact.id), ['verified_contact_requested']);
    assert.equal((await look(link)).state, 'confirmed');
    assert.deepEqual(rolesOf(await getContact(server, id)), ['EV active', 'EV_CS active']);
  } finally {
    server.clock.moveTo(START);
  }
});

test('the link of a withdrawn contact shows that, and changes nothing', async () => {
  const { id, link } = await askOne('Withdrawn before the answer');
  const { id: contact_id } = await getContact(server, id);
  const path = `${contactPath(id, contact_id)}/withdraw`;
  assert.equal((await call(server, 'PUT', path, { body: { reason: 'Left' } })).status, 204);
  const events = await eventsOf(contact_id);
  await confirm(link);
  await decline(link, 'No');
  assert.equal((await look(link)).state, 'withdrawn');
  const contact = await getContact(server, id);
  assert.deepEqual(rolesOf(contact), ['EV withdrawn', 'EV_CS withdrawn']);
  assert.equal(contact.confirmations[0]?.status, 'pending');
  assert.deepEqual(await eventsOf(contact_id), events);
});

test('a token of another account, and one that is changed, finds nothing', async () => {
  const { id, link } = await askOne('Guessed at');
  const token = tokenOf(link);
  const secret = token.slice(token.indexOf('-') + 1);
  const last = secret.endsWith('A') ? 'B' : 'A';
  const others = [
    `2-${secret}`,
    `01-${secret}`,
    secret,
    `1-${secret.slice(0, -1)}`,
    `1-${secret.slice(0, -1)}${last}`,
    `1-${secret}${last}`,
    `1-${secret.toLowerCase()}`,
    '1-',
    "1-' or 1=1 --",
  ];
  for (const other of others) {
    assert.equal(await findConfirmation(environment, other), undefined, other);
    const guessed = `${server.origin}/confirm/${encodeURIComponent(other)}`;
    assert.equal(await answerLink(guessed, { answer: 'confirm' }), 404, other);
  }
  assert.deepEqual(rolesOf(await getContact(server, id)), ['EV pending', 'EV_CS pending']);
  assert.equal((await look(link)).state, 'open');
});

test('every attempt at sending has its own link: all work until one is used', async () => {
  const { id, link } = await askOne('Sent more than once');
  const [confirmation] = (await getContact(server, id)).confirmations;
  const compose = async () =>
    await environment.store.transaction((tx) =>
      composeConfirmationMail(tx, environment, 1, confirmation?.id ?? 0),
    );
  const again = await compose();
  const [other = ''] = again?.links ?? [];
  assert.equal(again?.recipient, 'vera@example.com');
  assert.ok(again?.text.includes(other) && again.html.includes(other));
  assert.notEqual(other, link);
  assert.equal((await look(other)).state, 'open');
  await confirm(other);
  assert.equal((await look(link)).state, 'confirmed');
  await decline(link);
  assert.deepEqual(rolesOf(await getContact(server, id)), ['EV active', 'EV_CS active']);
  assert.equal(await compose(), undefined);
});

test('no table but the inbox of a test account holds a link that works', async () => {
  const { id, link } = await askOne('Secret');
  const secret = tokenOf(link).slice('1-'.length);
  await decline(link, 'Looked for');
  const tables = await readTables(server);
  assert.ok((tables.get('inbox_mails') ?? '').includes(secret));
  assert.ok((tables.get('confirmations') ?? '').includes('Looked for'));
  assert.ok((tables.get('events') ?? '').includes('Looked for'));
  for (const [name, rows] of tables) {
    assert.equal(name !== 'inbox_mails' && rows.includes(secret), false, name);
  }
  assert.equal((await listMails(server, id)).length, 1);
});

test('a mail is in the language of its contact where there are texts in it, else in English', async () => {
  for (const [language_id, locale] of [
    ['de', 'de'],
    [5, 'ja'],
    ['it', 'en'],
  ] as const) {
    const name = `In language ${language_id}`;
    const { id, link } = await askOne(name, 'ev', person('Vera', { language_id }));
    const [mail] = await listMails(server, id);
    assert.equal(mail?.locale, locale);
    assert.equal(mail?.to, 'vera@example.com');
    assert.equal((await getContact(server, id)).locale, locale);
    assert.equal((await look(link)).locale, language_id === 5 ? 'ja' : language_id);
  }
});
