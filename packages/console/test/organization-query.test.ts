/** What the list of organizations asks the API for, by what its address says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planQuery } from '../src/pages/organizations/query.ts';

const planFor = (address: string) => {
  const params = new URLSearchParams(address);
  return planQuery({ get: (name) => params.get(name) ?? '' });
};

test('a list backwards has its ids backwards too, so that it is a walk along an index', () => {
  for (const [address, sort] of [
    ['', 'name'],
    ['sort=country', 'country'],
    ['sort=-country', '-country,-id'],
    ['sort=-name', '-name,-id'],
    ['sort=id', 'id'],
    ['sort=-id', '-id'],
  ] as const) {
    assert.equal(planFor(address).sort, sort, address);
  }
});

test('a text is looked for in names, and a whole number as an id or a whole name', () => {
  assert.equal(planFor('search=institut')['filters[search]'], '%institut');
  assert.equal(planFor('search=112233')['filters[search]'], '112233');
  assert.equal(planFor('search=+')['filters[search]'], undefined);
});

test('what an address asks for and nothing knows is left out', () => {
  assert.deepEqual(planFor('status=open&validation=done&division=x&colour=red'), {
    include_validation: true,
    sort: 'name',
  });
  assert.deepEqual(
    planFor('status=inactive&validation=pending&division=7&ends_before=2026-12-21'),
    {
      include_validation: true,
      'filters[status]': 'inactive',
      'filters[validation]': 'pending',
      'filters[validation_expires_before]': '2026-12-21',
      container_id: 7,
      sort: 'name',
    },
  );
});
