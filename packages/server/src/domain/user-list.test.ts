/** The queries of lists of users. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { USER_SORT_PROPERTIES } from '@orgvet/contract';
import { checkUserListQuery } from './user-list.ts';

test('a query without anything asks for the first thousand by id, with their containers', () => {
  assert.deepEqual(checkUserListQuery({}), {
    problems: [],
    request: {
      sort: [{ property: 'id', is_descending: false }],
      limit: 1000,
      offset: 0,
      has_limit: false,
      without_container: false,
    },
  });
});

test('every parameter is read', () => {
  const { problems, request } = checkUserListQuery({
    container_id: '4',
    access_role_id: '5',
    'filters[status]': 'Inactive',
    'filters[search]': '%Jill',
    sort: USER_SORT_PROPERTIES.map((property) => `-${property}`).join(','),
    limit: '20',
    offset: '40',
    without_container: 'True',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(request, {
    container_id: 4,
    access_role_id: 5,
    status: 'inactive',
    search: { kind: 'contains', term_folded: 'jill' },
    sort: USER_SORT_PROPERTIES.map((property) => ({ property, is_descending: true })),
    limit: 20,
    offset: 40,
    has_limit: true,
    without_container: true,
  });
});

test('every problem is told', () => {
  const { problems } = checkUserListQuery({
    container_id: 'x',
    access_role_id: '6',
    'filters[status]': 'gone',
    'filters[search]': 'x'.repeat(256),
    sort: 'colour',
    limit: '0',
    without_container: 'perhaps',
    'filters[colour]': 'red',
  });
  assert.deepEqual(problems.map(({ code }) => code).sort(), [
    'filters_search_too_long',
    'invalid_access_role_id',
    'invalid_container_id',
    'invalid_filters_status',
    'invalid_limit',
    'invalid_sort',
    'invalid_without_container',
    'unknown_filter|colour',
  ]);
});
