/** The organization and the technical contact over HTTP: update, replace, remove, and what stays. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type {
  Contact,
  Organization,
  OrganizationContactList,
  OrganizationList,
  Problem,
} from '@orgvet/contract';
import { ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { importFile } from '../src/main.ts';
import { listEventsOfObject } from '../src/store/events.ts';
import { makeDatabase, makeDirectory } from './databases.ts';
import { type Answer, organizationBody, startServer } from './harness.ts';

/** The examples of "Update organization and technical contact", as they stand there. */
const DOCUMENTED_UPDATE = `{
"contacts": [
{
"first_name": "John",
"last_name": "Doe",
"email": "john.doe@example.com",
"job_title": "SRE",
"telephone": "1234567890",
"telephone_extension": "1234",
"language_id": "1",
"contact_type": "organization_contact"
},
{
"first_name": "Jane",
"last_name": "Doe",
"email": "jane.doe@example.com",
"job_title": "SRE",
"telephone": "1234567890",
"telephone_extension": "1234",
"language_id": "1",
"contact_type": "technical_contact"
}
]
}`;
const DOCUMENTED_REMOVAL = `{
"contacts": [
{
"contact_type": "technical_contact"
}
]
}`;
const DOCUMENTED_ERROR = `{
"errors": [
{
"code": "contact_type_duplicate",
"message": "A duplicate contact type was submitted. Make sure your request includes no more than one of each contact type and try again."
}
]
}`;

const database = await makeDatabase();
const server = await startServer({ database });
const { send } = server;

async function create(name: string, changes: Record<string, unknown> = {}): Promise<number> {
  const body = organizationBody({ name, ...changes });
  const answer = await send('POST', '/organization', { body });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<{ id: number }>().id;
}

async function show(id: number): Promise<Organization> {
  const answer = await send('GET', `/organization/${id}`);
  assert.equal(answer.status, 200, answer.text);
  assert.ok(Value.Check(ROUTES.getOrganization.success.schema, answer.json()), answer.text);
  return answer.json();
}

async function change(id: number, contacts: unknown): Promise<Answer> {
  return await send('PUT', `/organization/${id}/contact`, { body: { contacts } });
}

async function changeTo(id: number, contacts: unknown): Promise<Contact[]> {
  const answer = await change(id, contacts);
  assert.deepEqual([answer.status, answer.text], [204, '']);
  return (await show(id)).contacts ?? [];
}

/** Below Orgvet's own path. */
async function listWithForms(
  id: number,
  key = server.administrator,
): Promise<{ status: number; text: string; contacts: OrganizationContactList['contacts'] }> {
  const path = `/vetting/v1/organization/${id}/contact`;
  const answer = await fetch(`${server.origin}${path}`, { headers: { 'X-DC-DEVKEY': key } });
  const text = await answer.text();
  const { contacts = [] } = JSON.parse(text) as Partial<OrganizationContactList>;
  return { status: answer.status, text, contacts };
}

/** Before and after of each change of contacts that was recorded, oldest first. */
async function listChanges(id: number): Promise<{ before?: Contact; after?: Contact }[]> {
  const { reader } = server.app.environment.store;
  const events = await listEventsOfObject(reader, 1, 'organization', id);
  return events
    .filter(({ action }) => action === 'organization_contact_changed')
    .map(({ before, after }) => ({
      ...(before !== '' && { before: JSON.parse(before) }),
      ...(after !== '' && { after: JSON.parse(after) }),
    }));
}

const JOHN = { first_name: 'John', last_name: 'Doe', email: 'john.doe@example.com' };
const JANE = { first_name: 'Jane', last_name: 'Doe', email: 'jane.doe@example.com' };
const asOrganization = (person: object) => ({ ...person, contact_type: 'organization_contact' });
const asTechnical = (person: object) => ({ ...person, contact_type: 'technical_contact' });

test('the documented update is answered with nothing and sets both contacts', async () => {
  const id = await create('Documented update');
  const answer = await send('PUT', `/organization/${id}/contact`, { raw: DOCUMENTED_UPDATE });
  assert.deepEqual([answer.status, answer.text], [204, '']);
  const { contacts = [], organization_contact } = await show(id);
  const details = {
    ...{ job_title: 'SRE', telephone: '1234567890', telephone_extension: '1234', language_id: 1 },
  };
  const [organization, technical] = contacts;
  assert.deepEqual(contacts, [
    { id: organization?.id, ...asOrganization(JOHN), ...details, name: 'John Doe' },
    { id: technical?.id, ...asTechnical(JANE), ...details, name: 'Jane Doe' },
  ]);
  assert.deepEqual(organization_contact, organization);
});

test('the documented removal removes the technical contact and nothing else', async () => {
  const id = await create('Documented removal');
  const [organization] = await changeTo(id, [asTechnical(JANE)]);
  for (const _ of ['removes it', 'finds none']) {
    const answer = await send('PUT', `/organization/${id}/contact`, { raw: DOCUMENTED_REMOVAL });
    assert.deepEqual([answer.status, answer.text], [204, '']);
    assert.deepEqual((await show(id)).contacts, [organization]);
  }
  assert.equal((await listChanges(id)).length, 2);
});

test('a contact type given more than once is answered as documented, and changes nothing', async () => {
  const id = await create('Documented error');
  const before = await show(id);
  for (const contacts of [
    [asTechnical(JANE), asTechnical(JOHN)],
    [asTechnical(JANE), asTechnical({}), asTechnical(JANE)],
    [asOrganization(JOHN), asTechnical(JANE), asOrganization(JOHN)],
  ]) {
    const answer = await change(id, contacts);
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.json(), JSON.parse(DOCUMENTED_ERROR));
  }
  assert.deepEqual(await show(id), before);
  assert.deepEqual(await listChanges(id), []);
});

test('the same name and email update in place, anybody else is a new contact', async () => {
  const id = await create('In place');
  const [first] = await changeTo(id, [asOrganization({ ...JOHN, telephone: '1' })]);
  const [updated] = await changeTo(id, [asOrganization({ ...JOHN, telephone: '2' })]);
  assert.deepEqual(updated, { ...first, telephone: '2' });
  const seen = new Set([first?.id]);
  for (const other of [
    { ...JOHN, first_name: 'Jon' },
    { ...JOHN, last_name: 'Roe' },
    { ...JOHN, email: 'jd@example.com' },
    { ...JOHN, email: 'JD@example.com' },
  ]) {
    const [replaced, ...more] = await changeTo(id, [asOrganization(other)]);
    assert.deepEqual(more, []);
    assert.equal(replaced?.email, other.email);
    assert.ok(!seen.has(replaced?.id), 'a new contact has an id of its own');
    seen.add(replaced?.id);
  }
});

test('optional members that are left out are cleared', async () => {
  const id = await create('Cleared');
  const full = { job_title: 'SRE', telephone: '1', telephone_extension: '2', language_id: 'de' };
  const [contact] = await changeTo(id, [asOrganization({ ...JOHN, ...full })]);
  assert.deepEqual(contact, {
    ...{ id: contact?.id, ...asOrganization(JOHN), ...full },
    ...{ language_id: 2, name: 'John Doe' },
  });
  const [cleared] = await changeTo(id, [asOrganization({ ...JOHN, telephone: null })]);
  assert.deepEqual(cleared, {
    ...{ id: contact?.id, ...asOrganization(JOHN), language_id: 1, name: 'John Doe' },
  });
});

test('a type that is left out stays', async () => {
  const id = await create('Left out');
  const [organization, technical] = await changeTo(id, [asTechnical(JANE)]);
  assert.equal(organization?.first_name, 'Gia');
  const [changed, ...others] = await changeTo(id, [asOrganization(JOHN)]);
  assert.equal(changed?.first_name, 'John');
  assert.deepEqual(others, [technical]);
});

test('the organization contact cannot be removed, and nothing of such a request happens', async () => {
  const id = await create('Not removed');
  const before = await show(id);
  const answer = await change(id, [asTechnical(JANE), asOrganization({})]);
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), ['cannot_remove_organization_contact']);
  assert.deepEqual(await show(id), before);
  assert.deepEqual(await listChanges(id), []);
});

test('all problems of a request come together, each with its place', async () => {
  const id = await create('Problems');
  const before = await show(id);
  const answer = await change(id, [
    asTechnical({ first_name: 'Jane', job_title: 'x'.repeat(65) }),
    { ...JOHN, email: 'nobody', language_id: 'xx' },
  ]);
  assert.equal(answer.status, 400);
  assert.deepEqual(
    answer
      .json<{ errors: Problem[] }>()
      .errors.map(({ code, message }) => `${code} ${message.split(' ')[0]}`),
    [
      'contacts_job_title_too_long contacts[0].job_title',
      'invalid_contacts_email contacts[1].email',
      'invalid_contacts_language_id contacts[1].language_id',
      'missing_contacts_contact_type contacts[1].contact_type',
      'missing_contacts_last_name contacts[0].last_name',
      'missing_contacts_email contacts[0].email',
    ],
  );
  assert.deepEqual(await show(id), before);
});

test("an organization that is not there and another account's are answered the same", async () => {
  const id = await create('Whose');
  const { key, ...unknown } = { key: server.other, body: { contacts: [asTechnical(JANE)] } };
  const absent = await send('PUT', '/organization/999999999/contact', unknown);
  const foreign = await send('PUT', `/organization/${id}/contact`, { key, ...unknown });
  const wrong = await send('PUT', '/organization/999999999/contact', { body: {} });
  assert.equal(absent.status, 404);
  assert.deepEqual(absent.codes(), ['not_found|organization']);
  assert.deepEqual([foreign.status, foreign.text], [absent.status, absent.text]);
  assert.deepEqual([wrong.status, wrong.text], [absent.status, absent.text]);
  const listed = [await listWithForms(999_999_999), await listWithForms(id, server.other)];
  for (const { status, text } of listed) {
    assert.deepEqual([status, text], [absent.status, absent.text]);
  }
  assert.equal((await show(id)).contacts?.length, 1);
});

test('every change is an event with the contact before and after; no change is none', async () => {
  const id = await create('Events');
  const [gia] = (await show(id)).contacts ?? [];
  const [john, jane] = await changeTo(id, [asTechnical(JANE), asOrganization(JOHN)]);
  await changeTo(id, [asTechnical(JANE), asOrganization({ ...JOHN, job_title: 'SRE' })]);
  await changeTo(id, [asTechnical(JANE), asOrganization({ ...JOHN, job_title: 'SRE' })]);
  await changeTo(id, [asTechnical({})]);
  const shown = (await listChanges(id)).map(({ before, after }) => [
    before && `${before.id} ${before.first_name} ${before.job_title}`,
    after && `${after.id} ${after.first_name} ${after.job_title}`,
  ]);
  assert.deepEqual(shown, [
    [undefined, `${jane?.id} Jane `],
    [`${gia?.id} Gia ${gia?.job_title}`, `${john?.id} John `],
    [`${john?.id} John `, `${john?.id} John SRE`],
    [`${jane?.id} Jane `, undefined],
  ]);
});

test('a change of contacts touches no validation', async () => {
  const answer = await send('GET', '/organization?include_validation=true');
  const { organizations } = answer.json<OrganizationList>();
  const validated = organizations.find(({ validations = [] }) =>
    validations.some(({ status }) => status === 'active'),
  );
  assert.ok(validated);
  const path = `/organization/${validated.id}/validation`;
  const before = (await send('GET', path)).text;
  await changeTo(validated.id, [asOrganization(JOHN), asTechnical(JANE)]);
  assert.equal((await send('GET', path)).text, before);
});

test('contacts are shown with the locale of their language and, where it can be told, E.164', async () => {
  const organization_contact = { ...JOHN, telephone: '(030) 90 18 20', language_id: 2 };
  const id = await create('Forms', { country: 'de', state: 'BE', organization_contact });
  await changeTo(id, [asTechnical({ ...JANE, telephone: '12', language_id: 'zh-tw' })]);
  const { contacts } = await listWithForms(id);
  const [john, jane] = (await show(id)).contacts ?? [];
  assert.deepEqual(contacts, [
    { ...john, telephone_e164: '+4930901820', locale: 'de' },
    { ...jane, locale: 'zh_TW' },
  ]);
  assert.equal(john?.telephone, '(030) 90 18 20');
  assert.ok(Value.Check(ROUTES.listOrganizationContacts.success.schema, { contacts }));
  await changeTo(id, [asOrganization({ ...JOHN, telephone: '+1 801 701 9600' })]);
  assert.equal((await listWithForms(id)).contacts[0]?.telephone_e164, '+18017019600');
});

test('a create takes the language of its contact, and refuses one that there is not', async () => {
  const contact = { ...JOHN, language_id: 'JA' };
  const id = await create('Japanese', { organization_contact: contact });
  assert.equal((await show(id)).organization_contact?.language_id, 5);
  const unknown = { ...JOHN, language_id: 13 };
  const body = organizationBody({ name: 'Unknown language', organization_contact: unknown });
  const answer = await send('POST', '/organization', { body });
  assert.deepEqual(answer.codes(), ['invalid_organization_contact_language_id']);
});

test('an imported contact has its language and E.164; one imported without can be given', async () => {
  const file = join(await makeDirectory(), 'contacts.jsonl');
  const organization_contact = { ...JOHN, telephone: '801-701-9600', language_id: 'fr' };
  const bodies = [
    organizationBody({ name: 'Imported with', organization_contact }),
    organizationBody({ name: 'Imported without', organization_contact: undefined }),
  ];
  writeFileSync(file, bodies.map((body) => `${JSON.stringify(body)}\n`).join(''));
  const told = { note: () => {}, line: () => {}, progress: () => {} };
  await importFile({ account_id: 1, is_dry_run: false, file, format: 'jsonl', database }, told);
  const path = '/organization?sort=-id&limit=2';
  const { organizations } = (await send('GET', path)).json<OrganizationList>();
  const [without = 0, with_contact = 0] = organizations.map(({ id }) => id);
  const [imported] = (await listWithForms(with_contact)).contacts;
  assert.deepEqual([imported?.locale, imported?.telephone_e164], ['fr', '+18017019600']);

  assert.equal((await show(without)).contacts, undefined);
  const [technical] = await changeTo(without, [asTechnical(JANE)]);
  assert.equal(technical?.first_name, 'Jane');
  assert.equal((await show(without)).organization_contact, undefined);
  await changeTo(without, [asOrganization(JOHN)]);
  const { organization_contact: given, contacts } = await show(without);
  assert.equal(given?.first_name, 'John');
  assert.deepEqual(contacts, [given, technical]);
});

test('of simultaneous changes one contact of each type remains, and an unbroken row of events', async () => {
  const id = await create('Simultaneous');
  const [gia] = (await show(id)).contacts ?? [];
  const people = Array.from({ length: 20 }, (_, index) => ({ ...JOHN, first_name: `J${index}` }));
  const answers = await Promise.all(
    people.map((person) => change(id, [asOrganization(person), asTechnical(person)])),
  );
  assert.deepEqual(
    answers.map(({ status }) => status),
    people.map(() => 204),
  );
  const { contacts = [] } = await show(id);
  assert.deepEqual(
    contacts.map(({ contact_type }) => contact_type),
    ['organization_contact', 'technical_contact'],
  );
  assert.equal(contacts[0]?.first_name, contacts[1]?.first_name, 'both are of one request');
  const listed = (await listWithForms(id)).contacts;
  assert.deepEqual(
    listed.map((contact) => contact.id),
    contacts.map((contact) => contact.id),
  );
  const changes = await listChanges(id);
  assert.equal(changes.length, 2 * people.length);
  for (const [index, { contact_type }] of contacts.entries()) {
    const row = changes.filter(({ after }) => after?.contact_type === contact_type);
    const before = row.map((one) => one.before?.id);
    const after = row.map((one) => one.after?.id);
    assert.deepEqual(before, [index === 0 ? gia?.id : undefined, ...after.slice(0, -1)]);
    assert.equal(after.at(-1), contacts[index]?.id);
  }
});

test('who may only look at organizations cannot change their contacts', async () => {
  const id = await create('Looked at');
  const body = { contacts: [asTechnical(JANE)] };
  const options = { key: server.view_only, body };
  const answer = await send('PUT', `/organization/${id}/contact`, options);
  assert.equal(answer.status, 403);
  assert.equal((await listWithForms(id, server.view_only)).contacts.length, 1);
});

test('an organization is deleted with both contacts', async () => {
  const id = await create('Deleted');
  await changeTo(id, [asTechnical(JANE)]);
  assert.equal((await send('DELETE', `/organization/${id}`)).status, 204);
  assert.equal((await listWithForms(id)).status, 404);
});
