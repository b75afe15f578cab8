/** Of every operation with a body how it is checked, with bodies in which every field is. */
import assert from 'node:assert/strict';
import {
  AssignmentRequest,
  type OperationName,
  type Problem,
  RejectionRequest,
  type ROUTES,
  readBody,
  ValidationOutcomeRequest,
  WithdrawalRequest,
} from '@orgvet/contract';
import { checkAccountSettings } from '../src/domain/account-settings.ts';
import { checkApiKeyRequest, checkApiKeyStatus } from '../src/domain/api-key-requests.ts';
import { checkAppointments } from '../src/domain/appointments.ts';
import { checkClockRequest } from '../src/domain/clock-request.ts';
import { checkContactsRequest } from '../src/domain/contacts.ts';
import {
  checkContainerChange,
  checkContainerCreate,
  checkOrganizationAssignments,
  checkUserAssignments,
} from '../src/domain/container-requests.ts';
import { checkDecisionRequest, checkReviewRequest } from '../src/domain/decisions.ts';
import { readDuplicateCheck } from '../src/domain/duplicate-check.ts';
import { checkEvidence, checkWithdrawal } from '../src/domain/evidence.ts';
import { FORMATS } from '../src/domain/formats.ts';
import { checkIpRule } from '../src/domain/ip-address.ts';
import { checkOrder, checkOrderStatus, findProduct } from '../src/domain/orders.ts';
import { checkOrganizationCreate, checkOrganizationDetails } from '../src/domain/organization.ts';
import { checkOutcomePolicy } from '../src/domain/outcome-policy.ts';
import { checkProfile } from '../src/domain/profile.ts';
import { checkRulesImpactRequest } from '../src/domain/rules-impact-request.ts';
import { checkSampleRequest } from '../src/domain/samples.ts';
import { checkSource } from '../src/domain/sources.ts';
import { checkSubaccountCreate } from '../src/domain/subaccount.ts';
import {
  checkContainerAssignments,
  checkUserCreate,
  checkUserEdit,
  checkUserRole,
} from '../src/domain/user.ts';
import { checkValidationsRequest } from '../src/domain/validation.ts';
import { CREDENTIAL_SAMPLES } from './credential-samples.ts';
import { makePolicy } from './rules.ts';

export type JsonObject = Record<string, unknown>;

export type OperationWithBody = {
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

const SOURCE = {
  name: 'Handelsregister',
  kind: 'government_register',
  jurisdiction_country: 'de',
  jurisdiction_state: 'Hamburg',
  jurisdiction_locality: 'Hamburg',
  url: 'https://www.handelsregister.de/',
  number_format: 'HRB 99999',
  note: 'Kept by\nthe court.',
};

/** How a body is checked, and one in which every field can be reached. */
export interface Sample {
  readonly check: (body: unknown) => { readonly problems: readonly Problem[] };
  readonly valid: JsonObject;
  /** The member that says which kind of body this is: without it, it is of another kind. */
  readonly kind?: string;
}

/** Every operation with a body; two samples where members exclude each other. */
export const SAMPLES: Readonly<Record<OperationWithBody, readonly Sample[]>> = {
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
  checkDuplicates: [{ check: readDuplicateCheck, valid: DETAILS }],
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
      check: checkAccountSettings,
      valid: {
        duplicate_policy: 'reuse',
        allow_non_user_verified_contacts: true,
        reminder_days: [30, 0, -7],
      },
    },
  ],
  decideValidation: [
    {
      check: (body) => readBody(ValidationOutcomeRequest, body, FORMATS),
      valid: { status: 'active' },
    },
  ],
  changeAppointments: [
    {
      check: checkAppointments,
      valid: {
        appointments: [
          { role: 'specialist', validation_type: 'ov', qualified_until: '2027-06-30T00:00:00Z' },
        ],
      },
    },
  ],
  decideCheck: [
    {
      check: checkDecisionRequest,
      valid: {
        outcome: 'met',
        reason: 'As the register\nhas it.',
        evidence_ids: [1],
        contract_until: '2027-06-30T00:00:00Z',
      },
    },
  ],
  reviewCheck: [{ check: checkReviewRequest, valid: { outcome: 'agreed', reason: 'So\nit is.' } }],
  rejectValidation: [
    {
      check: (body) => readBody(RejectionRequest, body, FORMATS),
      valid: { reasons: ['No such\ncompany.'] },
    },
  ],
  assignValidation: [
    { check: (body) => readBody(AssignmentRequest, body, FORMATS), valid: { user_id: 1 } },
  ],
  drawSample: [
    {
      check: (body) => checkSampleRequest(body, Date.parse('2026-11-21T12:00:00Z')),
      valid: { quarter: '2026-Q3', seed: 'dice', delegated: true },
    },
  ],
  moveClock: [
    {
      check: (body) => checkClockRequest(body, 0),
      valid: { now: '2027-06-30T00:00:00Z' },
      kind: 'now',
    },
    { check: (body) => checkClockRequest(body, 0), valid: { advance: 'P1D' }, kind: 'advance' },
  ],
  changeOutcomePolicy: [
    {
      check: checkOutcomePolicy,
      valid: { policy: 'reject', after: 'PT2M', reason: 'No such\ncompany.' },
    },
  ],
  createSource: [{ check: checkSource, valid: SOURCE }],
  changeSource: [{ check: checkSource, valid: SOURCE }],
  withdrawSource: [{ check: checkWithdrawal, valid: { reason: 'Not kept\nup to date.' } }],
  recordEvidence: [
    {
      check: (body) => checkEvidence(body, '2026-11-21T12:00:00+00:00'),
      kind: 'file_digest',
      valid: {
        kind: 'government_register',
        source_id: 1,
        reference: 'HRB 12345',
        obtained_at: '2026-01-02T03:04:05Z',
        note: 'Active.\nSince 1999.',
        file_digest: '0'.repeat(64),
        file_name: 'extract.pdf',
      },
    },
  ],
  withdrawEvidence: [{ check: checkWithdrawal, valid: { reason: 'Forged.' } }],
  changeProfile: [
    {
      check: (body) => checkProfile(body, '2026-11-21T12:00:00+00:00'),
      valid: {
        entity_class: 'private_organization',
        formed_on: '1999-12-31',
        jurisdiction_country: 'de',
        jurisdiction_state: 'Hamburg',
        jurisdiction_locality: 'Hamburg',
        registration_number: 'HRB 12345',
        registration_source_id: 1,
        lei: '529900T8BM49AURSDO55',
        organization_identifier: 'NTRDE-HRB12345',
        latin_name: 'Example',
        relies_on_affiliate: false,
        has_preauthorized_approvers: false,
      },
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
  ...CREDENTIAL_SAMPLES,
  compareRules: [
    { check: checkRulesImpactRequest, valid: { rules: makePolicy() } },
    { check: checkRulesImpactRequest, kind: 'change', valid: { change: '2026-03-15' } },
  ],
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
