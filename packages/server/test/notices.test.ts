/** Mail to organization contacts about their validations: whom it reaches, in which language, and when not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { InboxMail, InboxMailList, ValidationTypeName } from '@orgvet/contract';
import { TEXTS } from '../src/domain/texts/index.ts';
import { operatorContext } from '../src/operations/accounts.ts';
import { timeOf } from '../src/operations/context.ts';
import { queueOrganizationMail } from '../src/operations/organization-mail.ts';
import { insertRejection } from '../src/store/completions.ts';
import { deleteContacts, listContacts, updateContact } from '../src/store/contacts.ts';
import type { Transaction } from '../src/store/database.ts';
import { listMailsOfOrganization } from '../src/store/mails.ts';
import { insertReminderOnce } from '../src/store/reminders.ts';
import { listValidations, saveValidation } from '../src/store/validations.ts';
import { organizationBody, startServer, type TestServer } from './harness.ts';
import { listEvents } from './people.ts';
import { startMailServer } from './smtp-server.ts';
import { createSubmitted, findShown } from './working.ts';

const DAY_MS = 86_400_000;
const NOW = '2026-11-21T12:00:00+00:00';

const server = await startServer();
// The tests send the notices themselves: the background work must not be before them.
await server.send('PUT', '/vetting/v1/account/settings', { body: { reminder_days: [] } });

/** Creates an organization that is validated for `ov`, with what its contact has. */
async function createValidated(contact: Readonly<Record<string, string>> = {}) {
  const organization_contact = {
    ...{ first_name: 'Gia', last_name: 'Booth', email: 'gia@example.com' },
    ...contact,
  };
  const name = `Notices ${contact.language_id ?? contact.email ?? ''}`;
  const details = { name, assumed_name: '', organization_contact, skip_duplicate_org_check: true };
  const id = await createSubmitted(server, ['ov'], details);
  await complete(id);
  const validated_until = (await findShown(server, id, 'ov'))?.validated_until ?? '';
  assert.notEqual(validated_until, '');
  return { id, name, validated_until };
}

async function complete(organization_id: number): Promise<void> {
  const path = `/control/v1/organization/${organization_id}/validation/ov`;
  const answer = await server.send('PUT', path, { body: { status: 'active' } });
  assert.equal(answer.status, 204, answer.text);
}

/**
 * Queues a notice, as background work does: with its reminder.
 *
 * @param meanwhile happens before anybody can send it
 */
async function remind(
  organization_id: number,
  validated_until: string,
  meanwhile: (tx: Transaction) => Promise<void> = async () => {},
): Promise<void> {
  const { environment } = server.app;
  await environment.store.transaction(async (tx) => {
    const reminder_id = await insertReminderOnce(tx, {
      ...{ account_id: 1, organization_id, type: 'ov', validated_until, days: 30 },
      ...{ due_at: NOW, sent_at: NOW },
    });
    assert.ok(reminder_id);
    const context = operatorContext(environment, 1);
    await queueOrganizationMail(tx, context, organization_id, 'revalidation_notice', reminder_id);
    await meanwhile(tx);
  });
}

/** Queues the mail of a rejection, with the rejection. */
async function reject(
  { app }: TestServer,
  organization_id: number,
  reasons: readonly string[],
  type: ValidationTypeName = 'ov',
): Promise<void> {
  const { environment } = app;
  await environment.store.transaction(async (tx) => {
    const rejection_id = await insertRejection(tx, {
      ...{ account_id: 1, organization_id, type, reasons: JSON.stringify(reasons) },
      ...{ rejected_at: NOW, rejected_by_user_id: 0 },
    });
    const context = operatorContext(environment, 1);
    await queueOrganizationMail(tx, context, organization_id, 'rejection', rejection_id);
  });
}

/** The mails about an organization, newest first. */
async function readInbox(organization_id: number): Promise<readonly InboxMail[]> {
  const path = `/control/v1/mail?filters[organization_id]=${organization_id}`;
  const answer = await server.send('GET', path);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<InboxMailList>().mails;
}

/** What became of the mails about an organization, once none waits. */
async function settle(organization_id: number): Promise<string[]> {
  await readInbox(organization_id);
  const { reader } = server.app.environment.store;
  const mails = await listMailsOfOrganization(reader, 1, organization_id);
  return mails.map(({ purpose, status }) => `${purpose} ${status}`);
}

/** Moves the server's clock so many days beyond a moment. */
const moveTo = (time: string, days = 0) =>
  server.clock.moveTo(new Date(Date.parse(time) + days * DAY_MS).toISOString());

for (const [language_id, locale] of [
  ['en', 'en'],
  ['de', 'de'],
  ['es', 'es'],
  ['fr', 'fr'],
  ['ja', 'ja'],
  ['it', 'en'],
] as const) {
  test(`a notice reaches the organization contact in their language (${language_id})`, async () => {
    moveTo(NOW);
    const { id, name, validated_until } = await createValidated({ language_id });
    moveTo(validated_until, -30);
    await remind(id, validated_until);
    const [mail, ...others] = await readInbox(id);
    assert.ok(mail);
    assert.deepEqual(others, []);
    const { renewal, organization_id } = TEXTS[locale].notices;
    const { to, subject, links } = mail;
    assert.deepEqual([to, mail.locale, links], ['gia@example.com', locale, []]);
    assert.equal(subject, renewal.subject(name));
    for (const part of [renewal.ends_in(30), renewal.renew, organization_id, String(id)]) {
      assert.ok(mail.text.includes(part), `${part}\nis missing in\n${mail.text}`);
    }
  });
}

test('the mail of a rejection names the type and every reason, as text', async () => {
  const { id, name } = await createValidated();
  const reasons = ['The register has no <b>Ltd</b> & no "Inc".', 'The seat is elsewhere.'];
  await reject(server, id, reasons, 'ev');
  const [mail] = await readInbox(id);
  const { rejection } = TEXTS.en.notices;
  assert.equal(mail?.subject, rejection.subject(name));
  for (const part of [...reasons, 'Extended Organization Validation (EV)', rejection.next]) {
    assert.ok(mail?.text.includes(part), part);
  }
  assert.doesNotMatch(mail?.html ?? '', /<b>/);
});

test('nobody is told where there is no organization contact', async () => {
  const { id, validated_until } = await createValidated();
  const { environment } = server.app;
  await environment.store.transaction((tx) => deleteContacts(tx, 1, id));
  await remind(id, validated_until);
  await reject(server, id, ['Nobody reads it.']);
  assert.deepEqual(await settle(id), []);
});

test('a notice goes to who is the organization contact when it is sent, and the event says so', async () => {
  const { id, validated_until } = await createValidated({ email: 'old@example.com' });
  await remind(id, validated_until, async (tx) => {
    const [contact] = await listContacts(tx, 1, id);
    assert.ok(contact);
    await updateContact(tx, 1, contact.id, { ...contact, email: 'new@example.com' });
  });
  const [mail] = await readInbox(id);
  assert.equal(mail?.to, 'new@example.com');
  const events = await listEvents(server, 'organization', id);
  const sent = events.find(({ action }) => action === 'mail_sent');
  assert.equal(JSON.parse(sent?.after ?? '{}').recipient, 'new@example.com');
});

test('a notice is not sent where nobody is left to be told', async () => {
  const { id, validated_until } = await createValidated();
  await remind(id, validated_until, (tx) => deleteContacts(tx, 1, id));
  assert.deepEqual(await settle(id), ['revalidation_notice canceled']);
});

test('a notice is not sent once the validation no longer ends then', async () => {
  const { id, validated_until } = await createValidated();
  moveTo(validated_until, -30);
  await remind(id, validated_until, async (tx) => {
    const [validation] = await listValidations(tx, 1, [id]);
    assert.ok(validation);
    await saveValidation(tx, { ...validation, date_created: timeOf(server) });
  });
  assert.deepEqual(await settle(id), ['revalidation_notice canceled']);
  assert.deepEqual(await readInbox(id), []);
  moveTo(NOW);
});

test('a mail about what is not there is not sent', async () => {
  const { id } = await createValidated();
  const { environment } = server.app;
  for (const purpose of ['revalidation_notice', 'rejection'] as const) {
    await environment.store.transaction((tx) =>
      queueOrganizationMail(tx, operatorContext(environment, 1), id, purpose, 999_999_999),
    );
  }
  const statuses = await settle(id);
  assert.deepEqual(statuses, ['revalidation_notice canceled', 'rejection canceled']);
});

test('where the clock of an account is moved, each notice counts the days by that clock', async () => {
  const own = await startServer();
  const id = await createSubmitted(own, ['ov']);
  await own.send('PUT', `/control/v1/organization/${id}/validation/ov`, {
    body: { status: 'active' },
  });
  const { validated_until: end = '' } = (await findShown(own, id, 'ov')) ?? {};
  const { ends_in, ended, ended_ago } = TEXTS.en.notices.renewal;
  for (const [days, sentence] of [
    ...([90, 60, 30, 7] as const).map((one) => [one, ends_in(one)] as const),
    [0, ended],
    [-7, ended_ago(7)],
  ] as const) {
    const now = new Date(Date.parse(end) - days * DAY_MS).toISOString();
    const moved = await own.send('POST', '/control/v1/clock', { body: { now } });
    assert.equal(moved.status, 200, moved.text);
    const answer = await own.send('GET', `/control/v1/mail?filters[organization_id]=${id}&limit=1`);
    const [mail] = answer.json<InboxMailList>().mails;
    assert.ok(mail?.text.includes(sentence), `${sentence}\n${mail?.text}`);
    assert.equal(Date.parse(mail?.date_created ?? ''), Date.parse(now));
  }
});

test('a rejection in a live account leaves by SMTP, whole, in the language of the contact', async () => {
  const mailServer = await startMailServer();
  const settings = {
    seed: 'none' as const,
    public_url: 'https://orgvet.example.com',
    mail_sender: 'Orgvet <orgvet@example.com>',
    smtp_url: mailServer.url,
  };
  const live = await startServer(settings);
  const contact = { first_name: '花子', last_name: '山田', email: 'hanako@example.org' };
  const body = organizationBody({ organization_contact: { ...contact, language_id: 'ja' } });
  const created = await live.send('POST', '/organization', { body });
  assert.equal(created.status, 201, created.text);
  const reason = '<script>alert("登記が見つかりません")</script>';
  await reject(live, created.json<{ id: number }>().id, [reason]);
  while (mailServer.mails.length === 0) {
    await wait(20);
  }
  const [mail] = mailServer.mails;
  assert.deepEqual(mail?.envelope.to, ['hanako@example.org']);
  assert.equal(mail?.headers.subject, TEXTS.ja.notices.rejection.subject(String(body.name)));
  assert.ok(mail?.text.includes('山田 花子 様') && mail.text.includes(`- ${reason}`), mail?.text);
  assert.match(mail?.html ?? '', /&lt;script&gt;alert\(&quot;登記が見つかりません/);
});
