/** Lists of orders. */
import type { OrderList } from '@orgvet/contract';
import { describeListedOrder } from '../domain/order-document.ts';
import { checkOrderListQuery } from '../domain/order-list.ts';
import { ROLES } from '../domain/permissions.ts';
import { refuseIfAny } from '../domain/problems.ts';
import {
  countOrders,
  listOrders as listStoredOrders,
  type OrderSelection,
} from '../store/order-list.ts';
import type { Context, Principal } from './context.ts';

/** A page of the orders that somebody sees. */
export async function listOrders(
  { store, principal }: Context,
  { query }: { readonly query: Readonly<Record<string, unknown>> },
): Promise<OrderList> {
  const { problems, request } = checkOrderListQuery(query);
  refuseIfAny(problems);
  const { filters, sort, limit, offset } = request;
  const selection: OrderSelection = { ...filters, ...visibleOrders(principal) };
  const { account_id } = principal;
  const total = await countOrders(store.reader, account_id, selection);
  const range = { limit, offset };
  const orders = await listStoredOrders(store.reader, account_id, selection, sort, range);
  return { orders: orders.map(describeListedOrder), page: { total, limit, offset } };
}

/** Which orders somebody sees, as `refuseUnlessOrderVisible` has it for one. */
export function visibleOrders({
  access_role_id,
  user_id,
  visible_container_ids,
}: Principal): Pick<OrderSelection, 'user_id' | 'visible_container_ids'> {
  return {
    ...(access_role_id === ROLES.limited_user && { user_id }),
    ...(visible_container_ids !== undefined && { visible_container_ids }),
  };
}
