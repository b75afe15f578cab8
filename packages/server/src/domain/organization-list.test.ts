// Proves how the query of "List organizations" is read: defaults, filters, search and sort, and that
// whatever is wrong is named.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  fieldOf,
  listErrorsOf,
  listFields,
  OrganizationListQuery,
  ROUTES,
  SORT_PROPERTIES,
} from '@orgvet/contract';
import fc from 'fast-check';
import { checkOrganizationListQuery } from './organization-list.ts';

type Query = Readonly<Record<string, unknown>>;

function requestOf(query: Query) {
  const { problems, request } = checkOrganizationListQuery(query);
  assert.deepEqual(problems, []);
  return request;
}

function codesOf(query: Query): string[] {
  return checkOrganizationListQuery(query).problems.map(({ code }) => code);
}

/** `name -id` */
function sortOf(sort: string): string {
  return requestOf({ sort })
    .sort.map(({ property, is_descending }) => `${is_descending ? '-' : ''}${property}`)
    .join(' ');
}

function searchOf(search: string) {
  return requestOf({ 'filters[search]': search }).search;
}

const DEFAULTS = {
  sort: [{ property: 'id', is_descending: false }],
  limit: 1000,
  offset: 0,
  includes_validations: false,
  has_limit: false,
};

test('without parameters it is the first thousand by id, without validations', () => {
  assert.deepEqual(requestOf({}), DEFAULTS);
});

test('parameters without a value leave the defaults', () => {
  const names = Object.keys(OrganizationListQuery.properties);
  assert.deepEqual(requestOf(Object.fromEntries(names.map((name) => [name, '']))), DEFAULTS);
});

test('every parameter reaches the request', () => {
  assert.deepEqual(
    requestOf({
      container_id: '4',
      include_validation: 'True',
      'filters[status]': 'inactive',
      'filters[validation]': 'not_pending',
      'filters[validation_status]': 'expired',
      'filters[validation_expires_before]': '2027-01-02',
      'filters[container_id_for_organization]': '112234',
      'filters[search]': 'Acme',
      sort: '-name',
      limit: '500',
      offset: '1000',
    }),
    {
      container_id: 4,
      ordering_container_id: 112234,
      is_active: false,
      is_pending: false,
      validation_status: 'expired',
      validation_ends_before: '2027-01-02T00:00:00+00:00',
      search: { kind: 'equals', term_folded: 'acme', id: 0 },
      sort: [
        { property: 'name', is_descending: true },
        { property: 'id', is_descending: false },
      ],
      limit: 500,
      offset: 1000,
      includes_validations: true,
      has_limit: true,
    },
  );
});

test('validations are found by a moment in any zone, also where its plus has come as a space', () => {
  const endOf = (text: string) =>
    requestOf({ 'filters[validation_expires_before]': text }).validation_ends_before;
  for (const text of ['2027-01-01T23:00:00-01:00', '2027-01-02T01:00:00+01:00', '2027-01-02']) {
    assert.equal(endOf(text), '2027-01-02T00:00:00+00:00');
  }
  assert.equal(endOf('2027-01-02T01:00:00 01:00'), '2027-01-02T00:00:00+00:00');
  for (const text of ['soon', '2027-02-30', '2027-01-02T00:00:00', '2027']) {
    const code = 'invalid_filters_validation_expires_before';
    assert.deepEqual(codesOf({ 'filters[validation_expires_before]': text }), [code], text);
  }
});

test('the status and validation filters have two words each, in any case', () => {
  assert.equal(requestOf({ 'filters[status]': 'active' }).is_active, true);
  assert.equal(requestOf({ 'filters[status]': 'Inactive' }).is_active, false);
  assert.equal(requestOf({ 'filters[validation]': 'PENDING' }).is_pending, true);
  assert.equal(requestOf({ 'filters[validation]': 'not_pending' }).is_pending, false);
});

test('a limit that the client sets is known from the default, even if it is the same', () => {
  const { limit, has_limit } = requestOf({ limit: '1000' });
  assert.deepEqual({ limit, has_limit }, { limit: 1000, has_limit: true });
});

test('a search with a leading percent sign asks for names that contain the rest', () => {
  assert.deepEqual(searchOf('%digicert'), { kind: 'contains', term_folded: 'digicert' });
  assert.deepEqual(searchOf('%DigiCert Inc.'), { kind: 'contains', term_folded: 'digicert inc.' });
  assert.deepEqual(searchOf('%100%'), { kind: 'contains', term_folded: '100%' });
  assert.deepEqual(searchOf('%%'), { kind: 'contains', term_folded: '%' });
  assert.deepEqual(searchOf('%112233'), { kind: 'contains', term_folded: '112233' });
  assert.deepEqual(searchOf('%'), { kind: 'contains', term_folded: '' });
});

test('a search without it asks for names that equal the term, folded', () => {
  assert.deepEqual(searchOf('DigiCert'), { kind: 'equals', term_folded: 'digicert', id: 0 });
  assert.deepEqual(searchOf('STRASSE 100%'), {
    kind: 'equals',
    term_folded: 'strasse 100%',
    id: 0,
  });
  assert.deepEqual(searchOf('ＡＢＣ'), { kind: 'equals', term_folded: 'abc', id: 0 });
});

test('a search for a whole number also asks for the organization with that id', () => {
  assert.deepEqual(searchOf('112233'), { kind: 'equals', term_folded: '112233', id: 112233 });
  assert.deepEqual(searchOf('007'), { kind: 'equals', term_folded: '007', id: 0 });
});

test('a search for anything else than digits asks for no id', () => {
  for (const term of ['-5', '+5', '1.5', '1e3', '12 34', '12a', '٣', '1'.repeat(40)]) {
    const search = searchOf(term);
    assert.equal(search?.kind === 'equals' ? search.id : undefined, 0, term);
  }
});

test('sorting takes properties in their order, each ascending or descending', () => {
  assert.equal(sortOf('name'), 'name id');
  assert.equal(sortOf('-name'), '-name id');
  assert.equal(sortOf('country,-city,name'), 'country -city name id');
});

test('the id breaks every tie, unless the client sorts by it', () => {
  assert.equal(sortOf('id'), 'id');
  assert.equal(sortOf('-id'), '-id');
  assert.equal(sortOf('-id,name'), '-id name');
  assert.equal(sortOf('name,-id'), 'name -id');
});

test('a property that is repeated keeps its first place and direction', () => {
  assert.equal(sortOf('name,city,-name'), 'name city id');
  assert.equal(sortOf('-name,name'), '-name id');
});

test('every property of the documents can be sorted by', () => {
  assert.equal(SORT_PROPERTIES.length, 10);
  for (const property of SORT_PROPERTIES) {
    assert.equal(sortOf(`-${property}`).split(' ')[0], `-${property}`);
  }
});

test('any choice of properties is read as it was written', () => {
  const step = fc.record({
    property: fc.constantFrom(...SORT_PROPERTIES),
    is_descending: fc.boolean(),
  });
  const steps = fc.uniqueArray(step, { selector: ({ property }) => property, minLength: 1 });
  fc.assert(
    fc.property(steps, (chosen) => {
      const written = chosen.map((one) => `${one.is_descending ? '-' : ''}${one.property}`);
      const expected = written.some((one) => /^-?id$/.test(one)) ? written : [...written, 'id'];
      assert.equal(sortOf(written.join(',')), expected.join(' '));
    }),
  );
});

test('a sort property that does not exist is named, and so is each other one', () => {
  for (const sort of [
    'names',
    'Name',
    '+name',
    '--name',
    '-',
    ',',
    ' name',
    'constructor',
    'name;id',
  ]) {
    assert.ok(codesOf({ sort }).length > 0, sort);
    assert.deepEqual([...new Set(codesOf({ sort }))], ['invalid_sort'], sort);
  }
  const { problems } = checkOrganizationListQuery({ sort: 'colour,name,-size' });
  assert.deepEqual(
    problems.map(({ message }) => message.split(';')[0]),
    ['sort has no property "colour"', 'sort has no property "size"'],
  );
});

test('a bad limit, offset, container or word is a problem that names the parameter', () => {
  assert.deepEqual(codesOf({ limit: '0' }), ['invalid_limit']);
  assert.deepEqual(codesOf({ limit: '1001' }), ['invalid_limit']);
  assert.deepEqual(codesOf({ offset: '-1' }), ['invalid_offset']);
  assert.deepEqual(codesOf({ container_id: 'four' }), ['invalid_container_id']);
  assert.deepEqual(codesOf({ include_validation: 'maybe' }), ['invalid_include_validation']);
  assert.deepEqual(codesOf({ 'filters[status]': 'approved' }), ['invalid_filters_status']);
  assert.deepEqual(codesOf({ 'filters[validation]': 'done' }), ['invalid_filters_validation']);
  assert.deepEqual(codesOf({ 'filters[container_id_for_organization]': '0' }), [
    'invalid_filters_container_id_for_organization',
  ]);
});

test('a parameter that does not exist is never ignored', () => {
  assert.deepEqual(codesOf({ page: '2' }), ['unknown_parameter|page']);
  assert.deepEqual(codesOf({ 'filters[name]': 'x' }), ['unknown_filter|name']);
  assert.deepEqual(codesOf({ __proto__: null, constructor: 'x' }), [
    'unknown_parameter|constructor',
  ]);
});

test('all problems of a query come together', () => {
  assert.deepEqual(
    codesOf({ limit: 'x', page: '2', sort: 'colour', 'filters[status]': 'x' }).sort(),
    ['invalid_filters_status', 'invalid_limit', 'invalid_sort', 'unknown_parameter|page'],
  );
});

test('every code that a parameter is listed with is answered to a query that provokes it', () => {
  for (const { path, faults } of listFields(OrganizationListQuery)) {
    assert.deepEqual(codesOf({ [path]: '\0' }), [`invalid_${fieldOf(path)}`]);
    if (faults.includes('too_long')) {
      assert.deepEqual(codesOf({ [path]: '𝔘'.repeat(256) }), [`${fieldOf(path)}_too_long`]);
    }
  }
});

test('whatever is sent, the problems are those that the operation is listed with', () => {
  const listed = new Set(listErrorsOf(ROUTES.listOrganizations).map(({ code }) => code));
  const name = fc.oneof(
    fc.constantFrom(...Object.keys(OrganizationListQuery.properties)),
    fc.string({ unit: 'grapheme' }),
  );
  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(fc.string()),
    fc.nat().map(String),
  );
  fc.assert(
    fc.property(fc.dictionary(name, value), (query) => {
      for (const code of codesOf(query)) {
        assert.ok(listed.has(code) || listed.has(code.split('|')[0] ?? ''), code);
      }
    }),
  );
});
