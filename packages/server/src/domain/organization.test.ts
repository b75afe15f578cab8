// Proves what "Create organization" and a change of details accept and refuse, and what follows from
// the details.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VALIDATION_TYPE_NAMES } from '@orgvet/contract';
import fc from 'fast-check';
import {
  checkOrganizationCreate,
  checkOrganizationDetails,
  deriveDetails,
  detailsOf,
  displayName,
  listChangedDetails,
  type OrganizationDetails,
} from './organization.ts';

/** The example request of the document "Create organization". */
const EXAMPLE = {
  name: 'Example Organization, LLC',
  assumed_name: 'Example Organization',
  country: 'us',
  address: 'ABC Movers',
  address2: 'Floor 08',
  city: 'Springfield',
  state: 'Virginia',
  zip: '22162',
  telephone: '555-555-0100',
  organization_contact: {
    first_name: 'Jane',
    last_name: 'Doe',
    job_title: 'Manager',
    email: 'jane.doe@example.com',
    telephone: '555-555-0100',
    telephone_extension: '736',
  },
};

const JOHN = {
  first_name: 'John',
  last_name: 'Doe',
  job_title: 'Site Reliability Engineer',
  telephone: '555-555-1001',
  email: 'john.doe@example.com',
};

const DETAILS: OrganizationDetails = detailsOf(checkOrganizationCreate(EXAMPLE).request);

function codesOf(changes: Readonly<Record<string, unknown>>): string[] {
  return checkOrganizationCreate({ ...EXAMPLE, ...changes }).problems.map(({ code }) => code);
}

function codesWithContact(changes: Readonly<Record<string, unknown>>): string[] {
  return codesOf({ organization_contact: { ...EXAMPLE.organization_contact, ...changes } });
}

test('both example requests of the document are accepted as they stand', () => {
  assert.deepEqual(checkOrganizationCreate(EXAMPLE), {
    problems: [],
    request: EXAMPLE,
    skips_duplicate_check: false,
  });
  const validations = [{ type: 'ov' }, { type: 'ev', verified_users: [{ id: 7286246 }, JOHN] }];
  assert.deepEqual(codesOf({ validations }), []);
});

test('all six validation types are accepted together', () => {
  const validations = VALIDATION_TYPE_NAMES.map((type) => ({ type, verified_users: [JOHN] }));
  assert.deepEqual(codesOf({ validations }), []);
});

test('all problems of a create come together, those of single members and those between them', () => {
  const { problems } = checkOrganizationCreate({
    name: 'n'.repeat(40),
    assumed_name: 'a'.repeat(40),
    country: 'xx',
    address: 'a'.repeat(65),
    zip: true,
    telephone: ' ',
    organization_contact: { first_name: 'Jane', email: 'jane' },
    validations: [{ type: 'ov' }, { type: 'ov' }, { type: 'ev' }, { type: 'vmc' }],
  });
  assert.deepEqual(problems.map(({ code }) => code).sort(), [
    'address_too_long',
    'invalid_country',
    'invalid_organization_contact_email',
    'invalid_validations_type',
    'invalid_zip',
    'missing_city',
    'missing_organization_contact_last_name',
    'missing_state',
    'missing_telephone',
    'missing_validations_verified_users',
    'name_too_long',
    'validation_type_duplicate',
  ]);
});

test('a body that is no object is refused without a throw', () => {
  for (const body of [null, undefined, [], 'x', 5]) {
    assert.deepEqual(
      checkOrganizationCreate(body).problems.map(({ code }) => code),
      ['bad_request_format'],
    );
    assert.equal(checkOrganizationDetails(body).problems[0]?.code, 'bad_request_format');
  }
});

test('optional members that are null or blank are absent', () => {
  const { problems, request } = checkOrganizationCreate({
    ...EXAMPLE,
    assumed_name: '',
    address2: ' ',
    skip_duplicate_org_check: null,
    validations: null,
    organization_contact: { ...EXAMPLE.organization_contact, telephone: null, job_title: '' },
  });
  assert.deepEqual(problems, []);
  assert.equal(detailsOf(request).assumed_name, '');
  assert.equal(detailsOf(request).address2, '');
  assert.deepEqual(
    ['assumed_name', 'address2', 'skip_duplicate_org_check', 'validations'].filter((member) =>
      Object.hasOwn(request, member),
    ),
    [],
  );
  assert.deepEqual(Object.keys(request.organization_contact), [
    'first_name',
    'last_name',
    'email',
    'telephone_extension',
  ]);
});

test('numbers are taken as zip and telephone', () => {
  const { problems, request } = checkOrganizationCreate({
    ...EXAMPLE,
    zip: 22162,
    telephone: 5555550100,
    organization_contact: {
      ...EXAMPLE.organization_contact,
      telephone: 5555550100,
      telephone_extension: 0,
    },
    validations: [{ type: 'ev', verified_users: [{ ...JOHN, telephone: 5555551001 }] }],
  });
  assert.deepEqual(problems, []);
  assert.equal(request.zip, '22162');
  assert.equal(request.telephone, '5555550100');
  assert.equal(request.organization_contact.telephone, '5555550100');
  assert.equal(request.organization_contact.telephone_extension, '0');
  assert.equal(request.validations?.[0]?.verified_users?.[0]?.telephone, '5555551001');
});

test('members that nobody knows are ignored', () => {
  const { problems, request } = checkOrganizationCreate({
    ...EXAMPLE,
    container: { id: 4 },
    id: 5,
    status: 'active',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(request, EXAMPLE);
});

test('members named __proto__ or constructor do no harm and set nothing', () => {
  const hostile = JSON.stringify(EXAMPLE).replace(
    '{',
    '{"__proto__":{"skip_duplicate_org_check":true},"constructor":{"prototype":{"polluted":1}},',
  );
  const { problems, request, skips_duplicate_check } = checkOrganizationCreate(JSON.parse(hostile));
  assert.deepEqual(problems, []);
  assert.deepEqual(request, EXAMPLE);
  assert.equal(skips_duplicate_check, false);
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
});

test('the duplicate check is skipped by true in either place, and by nothing else', () => {
  const skips = (changes: object) =>
    checkOrganizationCreate({ ...EXAMPLE, ...changes }).skips_duplicate_check;
  assert.equal(skips({}), false);
  assert.equal(skips({ skip_duplicate_org_check: true }), true);
  assert.equal(skips({ organization: { skip_duplicate_org_check: true } }), true);
  assert.equal(skips({ skip_duplicate_org_check: false, organization: {} }), false);
  assert.deepEqual(codesOf({ skip_duplicate_org_check: 'true' }), [
    'invalid_skip_duplicate_org_check',
  ]);
  assert.deepEqual(codesOf({ organization: { skip_duplicate_org_check: 1 } }), [
    'invalid_organization_skip_duplicate_org_check',
  ]);
});

test('a change of details needs no contact, ignores one, and knows the flag too', () => {
  const { organization_contact: _, ...details } = EXAMPLE;
  assert.deepEqual(checkOrganizationDetails(details), {
    problems: [],
    request: details,
    skips_duplicate_check: false,
  });
  const { problems, request, skips_duplicate_check } = checkOrganizationDetails({
    ...EXAMPLE,
    organization_contact: 5,
    validations: 'none',
    organization: { skip_duplicate_org_check: true },
  });
  assert.deepEqual(problems, []);
  assert.equal(skips_duplicate_check, true);
  assert.equal(Object.hasOwn(request, 'organization_contact'), false);
});

test('a country is an assigned code in any case, answered in upper case', () => {
  for (const country of ['us', 'US', 'uS', 'de', 'JP']) {
    assert.deepEqual(codesOf({ country }), []);
  }
  for (const country of ['xx', 'usa', 'u', 'UK', ' us', '12']) {
    assert.deepEqual(codesOf({ country }), ['invalid_country'], country);
  }
  assert.equal(DETAILS.country, 'US');
});

test('a country of letters that only become a code in upper case is refused', () => {
  for (const country of ['ß', 'ﬁ', 'ıt', 'ſe']) {
    assert.deepEqual(codesOf({ country }), ['invalid_country'], country);
  }
});

test('an email address is one that mail can be sent to, of any script', () => {
  for (const email of ['a@example.com', "o'neil+x@mail.example.org", 'jürgen@müller.example']) {
    assert.deepEqual(codesWithContact({ email }), [], email);
  }
  for (const email of [
    'jane',
    '@example.com',
    'jane@',
    'a b@example.com',
    'a@b',
    'a@example.com,',
  ]) {
    assert.deepEqual(codesWithContact({ email }), ['invalid_organization_contact_email'], email);
  }
});

test('a name that shows nothing is no name', () => {
  for (const name of [' ', '\u3000', '\u200B', '\u00AD\u2060', '\uFEFF']) {
    assert.deepEqual(codesOf({ name }), ['missing_name'], JSON.stringify(name));
  }
});

test('the faults of a verified person are named once, not again as missing', () => {
  const withPerson = (changes: object) =>
    codesOf({ validations: [{ type: 'ev', verified_users: [{ ...JOHN, ...changes }] }] });
  assert.deepEqual(withPerson({ email: 'john' }), ['invalid_validations_verified_users_email']);
  assert.deepEqual(withPerson({ first_name: 'x'.repeat(129) }), [
    'validations_verified_users_first_name_too_long',
  ]);
  assert.deepEqual(codesOf({ validations: [{ type: 'ev', verified_users: 'John' }] }), [
    'invalid_validations_verified_users',
  ]);
  assert.deepEqual(codesOf({ validations: [{ type: 'ev', verified_users: [{ id: 'x' }] }] }), [
    'invalid_validations_verified_users_id',
  ]);
});

test('beside the id of a verified user the other members are ignored, whatever they hold', () => {
  const user = { id: 184, first_name: 5, last_name: 'x'.repeat(129), email: 'none', telephone: {} };
  assert.deepEqual(codesOf({ validations: [{ type: 'ev', verified_users: [user] }] }), []);
});

test('a blank id of a verified user is as good as none', () => {
  for (const id of [null, '', ' ', '\u3000']) {
    const validations = [{ type: 'ev', verified_users: [{ ...JOHN, id }] }];
    assert.deepEqual(codesOf({ validations }), [], JSON.stringify(id));
  }
});

test('verified users of a type that does not use them are ignored, whatever they hold', () => {
  for (const type of ['ov', 'ds', 'smime']) {
    for (const verified_users of ['John', [5], [{}], [{ id: 'x' }], {}]) {
      assert.deepEqual(codesOf({ validations: [{ type, verified_users }] }), []);
    }
  }
});

test('a validation of a wrong form is named, whatever stands beside it', () => {
  assert.deepEqual(codesOf({ validations: 'ov' }), ['invalid_validations']);
  assert.deepEqual(codesOf({ validations: [null, 'ov', [], { type: 'ov' }] }), [
    'invalid_validations',
    'invalid_validations',
    'invalid_validations',
  ]);
  assert.deepEqual(codesOf({ validations: [{ verified_users: [JOHN] }] }), [
    'missing_validations_type',
  ]);
  assert.deepEqual(codesOf({ validations: [{ type: 'EV', verified_users: [JOHN] }] }), [
    'invalid_validations_type',
  ]);
});

test('a verified user whom only a prototype has is none', () => {
  const validations = JSON.parse('[{"type":"ev","__proto__":{"verified_users":[{"id":1}]}}]');
  assert.deepEqual(codesOf({ validations }), ['missing_validations_verified_users']);
});

test('absent texts of the details are empty, and the rest is as it was sent', () => {
  const { request } = checkOrganizationCreate({ ...EXAMPLE, assumed_name: null, address2: null });
  assert.deepEqual(detailsOf(request), { ...DETAILS, assumed_name: '', address2: '' });
  assert.deepEqual(detailsOf({ ...EXAMPLE, state: 'vA', name: ' Two  Spaces ' }), {
    ...DETAILS,
    state: 'vA',
    name: ' Two  Spaces ',
  });
});

test('the name of the state is found from a code, and is what was sent where it is unknown', () => {
  assert.equal(deriveDetails({ ...DETAILS, state: 'va' }).state_name, 'Virginia');
  assert.equal(deriveDetails({ ...DETAILS, state: 'US-VA' }).state_name, 'Virginia');
  assert.equal(deriveDetails({ ...DETAILS, state: 'Nowhere' }).state_name, 'Nowhere');
});

test('what is sorted by is folded, each detail by itself', () => {
  const { name_folded, address_folded, city_folded, state_folded, zip_folded, telephone_folded } =
    deriveDetails({ ...DETAILS, zip: 'SW1A 1AA', telephone: '+1 EXT' });
  assert.deepEqual(
    { name_folded, address_folded, city_folded, state_folded, zip_folded, telephone_folded },
    {
      name_folded: 'example organization, llc',
      address_folded: 'abc movers',
      city_folded: 'springfield',
      state_folded: 'virginia',
      zip_folded: 'sw1a 1aa',
      telephone_folded: '+1 ext',
    },
  );
});

test('the display name is the name, with the assumed name in parentheses where there is one', () => {
  assert.equal(displayName('Example Organization Inc.', ''), 'Example Organization Inc.');
  assert.equal(displayName('Example Inc.', 'Example'), 'Example Inc. (Example)');
});

test('changed details are exactly those that differ', () => {
  assert.deepEqual(listChangedDetails(DETAILS, { ...DETAILS }), []);
  assert.deepEqual(listChangedDetails(DETAILS, { ...DETAILS, city: 'SPRINGFIELD' }), ['city']);
  const names = Object.keys(DETAILS) as (keyof OrganizationDetails)[];
  fc.assert(
    fc.property(fc.subarray(names), (changed) => {
      const after = Object.fromEntries(changed.map((name) => [name, `${DETAILS[name]}x`]));
      assert.deepEqual(listChangedDetails(DETAILS, { ...DETAILS, ...after }), changed);
    }),
  );
});
