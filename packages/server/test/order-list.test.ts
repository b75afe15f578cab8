/** Lists of orders over HTTP, compared request by request with a model in plain JavaScript. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  ORDER_SORT_PROPERTIES,
  ORDER_STATUSES,
  type OrderList,
  type OrderListItem,
  type OrderSortProperty,
  ROUTES,
} from '@orgvet/contract';
import fc from 'fast-check';
import { Value } from 'typebox/value';
import { examplesOf } from './databases.ts';
import { divisionsOf, ROOT } from './divisions.ts';
import { startServer } from './harness.ts';
import { orderingOf } from './ordering.ts';

const server = await startServer();
const { send } = server;
const { place, show, showOrder, makeOrganization, changeStatus } = orderingOf(server);
const { makeBelow } = divisionsOf(server);

const PRODUCT_NAMES = ['ssl_plus', 'ssl_wildcard', 'document_signing_org_1'];
const COMMON_NAMES = ['a.example', 'B.example', 'b.example', '*.example', 'münchen.example'];

let organizations: number[] = [];
let model: OrderListItem[] = [];

before(async () => {
  organizations = await Promise.all([1, 2, 3].map(() => makeOrganization()));
  const division = await makeBelow(ROOT);
  const plans = fc.sample(
    fc.record({
      product: fc.constantFrom(...PRODUCT_NAMES),
      organization: fc.constantFrom(...organizations),
      common_name: fc.constantFrom(...COMMON_NAMES),
      container: fc.constantFrom(ROOT, division),
      validity_years: fc.constantFrom(undefined, 1, 2, 6),
      status: fc.constantFrom(undefined, 'rejected', 'canceled'),
      second: fc.integer({ min: 10, max: 14 }),
    }),
    { numRuns: 40, seed: 3 },
  );
  for (const { product, organization, status, second, ...plan } of plans) {
    server.clock.moveTo(`2026-11-21T12:00:${second}Z`);
    const { id } = await place(product, organization, {
      certificate: { common_name: plan.common_name, csr: 'kept apart', dns_names: ['x.example'] },
      container: { id: plan.container },
      ...(plan.validity_years && { validity_years: plan.validity_years }),
    });
    if (status !== undefined) {
      assert.equal((await changeStatus(id, { status })).status, 204);
    }
  }
  model = (await show<OrderList>('/order/certificate')).orders;
  assert.equal(model.length, plans.length);
});

const compareBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function compareBy(property: OrderSortProperty, a: OrderListItem, b: OrderListItem): number {
  switch (property) {
    case 'id':
      return a.id - b.id;
    case 'validity_years':
      return (a.validity_years ?? 0) - (b.validity_years ?? 0);
    case 'common_name':
      return compareBytes(a.certificate.common_name ?? '', b.certificate.common_name ?? '');
    default:
      return compareBytes(a[property], b[property]);
  }
}

interface Asked {
  readonly organization?: number | undefined;
  readonly status?: string | undefined;
  readonly product?: string | undefined;
  readonly sort: readonly string[];
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

function answerByModel({ organization, status, product, sort, ...range }: Asked) {
  const matches = model
    .filter((order) => organization === undefined || order.organization.id === organization)
    .filter((order) => status === undefined || order.status === status)
    .filter((order) => product === undefined || order.product_name_id === product);
  const steps = [...sort, 'id'].map((step) => ({
    property: step.replace('-', '') as OrderSortProperty,
    sign: step.startsWith('-') ? -1 : 1,
  }));
  matches.sort(
    (a, b) =>
      steps.map(({ property, sign }) => sign * compareBy(property, a, b)).find((c) => c !== 0) ?? 0,
  );
  const { limit = 1000, offset = 0 } = range;
  return {
    orders: matches.slice(offset, offset + limit),
    page: { total: matches.length, limit, offset },
  };
}

function pathOf({ organization, status, product, sort, limit, offset }: Asked): string {
  const all = {
    'filters[organization_id]': organization,
    'filters[status]': status,
    'filters[product_name_id]': product,
    sort: sort.length > 0 ? sort.join(',') : undefined,
    limit,
    offset,
  };
  const query = Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return `/order/certificate?${new URLSearchParams(query)}`;
}

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

const asked: fc.Arbitrary<Asked> = fc
  .record({
    index: maybe(fc.integer({ min: 0, max: 3 })),
    status: maybe(fc.constantFrom(...ORDER_STATUSES)),
    product: maybe(fc.constantFrom(...PRODUCT_NAMES, 'ssl_basic', 'no_product')),
    sort: fc
      .subarray([...ORDER_SORT_PROPERTIES], { maxLength: 3 })
      .chain((properties) =>
        fc.tuple(...properties.map((name) => fc.constantFrom<string>(name, `-${name}`))),
      ),
    limit: maybe(fc.integer({ min: 1, max: 50 })),
    offset: maybe(fc.integer({ min: 0, max: 50 })),
  })
  // An organization that is not there has no orders.
  .map(({ index, ...rest }) => ({
    ...rest,
    organization: index === undefined ? undefined : (organizations[index] ?? 999_999),
  }));

test('random lists are what a plain model says', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async (request) => {
      const path = pathOf(request);
      assert.deepEqual(await show<OrderList>(path), answerByModel(request), path);
    }),
    { numRuns: examplesOf(120), seed: 5 },
  );
});

test('a listed order shows the same as order info, less what is long', async () => {
  for (const listed of model) {
    assert.ok(Value.Check(ROUTES.listOrders.success.schema.properties.orders.items, listed));
    const shown = await showOrder(listed.id);
    const { organization_contact: _o, user: _u, requests: _r, ...rest } = shown;
    const { organization, certificate, product } = shown;
    assert.deepEqual(listed, {
      ...rest,
      organization: { id: organization.id, name: organization.name },
      certificate: { common_name: certificate.common_name, dns_names: certificate.dns_names },
      product: { name_id: product.name_id, name: product.name, type: product.type },
      has_duplicates: false,
    });
  }
});

test('an empty list is a list', async () => {
  const answer = await send('GET', '/order/certificate?limit=5', { key: server.other });
  assert.equal(answer.text, '{"orders":[],"page":{"total":0,"limit":5,"offset":0}}');
});

test('what a list cannot do is refused, all of it at once', async () => {
  const answer = await send(
    'GET',
    '/order/certificate?filters[colour]=red&sort=csr&limit=1001&x=1',
  );
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes().sort(), [
    'invalid_limit',
    'invalid_sort',
    'unknown_filter|colour',
    'unknown_parameter|x',
  ]);
});
