/** Which part of the queue a query asks for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkQueueQuery } from './queue-query.ts';

const FIRST_PAGE = { newest_first: false, limit: 50, offset: 0 };

test('a query that says nothing asks for the first page of all, the longest waiting first', () => {
  assert.deepEqual(checkQueueQuery({}), { problems: [], request: FIRST_PAGE });
});

test('every filter, the order and the page are read', () => {
  const { problems, request } = checkQueueQuery({
    ...{ 'filters[type]': 'ev', 'filters[organization_id]': '12', 'filters[assigned_to]': '7' },
    ...{ sort: '-requested_at', limit: '100', offset: '200' },
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(request, {
    ...{ type: 'ev', organization_id: 12, assigned_to_user_id: 7 },
    ...{ newest_first: true, limit: 100, offset: 200 },
  });
});

test('none asks for what nobody works on', () => {
  const { problems, request } = checkQueueQuery({ 'filters[assigned_to]': 'none' });
  assert.deepEqual([problems, request.assigned_to_user_id], [[], 0]);
});

for (const assigned_to of ['0', '-1', '1.5', 'me', 'None', '01', '9007199254740993', ' 7']) {
  test(`${JSON.stringify(assigned_to)} is nobody who could work on anything`, () => {
    const { problems, request } = checkQueueQuery({ 'filters[assigned_to]': assigned_to });
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['invalid_filters_assigned_to'],
    );
    assert.ok(!('assigned_to_user_id' in request));
  });
}

test('all that is wrong with a query is told at once', () => {
  const { problems } = checkQueueQuery({
    ...{ 'filters[type]': 'dv', 'filters[assigned_to]': 'x', sort: 'name' },
    ...{ limit: '101', offset: '-1', 'filters[status]': 'open' },
  });
  assert.equal(problems.length, 6);
});
