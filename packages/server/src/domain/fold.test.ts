// Proves that folding makes case and compatibility variants equal, keeps everything else apart, and
// can be searched in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold } from './fold.ts';

/** Any character, controls included, but never half of a surrogate pair. */
const character = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10_ffff))
  .map((code) => String.fromCodePoint(code).toWellFormed());

/** Every character of its own, up to where no script and no variant of one stands. */
const CHARACTERS = Array.from({ length: 0x3_0000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

/** Letters that neither combine with their neighbours nor change by them, but for the Greek sigma. */
const LETTERS = [...'abzABZßẞéÉıIİσςΣάΩжЖłŁñ中文あアÅ한글عربيעברדकไทย𝔘𐐀 0123456789-.&'];

const words = fc.array(fc.constantFrom(...LETTERS)).map((letters) => letters.join(''));

test('case does not count', () => {
  for (const [one, other] of [
    ['Example Organization', 'EXAMPLE ORGANIZATION'],
    ['Straße', 'STRASSE'],
    ['Élan', 'ÉLAN'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδός', 'ΟΔΌΣ'],
    ['Жук', 'ЖУК'],
    ['𐐀𐐁', '𐐨𐐩'],
    ['ﬁnance', 'FINANCE'],
  ] as const) {
    assert.equal(fold(one), fold(other));
  }
});

test('the capital sharp s is a sharp s', () => {
  assert.equal(fold('STRAẞE'), fold('Straße'));
});

test('compatibility variants do not count', () => {
  for (const [one, other] of [
    ['ＡＢＣ', 'abc'],
    ['ｶﾞ', 'ガ'],
    ['①', '1'],
    ['㈱', '(株)'],
    ['\u00A0', ' '],
    ['e\u0301', '\u00E9'],
    ['\u1100\u1161', '가'],
    ['𝔘', 'u'],
  ] as const) {
    assert.equal(fold(one), fold(other));
  }
});

test('accents, scripts, spaces and punctuation count', () => {
  for (const [one, other] of [
    ['e', 'é'],
    ['a', 'а'],
    ['ab', 'a b'],
    ['ab', 'a-b'],
    ['か', 'カ'],
    ['体', '體'],
  ] as const) {
    assert.notEqual(fold(one), fold(other));
  }
});

test('plain lower-case text stays as it is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9 .,()-]*$/), (text) => {
      assert.equal(fold(text), text);
    }),
  );
});

test('folding a folded character changes nothing, whichever it is', () => {
  const changing = CHARACTERS.filter((character) => {
    const folded = fold(character);
    return fold(folded) !== folded;
  });
  assert.deepEqual(changing, []);
});

test('every character folds as its upper case and its lower case do', () => {
  const differing = CHARACTERS.filter((character) => {
    const folded = fold(character);
    return fold(character.toUpperCase()) !== folded || fold(character.toLowerCase()) !== folded;
  });
  assert.deepEqual(differing, []);
});

test('folding a folded text changes nothing', () => {
  const text = fc.oneof(fc.string({ unit: character }), fc.string({ unit: 'grapheme' }), words);
  fc.assert(
    fc.property(text, (sent) => {
      const folded = fold(sent);
      assert.equal(fold(folded), folded);
    }),
    { numRuns: 500 },
  );
});

test('a text folds as its upper case does, whatever letters stand beside each other', () => {
  fc.assert(
    fc.property(words, (text) => {
      assert.equal(fold(text.toUpperCase()), fold(text));
    }),
  );
});

test('a folded text contains every folded part of it, wherever the part stands in a word', () => {
  fc.assert(
    fc.property(words, words, words, (before, term, after) => {
      assert.ok(fold(before + term + after).includes(fold(term)));
    }),
    { numRuns: 500 },
  );
});

test('a folded text is well-formed if the text is', () => {
  fc.assert(
    fc.property(fc.string({ unit: character }), (text) => {
      assert.ok(fold(text).isWellFormed());
    }),
  );
});
