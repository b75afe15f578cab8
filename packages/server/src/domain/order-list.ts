/** What a request for a list of orders asks for, read from its query. Pure. */
import {
  ORDER_SORT_PROPERTIES,
  OrderListQuery,
  type OrderSortProperty,
  type OrderStatus,
  type Problem,
  readQuery,
} from '@orgvet/contract';
import { parseSort, type SortStep } from './list-query.ts';

/** Which orders, in which order, and which part of them. */
interface OrderListRequest {
  readonly filters: {
    readonly organization_id?: number;
    readonly status?: OrderStatus;
    readonly product_name_id?: string;
  };
  /** Ends with the id, which breaks every tie. */
  readonly sort: readonly SortStep<OrderSortProperty>[];
  readonly limit: number;
  readonly offset: number;
}

const LIMIT_DEFAULT = 1000;

/** Reads the query of "List orders": every problem, or the request. */
export function checkOrderListQuery(query: Readonly<Record<string, unknown>>): {
  problems: Problem[];
  request: OrderListRequest;
} {
  const { problems, value } = readQuery(OrderListQuery, query);
  const organization_id = value['filters[organization_id]'];
  const status = value['filters[status]'];
  const product_name_id = value['filters[product_name_id]'];
  const request: OrderListRequest = {
    filters: {
      ...(organization_id !== undefined && { organization_id }),
      ...(status !== undefined && { status }),
      ...(product_name_id !== undefined && { product_name_id }),
    },
    sort: parseSort(value.sort ?? '', ORDER_SORT_PROPERTIES, 'id', problems),
    limit: value.limit ?? LIMIT_DEFAULT,
    offset: value.offset ?? 0,
  };
  return { problems, request };
}
