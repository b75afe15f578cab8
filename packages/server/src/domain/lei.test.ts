// Proves the check digits of LEIs on ones that were issued, and that a slip of the pen is seen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { computeLeiCheckDigits, isLei } from './lei.ts';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const DIGITS = [...'0123456789'];

const lei = fc
  .array(fc.constantFrom(...LETTERS, ...DIGITS), { minLength: 18, maxLength: 18 })
  .map((characters) => characters.join(''))
  .map((base) => base + computeLeiCheckDigits(base));

test('LEIs that were issued are LEIs', () => {
  for (const issued of ['HWUPKR0MPOU8FGXBT394', '529900T8BM49AURSDO55']) {
    assert.ok(isLei(issued), issued);
    assert.equal(issued.slice(0, 18) + computeLeiCheckDigits(issued.slice(0, 18)), issued);
  }
});

test('what has another form is no LEI, also where the remainder would fit', () => {
  for (const text of [
    '',
    'HWUPKR0MPOU8FGXBT39',
    'HWUPKR0MPOU8FGXBT3944',
    'hwupkr0mpou8fgxbt394',
    ' HWUPKR0MPOU8FGXBT394',
    'HWUPKR0MPOU8FGXBT394\n',
    'HWUPKR0MPOU8FGXBT3９4',
    'HWUP-KR0M-POU8-FGXBT394',
    '1',
    '00000000000000000001\n',
  ]) {
    assert.equal(isLei(text), false, JSON.stringify(text));
  }
});

test('whatever the first eighteen characters are, the check digits make an LEI of them', () => {
  fc.assert(fc.property(lei, (made) => assert.ok(isLei(made), made)));
});

// A digit in the place of a letter moves all before it by a place, which the remainder cannot promise
// to see; ISO 7064 promises the rest.
test('one digit for another, or one letter for another, makes it no LEI', () => {
  fc.assert(
    fc.property(lei, fc.nat(19), fc.nat(), (made, index, choice) => {
      const kind = DIGITS.includes(made[index] ?? '') ? DIGITS : LETTERS;
      const others = kind.filter((character) => character !== made[index]);
      const other = others[choice % others.length] ?? '';
      const changed = made.slice(0, index) + other + made.slice(index + 1);
      assert.equal(isLei(changed), false, `${made} as ${changed}`);
    }),
  );
});

test('two different neighbours of a kind that are swapped make it no LEI', () => {
  fc.assert(
    fc.property(lei, fc.nat(18), (made, index) => {
      const [one = '', other = ''] = made.slice(index, index + 2);
      fc.pre(one !== other && DIGITS.includes(one) === DIGITS.includes(other));
      const swapped = made.slice(0, index) + other + one + made.slice(index + 2);
      assert.equal(isLei(swapped), false, `${made} as ${swapped}`);
    }),
  );
});
