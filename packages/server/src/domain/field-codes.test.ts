// Proves, for every operation with a body and every field of it, that each fault the contract lists is
// answered with its code, and that no other codes are answered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  AccountSettingsRequest,
  fieldOf,
  listErrorsOf,
  listFields,
  type OperationName,
  type Problem,
  ROUTES,
  type Route,
  readBody,
  ValidationOutcomeRequest,
  WithdrawalRequest,
} from '@orgvet/contract';
import fc from 'fast-check';
import type { TSchema } from 'typebox';
import { checkApiKeyRequest, checkApiKeyStatus } from './api-key-requests.ts';
import { checkContactsRequest } from './contacts.ts';
import {
  checkContainerChange,
  checkContainerCreate,
  checkOrganizationAssignments,
  checkUserAssignments,
} from './container-requests.ts';
import { FORMATS } from './formats.ts';
import { checkIpRule } from './ip-address.ts';
import { checkOrder, checkOrderStatus, findProduct } from './orders.ts';
import { checkOrganizationCreate, checkOrganizationDetails } from './organization.ts';
import { checkSubaccountCreate } from './subaccount.ts';
import {
  checkContainerAssignments,
  checkUserCreate,
  checkUserEdit,
  checkUserRole,
} from './user.ts';
import { checkValidationsRequest } from './validation.ts';

type JsonObject = Record<string, unknown>;

type OperationWithBody = {
  [Name in OperationName]: (typeof ROUTES)[Name] extends { body: unknown } ? Name : never;
}[OperationName];

const PERSON = {
  first_name: 'Jane',
  last_name: 'Doe',
  job_title: 'Manager',
  email: 'jane.doe@example.com',
  telephone: '555-555-0100',
  telephone_extension: '736',
  language_id: '1',
};

const DETAILS = {
  name: 'Example',
  assumed_name: 'Example',
  country: 'us',
  address: 'ABC Movers',
  address2: 'Floor 08',
  city: 'Springfield',
  state: 'Virginia',
  zip: '22162',
  telephone: '555-555-0100',
};

/** A product that needs all that an order can have. */
const EV_PRODUCT = findProduct('ssl_ev_plus');
assert.ok(EV_PRODUCT);

const { language_id: _, ...ORDER_PERSON } = PERSON;

const USER = {
  username: 'jane.doe',
  first_name: 'Jane',
  last_name: 'Doe',
  email: 'jane.doe@example.com',
  job_title: 'Manager',
  telephone: '555-555-0100',
};

/** How a body is checked, and one in which every field can be reached. */
interface Sample {
  readonly check: (body: unknown) => { readonly problems: readonly Problem[] };
  readonly valid: JsonObject;
  /** The member that says which kind of body this is: without it, it is of another kind. */
  readonly kind?: string;
}

/** Every operation with a body; two samples where members exclude each other. */
const SAMPLES: Readonly<Record<OperationWithBody, readonly Sample[]>> = {
  createOrganization: [
    {
      check: checkOrganizationCreate,
      valid: {
        ...DETAILS,
        organization_contact: PERSON,
        skip_duplicate_org_check: false,
        organization: { skip_duplicate_org_check: false },
        // Without an `id`, or the rest of a verified user would not count.
        validations: [{ type: 'ev', verified_users: [{ ...PERSON }] }],
      },
    },
  ],
  changeOrganizationDetails: [
    {
      check: checkOrganizationDetails,
      valid: {
        ...DETAILS,
        skip_duplicate_org_check: false,
        organization: { skip_duplicate_org_check: false },
      },
    },
  ],
  changeOrganizationContacts: [
    {
      check: checkContactsRequest,
      valid: { contacts: [{ ...PERSON, contact_type: 'technical_contact' }] },
    },
  ],
  submitValidations: [
    {
      check: checkValidationsRequest,
      valid: { validations: [{ type: 'ev', verified_users: [{ ...PERSON }] }] },
    },
  ],
  createOrder: [
    {
      check: (body) => checkOrder(body, EV_PRODUCT),
      valid: {
        certificate: {
          common_name: 'example.com',
          dns_names: ['www.example.com'],
          csr: '-----BEGIN CERTIFICATE REQUEST-----\nMII=\n-----END CERTIFICATE REQUEST-----\n',
          signature_hash: 'sha256',
          organization_units: ['Sales'],
        },
        // Without an `id`, or the details would not count; and so with users.
        organization: {
          ...DETAILS,
          skip_duplicate_org_check: false,
          contacts: [
            { ...ORDER_PERSON, contact_type: 'verified_contact' },
            { ...ORDER_PERSON, contact_type: 'organization_contact' },
          ],
        },
        skip_duplicate_org_check: false,
        container: { id: 1 },
        comments: 'Urgent.\nPlease.',
        validity_years: 1,
        disable_renewal_notifications: true,
      },
    },
  ],
  changeOrderStatus: [
    { check: checkOrderStatus, valid: { status: 'rejected', note: 'Not wanted.' } },
  ],
  withdrawVerifiedContact: [
    {
      check: (body) => readBody(WithdrawalRequest, body, FORMATS),
      valid: { withdrawn_at: '2026-01-02T03:04:05Z', reason: 'Has left.' },
    },
  ],
  changeAccountSettings: [
    {
      check: (body) => readBody(AccountSettingsRequest, body, FORMATS),
      valid: { duplicate_policy: 'reuse', allow_non_user_verified_contacts: true },
    },
  ],
  decideValidation: [
    {
      check: (body) => readBody(ValidationOutcomeRequest, body, FORMATS),
      valid: { status: 'active' },
    },
  ],
  createChildContainer: [
    {
      check: checkContainerCreate,
      valid: {
        name: 'Sales',
        description: 'Sales engineers',
        template_id: 6,
        allowed_domain_names: ['example.com'],
        user: { ...USER, access_roles: [{ id: 5 }] },
      },
    },
  ],
  changeContainer: [
    {
      check: checkContainerChange,
      valid: { name: 'Sales', description: 'All', ekey: 'a1', allowed_domain_names: ['a.example'] },
    },
  ],
  assignOrganizations: [
    { check: checkOrganizationAssignments, valid: { organization_id_assignments: [1] } },
  ],
  assignUsers: [{ check: checkUserAssignments, valid: { user_id_assignments: ['1'] } }],
  createIpRule: [
    {
      check: checkIpRule,
      valid: { ip_address: '192.0.2.0', ip_address_end: '192.0.2.9', description: 'A', user_id: 1 },
    },
    {
      check: checkIpRule,
      valid: {
        ip_address: '192.0.2.0',
        ip_address_end: '192.0.2.9',
        description: 'A',
        api_key_id: 1,
      },
    },
  ],
  createUser: [
    {
      check: checkUserCreate,
      valid: {
        ...USER,
        is_api_only: false,
        container: { id: 1 },
        access_roles: [{ id: 5 }],
        container_id_assignments: ['1'],
        is_saml_sso_only: false,
      },
    },
    {
      check: checkUserCreate,
      kind: 'is_api_only',
      valid: {
        is_api_only: true,
        email: 'service@example.com',
        api_name: 'Nightly export',
        restricted_to_role_id: 102,
        container: { id: 1 },
        container_id_assignments: [1],
      },
    },
  ],
  changeUser: [
    { check: (body) => checkUserEdit(body, { ...USER, is_api_only: 0 }), valid: { ...USER } },
  ],
  changeUserRole: [{ check: checkUserRole, valid: { access_roles: [{ id: 4 }] } }],
  assignContainers: [
    { check: checkContainerAssignments, valid: { container_id_assignments: [1] } },
  ],
  createApiKey: [{ check: checkApiKeyRequest, valid: { name: 'A', restricted_to_role_id: 100 } }],
  changeApiKey: [{ check: checkApiKeyRequest, valid: { name: 'A', restricted_to_role_id: 100 } }],
  changeApiKeyStatus: [{ check: checkApiKeyStatus, valid: { status: 'active' } }],
  createSubaccount: [
    {
      check: checkSubaccountCreate,
      valid: {
        account_type: 'retail',
        allowed_grandchildren: ['retail'],
        account_manager_user_id: 1,
        bill_parent: false,
        enforce_bill_parent: false,
        child_name: 'Child',
        max_allowed_multi_year_plan_length: 2,
        user: { ...USER, disable_renewal_notifications: true },
        organization: { ...DETAILS },
      },
    },
  ],
};

/** What this test needs to know of a field's schema. */
interface FieldSchema {
  readonly type: string | readonly string[];
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly items?: FieldSchema;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly 'x-multiline'?: true;
}

function schemaAt(route: Route, path: string): FieldSchema {
  let schema = route.body as unknown as FieldSchema;
  for (const name of path.split('.')) {
    const below = (schema.items ?? schema).properties?.[name];
    assert.ok(below, path);
    schema = below;
  }
  return schema;
}

/** The object of a body that holds the last member of a path; arrays are entered at their first item. */
function holderOf(body: JsonObject, path: string): { holder: JsonObject; member: string } {
  const names = path.split('.');
  const member = names.pop() ?? '';
  let holder = body;
  for (const name of names) {
    const below: unknown = holder?.[name];
    holder = (Array.isArray(below) ? below[0] : below) as JsonObject;
  }
  return { holder, member };
}

function bodyWith(valid: JsonObject, path: string, value: unknown): JsonObject {
  const body: JsonObject = structuredClone(valid);
  const { holder, member } = holderOf(body, path);
  holder[member] = value;
  return body;
}

function bodyWithout(valid: JsonObject, path: string): JsonObject {
  const body: JsonObject = structuredClone(valid);
  const { holder, member } = holderOf(body, path);
  delete holder[member];
  return body;
}

/** A value that has none of the types that the field may have. */
function wrongFor({ type }: FieldSchema): unknown {
  return type === 'boolean' ? 'true' : true;
}

function isFreeText(schema: FieldSchema): boolean {
  return [schema.type].flat().includes('string') && schema.enum === undefined;
}

/** Whether a body has a field, or could have it where it has the object around it. */
function hasField(valid: JsonObject, path: string): boolean {
  const { holder, member } = holderOf(valid, path);
  return holder !== undefined && member in holder;
}

const ENTRIES = Object.entries(SAMPLES).flatMap(([operation, samples]) =>
  samples.map((sample, index) => ({
    operation: samples.length === 1 ? operation : `${operation} (${index + 1})`,
    route: ROUTES[operation as OperationWithBody] as Route,
    ...sample,
  })),
);

/** Whether a field stands for what is else named by others, so that no body has both. */
function excludesOthers(path: string): boolean {
  return ['verified_users.id', 'organization.id', 'contacts.user_id'].some((end) =>
    path.endsWith(end),
  );
}

test('every field of every body is in one of the samples', () => {
  for (const [operation, samples] of Object.entries(SAMPLES)) {
    for (const { path } of listFields(ROUTES[operation as OperationWithBody].body)) {
      assert.ok(
        excludesOthers(path) || samples.some(({ valid }) => hasField(valid, path)),
        `${operation} ${path}`,
      );
    }
  }
});

for (const { operation, route, check, valid, kind } of ENTRIES) {
  const fields = listFields(route.body ?? ({} as TSchema)).filter(
    ({ path }) => hasField(valid, path) || excludesOthers(path),
  );
  const codesOf = (body: unknown) => check(body).problems.map(({ code }) => code);

  test(`${operation} accepts a body with every member`, () => {
    assert.deepEqual(codesOf(valid), []);
  });

  for (const { path, faults } of fields) {
    const schema = schemaAt(route, path);
    const name = fieldOf(path);

    if (faults.includes('missing')) {
      test(`${operation} answers missing_${name} where ${path} is absent, null or blank`, () => {
        assert.deepEqual(codesOf(bodyWithout(valid, path)), [`missing_${name}`]);
        assert.deepEqual(codesOf(bodyWith(valid, path, null)), [`missing_${name}`]);
        assert.deepEqual(codesOf(bodyWith(valid, path, ' \u3000')), [`missing_${name}`]);
      });
    } else if (path !== kind) {
      test(`${operation} does without ${path}`, () => {
        assert.deepEqual(codesOf(bodyWithout(valid, path)), []);
        assert.deepEqual(codesOf(bodyWith(valid, path, null)), []);
      });
    }

    test(`${operation} answers invalid_${name} to a value of a wrong type in ${path}`, () => {
      assert.ok(codesOf(bodyWith(valid, path, wrongFor(schema))).includes(`invalid_${name}`));
    });

    if (schema.maxLength !== undefined) {
      const tooLong = '𝔘'.repeat(schema.maxLength + 1);
      test(`${operation} answers ${name}_too_long to one character too many in ${path}`, () => {
        assert.ok(faults.includes('too_long'));
        assert.ok(codesOf(bodyWith(valid, path, tooLong)).includes(`${name}_too_long`));
      });
    }

    if (isFreeText(schema)) {
      test(`${operation} answers invalid_${name} to control characters and broken Unicode in ${path}`, () => {
        const inLines = schema['x-multiline'] ? [] : ['\nb', 'a\tb'];
        for (const wrong of ['a\0', 'a\u202Eb', 'a\uD800b', '\uDC00', ...inLines]) {
          assert.ok(codesOf(bodyWith(valid, path, wrong)).includes(`invalid_${name}`));
        }
      });
    }
  }

  test(`${operation} answers one fault in one field with one problem`, () => {
    const answered = fields.flatMap(({ path }) => {
      const codes = codesOf(bodyWith(valid, path, wrongFor(schemaAt(route, path))));
      return codes.length === 1 ? [] : [codes];
    });
    assert.deepEqual(answered, []);
  });

  test(`${operation} answers only codes that it is listed with, whatever is sent`, () => {
    const listed = new Set(listErrorsOf(route).map(({ code }) => code));
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'grapheme' }));
    const change = fc.tuple(fc.constantFrom(...fields.map(({ path }) => path)), value);
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
        const body: JsonObject = structuredClone(valid);
        for (const [path, sent] of changes) {
          const { holder, member } = holderOf(body, path);
          if (typeof holder === 'object' && holder !== null) {
            holder[member] = sent;
          }
        }
        for (const { code } of check(body).problems) {
          assert.ok(listed.has(code), code);
        }
      }),
      { numRuns: 500 },
    );
  });
}
