/**
 * What the tests of verified contacts have in common: people who are named, what an organization's
 * contacts were asked, and answers by the links that they were sent. All over HTTP.
 */
import assert from 'node:assert/strict';
import {
  type InboxMailList,
  type Organization,
  type Problem,
  ROUTES,
  type VerifiedContactRecordList,
} from '@orgvet/contract';
import { Value } from 'typebox/value';
import { organizationBody, type TestServer } from './harness.ts';

export type ContactRecord = VerifiedContactRecordList['verified_contacts'][number];

/** A person who is no user, as a request names one. */
export function person(first_name: string, changes: Record<string, unknown> = {}) {
  return {
    first_name,
    last_name: 'Fied',
    job_title: 'Head of Operations',
    telephone: '801-701-9600',
    email: `${first_name.toLowerCase()}@example.com`,
    ...changes,
  };
}

/** What a request asks of some people for one type. */
export function submission(type: 'ev' | 'cs' | 'ev_cs', ...verified_users: readonly unknown[]) {
  return { type, verified_users };
}

/** An answer to a call below any path of the server. */
interface CallAnswer {
  readonly status: number;
  readonly text: string;
  json<Body>(): Body;
  codes(): string[];
}

/** Calls the server below its root, where Orgvet's own operations stand too. */
export async function call(
  server: TestServer,
  method: string,
  path: string,
  { key = server.administrator, body }: { key?: string; body?: unknown } = {},
): Promise<CallAnswer> {
  const answer = await fetch(`${server.origin}${path}`, {
    method,
    headers: { 'X-DC-DEVKEY': key },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    text,
    json: () => JSON.parse(text),
    codes: () => (JSON.parse(text) as { errors: Problem[] }).errors.map(({ code }) => code),
  };
}

/** Creates an organization that is submitted for validation. @returns its id */
export async function createSubmitted(
  server: TestServer,
  name: string,
  ...validations: readonly unknown[]
): Promise<number> {
  const body = organizationBody({ name, assumed_name: '', validations });
  const answer = await server.send('POST', '/organization', { body });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<{ id: number }>().id;
}

/** Submits an organization for validation once more. */
export async function submit(
  server: TestServer,
  organization_id: number,
  ...validations: readonly unknown[]
): Promise<void> {
  const path = `/organization/${organization_id}/validation`;
  const answer = await server.send('POST', path, { body: { validations } });
  assert.equal(answer.status, 204, answer.text);
}

/** Organization info. */
export async function showOrganization(
  server: TestServer,
  organization_id: number,
): Promise<Organization> {
  const answer = await server.send('GET', `/organization/${organization_id}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json();
}

/** Below Orgvet's own path. */
export function contactPath(organization_id: number, verified_contact_id?: number): string {
  const path = `/vetting/v1/organization/${organization_id}/verified-contact`;
  return verified_contact_id === undefined ? path : `${path}/${verified_contact_id}`;
}

/** The verified contacts of an organization as those see them who look after it. */
export async function listContacts(
  server: TestServer,
  organization_id: number,
): Promise<ContactRecord[]> {
  const answer = await call(server, 'GET', contactPath(organization_id));
  assert.equal(answer.status, 200, answer.text);
  assert.ok(Value.Check(ROUTES.listVerifiedContacts.success.schema, answer.json()), answer.text);
  return answer.json<VerifiedContactRecordList>().verified_contacts;
}

/** The only verified contact of an organization, or the one with a first name. */
export async function getContact(
  server: TestServer,
  organization_id: number,
  first_name?: string,
): Promise<ContactRecord> {
  const contacts = (await listContacts(server, organization_id)).filter(
    (contact) => first_name === undefined || contact.first_name === first_name,
  );
  const [contact] = contacts;
  assert.ok(contact !== undefined && contacts.length === 1, JSON.stringify(contacts));
  return contact;
}

/** The roles of a contact with their status. */
export function rolesOf({ verified_roles }: Pick<ContactRecord, 'verified_roles'>): string[] {
  return verified_roles.map(({ validation_type, status }) => `${validation_type} ${status}`);
}

/** The mail about an organization in the inbox of the demo's account, the oldest first. */
export async function listMails(
  server: TestServer,
  organization_id: number,
  to = '',
): Promise<InboxMailList['mails']> {
  const filters = `filters[organization_id]=${organization_id}&filters[to]=${to}`;
  const answer = await call(server, 'GET', `/control/v1/mail?${filters}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<InboxMailList>().mails.reverse();
}

/** The links that a contact of an organization was sent, the oldest first. */
export async function listLinks(
  server: TestServer,
  organization_id: number,
  to = '',
): Promise<string[]> {
  return (await listMails(server, organization_id, to)).flatMap(({ links }) => links);
}

/** The link that a contact was sent last. */
export async function getLink(
  server: TestServer,
  organization_id: number,
  to = '',
): Promise<string> {
  const link = (await listLinks(server, organization_id, to)).at(-1);
  assert.ok(link, `Nothing was sent about organization ${organization_id}.`);
  return link;
}

/** Sends the form of the page behind a link. @returns the status of the answer */
export async function answerLink(
  link: string,
  answer: { answer: 'confirm' } | { answer: 'decline'; reason: string },
  headers: Record<string, string> = {},
): Promise<number> {
  const { status } = await fetch(link, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new URLSearchParams(answer),
  });
  return status;
}

export async function confirm(link: string): Promise<void> {
  assert.equal(await answerLink(link, { answer: 'confirm' }), 303);
}

export async function decline(link: string, reason = ''): Promise<void> {
  assert.equal(await answerLink(link, { answer: 'decline', reason }), 303);
}

/** The token of a link. */
export function tokenOf(link: string): string {
  return new URL(link).pathname.split('/').at(-1) ?? '';
}
