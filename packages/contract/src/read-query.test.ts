// Proves how query strings and path parameters are read by a schema: nothing unknown is ignored,
// nothing is taken for what it is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Type } from 'typebox';
import { id, oneOf, optional } from './fields.ts';
import { readParams, readQuery } from './read.ts';

/** Any character, controls included, but never half of a surrogate pair. */
const character = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10_ffff))
  .map((code) => String.fromCodePoint(code).toWellFormed());

const Query = Type.Object({
  container_id: optional(id('Container.')),
  include_validation: optional(Type.Boolean()),
  'filters[status]': optional(oneOf(['active', 'inactive'] as const, 'Status.')),
  'filters[search]': optional(Type.String({ maxLength: 5 })),
  limit: optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  offset: optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })),
});

function codesOf(query: Readonly<Record<string, unknown>>): string[] {
  return readQuery(Query, query).problems.map(({ code }) => code);
}

test('a query without parameters reads as nothing', () => {
  assert.deepEqual(readQuery(Query, {}), { problems: [], faulty: new Set(), value: {} });
});

test('parameters come out as the types of the schema', () => {
  const { problems, value } = readQuery(Query, {
    container_id: '4',
    include_validation: 'True',
    'filters[status]': 'Active',
    'filters[search]': '%Acme',
    limit: '1000',
    offset: '0',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(value, {
    container_id: 4,
    include_validation: true,
    'filters[status]': 'active',
    'filters[search]': '%Acme',
    limit: 1000,
    offset: 0,
  });
});

test('a boolean is taken in any case and as 1 or 0', () => {
  for (const [sent, expected] of [
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['1', true],
    ['false', false],
    ['False', false],
    ['0', false],
  ] as const) {
    assert.equal(readQuery(Query, { include_validation: sent }).value.include_validation, expected);
  }
});

test('a boolean is nothing else, not even a name that every object knows', () => {
  for (const sent of ['yes', '2', 'constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    assert.deepEqual(codesOf({ include_validation: sent }), ['invalid_include_validation'], sent);
  }
});

test('a whole number inside its range is taken', () => {
  assert.equal(readQuery(Query, { limit: '1' }).value.limit, 1);
  assert.equal(readQuery(Query, { offset: '9007199254740991' }).value.offset, 2 ** 53 - 1);
});

test('a number outside its range, or written in any other way than digits, is refused', () => {
  for (const limit of [
    '0',
    '1001',
    '-1',
    '+1',
    '1.0',
    '1e2',
    '0x10',
    'ten',
    ' 5',
    '٥',
    'Infinity',
  ]) {
    assert.deepEqual(codesOf({ limit }), ['invalid_limit'], limit);
  }
  for (const offset of ['9007199254740992', '99999999999999999999', '-0']) {
    assert.deepEqual(codesOf({ offset }), ['invalid_offset'], offset);
  }
});

test('a parameter without a value is as good as none', () => {
  const empty = Object.fromEntries(Object.keys(Query.properties).map((name) => [name, '']));
  assert.deepEqual(readQuery(Query, empty), { problems: [], faulty: new Set(), value: {} });
});

test('a parameter that was given twice is refused', () => {
  assert.deepEqual(codesOf({ limit: ['1', '2'] }), ['invalid_limit']);
  assert.deepEqual(codesOf({ 'filters[status]': ['active', 'active'] }), [
    'invalid_filters_status',
  ]);
});

test('a text over its limit is too long, counted in characters', () => {
  assert.deepEqual(codesOf({ 'filters[search]': '𝔘'.repeat(5) }), []);
  assert.deepEqual(codesOf({ 'filters[search]': '𝔘'.repeat(6) }), ['filters_search_too_long']);
});

test('an unknown parameter or filter is named in the code and in the message', () => {
  const { problems } = readQuery(Query, { page: '2', 'filters[colour]': 'red' });
  assert.deepEqual(problems, [
    {
      code: 'unknown_parameter|page',
      message: 'This endpoint has no query parameter "page".',
    },
    {
      code: 'unknown_filter|colour',
      message: 'This endpoint has no filter "filters[colour]".',
    },
  ]);
});

test('a name that every object knows is an unknown parameter like any other', () => {
  const query: Record<string, unknown> = JSON.parse(
    '{"__proto__":"1","constructor":"2","toString":"3","hasOwnProperty":"4"}',
  );
  assert.deepEqual(codesOf(query), [
    'unknown_parameter|__proto__',
    'unknown_parameter|constructor',
    'unknown_parameter|toString',
    'unknown_parameter|hasOwnProperty',
  ]);
});

test('a known parameter is told from one in another case or with another filter form', () => {
  assert.deepEqual(codesOf({ Limit: '5' }), ['unknown_parameter|Limit']);
  assert.deepEqual(codesOf({ 'filter[status]': 'active' }), ['unknown_parameter|filter_status']);
  assert.deepEqual(codesOf({ 'filters[status][0]': 'active' }), ['unknown_filter|status_0']);
});

test('whatever name a client chooses, the code stays short and plain', () => {
  const name = fc.oneof(
    fc.string({ unit: character, minLength: 1, maxLength: 200 }),
    fc.string({ unit: character, maxLength: 100 }).map((filter) => `filters[${filter}]`),
  );
  fc.assert(
    fc.property(name, fc.string(), (unknown, value) => {
      fc.pre(!Object.hasOwn(Query.properties, unknown));
      const { problems } = readQuery(Query, { [`${unknown}`]: value, limit: '5' });
      const [problem] = problems;
      assert.equal(problems.length, 1);
      assert.match(problem?.code ?? '', /^unknown_(parameter|filter)\|[A-Za-z0-9_]{0,64}$/);
      assert.ok((problem?.message.length ?? 0) < 600);
    }),
  );
});

test('no value of a known parameter makes the reading throw, and what is refused is named', () => {
  const value = fc.oneof(fc.string({ unit: character }), fc.array(fc.string()));
  const query = fc.record(
    Object.fromEntries(Object.keys(Query.properties).map((name) => [name, value])),
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(query, (sent) => {
      for (const code of codesOf(sent)) {
        assert.match(code, /^invalid_[a-z_]+$|^filters_search_too_long$/);
      }
    }),
  );
});

const Params = Type.Object({ organization_id: id('Organization.') });

test('an id in a path is a positive whole number', () => {
  assert.deepEqual(readParams(Params, { organization_id: '112233' }), {
    problems: [],
    faulty: new Set(),
    value: { organization_id: 112233 },
  });
  for (const organization_id of ['0', '-1', 'abc', '1.5', '1 ', '9007199254740992']) {
    assert.deepEqual(
      readParams(Params, { organization_id }).problems.map(({ code }) => code),
      ['invalid_organization_id'],
      organization_id,
    );
  }
});
