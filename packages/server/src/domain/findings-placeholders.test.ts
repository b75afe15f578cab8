// Proves that values which stand where the real ones are missing are found, and real ones like them not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FindingCase, findingsOf, summarizeOnly } from '../../test/finding-cases.ts';
import { isAbsent } from './findings-placeholders.ts';

function placeholdersOf(one: FindingCase): string[] {
  return summarizeOnly('placeholder_value', one);
}

test('the defaults of programs are no values', () => {
  assert.deepEqual(
    placeholdersOf({
      name: 'Internet Widgits Pty Ltd',
      city: 'Default City',
      state: 'Some-State',
      country: 'AU',
    }),
    [
      'error placeholder_value city',
      'error placeholder_value name',
      'error placeholder_value state',
    ],
  );
  for (const name of [
    'Default Company Ltd',
    'INTERNET WIDGITS PTY LTD.',
    'Your Company',
    'SnakeOil',
  ]) {
    assert.deepEqual(placeholdersOf({ name }), ['error placeholder_value name'], name);
  }
});

test('signs that a value is missing are errors where a certificate would carry them', () => {
  for (const value of ['n/a', 'N.A.', '-', '.', '???', '. - .']) {
    for (const field of ['name', 'assumed_name', 'address', 'city', 'telephone', 'zip'] as const) {
      const found = placeholdersOf({ [field]: value });
      assert.deepEqual(found, [`error placeholder_value ${field}`], `${field} ${value}`);
    }
    assert.deepEqual(placeholdersOf({ state: value, country: 'US' }), [
      'error placeholder_value state',
    ]);
  }
});

test('words for nothing are most likely wrong', () => {
  for (const value of ['none', 'Unknown', 'NULL', 'undefined', 'xxx', 'Not applicable', 'TBD']) {
    for (const field of ['name', 'city', 'address', 'zip'] as const) {
      const found = placeholdersOf({ [field]: value });
      assert.deepEqual(found, [`warning placeholder_value ${field}`], `${field} ${value}`);
    }
  }
});

test('what need not be given may say so, and the reason tells what follows', () => {
  const [state] = findingsOf({ state: 'N/A', country: 'SG', city: 'Singapore', telephone: '' });
  assert.equal(state?.severity, 'notice');
  assert.equal(state?.reason, '"N/A" says that there is none. Certificates will have no state.');
  const [address2] = findingsOf({ address2: 'none' });
  assert.equal(address2?.severity, 'notice');
  assert.equal(address2?.reason, '"none" says that there is none. Leave it out.');
});

test('names and places that people try a program out with are most likely wrong', () => {
  for (const name of [
    'test',
    'Test GmbH',
    'Test 123 Ltd.',
    'My Test Company',
    'Demo Inc',
    'asdf',
    'Qwerty LLC',
    'Foo Bar',
    'Musterfirma AG',
    'Empresa de prueba',
    'ООО Тест',
    '株式会社テスト',
    '测试有限公司',
    'aaaa',
  ]) {
    assert.deepEqual(placeholdersOf({ name }), ['warning placeholder_value name'], name);
  }
  assert.deepEqual(placeholdersOf({ city: 'Test City', address: 'Test Street 1' }), [
    'warning placeholder_value address',
    'warning placeholder_value city',
  ]);
});

test('a real name that has such a word in it is none', () => {
  for (const name of [
    'Test Rite International',
    'Stiftung Warentest',
    'Educational Testing Service',
    'Demos Helsinki',
    'Unknown Worlds Entertainment',
    'None Such Records',
    'Sample6 Technologies',
    'Foo Fighters Touring, Inc.',
    'Example-Based Learning Institute',
    'American Automobile Association',
    'AAA',
    'NA',
    'XX Century',
    'Company of Master Mariners',
  ]) {
    assert.deepEqual(placeholdersOf({ name }), [], name);
  }
});

test('places that are called like a word for nothing are places there', () => {
  assert.deepEqual(placeholdersOf({ country: 'IT', city: 'None', state: 'TO' }), []);
  assert.deepEqual(placeholdersOf({ country: 'IT', city: 'Napoli', state: 'NA' }), []);
  assert.deepEqual(placeholdersOf({ country: 'DE', city: 'None' }), [
    'warning placeholder_value city',
  ]);
});

test('addresses that many invent are to be looked at, and others with their words are not', () => {
  for (const address of ['123 Main St', '123 Main Street.', '1 Any Street', 'Musterstraße 1']) {
    assert.deepEqual(placeholdersOf({ address }), ['notice placeholder_value address'], address);
  }
  for (const address of [
    '124 Main St',
    '123 Main St, Suite 4',
    '123 Main Canal Road',
    'Main Street',
  ]) {
    assert.deepEqual(placeholdersOf({ address }), [], address);
  }
});

test('postal codes that are none are found where there are postal codes', () => {
  const troy = { country: 'US', state: 'NY', city: 'Troy' };
  assert.deepEqual(placeholdersOf({ ...troy, zip: '00000' }), ['warning placeholder_value zip']);
  assert.deepEqual(placeholdersOf({ ...troy, zip: '12345' }), ['notice placeholder_value zip']);
  assert.deepEqual(placeholdersOf({ ...troy, zip: '12180' }), []);
  assert.deepEqual(placeholdersOf({ ...troy, city: 'Schenectady', zip: '12345' }), []);
  assert.deepEqual(placeholdersOf({ country: 'AE', zip: '00000' }), []);
  assert.deepEqual(placeholdersOf({ country: 'HK', zip: 'N/A' }), []);
});

test('invented telephone numbers are most likely wrong', () => {
  for (const [telephone, country] of [
    ['1234567890', 'US'],
    ['+1 (212) 555-0123', 'DE'],
    ['612-555-0142', 'US'],
    ['000-000-0000', 'US'],
    ['0123456789', 'DE'],
    ['020 7946 0123', 'GB'],
    ['+44 1632 960123', 'DE'],
  ] as const) {
    const found = placeholdersOf({ telephone, country, state: '' });
    assert.deepEqual(found, ['warning placeholder_value telephone'], telephone);
  }
});

test('real telephone numbers that look a little like them are not', () => {
  for (const [telephone, country] of [
    ['612-555-1234', 'US'],
    ['212-736-5000', 'US'],
    ['+65 6555 0124', 'SG'],
    ['6565550124', 'SG'],
    ['+49 40 12345', 'DE'],
    ['020 7946 1', 'DE'],
  ] as const) {
    assert.deepEqual(placeholdersOf({ telephone, country, state: '' }), [], telephone);
  }
});

test('a value is absent if it has no letter and no digit, or is an abbreviation for it', () => {
  for (const value of ['', ' ', '.', '-', '—', 'N/A', ' n.a. ']) {
    assert.ok(isAbsent(value), value);
  }
  for (const value of ['NA', 'none', '0', '中', 'A/N']) {
    assert.equal(isAbsent(value), false, value);
  }
});
