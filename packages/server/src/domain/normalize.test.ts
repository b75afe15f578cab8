// Proves what counts when two texts are compared for being the same: letters, digits and the signs that
// tell names apart, and nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { normalize } from './normalize.ts';

/** Any character by itself, controls included: no half of a pair, and none that joins its neighbour. */
const character = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10_ffff))
  .map((code) => String.fromCodePoint(code).toWellFormed())
  .filter(
    (text) => !/[\p{M}\u1100-\u11FF\u3130-\u318F\uFF9E-\uFFDF]/u.test(text.normalize('NFKD')),
  );

test('a text is left without case, spaces and punctuation', () => {
  assert.equal(normalize('Example, Inc.'), 'exampleinc');
  assert.equal(normalize(' “O’Neil” – Sons  (Dublin) '), 'oneilsonsdublin');
  assert.equal(normalize('A_B·C/D\\E'), 'abcde');
});

test('signs that tell names apart stay', () => {
  assert.equal(normalize('A & B'), 'a&b');
  assert.equal(normalize('C# / C++ @ 100% *'), 'c#c++@100%*');
});

test('letters and digits of every script stay', () => {
  for (const text of ['株式会社', 'общество', 'شركة', 'חברה', 'कंपनी', 'บริษัท', '회사', '٣', '𝔘𐐨']) {
    assert.ok(normalize(text).length > 0);
    assert.equal(normalize(`(${text}) . ${text}`), normalize(text).repeat(2));
  }
});

test('a text of nothing but punctuation keeps it', () => {
  assert.equal(normalize(' ?! '), '?!');
  assert.equal(normalize('。'), '。');
  assert.equal(normalize(''), '');
  assert.equal(normalize('   '), '');
});

test('normalizing a normalized text changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: character }), (text) => {
      assert.equal(normalize(normalize(text)), normalize(text));
    }),
    { numRuns: 500 },
  );
});

test('spaces, punctuation and what nobody sees change nothing, wherever they stand', () => {
  const letters = fc.stringMatching(/^[a-zа-яㄱ-ㅎ0-9&]{0,10}$/);
  const noise = fc.constantFrom(
    ' ',
    '\u3000',
    '.',
    ',',
    '؛',
    '、',
    '・',
    '״',
    '»',
    '\u200B',
    '\u00AD',
  );
  fc.assert(
    fc.property(letters, letters, noise, (before, after, between) => {
      fc.pre(before + after !== '');
      assert.equal(normalize(before + between + after), normalize(before + after));
    }),
    { numRuns: 300 },
  );
});
