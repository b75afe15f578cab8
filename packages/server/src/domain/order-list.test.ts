/** The queries of lists of orders. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkOrderListQuery } from './order-list.ts';

test('an empty query asks for the first thousand of all orders, by id', () => {
  const { problems, request } = checkOrderListQuery({});
  assert.deepEqual(problems, []);
  assert.deepEqual(request, {
    filters: {},
    sort: [{ property: 'id', is_descending: false }],
    limit: 1000,
    offset: 0,
  });
});

test('every filter, the order and the page are read together', () => {
  const { problems, request } = checkOrderListQuery({
    'filters[organization_id]': '112233',
    'filters[status]': 'Pending',
    'filters[product_name_id]': 'ssl_plus',
    sort: '-date_created,common_name',
    limit: '20',
    offset: '40',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(request, {
    filters: { organization_id: 112233, status: 'pending', product_name_id: 'ssl_plus' },
    sort: [
      { property: 'date_created', is_descending: true },
      { property: 'common_name', is_descending: false },
      { property: 'id', is_descending: false },
    ],
    limit: 20,
    offset: 40,
  });
});

test('every problem of a query is found at once', () => {
  const { problems } = checkOrderListQuery({
    'filters[organization_id]': 'x',
    'filters[status]': 'revoked',
    'filters[colour]': 'red',
    sort: 'csr',
    limit: '0',
    page: '2',
  });
  assert.deepEqual(problems.map(({ code }) => code).sort(), [
    'invalid_filters_organization_id',
    'invalid_filters_status',
    'invalid_limit',
    'invalid_sort',
    'unknown_filter|colour',
    'unknown_parameter|page',
  ]);
});
