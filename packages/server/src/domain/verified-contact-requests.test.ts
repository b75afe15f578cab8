// Proves who is asked when people are named as verified contacts: each person once, for what they have
// not confirmed, whoever named them before.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROLES_BY_VALIDATION_TYPE, VERIFIED_ROLES } from '@orgvet/contract';
import fc from 'fast-check';
import type { PlannedContact } from './validation.ts';
import {
  type KnownContact,
  keyOfPerson,
  listTypesOfRoles,
  planAsks,
} from './verified-contact-requests.ts';

const TYPES = ['ev', 'cs', 'ev_cs'] as const;
type Type = (typeof TYPES)[number];

function named(types: readonly Type[], person: Partial<PlannedContact> = {}): PlannedContact {
  return {
    user_id: 0,
    first_name: 'Vera',
    last_name: 'Fied',
    job_title: 'CEO',
    telephone: '555-0100',
    telephone_extension: '',
    email: 'vera@example.com',
    language_id: 0,
    roles: [...new Set(types.flatMap((type) => ROLES_BY_VALIDATION_TYPE[type]))],
    validation_types: types,
    ...person,
  };
}

function known(roles: KnownContact['roles'], person: Partial<KnownContact> = {}): KnownContact {
  const { user_id, first_name, last_name, email } = named([]);
  return { user_id, first_name, last_name, email, withdrawn_at: '', roles, ...person };
}

test('a person who is not known gets all roles, and is asked for all types', () => {
  const [ask, ...others] = planAsks([], [named(['ev', 'cs'])]);
  assert.deepEqual(others, []);
  assert.equal(ask?.known, undefined);
  assert.deepEqual(ask?.added_roles, ['EV', 'EV_CS', 'CS']);
  assert.deepEqual(ask?.asked_types, ['ev', 'cs']);
});

test('a person without a user is known by name and e-mail, however they are written', () => {
  const contact = known([{ role: 'CS', status: 'active' }]);
  const written = { first_name: 'VERA', last_name: 'fied', email: 'Vera@Example.COM' };
  assert.equal(planAsks([contact], [named(['cs'], written)])[0]?.known, contact);
  for (const other of [{ first_name: 'Vero' }, { email: 'v@example.com' }, { user_id: 9 }]) {
    assert.equal(planAsks([contact], [named(['cs'], other)])[0]?.known, undefined);
  }
});

test('a user is known by the id alone', () => {
  const contact = known([], { user_id: 12 });
  const renamed = named(['cs'], { user_id: 12, last_name: 'Other', email: 'new@example.com' });
  assert.equal(planAsks([contact], [renamed])[0]?.known, contact);
  assert.equal(planAsks([contact], [{ ...renamed, user_id: 13 }])[0]?.known, undefined);
});

test('who was withdrawn, or will be, becomes another contact', () => {
  const contact = known([{ role: 'CS', status: 'active' }], {
    withdrawn_at: '2030-01-01T00:00:00+00:00',
  });
  const [ask] = planAsks([contact], [named(['cs'])]);
  assert.equal(ask?.known, undefined);
  assert.deepEqual(ask?.asked_types, ['cs']);
});

test('a declined role is asked for again, and an active one is not', () => {
  const contact = known([
    { role: 'CS', status: 'declined' },
    { role: 'EV_CS', status: 'active' },
  ]);
  const [ask] = planAsks([contact], [named(['ev_cs', 'cs', 'ev'])]);
  assert.deepEqual(ask?.reopened_roles, ['CS']);
  assert.deepEqual(ask?.added_roles, ['EV']);
  assert.deepEqual(ask?.asked_types, ['cs', 'ev']);
});

test('one person who is named twice is asked once for both', () => {
  const asks = planAsks([], [named(['cs']), named(['ev'], { first_name: 'vera' })]);
  assert.equal(asks.length, 1);
  assert.equal(asks[0]?.contact.first_name, 'Vera');
  assert.deepEqual(asks[0]?.asked_types, ['cs', 'ev']);
  assert.deepEqual(asks[0]?.added_roles, ['CS', 'EV', 'EV_CS']);
});

const person = fc.record({
  user_id: fc.constantFrom(0, 0, 1, 2),
  first_name: fc.constantFrom('Vera', 'VERA', 'Ann'),
});
const namedContact = fc
  .tuple(fc.subarray([...TYPES], { minLength: 1 }), person)
  .map(([types, changes]) => named(types, changes));
const keptRoles = fc.subarray([...VERIFIED_ROLES]).chain((roles) =>
  fc.tuple(
    ...roles.map((role) =>
      fc.record({
        role: fc.constant(role),
        status: fc.constantFrom('pending' as const, 'active' as const, 'declined' as const),
      }),
    ),
  ),
);
const knownContact = fc
  .tuple(keptRoles, person, fc.constantFrom('', '2020-01-01T00:00:00+00:00'))
  .map(([roles, changes, withdrawn_at]) => known(roles, { ...changes, withdrawn_at }));

test('after any request each person is one contact with all roles, and asked only for what is open', () => {
  fc.assert(
    fc.property(
      fc.array(knownContact, { maxLength: 3 }),
      fc.array(namedContact, { maxLength: 4 }),
      (contacts, people) => {
        const asks = planAsks(contacts, people);
        assert.deepEqual(
          new Set(asks.map(({ contact }) => keyOfPerson(contact))),
          new Set(people.map(keyOfPerson)),
        );
        assert.equal(asks.length, new Set(people.map(keyOfPerson)).size);
        for (const { contact, known: found, ...ask } of asks) {
          assert.ok(found === undefined || found.withdrawn_at === '');
          const kept = new Map(found?.roles.map(({ role, status }) => [role, status]));
          for (const role of contact.roles) {
            assert.equal(ask.added_roles.includes(role), !kept.has(role));
            assert.equal(ask.reopened_roles.includes(role), kept.get(role) === 'declined');
          }
          for (const type of contact.validation_types) {
            const roles = ROLES_BY_VALIDATION_TYPE[type];
            const isConfirmed = roles.every((role) => kept.get(role) === 'active');
            assert.equal(ask.asked_types.includes(type), !isConfirmed);
          }
        }
      },
    ),
  );
});

test('the types of some roles give all of them, and none without need', () => {
  assert.deepEqual(listTypesOfRoles(['EV', 'EV_CS']), ['ev']);
  assert.deepEqual(listTypesOfRoles(['EV_CS', 'CS']), ['cs', 'ev_cs']);
  fc.assert(
    fc.property(fc.subarray([...VERIFIED_ROLES]), (roles) => {
      const types = listTypesOfRoles(roles);
      const given = types.flatMap((type) => ROLES_BY_VALIDATION_TYPE[type]);
      assert.ok(roles.every((role) => given.includes(role)));
      assert.ok(types.every((type) => roles.some((role) => role === type.toUpperCase())));
    }),
  );
});
