/**
 * Making an order: the record of what an ordering system asks for, with the contacts as they are at this
 * moment. What a request names is looked up in order-parties.ts.
 */
import type { OrderCreated, OrderRequest, Product } from '@orgvet/contract';
import { type CheckedOrder, checkOrder, findProduct } from '../domain/orders.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { listContacts } from '../store/contacts.ts';
import { type Transaction, TransactionConflict } from '../store/database.ts';
import { insertOrder, insertOrderContact, type StoredOrderContact } from '../store/orders.ts';
import { listValidations } from '../store/validations.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { settleScripts } from './due-work.ts';
import { findParties, type OrderParties } from './order-parties.ts';
import { announceReadyOrders } from './order-readiness.ts';
import { insertWithParts } from './organization-create.ts';
import { openValidations } from './validation-lifecycle.ts';
import { askVerifiedContacts } from './verified-contact-requests.ts';

/**
 * Makes an order. All of it happens in one transaction, the organization being locked: nobody
 * deactivates or deletes it meanwhile.
 *
 * @throws RequestRefused with every problem of the request
 */
export async function createOrder(
  context: Context,
  {
    params: { product_name_id },
    body,
  }: { readonly params: { readonly product_name_id: string }; readonly body: unknown },
): Promise<OrderCreated> {
  const product = findProduct(product_name_id) ?? refuseAsNotFound('product');
  const checked = checkOrder(body, product);
  const created = await context.store.transaction(async (tx): Promise<OrderCreated> => {
    const parties = await findParties(tx, context, checked, product);
    refuseIfAny(parties.problems);
    const { organization } = parties;
    const organization_id =
      organization?.id ?? (await insertNewOrganization(tx, context, checked, parties));
    await submitOnce(tx, context, organization_id, product);
    const contacts = [
      ...(await snapshotContacts(tx, context, organization_id, parties)),
      ...(await snapshotApprovers(tx, context, organization_id, parties)),
    ];
    const place = { organization_id, container_id: parties.container_id };
    const id = await insertRows(tx, context, checked.request, product, { ...place, contacts });
    await recordEvent(tx, context, {
      action: 'order_created',
      object_type: 'order',
      object_id: id,
      after: { product_name_id, ...place, ...describeForEvent(checked.request), contacts },
    });
    await announceReadyOrders(tx, context, organization_id);
    return { id, requests: [{ id, status: 'approved' }], organization: { id: organization_id } };
  });
  await settleScripts(context);
  return created;
}

/** @returns the id of the new organization */
async function insertNewOrganization(
  tx: Transaction,
  context: Context,
  { details, skips_duplicate_check }: CheckedOrder,
  { people }: OrderParties,
): Promise<number> {
  const contact = people.find(({ contact_type }) => contact_type === 'organization_contact');
  if (details === undefined || contact === undefined) {
    throw new Error('A new organization was let through without its details or its contact.');
  }
  const { first_name, last_name, email, job_title, telephone, telephone_extension } = contact;
  const organization_contact = {
    first_name,
    last_name,
    email,
    ...(job_title && { job_title }),
    ...(telephone && { telephone }),
    ...(telephone_extension && { telephone_extension }),
  };
  const request = { ...details, organization_contact };
  const { id, is_new } = await insertWithParts(tx, context, { request, skips_duplicate_check }, []);
  if (!is_new) {
    throw new TransactionConflict('An organization came that the details of an order match.');
  }
  return id;
}

/** Submits the organization for the type that the product needs, if it never was: expired ones stay. */
async function submitOnce(
  tx: Transaction,
  context: Context,
  organization_id: number,
  { validation_type: type }: Product,
): Promise<void> {
  const known = await listValidations(tx, context.principal.account_id, [organization_id]);
  if (known.some((validation) => validation.type === type)) {
    return;
  }
  await openValidations(tx, context, organization_id, [type]);
  await recordEvent(tx, context, {
    action: 'organization_submitted',
    object_type: 'organization',
    object_id: organization_id,
    after: { validations: [{ type }] },
  });
}

/** A contact that an order is to keep. */
type Snapshot = Omit<StoredOrderContact, 'account_id' | 'order_id' | 'position'>;

/** The organization and the technical contact: as given, or else as the organization has them now. */
async function snapshotContacts(
  tx: Transaction,
  { principal }: Context,
  organization_id: number,
  { people }: OrderParties,
): Promise<Snapshot[]> {
  const own = await listContacts(tx, principal.account_id, organization_id);
  const types = ['organization_contact', 'technical_contact'] as const;
  return types.flatMap((type) => {
    const given = people.find(({ contact_type }) => contact_type === type);
    const kept = own.find(({ contact_type }) => contact_type === type);
    const person = given ?? (kept && { ...kept, user_id: 0 });
    return person === undefined ? [] : snapshotOf(person, type, 0);
  });
}

/** Asks those who have to be asked. */
async function snapshotApprovers(
  tx: Transaction,
  context: Context,
  organization_id: number,
  { planned, present }: OrderParties,
): Promise<Snapshot[]> {
  const ids = await askVerifiedContacts(tx, context, organization_id, planned);
  const asked = planned.map((person, index) => ({ person, id: ids[index] ?? 0 }));
  const approvers = [...asked, ...present.map((person) => ({ person, id: person.id }))];
  // Whoever was named twice is one contact.
  return [...new Map(approvers.map((approver) => [approver.id, approver])).values()].map(
    ({ person, id }) => snapshotOf(person, 'verified_contact', id),
  );
}

function snapshotOf(
  person: Omit<Snapshot, 'contact_type' | 'verified_contact_id'>,
  contact_type: Snapshot['contact_type'],
  verified_contact_id: number,
): Snapshot {
  return {
    contact_type,
    user_id: person.user_id,
    verified_contact_id,
    first_name: person.first_name,
    last_name: person.last_name,
    email: person.email,
    job_title: person.job_title,
    telephone: person.telephone,
    telephone_extension: person.telephone_extension,
  };
}

/** @returns the id of the order */
async function insertRows(
  tx: Transaction,
  context: Context,
  { certificate, ...request }: OrderRequest,
  { name_id: product_name_id, validation_type }: Product,
  {
    contacts,
    ...place
  }: {
    readonly organization_id: number;
    readonly container_id: number;
    readonly contacts: readonly Snapshot[];
  },
): Promise<number> {
  const { account_id, user_id } = context.principal;
  const order_id = await insertOrder(tx, {
    account_id,
    ...place,
    user_id,
    product_name_id,
    validation_type,
    status: 'pending',
    common_name: certificate.common_name ?? '',
    csr: certificate.csr ?? '',
    dns_names: JSON.stringify(certificate.dns_names ?? []),
    signature_hash: certificate.signature_hash ?? '',
    organization_units: JSON.stringify(certificate.organization_units ?? []),
    comments: request.comments ?? '',
    validity_years: request.validity_years ?? 0,
    disable_renewal_notifications: Number(request.disable_renewal_notifications ?? false),
    date_created: timeOf(context),
    ready_at: '',
  });
  for (const [position, contact] of contacts.entries()) {
    await insertOrderContact(tx, { account_id, order_id, position, ...contact });
  }
  return order_id;
}

/** What was ordered, without the request for a signature: that is long, and kept with the order. */
function describeForEvent({ certificate, comments, validity_years }: OrderRequest) {
  const { csr: _csr, ...ordered } = certificate;
  return {
    certificate: ordered,
    ...(comments !== undefined && { comments }),
    ...(validity_years !== undefined && { validity_years }),
  };
}
