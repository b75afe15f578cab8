/** The people of orders over HTTP: the documents' own requests, who approves, and who may be named. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Order, Organization } from '@orgvet/contract';
import { deriveDetails, detailsOf } from '../src/domain/organization.ts';
import { renderOrganizationDocument } from '../src/domain/organization-document.ts';
import { insertDivision } from '../src/operations/accounts.ts';
import { insertContact, listContacts } from '../src/store/contacts.ts';
import { addToCount } from '../src/store/counts.ts';
import { insertOrganizationWithId, lockOrganization } from '../src/store/organizations.ts';
import { findUser, insertUserWithId } from '../src/store/users.ts';
import { divisionsOf } from './divisions.ts';
import { type Answer, organizationBody, startServer } from './harness.ts';
import { EV, nextOrganizationName, OV, orderingOf } from './ordering.ts';
import { ADA_ID, createHolder, createUser, ROOT_ID } from './people.ts';

const server = await startServer();
const { send } = server;
const { order, place, show, showOrder, showValidation, makeOrganization, listLinks, confirm } =
  orderingOf(server);
const { makeBelow, makePerson } = divisionsOf(server);

/** A user who has what an approver must have. */
const DESTINEE_ID = 184;

const PERSON = {
  first_name: 'Jill',
  last_name: 'Valentine',
  email: 'jill.valentine@example.com',
  job_title: 'STAR Member',
  telephone: '8017019600',
};

// The documents' requests, byte for byte, and what they name: by their ids, past HTTP.

const OV_REQUEST = `{
  "certificate": {
    "common_name": "example.com",
    "dns_names": [
      "sub.example.com",
      "app.example.com"
    ],
    "csr": "<csr>",
    "server_platform": {
      "id": 45
    },
    "signature_hash": "sha256",
    "organization_units": [
      "Accounting department"
    ]
  },
  "validity_years": 2,
  "comments": "Message for the approver",
  "disable_renewal_notifications": true,
  "locale": "en",
  "payment_method": "balance",
  "skip_approval": true,
  "organization": {
    "id": 123456
  },
  "custom_fields": [
    {
      "metadata_id": 11,
      "value": "Invoice #00001"
    }
  ]
}
`;

const EV_REQUEST = `{
  "certificate": {
    "common_name": "example.com",
    "dns_names": [
      "sub.example.com",
      "app.example.com"
    ],
    "csr": "<csr>",
    "signature_hash": "sha256",
    "organization_units": [
      "Shared Services"
    ],
    "server_platform": {
      "id": 2
    }
  },
  "comments": "Certificate for app server.",
  "container": {
    "id": 334455
  },
  "auto_renew": 1,
  "custom_renewal_message": "Keep this renewed.",
  "organization": {
    "id": 123456,
    "contacts": [
      {
        "contact_type": "ev_approver",
        "user_id": 565622
      },
      {
        "contact_type": "organization_contact",
        "user_id": 565611
      },
      {
        "contact_type": "technical_contact",
        "first_name": "Jill",
        "last_name": "Valentine",
        "job_title": "STAR Member",
        "telephone": "8017019600",
        "email": "jill.valentine@digicert.com"
      }
    ]
  },
  "validity_years": 2,
  "payment_method": "balance"
}
`;

const DOCUMENTED = {
  organization: 123_456,
  container: 334_455,
  approver: 565_622,
  contact: 565_611,
};

/** Gives the demo account what the documents' requests name: copies of what it has, with those ids. */
async function insertDocumented(): Promise<void> {
  const account_id = 1;
  await server.app.environment.store.transaction(async (tx) => {
    const model = await lockOrganization(tx, account_id, 112_233);
    const user = await findUser(tx, account_id, DESTINEE_ID);
    assert.ok(model && user);
    const { organization: id, container } = DOCUMENTED;
    const details = detailsOf({ ...model, name: 'Documented Ltd' });
    const document = renderOrganizationDocument(id, details, true);
    const row = { ...model, ...details, ...deriveDetails(details), id, document };
    await insertOrganizationWithId(tx, { ...row, is_pending: 0, has_validations: 0 });
    await addToCount(tx, { ...row, is_pending: 0 }, 1);
    for (const { id: _, ...contact } of await listContacts(tx, account_id, model.id)) {
      await insertContact(tx, { ...contact, account_id, organization_id: id });
    }
    const division = { account_id, parent_id: ROOT_ID, id: container, name: 'Documented' };
    await insertDivision(tx, { ...division, description: '' }, () => new Uint8Array(16));
    for (const copy of [DOCUMENTED.approver, DOCUMENTED.contact]) {
      const username = `documented-${copy}`;
      await insertUserWithId(tx, { ...user, id: copy, username, username_folded: username });
    }
  });
}

await insertDocumented();

async function replay(product: string, request: string): Promise<Order> {
  const answer = await send('POST', `/order/certificate/${product}`, { raw: request });
  assert.equal(answer.status, 201, answer.text);
  return await showOrder(answer.json<{ id: number }>().id);
}

test("the documents' request for an OV certificate is taken as it stands", async () => {
  const { certificate, organization, ...shown } = await replay(OV, OV_REQUEST);
  assert.equal(organization.id, DOCUMENTED.organization);
  assert.equal(certificate.csr, '<csr>');
  assert.deepEqual(certificate.dns_names, ['sub.example.com', 'app.example.com']);
  assert.deepEqual(certificate.organization_units, ['Accounting department']);
  assert.equal(shown.disable_renewal_notifications, true);
  assert.equal(shown.validity_years, 2);
  assert.equal(shown.requests[0]?.comments, 'Message for the approver');
  assert.equal(shown.organization_contact?.name, 'Destinee Church');
  assert.equal(shown.verified_contacts, undefined);
});

test("the documents' request for an EV certificate is taken as it stands, with all its contacts", async () => {
  const shown = await replay(EV, EV_REQUEST);
  assert.equal(shown.container.id, DOCUMENTED.container);
  assert.deepEqual(
    shown.verified_contacts?.map(({ user_id, name }) => ({ user_id, name })),
    [{ user_id: DOCUMENTED.approver, name: 'Destinee Church' }],
  );
  assert.equal(shown.organization_contact?.user_id, DOCUMENTED.contact);
  assert.deepEqual(shown.technical_contact, {
    ...PERSON,
    name: 'Jill Valentine',
    email: 'jill.valentine@digicert.com',
  });
});

/** The verified contacts of an organization, as organization info shows them. */
const listApprovers = async (id: number) =>
  (await show<Organization>(`/organization/${id}`)).verified_contacts ?? [];

const name = (...contacts: object[]) =>
  contacts.map((contact) => ({ contact_type: 'verified_contact', ...contact }));

test('whoever is named to approve becomes a verified contact of the organization, and is asked', async () => {
  const id = await makeOrganization();
  const contacts = name({ user_id: DESTINEE_ID }, PERSON);
  const { verified_contacts } = await showOrder((await place(EV, { id, contacts })).id);
  assert.deepEqual(
    verified_contacts?.map((contact) => contact.name),
    ['Destinee Church', 'Jill Valentine'],
  );
  assert.deepEqual(
    (await listApprovers(id)).map(({ user_id, verified_roles }) => ({ user_id, verified_roles })),
    ['184', '0'].map((user_id) => ({
      user_id,
      verified_roles: [
        { validation_type: 'EV', status: 'pending' },
        { validation_type: 'EV_CS', status: 'pending' },
      ],
    })),
  );
  assert.equal((await listLinks(id)).length, 2);
});

test('whoever is named twice is one contact of the order', async () => {
  const id = await makeOrganization();
  const contacts = name({ user_id: DESTINEE_ID }, { user_id: DESTINEE_ID }, PERSON, PERSON);
  const { verified_contacts } = await showOrder((await place(EV, { id, contacts })).id);
  assert.equal(verified_contacts?.length, 2);
  assert.equal((await listApprovers(id)).length, 2);
});

test('who was asked for the organization already approves where nobody is named', async () => {
  const id = await makeOrganization();
  await place(EV, { id, contacts: name(PERSON) });
  const { verified_contacts } = await showOrder((await place(EV, id)).id);
  assert.deepEqual(verified_contacts, [{ ...PERSON, name: 'Jill Valentine' }]);
  assert.equal((await listLinks(id)).length, 1);
});

test('who was asked for another kind of certificate, or was withdrawn, does not approve', async () => {
  const id = await makeOrganization();
  await place('code_signing', { id, contacts: name(PERSON) });
  const first = await showOrder((await place(EV, id)).id);
  assert.deepEqual(
    first.verified_contacts?.map(({ user_id }) => user_id),
    [ADA_ID],
  );
  const ada = (await listApprovers(id)).find(({ user_id }) => user_id === String(ADA_ID));
  const path = `/vetting/v1/organization/${id}/verified-contact/${ada?.id}/withdraw`;
  const withdrawal = await fetch(`${server.origin}${path}`, {
    method: 'PUT',
    headers: { 'X-DC-DEVKEY': server.administrator },
    body: JSON.stringify({ reason: 'Left' }),
  });
  assert.equal(withdrawal.status, 204);
  await place(EV, { id, contacts: name({ user_id: DESTINEE_ID }) });
  const later = await showOrder((await place(EV, id)).id);
  assert.deepEqual(
    later.verified_contacts?.map(({ user_id }) => user_id),
    [DESTINEE_ID],
  );
  assert.deepEqual(await showOrder(first.id), first);
});

test('where nobody approves yet, the owner of the key does: who has a job title and a telephone', async () => {
  const id = await makeOrganization();
  const { verified_contacts } = await showOrder((await place(EV, id)).id);
  assert.deepEqual(
    verified_contacts?.map(({ user_id, name: shown }) => ({ user_id, name: shown })),
    [{ user_id: ADA_ID, name: 'Ada Adler' }],
  );
  const without = await createHolder(server, { access_roles: [{ id: 1 }] });
  const refused = await order(EV, await makeOrganization(), {}, without.key);
  assert.deepEqual(refused.codes(), ['missing_organization_contacts']);
  assert.equal((await order(OV, await makeOrganization(), {}, without.key)).status, 201);
});

test('the owner of the key approves for a new organization too', async () => {
  const { organization_contact, ...details } = organizationBody({ name: nextOrganizationName() });
  const contacts = [{ contact_type: 'organization_contact', user_id: DESTINEE_ID }];
  assert.ok(organization_contact);
  const { id, organization } = await place(EV, { ...details, contacts });
  const shown = await showOrder(id);
  assert.deepEqual(
    shown.verified_contacts?.map(({ user_id }) => user_id),
    [ADA_ID],
  );
  const made = await show<Organization>(`/organization/${organization.id}`);
  assert.equal(made.organization_contact?.email, 'destinee.church@example.com');
  assert.deepEqual(
    made.verified_contacts?.map(({ user_id }) => user_id),
    [String(ADA_ID)],
  );
});

test('a user without job title or telephone approves nothing, but may be any other contact', async () => {
  const id = await makeOrganization();
  const user_id = await createUser(server, { job_title: 'Agent' });
  const refused = await order(EV, { id, contacts: name({ user_id }) });
  assert.deepEqual(refused.codes(), ['invalid_organization_contacts_user_id']);
  assert.match(refused.text, /needs a job title and a telephone number/);
  const contacts = [{ contact_type: 'technical_contact', user_id }];
  assert.equal((await order(EV, { id, contacts })).status, 201);
});

/** What a contact's user is called where there is no such user. */
const refusalOf = (answer: Answer, user_id: number) => {
  assert.deepEqual(answer.codes(), ['invalid_organization_contacts_user_id']);
  return answer.text.replaceAll(String(user_id), '?');
};

test('a user of another account, one out of view and none at all are the same', async () => {
  const id = await makeOrganization();
  const contact = (user_id: number) => ({
    id,
    contacts: [{ contact_type: 'technical_contact', user_id }],
  });
  const absent = refusalOf(await order(OV, contact(999_999)), 999_999);
  assert.equal(refusalOf(await order(OV, contact(5101)), 5101), absent);
  const restricted = await makePerson(1, [await makeBelow(ROOT_ID)]);
  const own = await makeOrganization({}, restricted.key);
  const unseen = await order(OV, { ...contact(DESTINEE_ID), id: own }, {}, restricted.key);
  assert.equal(refusalOf(unseen, DESTINEE_ID), absent);
});

test('people who are no users approve only while the account allows it', async () => {
  const id = await makeOrganization();
  const allow = async (allow_non_user_verified_contacts: boolean) =>
    await fetch(`${server.origin}/vetting/v1/account/settings`, {
      method: 'PUT',
      headers: { 'X-DC-DEVKEY': server.administrator },
      body: JSON.stringify({ allow_non_user_verified_contacts }),
    });
  assert.ok((await allow(false)).ok);
  const refused = await order(EV, { id, contacts: name(PERSON) });
  assert.deepEqual(refused.codes(), ['non_user_verified_contacts_not_allowed']);
  const technical = { ...PERSON, contact_type: 'technical_contact' };
  assert.equal((await order(EV, { id, contacts: [technical] })).status, 201);
  assert.equal((await order(OV, { id, contacts: name(PERSON) })).status, 201);
  assert.ok((await allow(true)).ok);
  assert.equal((await order(EV, { id, contacts: name(PERSON) })).status, 201);
});

test('what an order shows of whoever approves is as it was, whatever they become', async () => {
  const id = await makeOrganization();
  const created = await place(EV, { id, contacts: name(PERSON) });
  const before = await showOrder(created.id);
  await place(EV, { id, contacts: name({ ...PERSON, job_title: 'Captain' }) });
  const [link] = await listLinks(id);
  await confirm(link ?? '');
  assert.deepEqual(await showOrder(created.id), before);
  const [validation] = (await showValidation(created.id)).organization_validations;
  assert.deepEqual(
    validation?.verified_contacts?.map(({ job_title, status }) => ({ job_title, status })),
    [{ job_title: 'Captain', status: 'active' }],
  );
});
