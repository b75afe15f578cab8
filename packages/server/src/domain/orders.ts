/**
 * Orders: what a request may say of one, and what an organization still lacks for one at a moment. Pure:
 * whether what a request names is there is not told here. Nothing is issued.
 */
import {
  fieldProblem,
  isBlank,
  ORDER_CONTACT_TYPES,
  type OrderContactRequest,
  OrderRequest,
  OrderStatusRequest,
  type OrderValidation,
  type OrganizationDetailsRequest,
  PRODUCTS,
  type Problem,
  type Product,
  problem,
  ROLES_BY_VALIDATION_TYPE,
  readBody,
  type ValidationTypeName,
  VERIFIED_ROLES,
  type VerifiedRole,
} from '@orgvet/contract';
import { roleStatusAt } from './confirmation.ts';
import { FORMATS } from './formats.ts';
import { checkCombinedName, skipsDuplicateCheck } from './organization.ts';
import { getValidationType, memberOf, statusAt } from './validation.ts';

/** A contact's type as it is kept, by whichever of its names it was sent. */
export type KeptContactType = 'organization_contact' | 'technical_contact' | 'verified_contact';

/** A contact that a request gives. */
export interface SentContact {
  /** Where the request has it. */
  readonly path: string;
  readonly contact_type: KeptContactType;
  readonly sent: OrderContactRequest;
}

/** An order request that was read. All but `problems` is to be used only if there are none. */
export interface CheckedOrder {
  readonly problems: Problem[];
  readonly request: OrderRequest;
  /** Those that could be read, and that the product has a use for. */
  readonly contacts: readonly SentContact[];
  /** The details of a new organization; absent where the request names one by its id. */
  readonly details?: OrganizationDetailsRequest;
  readonly skips_duplicate_check: boolean;
}

type Organization = Partial<OrderRequest['organization']>;

const DETAILS_REQUIRED = [
  'name',
  'country',
  'address',
  'city',
  'state',
  'zip',
  'telephone',
] as const;

/** What must be given of a person who is named without a user id. */
const PERSON_REQUIRED = ['first_name', 'last_name', 'email'] as const;
const APPROVER_REQUIRED = [...PERSON_REQUIRED, 'job_title', 'telephone'] as const;

const KEPT_TYPES: Readonly<Record<(typeof ORDER_CONTACT_TYPES)[number], KeptContactType>> = {
  organization_contact: 'organization_contact',
  technical_contact: 'technical_contact',
  verified_contact: 'verified_contact',
  ev_approver: 'verified_contact',
};

export function findProduct(name_id: string): Product | undefined {
  return PRODUCTS.find((product) => product.name_id === name_id);
}

/** The role that a verified contact must have for orders of a type; none where it needs nobody. */
export function roleFor(type: ValidationTypeName): VerifiedRole | undefined {
  const roles: readonly VerifiedRole[] = ROLES_BY_VALIDATION_TYPE[type];
  // A request for `ev` brings further roles along; a role is named after the type that needs it.
  return VERIFIED_ROLES.find((role) => roles.includes(role) && role === type.toUpperCase());
}

/** Reads the body of "Create order" for a product, every rule that needs no look at the account. */
export function checkOrder(body: unknown, product: Product): CheckedOrder {
  const used = dropIgnoredMembers(body, product);
  const { problems, faulty, value } = readBody(OrderRequest, used, FORMATS);
  const { certificate, organization }: Partial<OrderRequest> = value;
  problems.push(...checkCommonName(certificate, product, faulty));
  const contacts = listContacts(organization, faulty);
  const hasId = organization?.id !== undefined || faulty.has('organization.id');
  if (organization !== undefined && !hasId) {
    problems.push(...checkDetails(organization, faulty), ...checkNewContact(organization, faulty));
  }
  problems.push(...checkContacts(contacts, product, faulty));
  return {
    problems,
    request: value,
    contacts: contacts.filter((contact) => isUsed(contact.contact_type, product)),
    ...(!hasId && { details: newDetailsOf(organization) }),
    skips_duplicate_check: skipsDuplicateCheck(value),
  };
}

/** Reads the body of "Change order status". */
export function checkOrderStatus(body: unknown): {
  problems: Problem[];
  request: OrderStatusRequest;
} {
  const { problems, value } = readBody(OrderStatusRequest, body, FORMATS);
  return { problems, request: value };
}

function checkCommonName(
  certificate: Partial<OrderRequest['certificate']> | undefined,
  product: Product,
  faulty: ReadonlySet<string>,
): Problem[] {
  const path = 'certificate.common_name';
  const isMissing =
    product.type === 'ssl_certificate' &&
    certificate !== undefined &&
    certificate.common_name === undefined &&
    !faulty.has(path);
  return isMissing ? [fieldProblem('missing', path, 'is required for TLS certificates.')] : [];
}

function checkDetails(organization: Organization, faulty: ReadonlySet<string>): Problem[] {
  const missing = DETAILS_REQUIRED.filter((field) => organization[field] === undefined)
    .map((field) => `organization.${field}`)
    .filter((path) => !faulty.has(path))
    .map((path) => fieldProblem('missing', path, 'is required where no organization id is given.'));
  return [...missing, ...checkCombinedName(organization, 'organization.name')];
}

/** The details alone; complete where there is no problem, since what is missing is one. */
function newDetailsOf(organization: Organization = {}): OrganizationDetailsRequest {
  const { id: _id, contacts: _contacts, ...details } = organization;
  return details as OrganizationDetailsRequest;
}

/** A new organization must have an organization contact, as wherever one is created. */
function checkNewContact({ contacts }: Organization, faulty: ReadonlySet<string>): Problem[] {
  const path = 'organization.contacts';
  const types = readTypes(contacts);
  // One that could not be read may have been it.
  const isUnknown = faulty.has(path) || types.includes(undefined);
  return isUnknown || types.includes('organization_contact')
    ? []
    : [fieldProblem('missing', path, 'must have an organization_contact for new details.')];
}

/** What could not be read is undefined, whatever the type says. */
function readTypes(
  contacts: readonly (Partial<OrderContactRequest> | undefined)[] = [],
): (OrderContactRequest['contact_type'] | undefined)[] {
  return contacts.map((contact) => contact?.contact_type);
}

function listContacts(
  organization: Organization | undefined,
  faulty: ReadonlySet<string>,
): SentContact[] {
  const contacts: readonly (OrderContactRequest | undefined)[] = organization?.contacts ?? [];
  return contacts.flatMap((sent, index) => {
    const path = `organization.contacts[${index}]`;
    return sent?.contact_type === undefined || faulty.has(`${path}.user_id`)
      ? []
      : { path, contact_type: KEPT_TYPES[sent.contact_type], sent };
  });
}

function checkContacts(
  contacts: readonly SentContact[],
  product: Product,
  faulty: ReadonlySet<string>,
): Problem[] {
  const single = contacts
    .map(({ contact_type }) => contact_type)
    .filter((type) => type !== 'verified_contact');
  return [
    ...contacts
      .filter(({ contact_type }) => isUsed(contact_type, product))
      .flatMap((contact) => checkPerson(contact, faulty)),
    ...(new Set(single).size < single.length ? [problem('contact_type_duplicate')] : []),
  ];
}

function checkPerson(
  { path, contact_type, sent }: SentContact,
  faulty: ReadonlySet<string>,
): Problem[] {
  if (sent.user_id !== undefined) {
    return [];
  }
  const required = contact_type === 'verified_contact' ? APPROVER_REQUIRED : PERSON_REQUIRED;
  return required
    .filter((field) => sent[field] === undefined)
    .map((field) => `${path}.${field}`)
    .filter((fieldPath) => !faulty.has(fieldPath))
    .map((fieldPath) =>
      fieldProblem('missing', fieldPath, 'is required where no user id is given.'),
    );
}

/** Verified contacts are for the products that need one (Verified contacts). */
function isUsed(contact_type: KeptContactType, { validation_type }: Product): boolean {
  return contact_type !== 'verified_contact' || getValidationType(validation_type).requires_user;
}

/**
 * The body without what is ignored, whatever it holds: details beside the id of an organization, a
 * person beside the id of a user, and verified contacts of a product that needs none. Every contact
 * keeps its place, which problems tell.
 */
function dropIgnoredMembers(body: unknown, product: Product): unknown {
  const organization = memberOf(body, 'organization');
  const contacts = memberOf(organization, 'contacts');
  if (!isObject(organization)) {
    return body;
  }
  const id = memberOf(organization, 'id');
  const kept = isBlank(id) ? organization : { id };
  const used = Array.isArray(contacts)
    ? contacts.map((contact) => dropFromContact(contact, product))
    : contacts;
  return { ...(body as object), organization: { ...kept, contacts: used } };
}

function dropFromContact(contact: unknown, product: Product): unknown {
  const sent = memberOf(contact, 'contact_type');
  const contact_type = ORDER_CONTACT_TYPES.find((known) => known === sent);
  if (contact_type !== undefined && !isUsed(KEPT_TYPES[contact_type], product)) {
    return { contact_type };
  }
  const user_id = memberOf(contact, 'user_id');
  return isBlank(user_id) ? contact : { contact_type: sent, user_id };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an organization has that orders for it rely on. */
export interface OrderBasis {
  readonly is_active: boolean;
  readonly validations: readonly {
    readonly type: ValidationTypeName;
    readonly date_created: string;
    readonly validated_until: string;
    readonly is_open?: boolean;
  }[];
  readonly verified_contacts: readonly {
    readonly withdrawn_at: string;
    readonly roles: readonly {
      readonly role: VerifiedRole;
      readonly status: 'pending' | 'active' | 'declined';
    }[];
  }[];
}

/**
 * What an organization lacks at a moment for orders that need a type of validation; nothing where they
 * are ready.
 *
 * @param time the moment, as on the wire
 */
export function listMissing(
  type: ValidationTypeName,
  { is_active, validations, verified_contacts }: OrderBasis,
  time: string,
): OrderValidation['missing'] {
  const isValidated = validations.some(
    (validation) => validation.type === type && statusAt(validation, time) === 'active',
  );
  const needed = roleFor(type);
  const hasApprover = verified_contacts.some((contact) =>
    contact.roles.some(
      ({ role, status }) => role === needed && roleStatusAt(status, contact, time) === 'active',
    ),
  );
  return [
    ...(is_active ? [] : (['active_organization'] as const)),
    ...(isValidated ? [] : (['organization_validation'] as const)),
    ...(needed === undefined || hasApprover ? [] : (['verified_contact'] as const)),
  ];
}
