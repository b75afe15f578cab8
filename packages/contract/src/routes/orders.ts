/** The operations on orders. */
import {
  Order,
  OrderCreated,
  OrderList,
  OrderListQuery,
  OrderRequest,
  OrderStatusRequest,
  OrderValidation,
} from '../order.ts';
import { OrderParams, ProductParams, type Route } from '../route.ts';

export const ORDER_ROUTES = {
  listOrders: {
    method: 'GET',
    path: '/order/certificate',
    tag: 'Orders',
    summary: 'List orders',
    description: 'Orders that the key may see, filtered, sorted and paged.',
    permission: 'view_orders',
    query: OrderListQuery,
    success: { status: 200, schema: OrderList },
    errors: ['unknown_parameter', 'unknown_filter'],
  },
  getOrder: {
    method: 'GET',
    path: '/order/certificate/{order_id}',
    tag: 'Orders',
    summary: 'Order info',
    description: 'One order with its contacts as they were when it was made.',
    permission: 'view_orders',
    params: OrderParams,
    success: { status: 200, schema: Order },
    errors: ['not_found|order'],
  },
  createOrder: {
    method: 'POST',
    path: '/order/certificate/{product_name_id}',
    tag: 'Orders',
    summary: 'Create order',
    description:
      'Records an order: what it is for, and the contacts as they are at this moment. An ' +
      'organization that was never submitted for the validation that the product needs is submitted ' +
      'for it. Orgvet issues no certificate.',
    permission: 'place_orders',
    params: ProductParams,
    body: OrderRequest,
    success: { status: 201, schema: OrderCreated },
    errors: [
      'not_found|product',
      'non_user_verified_contacts_not_allowed',
      'contact_type_duplicate',
    ],
  },
  getOrderValidation: {
    method: 'GET',
    path: '/order/certificate/{order_id}/validation',
    tag: 'Orders',
    summary: 'Order validation status',
    description: 'What the organization of an order still lacks for its product.',
    permission: 'view_orders',
    params: OrderParams,
    success: { status: 200, schema: OrderValidation },
    errors: ['not_found|order'],
  },
  changeOrderStatus: {
    method: 'PUT',
    path: '/order/certificate/{order_id}/status',
    tag: 'Orders',
    summary: 'Change order status',
    description:
      'The ordering system says what has become of a pending order. `issued` needs that its ' +
      'organization was validated for the product at some time since the order.',
    permission: 'manage_orders',
    params: OrderParams,
    body: OrderStatusRequest,
    success: { status: 204 },
    errors: ['not_found|order', 'order_not_pending', 'order_not_ready'],
  },
} as const satisfies Record<string, Route>;
