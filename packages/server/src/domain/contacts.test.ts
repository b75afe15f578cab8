// The rules of "Update organization and technical contact": one property for each of its sentences,
// which is its test's name, and below the readings where it is silent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTACT_TYPES, type ContactChange } from '@orgvet/contract';
import fc from 'fast-check';
import {
  type CurrentContact,
  checkContactsRequest,
  contactOf,
  type PlannedContactChange,
  planContactChanges,
} from './contacts.ts';

/** Few of each, so that the submitted person is often the current one. */
const person = fc.record({
  first_name: fc.constantFrom('John', 'Jane'),
  last_name: fc.constantFrom('Doe', 'doe'),
  email: fc.constantFrom('john.doe@example.com', 'jane.doe@example.com'),
});
const optionalMembers = fc.record(
  {
    job_title: fc.constantFrom('SRE', 'Director'),
    telephone: fc.constantFrom('1234567890', '801-701-9600'),
    telephone_extension: fc.constantFrom('1234', '0'),
    language_id: fc.constantFrom('1', '2', 'zh_TW'),
  },
  { requiredKeys: [] },
);
const members = fc.tuple(person, optionalMembers).map((parts) => Object.assign({}, ...parts));

type Members = Omit<ContactChange, 'contact_type'>;

function asContact(contact_type: ContactChange['contact_type']): fc.Arbitrary<ContactChange> {
  return members.map((sent) => ({ contact_type, ...sent }));
}

const removal = fc.constant<ContactChange>({ contact_type: 'technical_contact' });

/** The `contacts` of a request that is as documented: at most one of each type, in any order. */
const submitted = fc
  .record(
    {
      organization: asContact('organization_contact'),
      technical: fc.oneof(asContact('technical_contact'), removal),
    },
    { requiredKeys: [] },
  )
  .map((sent) => Object.values(sent))
  .filter((sent) => sent.length > 0)
  .chain((sent) => fc.shuffledSubarray(sent, { minLength: sent.length }));

/** The contacts that an organization has: one imported without any may have none. */
const current: fc.Arbitrary<CurrentContact[]> = fc
  .record({ organization: fc.option(members), technical: fc.option(members) })
  .map(({ organization, technical }) => [
    ...currentContacts('organization_contact', 11, organization),
    ...currentContacts('technical_contact', 12, technical),
  ]);

function currentContacts(
  contact_type: ContactChange['contact_type'],
  id: number,
  sent: Members | null,
): CurrentContact[] {
  return sent === null ? [] : [{ id, ...contactOf(sent, contact_type) }];
}

/** The contacts of the organization once a plan is carried out; new ones have ids from 1001. */
function carryOut(
  contacts: readonly CurrentContact[],
  changes: readonly PlannedContactChange[],
): CurrentContact[] {
  let after = [...contacts];
  let last_id = 1000;
  for (const change of changes) {
    if (change.kind !== 'add') {
      assert.ok(after.includes(change.before), 'what changes is one of the current contacts');
      after = after.filter((contact) => contact !== change.before);
    }
    if (change.kind !== 'remove') {
      last_id += 1;
      after.push({ id: change.kind === 'update' ? change.before.id : last_id, ...change.after });
    }
  }
  return after;
}

function ofType(contacts: readonly CurrentContact[], contact_type: string): CurrentContact[] {
  return contacts.filter((contact) => contact.contact_type === contact_type);
}

/** Checks what holds of an organization's contacts before and after a request. */
function forEveryRequest(
  check: (
    before: readonly CurrentContact[],
    sent: readonly ContactChange[],
    after: readonly CurrentContact[],
    changes: readonly PlannedContactChange[],
  ) => void,
): void {
  fc.assert(
    fc.property(current, submitted, (before, contacts) => {
      const { problems, request } = checkContactsRequest({ contacts });
      assert.deepEqual(problems, []);
      const changes = planContactChanges(before, request.contacts);
      check(before, request.contacts, carryOut(before, changes), changes);
    }),
    { numRuns: 500 },
  );
}

const isRemoval = (sent: ContactChange) => Object.keys(sent).length === 1;

type Name = Pick<Members, 'first_name' | 'last_name' | 'email'>;

function isSamePerson(a: Name, b: Name): boolean {
  return a.first_name === b.first_name && a.last_name === b.last_name && a.email === b.email;
}

function codesOf(contacts: unknown): string[] {
  return checkContactsRequest({ contacts }).problems.map(({ code }) => code);
}

test('An organization can have only one organization contact and one technical contact', () => {
  forEveryRequest((_before, _sent, after) => {
    for (const contact_type of CONTACT_TYPES) {
      assert.ok(ofType(after, contact_type).length <= 1);
    }
  });
});

test('The contacts array can include only one contact of each contact_type', () => {
  const anyContact = fc.oneof(...CONTACT_TYPES.map(asContact), removal);
  fc.assert(
    fc.property(fc.array(anyContact, { minLength: 1, maxLength: 6 }), (contacts) => {
      const types = contacts.map(({ contact_type }) => contact_type);
      const hasDuplicate = new Set(types).size < types.length;
      assert.deepEqual(codesOf(contacts), hasDuplicate ? ['contact_type_duplicate'] : []);
    }),
  );
});

test('Contact types omitted from the request are not updated', () => {
  forEveryRequest((before, sent, after) => {
    for (const contact_type of CONTACT_TYPES) {
      if (!sent.some((contact) => contact.contact_type === contact_type)) {
        assert.deepEqual(ofType(after, contact_type), ofType(before, contact_type));
      }
    }
  });
});

test('To remove the technical contact, submit a contact object with its type and omit all other fields', () => {
  forEveryRequest((before, sent, after, changes) => {
    if (sent.some(isRemoval)) {
      assert.deepEqual(ofType(after, 'technical_contact'), []);
      const removals = changes.filter(({ kind }) => kind === 'remove');
      assert.equal(removals.length, ofType(before, 'technical_contact').length);
    } else {
      assert.ok(changes.every(({ kind }) => kind !== 'remove'));
    }
  });
});

test('You cannot remove the organization contact from an organization', () => {
  const others = fc.uniqueArray(fc.oneof(asContact('technical_contact'), removal), {
    maxLength: 1,
  });
  fc.assert(
    fc.property(others, (contacts) => {
      const removing = [...contacts, { contact_type: 'organization_contact' }];
      assert.deepEqual(codesOf(removing), ['cannot_remove_organization_contact']);
    }),
  );
  forEveryRequest((before, _sent, after) => {
    const [had, has] = [before, after].map((all) => ofType(all, 'organization_contact').length);
    assert.ok(Number(has) >= Number(had));
  });
});

test('A contact is updated in place if first name, last name and email address match', () => {
  forEveryRequest((before, sent, after) => {
    for (const contact of sent) {
      const [was] = ofType(before, contact.contact_type);
      if (was !== undefined && isSamePerson(was, contact)) {
        const expected = contactOf(contact, contact.contact_type);
        assert.deepEqual(ofType(after, contact.contact_type), [{ id: was.id, ...expected }]);
      }
    }
  });
});

test('A new contact replaces the existing one if first name, last name or email address do not match', () => {
  forEveryRequest((before, sent, after) => {
    for (const contact of sent) {
      const [was] = ofType(before, contact.contact_type);
      if (was !== undefined && !isRemoval(contact) && !isSamePerson(was, contact)) {
        const [is, ...more] = ofType(after, contact.contact_type);
        assert.deepEqual(more, []);
        assert.ok(is !== undefined && isSamePerson(is, contact));
        assert.ok(before.every(({ id }) => id !== is.id));
      }
    }
  });
});

test('Omitting optional fields from a contact object deletes existing values for those fields', () => {
  const cleared = { job_title: '', telephone: '', telephone_extension: '', language_id: 1 };
  forEveryRequest((_before, sent, after) => {
    for (const contact of sent.filter((one) => !isRemoval(one))) {
      const [is] = ofType(after, contact.contact_type);
      for (const [field, value] of Object.entries(cleared)) {
        if (!Object.hasOwn(contact, field)) {
          assert.equal(is?.[field as keyof typeof cleared], value, field);
        }
      }
    }
  });
});

test('First name, last name and email are required when updating or replacing a contact', () => {
  const required = ['first_name', 'last_name', 'email'] as const;
  const omitted = fc.subarray([...required], { minLength: 1 });
  const contacts = fc.oneof(...CONTACT_TYPES.map(asContact));
  fc.assert(
    fc.property(contacts, omitted, (contact, fields) => {
      const sent: Record<string, unknown> = { ...contact };
      for (const field of fields) {
        delete sent[field];
      }
      // Without any other member either it would be a removal.
      fc.pre(Object.keys(sent).length > 1);
      const expected = required.filter((field) => fields.includes(field));
      assert.deepEqual(
        codesOf([sent]),
        expected.map((field) => `missing_contacts_${field}`),
      );
    }),
  );
});

test('the order in which contacts are submitted makes no difference', () => {
  fc.assert(
    fc.property(current, submitted, (before, sent) => {
      const [one, other] = [sent, sent.toReversed()].map((contacts) => {
        const after = carryOut(before, planContactChanges(before, contacts));
        return after.map(({ id, ...contact }) => ({ ...contact, is_new: id > 1000 }));
      });
      assert.deepEqual(new Set(one), new Set(other));
    }),
  );
});

test('a request that is sent again changes nothing', () => {
  forEveryRequest((_before, sent, after) => {
    assert.deepEqual(planContactChanges(after, sent), []);
  });
});

const JANE = { first_name: 'Jane', last_name: 'Doe', email: 'jane.doe@example.com' };

test('a person is the same by texts that are exactly the same', () => {
  const before = [{ id: 11, ...contactOf(JANE, 'organization_contact') }];
  for (const change of [{ email: 'Jane.Doe@example.com' }, { first_name: 'JANE' }]) {
    const sent = { ...JANE, ...change, contact_type: 'organization_contact' as const };
    const [planned] = planContactChanges(before, [sent]);
    assert.equal(planned?.kind, 'replace');
  }
});

test('members that are blank or unknown are none: a technical contact with no others is removed', () => {
  const before = [{ id: 12, ...contactOf(JANE, 'technical_contact') }];
  const blank = { first_name: '', last_name: ' ', email: null, telephone: '\u3000', colour: 'red' };
  const contacts = [{ contact_type: 'technical_contact', ...blank }];
  const { problems, request } = checkContactsRequest({ contacts });
  assert.deepEqual(problems, []);
  assert.deepEqual(planContactChanges(before, request.contacts), [
    { kind: 'remove', before: before[0] },
  ]);
});

test('a member that cannot be read does not make the rest a removal', () => {
  for (const contact_type of CONTACT_TYPES) {
    assert.deepEqual(codesOf([{ contact_type, telephone: true }]), [
      'invalid_contacts_telephone',
      'missing_contacts_first_name',
      'missing_contacts_last_name',
      'missing_contacts_email',
    ]);
  }
});

test('a contact without its type, or of an unknown one, is no removal and no duplicate', () => {
  assert.deepEqual(codesOf([{}, JANE]), [
    'missing_contacts_contact_type',
    'missing_contacts_contact_type',
  ]);
  assert.deepEqual(codesOf([{ contact_type: 'billing_contact' }]), [
    'invalid_contacts_contact_type',
  ]);
});

test('the problems of all contacts come together, at their places', () => {
  const { problems } = checkContactsRequest({
    contacts: [
      { contact_type: 'organization_contact' },
      { contact_type: 'technical_contact', ...JANE, email: 'nobody', last_name: undefined },
      { contact_type: 'technical_contact', ...JANE, language_id: 'xx' },
      'Jane',
    ],
  });
  assert.deepEqual(
    problems.map(({ code, message }) => [code, message.split(' ')[0]]),
    [
      ['invalid_contacts_email', 'contacts[1].email'],
      ['invalid_contacts_language_id', 'contacts[2].language_id'],
      ['invalid_contacts', 'contacts[3]'],
      ['missing_contacts_last_name', 'contacts[1].last_name'],
      ['cannot_remove_organization_contact', 'The'],
      ['contact_type_duplicate', 'A'],
    ],
  );
});

test('contacts have to be a list with something in it', () => {
  assert.deepEqual(codesOf(undefined), ['missing_contacts']);
  assert.deepEqual(codesOf([]), ['invalid_contacts']);
  assert.deepEqual(codesOf({ contact_type: 'technical_contact' }), ['invalid_contacts']);
});

test('a contact has the language that an id or a locale code names, or English', () => {
  const languages = ['2', 'de', 'zh-tw', undefined].map(
    (language_id) =>
      contactOf({ ...JANE, ...(language_id && { language_id }) }, 'technical_contact').language_id,
  );
  assert.deepEqual(languages, [2, 2, 12, 1]);
});
