/** The rules of orders that need no look at the account, and what an organization lacks for one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Product,
  VALIDATION_TYPE_NAMES,
  VALIDATION_TYPES,
  type VerifiedRole,
} from '@orgvet/contract';
import fc from 'fast-check';
import {
  type CheckedOrder,
  checkOrder,
  checkOrderStatus,
  findProduct,
  listMissing,
  type OrderBasis,
  roleFor,
} from './orders.ts';
import { formatTime } from './time.ts';

function productOf(name_id: string): Product {
  const product = findProduct(name_id);
  assert.ok(product, name_id);
  return product;
}

const OV = productOf('ssl_plus');
const EV = productOf('ssl_ev_plus');

const PERSON = { first_name: 'Jill', last_name: 'Valentine', email: 'jill@example.com' };
const APPROVER = { ...PERSON, job_title: 'STAR Member', telephone: 8017019600 };

const DETAILS = {
  name: 'Example',
  country: 'us',
  address: '1 Main Street',
  city: 'Springfield',
  state: 'Virginia',
  zip: 22162,
  telephone: '555-555-0100',
};

/** An order for an existing organization, with what a test changes of the organization. */
function bodyFor(organization: object): Record<string, unknown> {
  return { certificate: { common_name: 'example.com' }, organization };
}

const codesOf = ({ problems }: Pick<CheckedOrder, 'problems'>) => problems.map(({ code }) => code);

const checkContacts = (product: Product, ...contacts: unknown[]) =>
  checkOrder(bodyFor({ id: 1, contacts }), product);

test('an existing organization is ordered for by its id, whatever details stand beside it', () => {
  const checked = checkOrder(bodyFor({ id: 1, name: 5, country: 'nowhere' }), OV);
  assert.deepEqual(codesOf(checked), []);
  assert.equal(checked.details, undefined);
});

test('without an id every detail is required, and an organization contact', () => {
  assert.deepEqual(codesOf(checkOrder(bodyFor({}), OV)), [
    'missing_organization_name',
    'missing_organization_country',
    'missing_organization_address',
    'missing_organization_city',
    'missing_organization_state',
    'missing_organization_zip',
    'missing_organization_telephone',
    'missing_organization_contacts',
  ]);
});

test('a technical contact is no organization contact', () => {
  const contacts = [{ contact_type: 'technical_contact', ...PERSON }];
  assert.deepEqual(codesOf(checkOrder(bodyFor({ ...DETAILS, contacts }), OV)), [
    'missing_organization_contacts',
  ]);
});

test('the details of a new organization are handed on without what stands beside them', () => {
  const contacts = [{ contact_type: 'organization_contact', ...PERSON }];
  const checked = checkOrder(bodyFor({ ...DETAILS, contacts }), OV);
  assert.deepEqual(codesOf(checked), []);
  assert.deepEqual(checked.details, { ...DETAILS, zip: '22162' });
});

test('name and assumed name of a new organization share their limit', () => {
  const contacts = [{ contact_type: 'organization_contact', ...PERSON }];
  const organization = { ...DETAILS, name: 'n'.repeat(32), assumed_name: 'a'.repeat(30), contacts };
  assert.deepEqual(codesOf(checkOrder(bodyFor(organization), OV)), ['organization_name_too_long']);
});

test('the duplicate check is skipped from either place where the documents put it', () => {
  const contacts = [{ contact_type: 'organization_contact', ...PERSON }];
  const above = { ...bodyFor({ ...DETAILS, contacts }), skip_duplicate_org_check: true };
  const within = bodyFor({ ...DETAILS, contacts, skip_duplicate_org_check: true });
  assert.equal(checkOrder(above, OV).skips_duplicate_check, true);
  assert.equal(checkOrder(within, OV).skips_duplicate_check, true);
  assert.equal(checkOrder(bodyFor({ ...DETAILS, contacts }), OV).skips_duplicate_check, false);
});

test('a common name is required for TLS certificates alone', () => {
  const body = { certificate: { csr: 'x' }, organization: { id: 1 } };
  assert.deepEqual(codesOf(checkOrder(body, OV)), ['missing_certificate_common_name']);
  assert.deepEqual(codesOf(checkOrder(body, productOf('secure_email_organization'))), []);
  const wrong = { certificate: { common_name: 5 }, organization: { id: 1 } };
  assert.deepEqual(codesOf(checkOrder(wrong, OV)), ['invalid_certificate_common_name']);
});

test('one organization contact and one technical contact are enough; verified contacts may be many', () => {
  const organization = { contact_type: 'organization_contact', ...PERSON };
  const technical = { contact_type: 'technical_contact', ...PERSON };
  const verified = { contact_type: 'verified_contact', ...APPROVER };
  const older = { contact_type: 'ev_approver', ...APPROVER };
  assert.deepEqual(codesOf(checkContacts(EV, organization, technical, verified, older)), []);
  for (const twice of [organization, technical]) {
    const checked = checkContacts(EV, twice, twice, twice);
    assert.deepEqual(codesOf(checked), ['contact_type_duplicate']);
  }
});

test('the older name of a verified contact is kept as the newer', () => {
  const { contacts } = checkContacts(EV, { contact_type: 'ev_approver', user_id: 7 });
  assert.deepEqual(contacts, [
    {
      path: 'organization.contacts[0]',
      contact_type: 'verified_contact',
      sent: { contact_type: 'ev_approver', user_id: 7 },
    },
  ]);
});

test('a person without a user id needs a name and an email address, an approver more', () => {
  const codes = ['first_name', 'last_name', 'email'].map(
    (field) => `missing_organization_contacts_${field}`,
  );
  const technical = checkContacts(EV, { contact_type: 'technical_contact' });
  assert.deepEqual(codesOf(technical), codes);
  assert.deepEqual(codesOf(checkContacts(EV, { contact_type: 'verified_contact' })), [
    ...codes,
    'missing_organization_contacts_job_title',
    'missing_organization_contacts_telephone',
  ]);
});

test('beside a user id nothing of a contact is read', () => {
  const contact = { contact_type: 'technical_contact', user_id: 7, email: 'none', first_name: 5 };
  assert.deepEqual(codesOf(checkContacts(OV, contact)), []);
});

test('a contact whose user id cannot be read is no person either', () => {
  const checked = checkContacts(EV, { contact_type: 'verified_contact', user_id: 'x' });
  assert.deepEqual(codesOf(checked), ['invalid_organization_contacts_user_id']);
  assert.deepEqual(checked.contacts, []);
});

test('verified contacts of a product that needs none are ignored, whatever they hold', () => {
  const checked = checkContacts(
    OV,
    { contact_type: 'verified_contact', user_id: 'x', email: 5 },
    { contact_type: 'technical_contact', ...PERSON, email: 'none' },
  );
  assert.deepEqual(
    checked.problems.map(({ message }) => message),
    ['organization.contacts[1].email must be an email address.'],
  );
  assert.deepEqual(
    checked.contacts.map(({ path }) => path),
    ['organization.contacts[1]'],
  );
});

test('a body that is no order is refused for what it is, whatever it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(OV, EV), (body, product) => {
      assert.notDeepEqual(codesOf(checkOrder(body, product)), []);
    }),
  );
});

test('a status that only the vendor gives is none that an ordering system can give', () => {
  assert.deepEqual(codesOf(checkOrderStatus({ status: 'revoked' })), ['invalid_status']);
  assert.deepEqual(codesOf(checkOrderStatus({})), ['missing_status']);
  assert.deepEqual(codesOf(checkOrderStatus({ status: 'issued', note: 'Line\nby line' })), []);
});

test('a type has a role exactly where it needs a user', () => {
  for (const { type, requires_user } of VALIDATION_TYPES) {
    assert.equal(roleFor(type) !== undefined, requires_user, type);
  }
});

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-11-21T12:00:00Z');
const NOW = formatTime(START_MS);
const timeIn = (days: number) => formatTime(START_MS + days * DAY_MS);

const type = fc.constantFrom(...VALIDATION_TYPE_NAMES);
const day = fc.integer({ min: -3, max: 3 });
const role = fc.record({
  role: fc.constantFrom<VerifiedRole>('EV', 'EV_CS', 'CS'),
  status: fc.constantFrom('pending' as const, 'active' as const, 'declined' as const),
});

/** A validation and a contact, each with the day on which it ends, which a model can count with. */
const validation = fc
  .record({ type, ends: fc.option(day, { nil: undefined }) })
  .map(({ type: of, ends }) => ({
    type: of,
    ends,
    date_created: ends === undefined ? '' : timeIn(-9),
    validated_until: ends === undefined ? '' : timeIn(ends),
  }));
const contact = fc
  .record({
    ends: fc.option(day, { nil: undefined }),
    roles: fc.uniqueArray(role, { selector: (one) => one.role }),
  })
  .map(({ ends, roles }) => ({
    ends,
    roles,
    withdrawn_at: ends === undefined ? '' : timeIn(ends),
  }));
const basis = fc.record({
  is_active: fc.boolean(),
  validations: fc.uniqueArray(validation, { selector: (one) => one.type }),
  verified_contacts: fc.array(contact, { maxLength: 3 }),
});

const NEEDED = { ov: '', ds: '', smime: '', ev: 'EV', cs: 'CS', ev_cs: 'EV_CS' } as const;

test('an active organization is missing unless it is active', () => {
  fc.assert(
    fc.property(type, basis, (of, state) => {
      const missing = listMissing(of, state, NOW);
      assert.equal(missing.includes('active_organization'), !state.is_active);
    }),
  );
});

test('a validation is missing unless one of this very type ends later', () => {
  fc.assert(
    fc.property(type, basis, (of, state) => {
      const ends = state.validations.find((one) => one.type === of)?.ends ?? 0;
      const missing = listMissing(of, state, NOW);
      assert.equal(missing.includes('organization_validation'), ends <= 0);
    }),
  );
});

test('a verified contact is missing where the type needs one and none with its role has confirmed and stayed', () => {
  fc.assert(
    fc.property(type, basis, (of, state) => {
      const staying = state.verified_contacts.filter(({ ends = 1 }) => ends > 0);
      const confirmed = staying
        .flatMap(({ roles }) => roles)
        .filter(({ status }) => status === 'active')
        .map((one): string => one.role);
      const isMissing = NEEDED[of] !== '' && !confirmed.includes(NEEDED[of]);
      assert.equal(listMissing(of, state, NOW).includes('verified_contact'), isMissing);
    }),
  );
});

test('more people who approve, and more types, never make anything missing', () => {
  fc.assert(
    fc.property(type, basis, basis, (of, some, more) => {
      const known = new Set(some.validations.map((one) => one.type));
      const both: OrderBasis = {
        is_active: some.is_active,
        validations: [
          ...some.validations,
          ...more.validations.filter((one) => !known.has(one.type)),
        ],
        verified_contacts: [...some.verified_contacts, ...more.verified_contacts],
      };
      const before = new Set(listMissing(of, some, NOW));
      assert.ok(new Set(listMissing(of, both, NOW)).isSubsetOf(before));
    }),
  );
});
