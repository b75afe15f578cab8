// Proves that organizations are rendered as JSON in the recorded member order, with absent members left
// out, whatever their texts hold.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { OrganizationDetails } from './organization.ts';
import {
  describeValidations,
  renderAssignmentsDocument,
  renderContactDocument,
  renderContainerDocument,
  renderInfoParts,
  renderListValidations,
  renderOrganizationDocument,
  type ValidationRecord,
  type VerifiedContactRecord,
} from './organization-document.ts';

/** The object that members behind an id make. */
function parseMembers(members: string): Record<string, unknown> {
  return JSON.parse(`{"id":112233${members}}`);
}

/** Texts as JavaScript has them, lone surrogates included: what is kept must come out again. */
const text = fc
  .array(fc.oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10_ffff)))
  .map((codes) => String.fromCodePoint(...codes));

const details: fc.Arbitrary<OrganizationDetails> = fc.record({
  name: text,
  assumed_name: fc.oneof(fc.constant(''), text),
  address: text,
  address2: fc.oneof(fc.constant(''), text),
  city: text,
  state: text,
  zip: text,
  country: fc.constantFrom('US', 'DE', 'JP'),
  telephone: fc.oneof(fc.constant(''), text),
});

const RECORDED_ORDER = [
  'id',
  'status',
  'name',
  'assumed_name',
  'display_name',
  'is_active',
  'is_hidden',
  'address',
  'address2',
  'city',
  'state',
  'zip',
  'country',
  'telephone',
];

test('any organization parses to its details in the recorded order, absent ones left out', () => {
  fc.assert(
    fc.property(details, fc.boolean(), (organization, is_active) => {
      const document = JSON.parse(`${renderOrganizationDocument(7, organization, is_active)}}`);
      const { name, assumed_name, address2, telephone } = organization;
      const absent = Object.entries({ assumed_name, address2, telephone })
        .filter(([, value]) => value === '')
        .map(([member]) => member);
      assert.deepEqual(
        Object.keys(document),
        RECORDED_ORDER.filter((member) => !absent.includes(member)),
      );
      for (const [member, value] of Object.entries(organization)) {
        assert.equal(document[member], absent.includes(member) ? undefined : value);
      }
      assert.equal(document.status, is_active ? 'active' : 'inactive');
      assert.equal(document.is_active, is_active);
      assert.equal(document.is_hidden, false);
      assert.equal(document.display_name, assumed_name ? `${name} (${assumed_name})` : name);
    }),
  );
});

test('a rendered organization is, character for character, its members in the recorded order', () => {
  const members = renderOrganizationDocument(
    1,
    {
      name: 'Example Organization Inc.',
      assumed_name: 'Example Org',
      address: '123 Fake Stree',
      address2: 'Floor 55',
      city: 'Lehi',
      state: 'ut',
      zip: '84043',
      country: 'US',
      telephone: '801-701-9600',
    },
    true,
  );
  assert.equal(
    members,
    '{"id":1,"status":"active","name":"Example Organization Inc.","assumed_name":"Example Org",' +
      '"display_name":"Example Organization Inc. (Example Org)","is_active":true,' +
      '"is_hidden":false,"address":"123 Fake Stree","address2":"Floor 55","city":"Lehi",' +
      '"state":"ut","zip":"84043","country":"US","telephone":"801-701-9600"',
  );
});

test('a container is rendered with its four members, and with nothing else that it has', () => {
  const container = { name: 'A "quoted" one', is_active: false, parent_id: 0, id: 4, ekey: 'x' };
  assert.equal(
    renderContainerDocument(container),
    ',"container":{"id":4,"parent_id":0,"name":"A \\"quoted\\" one","is_active":false}',
  );
});

test('assigned containers are texts, and no assignment is no member', () => {
  assert.equal(
    renderAssignmentsDocument([112234, 112235]),
    ',"container_id_assignments":["112234","112235"]',
  );
  assert.equal(renderAssignmentsDocument([]), '');
});

const NOW = '2019-01-01T00:00:00+00:00';

const OV: ValidationRecord = {
  type: 'ov',
  date_created: '2018-10-09T19:29:02+00:00',
  validated_until: '2019-11-09T20:28:55+00:00',
};
const EV: ValidationRecord = { type: 'ev', date_created: '', validated_until: '' };
const CS: ValidationRecord = { ...OV, type: 'cs', validated_until: NOW };

const USER: VerifiedContactRecord = {
  id: 9,
  user_id: 184,
  first_name: 'Destinee',
  last_name: 'Church',
  job_title: 'Security Officer',
  telephone: '801-555-0184',
  telephone_extension: '',
  email: 'destinee.church@example.com',
  withdrawn_at: '',
  roles: [
    { role: 'CS', status: 'active' },
    { role: 'EV_CS', status: 'pending' },
    { role: 'EV', status: 'pending' },
  ],
};

const PERSON: VerifiedContactRecord = {
  ...USER,
  id: 10,
  user_id: 0,
  first_name: 'John',
  last_name: 'Doe',
  job_title: '',
  telephone: '',
  telephone_extension: '12',
  roles: [{ role: 'EV', status: 'active' }],
};

test('a validation shows its names, its times once it has them, and its status now', () => {
  assert.deepEqual(describeValidations([OV, EV, CS], [], NOW), [
    {
      type: 'ov',
      name: 'OV',
      description: 'Normal Organization Validation',
      date_created: '2018-10-09T19:29:02+00:00',
      validated_until: '2019-11-09T20:28:55+00:00',
      status: 'active',
    },
    {
      type: 'ev',
      name: 'EV',
      description: 'Extended Organization Validation (EV)',
      status: 'pending',
    },
    {
      type: 'cs',
      name: 'CS',
      description: 'Code Signing Organization Validation',
      date_created: '2018-10-09T19:29:02+00:00',
      validated_until: NOW,
      status: 'expired',
    },
  ]);
});

test('the members of a validation stand in the order of the documents', () => {
  const [validation] = describeValidations([{ ...OV, type: 'cs' }], [USER], NOW);
  assert.deepEqual(Object.keys(validation ?? {}), [
    'type',
    'name',
    'description',
    'date_created',
    'validated_until',
    'status',
    'verified_users',
  ]);
});

test('a validation shows the users with the role of its type, and nobody who is no user', () => {
  const described = describeValidations([OV, EV, CS], [USER, PERSON], NOW);
  const user = { id: 184, first_name: 'Destinee', last_name: 'Church' };
  assert.deepEqual(
    described.map(({ verified_users }) => verified_users),
    [undefined, [user], [user]],
  );
});

/** A user who has confirmed for `ev`. */
const APPROVER: VerifiedContactRecord = {
  ...USER,
  id: 11,
  user_id: 12,
  first_name: 'Ada',
  last_name: 'Adler',
  roles: [{ role: 'EV', status: 'active' }],
};
const APPROVERS = [{ id: 12, first_name: 'Ada', last_name: 'Adler' }];

const NO_CONTACTS = { contact_document: '', technical_contact_document: '' };

test('a list shows validations and the users who may approve, or neither member', () => {
  const members = parseMembers(renderListValidations([EV], [USER, PERSON, APPROVER], NOW));
  assert.deepEqual(Object.keys(members), ['id', 'validations', 'ev_approvers']);
  assert.deepEqual(members.ev_approvers, APPROVERS);
  assert.equal(renderListValidations([], [], NOW), '');
});

test('organization info shows the users who may approve after all verified contacts', () => {
  const members = parseMembers(renderInfoParts([], [USER, APPROVER], NO_CONTACTS, () => NOW));
  assert.deepEqual(Object.keys(members), ['id', 'verified_contacts', 'ev_approvers']);
  assert.deepEqual(members.ev_approvers, APPROVERS);
});

test('nobody approves who has not confirmed for ev, is no user, or was withdrawn', () => {
  const others: VerifiedContactRecord[] = [
    USER,
    PERSON,
    { ...APPROVER, withdrawn_at: NOW },
    { ...APPROVER, roles: [{ role: 'EV', status: 'declined' }] },
    { ...APPROVER, roles: [{ role: 'EV_CS', status: 'active' }] },
  ];
  for (const other of others) {
    const members = parseMembers(renderListValidations([EV], [other], NOW));
    assert.deepEqual(Object.keys(members), ['id', 'validations']);
  }
});

test('a user who is withdrawn from a moment to come approves until then', () => {
  const leaving = { ...APPROVER, withdrawn_at: '2019-01-01T00:00:01+00:00' };
  const members = parseMembers(renderListValidations([EV], [leaving], NOW));
  assert.deepEqual(members.ev_approvers, APPROVERS);
});

test('a user who was withdrawn and named again is shown once', () => {
  const again = { ...APPROVER, id: 12 };
  const leaving = { ...APPROVER, withdrawn_at: '2019-01-01T00:00:01+00:00' };
  const members = parseMembers(renderListValidations([EV], [leaving, again], NOW));
  assert.deepEqual(members.ev_approvers, APPROVERS);
  for (const time of [NOW, leaving.withdrawn_at]) {
    const [ev] = describeValidations([EV], [leaving, again], time);
    assert.deepEqual(ev?.verified_users, APPROVERS);
  }
});

test('each role of a withdrawn contact is withdrawn, and the contact serves no validation', () => {
  const withdrawn = { ...USER, withdrawn_at: NOW };
  const members = parseMembers(renderInfoParts([CS], [withdrawn], NO_CONTACTS, () => NOW));
  const [contact] = members.verified_contacts as { verified_roles: unknown }[];
  assert.deepEqual(contact?.verified_roles, [
    { validation_type: 'EV', status: 'withdrawn' },
    { validation_type: 'EV_CS', status: 'withdrawn' },
    { validation_type: 'CS', status: 'withdrawn' },
  ]);
  assert.equal(describeValidations([CS], [withdrawn], NOW)[0]?.verified_users, undefined);
});

test('a verified contact shows its user as a text, "0" for none, and its roles in order', () => {
  const { verified_contacts } = parseMembers(
    renderInfoParts([], [USER, PERSON], NO_CONTACTS, () => NOW),
  );
  assert.deepEqual(verified_contacts, [
    {
      id: 9,
      user_id: '184',
      name: 'Destinee Church',
      first_name: 'Destinee',
      last_name: 'Church',
      job_title: 'Security Officer',
      telephone: '801-555-0184',
      email: 'destinee.church@example.com',
      verified_roles: [
        { validation_type: 'EV', status: 'pending' },
        { validation_type: 'EV_CS', status: 'pending' },
        { validation_type: 'CS', status: 'active' },
      ],
    },
    {
      id: 10,
      user_id: '0',
      name: 'John Doe',
      first_name: 'John',
      last_name: 'Doe',
      telephone_extension: '12',
      email: 'destinee.church@example.com',
      verified_roles: [{ validation_type: 'EV', status: 'active' }],
    },
  ]);
});

const CONTACT = {
  id: 5,
  first_name: 'Jane',
  last_name: 'Doe',
  email: 'jane.doe@example.com',
  job_title: 'Manager',
  telephone: '555-555-0100',
  telephone_extension: '736',
  language_id: 1,
  contact_type: 'organization_contact' as const,
};

test('a contact shows its members in the recorded order, and the ones it has', () => {
  assert.equal(
    renderContactDocument(CONTACT),
    '{"id":5,"first_name":"Jane","last_name":"Doe","email":"jane.doe@example.com",' +
      '"job_title":"Manager","telephone":"555-555-0100","telephone_extension":"736",' +
      '"language_id":1,"name":"Jane Doe","contact_type":"organization_contact"}',
  );
  const bare = { ...CONTACT, job_title: '', telephone: '', telephone_extension: '' };
  assert.deepEqual(Object.keys(JSON.parse(renderContactDocument(bare))), [
    'id',
    'first_name',
    'last_name',
    'email',
    'language_id',
    'name',
    'contact_type',
  ]);
});

const TECHNICAL_CONTACT = { ...CONTACT, id: 6, contact_type: 'technical_contact' as const };

test('a technical contact alone is among all contacts, and is no organization contact', () => {
  const technical_contact_document = renderContactDocument(TECHNICAL_CONTACT);
  const contacts = { ...NO_CONTACTS, technical_contact_document };
  assert.equal(
    renderInfoParts([], [], contacts, () => NOW),
    `,"contacts":[${technical_contact_document}]`,
  );
});

test('organization info shows the organization contact by itself and among all contacts', () => {
  const contacts = {
    contact_document: renderContactDocument(CONTACT),
    technical_contact_document: renderContactDocument(TECHNICAL_CONTACT),
  };
  const members = parseMembers(renderInfoParts([OV], [USER], contacts, () => NOW));
  assert.deepEqual(Object.keys(members), [
    'id',
    'validations',
    'organization_contact',
    'verified_contacts',
    'contacts',
  ]);
  assert.deepEqual(members.organization_contact, JSON.parse(renderContactDocument(CONTACT)));
  assert.deepEqual(
    members.contacts,
    Object.values(contacts).map((contact) => JSON.parse(contact)),
  );
  assert.equal(
    renderInfoParts([], [], NO_CONTACTS, () => NOW),
    '',
  );
});
