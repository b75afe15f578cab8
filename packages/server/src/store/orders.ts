/** Orders one at a time, and the contacts that they were made with. Lists are in order-list.ts. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { lookup } from './lookups.ts';
import type { OrderContactRow, OrderRow } from './schema-contacts.ts';
import { statement } from './statement.ts';

export type NewOrder = Omit<Insertable<OrderRow>, 'id'>;
export type StoredOrder = Selectable<OrderRow>;
export type StoredOrderContact = Selectable<OrderContactRow>;

/** Where an order belongs, and whose it is. */
export interface OrderPlace {
  readonly container_id: number;
  readonly user_id: number;
}

export async function findOrderPlace(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<OrderPlace | undefined> {
  return await handle.find(placeById, account_id, id);
}

/** @returns the id of the new order */
export async function insertOrder(tx: Transaction, order: NewOrder): Promise<number> {
  const row = await tx.first(insert, order);
  if (row === undefined) {
    throw new Error('An order was not inserted.');
  }
  return row.id;
}

export async function insertOrderContact(
  tx: Transaction,
  contact: StoredOrderContact,
): Promise<void> {
  await tx.run(insertContact, contact);
}

export async function findOrder(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<StoredOrder | undefined> {
  return await handle.first(selectOne, { account_id, id });
}

/** An order that is about to change. Nobody else changes it until the transaction ends. */
export async function lockOrder(
  tx: Transaction,
  account_id: number,
  id: number,
): Promise<StoredOrder | undefined> {
  return await tx.first(lockOne, { account_id, id });
}

/** The contacts of an order, in their order. */
export async function listOrderContacts(
  handle: Handle,
  account_id: number,
  order_id: number,
): Promise<StoredOrderContact[]> {
  return await handle.all(selectContacts, { account_id, order_id });
}

/** Sets the status of an order, if it is still pending. */
export async function updateOrderStatus(
  tx: Transaction,
  account_id: number,
  id: number,
  status: StoredOrder['status'],
): Promise<void> {
  await tx.run(updateStatus, { account_id, id, status });
}

/** A pending order that was never ready. */
export type UnreadyOrder = Pick<
  StoredOrder,
  'id' | 'product_name_id' | 'validation_type' | 'date_created'
>;

/** The pending orders for an organization that never were ready, of some validation types. */
export async function listUnreadyOrders(
  handle: Handle,
  account_id: number,
  organization_id: number,
  validation_types: readonly StoredOrder['validation_type'][],
): Promise<UnreadyOrder[]> {
  const types = JSON.stringify(validation_types);
  return await handle.all(selectUnready, { account_id, organization_id, types });
}

/** Notes since when a pending order is ready, if it never was. @returns whether it has noted that */
export async function setOrderReadyOnce(
  tx: Transaction,
  account_id: number,
  id: number,
  ready_at: string,
): Promise<boolean> {
  return (await tx.change(setReady, { account_id, id, ready_at })) === 1;
}

/** Whether an organization is on any order, of whatever status. */
export async function hasOrders(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<boolean> {
  return (await handle.first(selectAny, { account_id, organization_id })) !== undefined;
}

export async function hasPendingOrders(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<boolean> {
  return (await handle.first(selectAnyPending, { account_id, organization_id })) !== undefined;
}

/** An order that names a verified contact. */
interface OrderOfVerifiedContact {
  readonly verified_contact_id: number;
  readonly order_id: number;
}

/** Orders of one verified contact that are told of. */
const ORDERS_OF_CONTACT_MAX = 100;

/** The newest orders that name each of some verified contacts, newest first. */
export async function listOrdersOfVerifiedContacts(
  handle: Handle,
  account_id: number,
  verified_contact_ids: readonly number[],
): Promise<OrderOfVerifiedContact[]> {
  const ids = JSON.stringify(verified_contact_ids);
  return await handle.all(selectOfVerifiedContacts, { account_id, ids });
}

const placeById = lookup<OrderPlace>((db, args) =>
  db
    .selectFrom('orders')
    .select(['container_id', 'user_id'])
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const insert = statement<NewOrder, { id: number }>((db, args) =>
  db
    .insertInto('orders')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      container_id: args.container_id,
      user_id: args.user_id,
      product_name_id: args.product_name_id,
      validation_type: args.validation_type,
      status: args.status,
      common_name: args.common_name,
      csr: args.csr,
      dns_names: args.dns_names,
      signature_hash: args.signature_hash,
      organization_units: args.organization_units,
      comments: args.comments,
      validity_years: args.validity_years,
      disable_renewal_notifications: args.disable_renewal_notifications,
      date_created: args.date_created,
      ready_at: args.ready_at,
    })
    .returning('id'),
);

const insertContact = statement<StoredOrderContact, unknown>((db, args) =>
  db.insertInto('order_contacts').values({
    account_id: args.account_id,
    order_id: args.order_id,
    position: args.position,
    contact_type: args.contact_type,
    user_id: args.user_id,
    verified_contact_id: args.verified_contact_id,
    first_name: args.first_name,
    last_name: args.last_name,
    email: args.email,
    job_title: args.job_title,
    telephone: args.telephone,
    telephone_extension: args.telephone_extension,
  }),
);

type OneOrder = { account_id: number; id: number };

const selectOne = statement<OneOrder, StoredOrder>((db, args) =>
  db
    .selectFrom('orders')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const lockOne = statement<OneOrder, StoredOrder>((db, args, dialect) =>
  db
    .selectFrom('orders')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id)
    .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const selectContacts = statement<{ account_id: number; order_id: number }, StoredOrderContact>(
  (db, args) =>
    db
      .selectFrom('order_contacts')
      .selectAll()
      .where('account_id', '=', args.account_id)
      .where('order_id', '=', args.order_id)
      .orderBy('position'),
);

const updateStatus = statement<OneOrder & Pick<StoredOrder, 'status'>, unknown>((db, args) =>
  db
    .updateTable('orders')
    .set({ status: args.status })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id)
    .where('status', '=', 'pending'),
);

type OfOrganization = { account_id: number; organization_id: number };

// Its conditions are those of the index of the few that wait, written out so that it is used.
const selectUnready = statement<OfOrganization & { types: string }, UnreadyOrder>(
  (db, args, dialect) =>
    db
      .selectFrom('orders')
      .select(['id', 'product_name_id', 'validation_type', 'date_created'])
      .where('account_id', '=', args.account_id)
      .where('organization_id', '=', args.organization_id)
      .where(sql<boolean>`status = 'pending' and ready_at = ''`)
      .where(dialect.isIn(sql.ref('validation_type'), args.types, 'text'))
      .orderBy('id'),
);

const setReady = statement<OneOrder & Pick<StoredOrder, 'ready_at'>, unknown>((db, args) =>
  db
    .updateTable('orders')
    .set({ ready_at: args.ready_at })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id)
    .where('status', '=', 'pending')
    .where('ready_at', '=', ''),
);

const selectAny = statement<OfOrganization, { id: number }>((db, args) =>
  db
    .selectFrom('orders')
    .select('id')
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .limit(1),
);

const selectAnyPending = statement<OfOrganization, { id: number }>((db, args) =>
  db
    .selectFrom('orders')
    .select('id')
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .where('status', '=', 'pending')
    .limit(1),
);

const selectOfVerifiedContacts = statement<
  { account_id: number; ids: string },
  OrderOfVerifiedContact
>((db, args, dialect) => {
  const ranked = db
    .selectFrom('order_contacts')
    .select(['verified_contact_id', 'order_id'])
    .select(
      sql<number>`row_number() over (partition by verified_contact_id order by order_id desc)`.as(
        'rank',
      ),
    )
    .where('account_id', '=', args.account_id)
    .where(sql<boolean>`verified_contact_id <> 0`)
    .where(dialect.isIn(sql.ref('verified_contact_id'), args.ids, 'bigint'));
  return db
    .selectFrom(ranked.as('r'))
    .select(['r.verified_contact_id', 'r.order_id'])
    .where('r.rank', '<=', ORDERS_OF_CONTACT_MAX)
    .orderBy('r.verified_contact_id')
    .orderBy('r.order_id', 'desc');
});
