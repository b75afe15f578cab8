/** How orders look in answers. Absent texts and numbers are left out. Pure. */
import type {
  Order,
  OrderListItem,
  OrderStatus,
  OrderValidation,
  Product,
  ValidationTypeName,
} from '@orgvet/contract';
import { roleStatusAt } from './confirmation.ts';
import {
  findProduct,
  type KeptContactType,
  listMissing,
  type OrderBasis,
  roleFor,
} from './orders.ts';
import {
  describeValidations,
  type ValidationRecord,
  type VerifiedContactRecord,
} from './organization-document.ts';
import { getValidationType } from './validation.ts';

/** What a list shows of an order. */
interface ListedOrderRecord {
  readonly id: number;
  readonly organization_id: number;
  readonly organization_name: string;
  readonly container_id: number;
  readonly container_name: string;
  readonly product_name_id: string;
  readonly status: OrderStatus;
  readonly common_name: string;
  /** A JSON array. */
  readonly dns_names: string;
  readonly signature_hash: string;
  readonly validity_years: number;
  readonly disable_renewal_notifications: number;
  readonly date_created: string;
}

/** What order info shows of an order itself. */
interface OrderRecord extends Omit<ListedOrderRecord, 'organization_name' | 'container_name'> {
  readonly csr: string;
  /** A JSON array. */
  readonly organization_units: string;
  readonly comments: string;
}

interface OrderContactRecord {
  readonly contact_type: KeptContactType;
  readonly user_id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly job_title: string;
  readonly telephone: string;
  readonly telephone_extension: string;
}

/** What an order shows of the things around it. */
interface OrderParts {
  readonly organization: Order['organization'];
  readonly container: { readonly id: number; readonly name: string };
  readonly contacts: readonly OrderContactRecord[];
  /** Absent where whoever ordered has been deleted. */
  readonly user?: NonNullable<Order['user']>;
}

export function describeListedOrder(order: ListedOrderRecord): OrderListItem {
  const { organization_id, organization_name, container_id, container_name } = order;
  const { name_id, name, type } = getProduct(order);
  return {
    ...describeHead(order),
    certificate: describeCertificate(order),
    organization: { id: organization_id, name: organization_name },
    container: { id: container_id, name: container_name },
    product: { name_id, name, type },
    has_duplicates: false,
    ...describeTail(order),
  };
}

export function describeOrder(
  order: OrderRecord,
  { organization, container, contacts, user }: OrderParts,
): Order {
  const { id, name, display_name, is_active, city, state, country } = organization;
  const units: string[] = JSON.parse(order.organization_units);
  const verified = contacts.filter(({ contact_type }) => contact_type === 'verified_contact');
  const { comments } = order;
  return {
    ...describeHead(order),
    certificate: {
      ...describeCertificate(order),
      ...(order.csr && { csr: order.csr }),
      ...(units.length > 0 && { organization_units: units }),
      organization: { id },
    },
    organization: { id, name, display_name, is_active, city, state, country },
    container: { id: container.id, name: container.name },
    product: describeProduct(getProduct(order)),
    ...describeContact('organization_contact', contacts),
    ...describeContact('technical_contact', contacts),
    ...(verified.length > 0 && { verified_contacts: verified.map(describePerson) }),
    ...(user && { user }),
    // There is one request, which is the order: nobody else decides about it here.
    requests: [
      {
        id: order.id,
        status: 'approved',
        date: order.date_created,
        type: 'new_request',
        ...(comments && { comments }),
      },
    ],
    ...describeTail(order),
  };
}

/** What the organization of an order still lacks for it, and how far it is, at a moment. */
export function describeOrderValidation(
  {
    id,
    status,
    validation_type,
  }: Pick<OrderRecord, 'id' | 'status'> & { readonly validation_type: ValidationTypeName },
  organization: { readonly id: number; readonly name: string },
  basis: OrderBasis & {
    readonly validations: readonly ValidationRecord[];
    readonly verified_contacts: readonly VerifiedContactRecord[];
  },
  time: string,
): OrderValidation {
  const validations = basis.validations.filter(({ type }) => type === validation_type);
  const approvers = describeApprovers(validation_type, basis.verified_contacts, time);
  return {
    order_id: String(id),
    order_status: status,
    organization_id: String(organization.id),
    organization_name: organization.name,
    organization_validations: describeValidations(validations, basis.verified_contacts, time).map(
      (validation) => ({
        ...validation,
        ...(approvers.length > 0 && { verified_contacts: approvers }),
        ...(validation.status !== 'active' && { verification_details: { ...PENDING_DETAILS } }),
      }),
    ),
    missing: listMissing(validation_type, basis, time),
  };
}

const PENDING_DETAILS = {
  organization_type: 'pending',
  organization_status: 'pending',
  address_verification: 'pending',
  blacklist_fraud: 'pending',
  request_authenticity: 'pending',
} as const;

type Approver = NonNullable<
  OrderValidation['organization_validations'][number]['verified_contacts']
>[number];

/** The verified contacts of an organization who were named for a type. */
function describeApprovers(
  type: ValidationTypeName,
  contacts: readonly VerifiedContactRecord[],
  time: string,
): Approver[] {
  const needed = roleFor(type);
  return contacts.flatMap((contact) =>
    contact.roles
      .filter(({ role }) => role === needed)
      .map(({ status }) => ({
        user_id: String(contact.user_id),
        name: fullName(contact),
        first_name: contact.first_name,
        last_name: contact.last_name,
        ...(contact.job_title && { job_title: contact.job_title }),
        ...(contact.telephone && { telephone: contact.telephone }),
        email: contact.email,
        status: roleStatusAt(status, contact, time),
      })),
  );
}

function describeHead({ id, status, date_created, ...order }: HeadRecord) {
  return {
    id,
    status,
    is_renewal: false,
    is_renewed: false,
    date_created,
    disable_renewal_notifications: order.disable_renewal_notifications === 1,
  };
}

type HeadRecord = Pick<
  ListedOrderRecord,
  'id' | 'status' | 'date_created' | 'disable_renewal_notifications'
>;

function describeTail({
  validity_years,
  product_name_id,
}: Pick<ListedOrderRecord, 'validity_years' | 'product_name_id'>) {
  return { ...(validity_years > 0 && { validity_years }), product_name_id };
}

function describeCertificate({
  common_name,
  signature_hash,
  ...order
}: Pick<ListedOrderRecord, 'common_name' | 'signature_hash' | 'dns_names'>) {
  const dns_names: string[] = JSON.parse(order.dns_names);
  return {
    ...(common_name && { common_name }),
    ...(dns_names.length > 0 && { dns_names }),
    ...(signature_hash && { signature_hash }),
  };
}

function describeProduct({ name_id, name, type, validation_type }: Product): Order['product'] {
  const validation = getValidationType(validation_type);
  return {
    name_id,
    name,
    type,
    validation_type,
    validation_name: validation.name,
    validation_description: validation.description,
  };
}

function getProduct({ product_name_id }: { readonly product_name_id: string }): Product {
  const product = findProduct(product_name_id);
  if (product === undefined) {
    throw new Error(`An order is for the product ${product_name_id}, which there is not.`);
  }
  return product;
}

type Person = NonNullable<Order['organization_contact']>;

function describeContact<Type extends 'organization_contact' | 'technical_contact'>(
  type: Type,
  contacts: readonly OrderContactRecord[],
): Partial<Record<Type, Person>> {
  const contact = contacts.find(({ contact_type }) => contact_type === type);
  return contact === undefined
    ? {}
    : ({ [type]: describePerson(contact) } as Partial<Record<Type, Person>>);
}

function describePerson(contact: OrderContactRecord): Person {
  const { user_id, first_name, last_name, job_title, telephone, telephone_extension } = contact;
  return {
    ...(user_id !== 0 && { user_id }),
    first_name,
    last_name,
    name: fullName(contact),
    email: contact.email,
    ...(job_title && { job_title }),
    ...(telephone && { telephone }),
    ...(telephone_extension && { telephone_extension }),
  };
}

function fullName({
  first_name,
  last_name,
}: {
  readonly first_name: string;
  readonly last_name: string;
}): string {
  return `${first_name} ${last_name}`;
}
