/** The inbox of a test account: what it shows, to whom, and that its mail goes nowhere else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type InboxMailList, ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { operatorContext } from '../src/operations/accounts.ts';
import { listInboxMails } from '../src/operations/inbox.ts';
import { deliverDueMails, deliverTestMails } from '../src/operations/mail-delivery.ts';
import { listMailsOfOrganization } from '../src/store/mails.ts';
import { organizationBody, startServer } from './harness.ts';
import { make, makeUser } from './makers.ts';
import { COMPOSERS, keepMail, openOutbox, queue, readMail, recipientOf } from './outbox.ts';
import { createKey, listEvents, RESEARCH_ID } from './people.ts';
import { createSubmitted, person, submission } from './verified-people.ts';

const server = await startServer();
const live = await startServer({ seed: 'none' });

/** Creates an organization and names people to be asked. @returns its id */
const ask = (name: string, ...people: readonly unknown[]) =>
  createSubmitted(server, name, submission('ev', ...people));

const statusesOf = async (organization_id: number) => {
  const { reader } = server.app.environment.store;
  const mails = await listMailsOfOrganization(reader, 1, organization_id);
  return mails.map(({ status }) => status);
};

async function readInbox(query = '', key = server.administrator): Promise<InboxMailList> {
  const answer = await server.send('GET', `/control/v1/mail${query}`, { key });
  assert.equal(answer.status, 200, answer.text);
  assert.ok(Value.Check(ROUTES.listInboxMails.success.schema, answer.json()), answer.text);
  return answer.json();
}

const recipientsOf = ({ mails }: InboxMailList) => mails.map(({ to }) => to);

test('whoever asked somebody finds the mail in the inbox with the next request', async () => {
  server.clock.moveTo('2026-11-21T13:00:00Z');
  const id = await ask('Prompt Post', person('Pia', { email: 'Pia@Example.com' }));
  const { mails, page } = await readInbox(`?filters[organization_id]=${id}`);
  assert.deepEqual(page, { total: 1, limit: 1000, offset: 0 });
  const [mail] = mails;
  assert.ok(mail);
  const { id: mail_id, subject, text, html, links, ...rest } = mail;
  assert.deepEqual(rest, {
    to: 'Pia@Example.com',
    from: 'Orgvet <orgvet@localhost.invalid>',
    locale: 'en',
    organization_id: id,
    date_created: '2026-11-21T13:00:00+00:00',
  });
  assert.match(subject, /Prompt Post/);
  const [link = '', ...others] = links;
  assert.deepEqual(others, []);
  assert.equal(new URL(link).origin, server.origin);
  assert.ok(text.includes(link) && html.includes(link));
  assert.equal((await fetch(link)).status, 200);
  // The link stands in the mail alone.
  const events = await listEvents(server, 'organization', id);
  const [sent] = events.filter(({ action }) => action === 'mail_sent');
  assert.deepEqual(JSON.parse(sent?.after ?? ''), {
    ...{ mail_id, purpose: 'confirmation', recipient: 'Pia@Example.com', response: 'inbox' },
  });
});

test('mail arrives without anybody looking', async () => {
  const id = await ask('Quiet Post', person('Quinn'));
  while ((await statusesOf(id)).includes('queued')) {
    await wait(20);
  }
  assert.deepEqual(await statusesOf(id), ['sent']);
});

test('mail of a test account never leaves, also where there is a mail server', async () => {
  const id = await ask('Homely Post', person('Hanna'), person('Henri'));
  const transport = keepMail();
  await deliverDueMails(server.app.environment, transport);
  assert.deepEqual(transport.mails, []);
  const inbox = await readInbox(`?filters[organization_id]=${id}`);
  assert.deepEqual(recipientsOf(inbox).toSorted(), ['hanna@example.com', 'henri@example.com']);
});

test('the inbox is listed newest first, in pages, with an exact total', async () => {
  const before = (await readInbox('?limit=1')).page.total;
  for (const name of ['Una', 'Dora', 'Tria']) {
    await ask(`Post of ${name}`, person(name));
  }
  const all = await readInbox('?limit=3');
  const newest = ['tria@example.com', 'dora@example.com', 'una@example.com'];
  assert.deepEqual(recipientsOf(all), newest);
  assert.deepEqual(all.page, { total: before + 3, limit: 3, offset: 0 });
  const middle = await readInbox('?limit=1&offset=1');
  assert.deepEqual(recipientsOf(middle), ['dora@example.com']);
  assert.deepEqual(middle.page, { total: before + 3, limit: 1, offset: 1 });
  const beyond = await readInbox(`?offset=${before + 3}`);
  assert.deepEqual(beyond, {
    mails: [],
    page: { total: before + 3, limit: 1000, offset: before + 3 },
  });
});

test('the inbox is filtered by recipient, ignoring case, and by organization', async () => {
  const one = await ask('Filtered One', person('Filippa'), person('Falk'));
  const other = await ask('Filtered Other', person('Filippa'));
  const totalOf = async (query: string) => {
    const { mails, page } = await readInbox(query);
    assert.equal(page.total, mails.length);
    return page.total;
  };
  assert.equal(await totalOf('?filters[to]=FILIPPA@Example.COM'), 2);
  assert.equal(await totalOf(`?filters[organization_id]=${one}`), 2);
  assert.equal(
    await totalOf(`?filters[to]=filippa@example.com&filters[organization_id]=${other}`),
    1,
  );
  assert.equal(await totalOf('?filters[to]=filippa'), 0);
  assert.equal(await totalOf('?filters[organization_id]=999999999999'), 0);
});

test('what the inbox cannot be asked is told, all at once', async () => {
  const path = '/control/v1/mail?filters[from]=x&sort=id&limit=0';
  const answer = await server.send('GET', path);
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), [
    'unknown_filter|from',
    'unknown_parameter|sort',
    'invalid_limit',
  ]);
});

test('an inbox has the mail of its own account, and a live account has none', async () => {
  await ask('Own Post', person('Owen'));
  assert.ok(recipientsOf(await readInbox()).includes('owen@example.com'));
  assert.deepEqual(await readInbox('', server.other), {
    mails: [],
    page: { total: 0, limit: 1000, offset: 0 },
  });
  const answer = await live.send('GET', '/control/v1/mail');
  const nowhere = await live.send('GET', '/control/v1/nowhere');
  assert.deepEqual([answer.status, answer.text], [404, nowhere.text]);
});

test('who is restricted to containers sees mail about the organizations there', async () => {
  const user_id = await makeUser({ server, key: server.administrator }, 1, [RESEARCH_ID]);
  const { api_key } = await createKey(server, user_id);
  const validations = [submission('ev', person('Ida'))];
  const body = organizationBody({ name: 'Inside Post', validations });
  await make({ server, key: api_key }, '/organization', body);
  const assigned = await ask('Assigned Post', person('Ada'));
  await ask('Outside Post', person('Otto'));
  await server.send('PUT', `/container/${RESEARCH_ID}/organization-assignments`, {
    body: { organization_id_assignments: [assigned] },
  });
  const seen = await readInbox('', api_key);
  assert.deepEqual(recipientsOf(seen), ['ada@example.com', 'ida@example.com']);
  assert.equal(seen.page.total, 2);
  const asked = await readInbox('?filters[to]=otto@example.com', api_key);
  assert.equal(asked.page.total, 0);
});

test('a process that no link could lead to leaves the mail to a server', async () => {
  const outbox = await openOutbox('test');
  const id = await queue(outbox, 1);
  const { environment } = outbox;
  const face = { ...environment.face, mail_sender: '' };
  const faceless = operatorContext({ ...environment, face }, 1);
  assert.equal((await listInboxMails(faceless, { query: {} })).page.total, 0);
  assert.deepEqual(await readMail(outbox, id), { status: 'queued', attempts: [] });
  await deliverTestMails(operatorContext(environment, 1), COMPOSERS);
  const { mails } = await listInboxMails(faceless, { query: {} });
  assert.deepEqual(
    mails.map((mail) => [mail.id, mail.to]),
    [[id, recipientOf(1)]],
  );
});
