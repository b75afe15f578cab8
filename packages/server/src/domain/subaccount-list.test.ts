// What the lists of subaccounts and of their organizations are asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SUBACCOUNT_SORT_PROPERTIES } from '@orgvet/contract';
import fc from 'fast-check';
import {
  checkSubaccountListQuery,
  checkSubaccountOrganizationListQuery,
  matchesSearch,
} from './subaccount-list.ts';

test('without anything asked, the first thousand subaccounts come by id', () => {
  assert.deepEqual(checkSubaccountListQuery({}), {
    problems: [],
    request: {
      sort: [{ property: 'account_id', is_descending: false }],
      limit: 1000,
      offset: 0,
    },
  });
});

test('type, search, order and page of subaccounts are read', () => {
  const { problems, request } = checkSubaccountListQuery({
    'filters[account_type]': 'Reseller',
    'filters[search]': '%STRASSE',
    sort: '-organization_name,date_created',
    limit: '20',
    offset: '40',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(request, {
    account_type: 'reseller',
    search: { kind: 'contains', term_folded: 'strasse' },
    sort: [
      { property: 'organization_name', is_descending: true },
      { property: 'date_created', is_descending: false },
      { property: 'account_id', is_descending: false },
    ],
    limit: 20,
    offset: 40,
  });
});

test('an order of subaccounts ends with the id, whatever is asked for after it', () => {
  const step = fc.record({
    property: fc.constantFrom(...SUBACCOUNT_SORT_PROPERTIES),
    is_descending: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
      const sort = steps.map(
        ({ property, is_descending }) => `${is_descending ? '-' : ''}${property}`,
      );
      const { problems, request } = checkSubaccountListQuery({ sort: sort.join(',') });
      assert.deepEqual(problems, []);
      const ordered = request.sort.map(({ property }) => property);
      assert.equal(ordered.indexOf('account_id'), ordered.length - 1);
      assert.equal(new Set(ordered).size, ordered.length);
      const before = new Set(steps.map(({ property }) => property));
      assert.ok(ordered.slice(0, -1).every((property) => before.has(property)));
    }),
  );
});

test('every problem of a query is told', () => {
  const codesOf = (check: typeof checkSubaccountListQuery, query: Record<string, string>) =>
    check(query).problems.map(({ code }) => code);
  const query = {
    'filters[account_type]': 'kiosk',
    'filters[colour]': 'red',
    colour: 'red',
    sort: 'colour,child_name',
    limit: '1001',
    offset: '-1',
  };
  assert.deepEqual(codesOf(checkSubaccountListQuery, query), [
    'invalid_filters_account_type',
    'unknown_filter|colour',
    'unknown_parameter|colour',
    'invalid_limit',
    'invalid_offset',
    'invalid_sort',
    'invalid_sort',
  ]);
  const organizations = checkSubaccountOrganizationListQuery({
    'filters[status]': 'gone',
    'filters[validation]': 'done',
    include_validation: 'true',
    sort: 'address',
  });
  assert.deepEqual(
    organizations.problems.map(({ code }) => code),
    [
      'invalid_filters_status',
      'invalid_filters_validation',
      'unknown_parameter|include_validation',
      'invalid_sort',
    ],
  );
});

test("filters, search, order and page of a subaccount's organizations are read", () => {
  const { problems, request } = checkSubaccountOrganizationListQuery({
    'filters[status]': 'inactive',
    'filters[validation]': 'not_pending',
    'filters[search]': '42',
    sort: 'is_active,-name',
    limit: '5',
    offset: '10',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(request, {
    is_active: false,
    is_pending: false,
    search: { kind: 'equals', term_folded: '42' },
    sort: [
      { property: 'is_active', is_descending: false },
      { property: 'name', is_descending: true },
      { property: 'id', is_descending: false },
    ],
    limit: 5,
    offset: 10,
  });
});

test('a text matches a search for it or for a part of it, in upper and lower case', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.string(), fc.string(), (part, a, b) => {
      const contains = { kind: 'contains', term_folded: part.toLowerCase() } as const;
      assert.ok(matchesSearch(`${a} ${part.toUpperCase()} ${b}`, contains));
      assert.ok(matchesSearch(part.toUpperCase(), { ...contains, kind: 'equals' }));
      assert.ok(!matchesSearch(`${part}.`, { ...contains, kind: 'equals' }));
    }),
  );
});
