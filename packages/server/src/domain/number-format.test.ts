// Proves that the forms of registration numbers mean what they say, and nothing more.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isFormat, matchesFormat } from './number-format.ts';

test('a number has a form where each place has a sign of its kind', () => {
  for (const [format, number] of [
    ['99999999', '01234567'],
    ['AA999999', 'SC123456'],
    ['AA999999', 'oc123456'],
    ['**999999', 'R0123456'],
    ['HRB 9999|HRB 99999', 'HRB 12345'],
    ['999-99-9', '123-45-6'],
    ['FN 999999*', 'FN 123456i'],
    ['9(9).[9]+', '1(2).[3]+'],
  ] as const) {
    assert.ok(matchesFormat(format, number), `${number} as ${format}`);
  }
});

test('a number has another form where a sign, a case or the length differs', () => {
  for (const [format, number] of [
    ['99999999', '1234567'],
    ['99999999', '123456789'],
    ['99999999', '0123456A'],
    ['99999999', '٠١٢٣٤٥٦٧'],
    ['AA999999', 'SÇ123456'],
    ['HRB 99999', 'hrb 12345'],
    ['HRB 99999', 'HRB12345'],
    ['HRB 99999', 'HRB 12345 '],
    ['9|99', ''],
    ['9.9', '1-2'],
  ] as const) {
    assert.equal(matchesFormat(format, number), false, `${number} as ${format}`);
  }
});

test('a list of forms is one if each has a place for a digit or letter, and no space at its ends', () => {
  for (const format of ['9', 'A', '*', 'HRB 99999', '99999999|AA999999', '9'.repeat(64)]) {
    assert.ok(isFormat(format), format);
  }
  for (const format of [
    '',
    ' ',
    '|',
    '9|',
    '|9',
    '9||9',
    ' 9',
    '9 ',
    '9\n9',
    'HR-',
    '9'.repeat(65),
  ]) {
    assert.equal(isFormat(format), false, JSON.stringify(format));
  }
});

test('nothing has a form that is none', () => {
  for (const format of ['', 'HR-', '9\n']) {
    assert.equal(matchesFormat(format, format), false, JSON.stringify(format));
  }
});

test('a number made by a form has it, alone and among others', () => {
  const place = fc.oneof(
    fc.tuple(fc.constant('9'), fc.constantFrom(...'0123456789')),
    fc.tuple(fc.constant('A'), fc.constantFrom(...'AZaz')),
    fc.tuple(fc.constant('*'), fc.constantFrom(...'09AZaz')),
    fc.constantFrom(...'BHR-/.').map((sign) => [sign, sign] as const),
  );
  const places = fc.array(place, { maxLength: 20 }).map((some) => [['9', '1'] as const, ...some]);
  fc.assert(
    fc.property(places, (made) => {
      const format = made.map(([sign]) => sign).join('');
      const number = made.map(([, character]) => character).join('');
      assert.ok(isFormat(format));
      assert.ok(matchesFormat(format, number));
      assert.ok(matchesFormat(`99-99|${format}`, number));
      assert.equal(matchesFormat(format, `${number}1`), false);
    }),
  );
});
