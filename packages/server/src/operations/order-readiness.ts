/**
 * Tells when orders become ready: once in the life of each, in the transaction of what made it so.
 * Whatever may make an order ready calls it: a new order, a validation that is completed, a contact who
 * confirms, an organization that is activated.
 */
import { VALIDATION_TYPE_NAMES } from '@orgvet/contract';
import { listMissing, type OrderBasis } from '../domain/orders.ts';
import type { Handle, Transaction } from '../store/database.ts';
import { listUnreadyOrders, setOrderReadyOnce, type UnreadyOrder } from '../store/orders.ts';
import { lockOrganization } from '../store/organizations.ts';
import { type Context, recordEvent, timeOf } from './context.ts';
import { listValidationRecords } from './validations.ts';

/**
 * Marks the pending orders of an organization that lack nothing and never did before, each with an event
 * `order_ready`. Locks the organization: of two changes at the same moment, of which an order waits for
 * both, the second sees the first.
 */
export async function announceReadyOrders(
  tx: Transaction,
  context: Context,
  organization_id: number,
): Promise<void> {
  const { account_id } = context.principal;
  const organization = await lockOrganization(tx, account_id, organization_id);
  if (organization === undefined) {
    return;
  }
  const is_active = organization.is_active === 1;
  const time = timeOf(context);
  const subject = { id: organization_id, is_active };
  for (const { id, product_name_id } of await findReadyOrders(tx, context, subject, time)) {
    if (await setOrderReadyOnce(tx, account_id, id, time)) {
      await recordEvent(tx, context, {
        action: 'order_ready',
        object_type: 'order',
        object_id: id,
        after: { organization_id, product_name_id, ready_at: time },
      });
    }
  }
}

/** Before any change of details: an order from then is served by whatever was ever validated. */
const BEFORE_ALL = '';

/** The orders that lack nothing now, of those that never were ready. */
async function findReadyOrders(
  tx: Transaction,
  context: Context,
  organization: { readonly id: number; readonly is_active: boolean },
  time: string,
): Promise<UnreadyOrder[]> {
  const { account_id } = context.principal;
  const listTypes = async (ordered_at: string) => {
    const basis = await getOrderBasis(tx, context, organization, ordered_at);
    return VALIDATION_TYPE_NAMES.filter((type) => listMissing(type, basis, time).length === 0);
  };
  const types = await listTypes(BEFORE_ALL);
  // Most of the time there is none: then no order need be looked at, however many wait.
  const orders =
    types.length === 0 ? [] : await listUnreadyOrders(tx, account_id, organization.id, types);
  if (orders.length === 0) {
    return [];
  }
  const now = await listTypes(time);
  const ready: UnreadyOrder[] = [];
  for (const order of orders) {
    const { validation_type: type, date_created } = order;
    const isReady = now.includes(type) || (await listTypes(date_created)).includes(type);
    ready.push(...(isReady ? [order] : []));
  }
  return ready;
}

/**
 * What orders for an organization rely on, as it is now.
 *
 * @param ordered_at the moment of the order, where it is about one
 */
export async function getOrderBasis(
  handle: Handle,
  context: Context,
  { id, is_active }: { readonly id: number; readonly is_active: boolean },
  ordered_at?: string,
) {
  const { account_id } = context.principal;
  const records = await listValidationRecords(context, handle, account_id, [id], ordered_at);
  return { ...records, is_active } satisfies OrderBasis;
}
