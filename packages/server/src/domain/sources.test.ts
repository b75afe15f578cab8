/** What a request may say of a source, and which sources a list asks for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkSource, checkSourceListQuery, isSameSource } from './sources.ts';

const REGISTER = {
  name: 'Handelsregister, Amtsgericht Hamburg',
  kind: 'government_register',
  jurisdiction_country: 'de',
  jurisdiction_locality: 'Hamburg',
  url: 'https://www.handelsregister.de/',
  number_format: 'HRA 999999|HRB 999999',
  note: 'Kept by the court.',
};

test('a source is read with its country in upper case, and what is absent is empty', () => {
  const { problems, source } = checkSource(REGISTER);
  assert.deepEqual(problems, []);
  assert.deepEqual(source, { ...REGISTER, jurisdiction_country: 'DE', jurisdiction_state: '' });
  assert.deepEqual(checkSource({ name: 'List', kind: 'official_list' }).source, {
    name: 'List',
    kind: 'official_list',
    jurisdiction_country: '',
    jurisdiction_state: '',
    jurisdiction_locality: '',
    url: '',
    number_format: '',
    note: '',
  });
});

test('a number format in which nothing can differ is none', () => {
  for (const number_format of ['HRB', '99|', '|', 'B 9 | C 9']) {
    const codes = checkSource({ ...REGISTER, number_format }).problems.map(({ code }) => code);
    assert.deepEqual(codes, ['invalid_number_format'], number_format);
  }
  for (const number_format of ['9', 'A*9', '99-9999999', 'HRA 99|HRB 99']) {
    assert.deepEqual(checkSource({ ...REGISTER, number_format }).problems, [], number_format);
  }
});

test('two are the same source if nothing of them differs', () => {
  const { source } = checkSource(REGISTER);
  assert.ok(isSameSource(source, checkSource({ ...REGISTER, jurisdiction_country: 'DE' }).source));
  for (const name of Object.keys(source) as (keyof typeof source)[]) {
    assert.ok(!isSameSource(source, { ...source, [name]: 'another' }), name);
  }
});

test('a list asks for kind, country and status, and for a page', () => {
  const { problems, request } = checkSourceListQuery({
    'filters[kind]': 'qgis',
    'filters[jurisdiction_country]': 'gb',
    'filters[status]': 'withdrawn',
    limit: '5',
    offset: '10',
  });
  assert.deepEqual(problems, []);
  assert.deepEqual(request, {
    kind: 'qgis',
    jurisdiction_country: 'GB',
    is_withdrawn: true,
    limit: 5,
    offset: 10,
  });
  assert.deepEqual(checkSourceListQuery({}).request, { limit: 1000, offset: 0 });
});

test('what no source can be is refused, not an empty list', () => {
  const { problems } = checkSourceListQuery({
    'filters[kind]': 'rumour',
    'filters[jurisdiction_country]': 'zz',
    'filters[status]': 'gone',
    'filters[name]': 'x',
  });
  assert.deepEqual(
    problems.map(({ code }) => code),
    [
      'invalid_filters_kind',
      'invalid_filters_status',
      'unknown_filter|name',
      'invalid_filters_jurisdiction_country',
    ],
  );
});
