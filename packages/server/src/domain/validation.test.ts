// Proves the rules of a request for validations, who becomes a verified contact by one, and the status
// that a validation has at each moment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ROLES_BY_VALIDATION_TYPE,
  VALIDATION_TYPE_NAMES,
  VALIDATION_TYPES,
  type ValidationRequest,
  type VerifiedUserRequest,
} from '@orgvet/contract';
import fc from 'fast-check';
import { formatTime } from './time.ts';
import {
  checkValidationRequests,
  getValidationType,
  type KnownUser,
  listNamedUsers,
  planVerifiedContacts,
  statusAt,
} from './validation.ts';

const JOHN = {
  first_name: 'John',
  last_name: 'Doe',
  job_title: 'Site Reliability Engineer',
  telephone: '555-555-1001',
  email: 'john.doe@example.com',
} as const satisfies VerifiedUserRequest;

const DESTINEE: KnownUser = {
  id: 184,
  first_name: 'Destinee',
  last_name: 'Church',
  job_title: 'Security Officer',
  telephone: '801-555-0184',
  email: 'destinee.church@example.com',
};

const NEEDING_USERS = ['ev', 'cs', 'ev_cs'] as const;

function codesOf(requests: readonly (ValidationRequest | undefined)[] | undefined): string[] {
  return checkValidationRequests(requests).map(({ code }) => code);
}

test('the six types are those of the documents, with their names and what they need', () => {
  assert.deepEqual(
    VALIDATION_TYPES.map(({ type, name, requires_user }) => [type, name, requires_user]),
    [
      ['smime', 'SMIME', false],
      ['cs', 'CS', true],
      ['ev_cs', 'EV CS', true],
      ['ds', 'DS', false],
      ['ov', 'OV', false],
      ['ev', 'EV', true],
    ],
  );
  for (const type of VALIDATION_TYPE_NAMES) {
    assert.equal(getValidationType(type).type, type);
  }
  assert.equal(getValidationType('ov').description, 'Normal Organization Validation');
  assert.equal(getValidationType('ev').description, 'Extended Organization Validation (EV)');
});

test('a type that does not exist is a fault of the program', () => {
  assert.throws(() => getValidationType('vmc' as 'ov'), /There is no validation type vmc\./);
});

test('a request without validations has no problems', () => {
  assert.deepEqual(codesOf(undefined), []);
  assert.deepEqual(codesOf([]), []);
});

test('all six types together, with verified users where they are needed, have no problems', () => {
  const requests = VALIDATION_TYPE_NAMES.map((type) =>
    getValidationType(type).requires_user ? { type, verified_users: [JOHN] } : { type },
  );
  assert.deepEqual(codesOf(requests), []);
});

test('only ev, cs and ev_cs need verified users, and an empty list is none', () => {
  for (const type of VALIDATION_TYPE_NAMES) {
    const needsThem = type === 'ev' || type === 'cs' || type === 'ev_cs';
    const expected = needsThem ? ['missing_validations_verified_users'] : [];
    assert.deepEqual(codesOf([{ type }]), expected, type);
    assert.deepEqual(codesOf([{ type, verified_users: [] }]), expected, type);
  }
});

test('a verified user by id needs nothing else', () => {
  for (const type of NEEDING_USERS) {
    assert.deepEqual(codesOf([{ type, verified_users: [{ id: 7286246 }] }]), []);
  }
});

test('a person without an id needs all of name, job title, telephone and email', () => {
  for (const type of NEEDING_USERS) {
    assert.deepEqual(codesOf([{ type, verified_users: [JOHN] }]), []);
    for (const field of Object.keys(JOHN)) {
      const { [field as keyof typeof JOHN]: _, ...person } = JOHN;
      assert.deepEqual(codesOf([{ type, verified_users: [person] }]), [
        `missing_validations_verified_users_${field}`,
      ]);
    }
    assert.equal(codesOf([{ type, verified_users: [{}] }]).length, 5);
  }
});

test('nothing is asked of the verified users of a type that does not use them', () => {
  for (const type of ['ov', 'ds', 'smime'] as const) {
    assert.deepEqual(codesOf([{ type, verified_users: [{}] }]), [], type);
  }
});

test('a problem says in which validation and for which person it is', () => {
  const problems = checkValidationRequests([
    { type: 'ov' },
    { type: 'cs', verified_users: [{ id: 5 }, { ...JOHN, email: undefined } as never] },
  ]);
  assert.deepEqual(problems, [
    {
      code: 'missing_validations_verified_users_email',
      message: 'validations[1].verified_users[1].email is required where no user id is given.',
    },
  ]);
});

test('a type that is given again is a problem each time, named by the type', () => {
  for (const type of VALIDATION_TYPE_NAMES) {
    const request = { type, verified_users: [JOHN] };
    const problems = checkValidationRequests([request, request, request]);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['validation_type_duplicate', 'validation_type_duplicate'],
    );
    assert.match(problems[0]?.message ?? '', new RegExp(`: ${type}\\.`));
  }
});

test('items that could not be read are passed over', () => {
  assert.deepEqual(codesOf([undefined, {} as ValidationRequest, { type: 'ov' }]), []);
  assert.deepEqual(codesOf([{ type: 'ev', verified_users: [undefined as never] }]), []);
});

test('what had a problem already is not missing as well, but what else is missing is', () => {
  const path = 'validations[0].verified_users';
  const codes = (users: VerifiedUserRequest[] | undefined, ...faulty: string[]) =>
    checkValidationRequests(
      [{ type: 'ev', ...(users && { verified_users: users }) }],
      new Set(faulty),
    ).map(({ code }) => code);
  const { email: _, ...withoutEmail } = JOHN;
  assert.deepEqual(codes(undefined, path), []);
  assert.deepEqual(codes([{}], `${path}[0].id`), []);
  assert.deepEqual(codes([withoutEmail], `${path}[0].email`), []);
  assert.deepEqual(codes([withoutEmail], `${path}[0].first_name`, `${path}[1].email`), [
    'missing_validations_verified_users_email',
  ]);
});

test('the users that a request names are listed with where it names them', () => {
  assert.deepEqual(
    listNamedUsers([
      { type: 'ov', verified_users: [{ id: 1 }] },
      { type: 'ev', verified_users: [JOHN, { id: 184 }] },
      undefined,
      { type: 'cs', verified_users: [{ id: 184 }] },
    ]),
    [
      { user_id: 184, path: 'validations[1].verified_users[1].id' },
      { user_id: 184, path: 'validations[3].verified_users[0].id' },
    ],
  );
  assert.deepEqual(listNamedUsers(), []);
});

test('a contact submitted for ev gets both the EV and the EV_CS role', () => {
  const [contact] = planVerifiedContacts([{ type: 'ev', verified_users: [JOHN] }], []);
  assert.deepEqual(contact, {
    user_id: 0,
    ...JOHN,
    telephone_extension: '',
    language_id: 0,
    roles: ['EV', 'EV_CS'],
    validation_types: ['ev'],
  });
});

test('a contact submitted for cs or ev_cs gets the role of that type only', () => {
  const rolesFor = (type: 'cs' | 'ev_cs') =>
    planVerifiedContacts([{ type, verified_users: [JOHN] }], []).map(({ roles }) => roles);
  assert.deepEqual(rolesFor('cs'), [['CS']]);
  assert.deepEqual(rolesFor('ev_cs'), [['EV_CS']]);
});

test('a person named for several types becomes one contact with the roles of all of them', () => {
  const contacts = planVerifiedContacts(
    [
      { type: 'ev', verified_users: [JOHN, { id: 184 }] },
      { type: 'cs', verified_users: [{ id: 184 }, JOHN] },
      { type: 'ev_cs', verified_users: [JOHN] },
    ],
    [DESTINEE],
  );
  assert.deepEqual(
    contacts.map(({ user_id, first_name, roles }) => [user_id, first_name, [...roles].sort()]),
    [
      [0, 'John', ['CS', 'EV', 'EV_CS']],
      [184, 'Destinee', ['CS', 'EV', 'EV_CS']],
    ],
  );
});

test('a person named twice for one type becomes one contact', () => {
  const named = [JOHN, { ...JOHN }, { id: 184 }, { id: 184 }];
  assert.equal(planVerifiedContacts([{ type: 'ev', verified_users: named }], [DESTINEE]).length, 2);
});

test('a person named again with another job title stays as named first', () => {
  const again = { ...JOHN, job_title: 'Director', telephone: '555-555-2002' };
  const [contact, ...others] = planVerifiedContacts(
    [
      { type: 'ev', verified_users: [JOHN] },
      { type: 'cs', verified_users: [again] },
    ],
    [],
  );
  assert.deepEqual(others, []);
  assert.equal(contact?.job_title, JOHN.job_title);
  assert.equal(contact?.telephone, JOHN.telephone);
});

test('people who share a name but not an address are two contacts', () => {
  const other = { ...JOHN, email: 'john.doe.junior@example.com' };
  assert.equal(planVerifiedContacts([{ type: 'ev', verified_users: [JOHN, other] }], []).length, 2);
});

test('what is known of a user counts, not what the request says beside the id', () => {
  const named = {
    id: 184,
    first_name: 'Someone',
    email: 'other@example.com',
    telephone: '1',
    telephone_extension: '2',
  };
  const [contact] = planVerifiedContacts([{ type: 'cs', verified_users: [named] }], [DESTINEE]);
  const { id: user_id, ...known } = DESTINEE;
  assert.deepEqual(contact, {
    user_id,
    ...known,
    telephone_extension: '',
    language_id: 0,
    roles: ['CS'],
    validation_types: ['cs'],
  });
});

test('a type that does not use verified users makes no contacts', () => {
  for (const type of ['ov', 'ds', 'smime'] as const) {
    assert.deepEqual(planVerifiedContacts([{ type, verified_users: [JOHN] }], []), []);
  }
});

test('the contacts of any request are as many as its people, and nobody loses a role', () => {
  const person = fc.constantFrom<VerifiedUserRequest>(
    JOHN,
    { ...JOHN, email: 'second@example.com' },
    { id: 184 },
  );
  const requests = fc.uniqueArray(
    fc.record({
      type: fc.constantFrom(...VALIDATION_TYPE_NAMES),
      verified_users: fc.array(person, { maxLength: 5 }),
    }),
    { selector: ({ type }) => type },
  );
  fc.assert(
    fc.property(requests, (sent) => {
      const contacts = planVerifiedContacts(sent, [DESTINEE]);
      const using = sent.filter(({ type }) => getValidationType(type).requires_user);
      const people = new Set(using.flatMap(({ verified_users }) => verified_users));
      assert.equal(contacts.length, people.size);
      for (const { type, verified_users } of using) {
        for (const { id, email } of verified_users) {
          const contact = contacts.find((one) =>
            id === undefined ? one.email === email : one.user_id === id,
          );
          assert.ok(contact);
          assert.ok(ROLES_BY_VALIDATION_TYPE[type].every((role) => contact.roles.includes(role)));
          assert.equal(new Set(contact.roles).size, contact.roles.length);
        }
      }
    }),
  );
});

const OV = {
  date_created: '2018-10-09T19:29:02+00:00',
  validated_until: '2019-11-09T20:28:55+00:00',
};

test('a validation is active up to the last second before its end, and expired from then on', () => {
  assert.equal(statusAt(OV, '2019-11-09T20:28:54+00:00'), 'active');
  assert.equal(statusAt(OV, '2019-11-09T20:28:55+00:00'), 'expired');
  assert.equal(statusAt(OV, '2019-11-09T20:28:56+00:00'), 'expired');
  assert.equal(statusAt(OV, OV.date_created), 'active');
});

test('a validation that has not been made is pending at every moment', () => {
  const pending = { date_created: '', validated_until: '' };
  assert.equal(statusAt(pending, '1970-01-01T00:00:00+00:00'), 'pending');
  assert.equal(statusAt(pending, '9999-12-31T23:59:59+00:00'), 'pending');
});

test('a validation is active exactly while its end is still to come', () => {
  // Up to the last second but a few of the year 9999: times on the wire have four digits for it.
  const second = fc.integer({ min: 0, max: 253_402_300_790 });
  fc.assert(
    fc.property(second, fc.oneof(second, fc.integer({ min: -2, max: 2 })), (end, given) => {
      const now = Math.abs(given) <= 2 ? Math.max(0, end + given) : given;
      const validation = { ...OV, validated_until: formatTime(end * 1000) };
      const expected = now < end ? 'active' : 'expired';
      assert.equal(statusAt(validation, formatTime(now * 1000)), expected);
    }),
  );
});
