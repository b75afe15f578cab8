/** Orders that exist: show, show what is missing, say what has become of them. Lists have their own file. */
import {
  type Order,
  type OrderStatusRequest,
  type OrderValidation,
  type Organization,
  problem,
} from '@orgvet/contract';
import { describeOrder, describeOrderValidation } from '../domain/order-document.ts';
import { checkOrderStatus } from '../domain/orders.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { findContainer } from '../store/containers.ts';
import {
  findOrder,
  listOrderContacts,
  lockOrder,
  type StoredOrder,
  updateOrderStatus,
} from '../store/orders.ts';
import { findOrganizationInfo } from '../store/organizations.ts';
import { findUser } from '../store/users.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { getOrderBasis } from './order-readiness.ts';

type OneOrder = { readonly params: { readonly order_id: number } };

/** Order info. */
export async function getOrder(context: Context, { params }: OneOrder): Promise<Order> {
  const { reader } = context.store;
  const { account_id } = context.principal;
  const order = await getStoredOrder(context, params.order_id);
  const organization = await getOrganizationOf(context, order);
  const container = await findContainer(reader, account_id, order.container_id);
  if (container === undefined) {
    throw new Error(`The container of the order ${order.id} is not there.`);
  }
  const contacts = await listOrderContacts(reader, account_id, order.id);
  const user = await findUser(reader, account_id, order.user_id);
  return describeOrder(order, {
    organization,
    container,
    contacts,
    ...(user && { user: pickUser(user) }),
  });
}

/** What the organization of an order still lacks for its product. */
export async function getOrderValidation(
  context: Context,
  { params }: OneOrder,
): Promise<OrderValidation> {
  const order = await getStoredOrder(context, params.order_id);
  const organization = await getOrganizationOf(context, order);
  const { reader } = context.store;
  const basis = await getOrderBasis(reader, context, organization, order.date_created);
  return describeOrderValidation(order, organization, basis, timeOf(context));
}

/**
 * The ordering system says what has become of a pending order.
 *
 * @throws RequestRefused `order_not_pending`; `order_not_ready` for one that is said to be issued and
 *   never was ready
 */
export async function changeOrderStatus(
  context: Context,
  { params: { order_id }, body }: OneOrder & { readonly body: unknown },
): Promise<void> {
  const { problems, request } = checkOrderStatus(body);
  refuseIfAny(problems);
  const { account_id } = context.principal;
  await context.store.transaction(async (tx) => {
    const order = (await lockOrder(tx, account_id, order_id)) ?? refuseAsNotFound('order');
    refuseUnlessChangeable(order, request);
    const { status, note } = request;
    await updateOrderStatus(tx, account_id, order_id, status);
    await recordEvent(tx, context, {
      action: `order_${status}`,
      object_type: 'order',
      object_id: order_id,
      before: { status: order.status },
      after: { status, ...(note !== undefined && { note }) },
    });
  });
}

function refuseUnlessChangeable(
  { status, ready_at }: StoredOrder,
  request: OrderStatusRequest,
): void {
  if (status !== 'pending') {
    throw new RequestRefused([problem('order_not_pending', { status })]);
  }
  if (request.status === 'issued' && ready_at === '') {
    throw new RequestRefused([problem('order_not_ready')]);
  }
}

async function getStoredOrder({ store, principal }: Context, id: number): Promise<StoredOrder> {
  return (await findOrder(store.reader, principal.account_id, id)) ?? refuseAsNotFound('order');
}

/** The organization as it is now; one that is on an order is never deleted. */
async function getOrganizationOf(
  { store }: Context,
  { account_id, organization_id }: StoredOrder,
): Promise<Organization> {
  const info = await findOrganizationInfo(store.reader, account_id, organization_id);
  if (info === undefined) {
    throw new Error(`The organization ${organization_id} of an order is not there.`);
  }
  return JSON.parse(`${info.document}}`);
}

function pickUser({
  id,
  first_name,
  last_name,
  email,
}: NonNullable<Order['user']>): NonNullable<Order['user']> {
  return { id, first_name, last_name, email };
}
