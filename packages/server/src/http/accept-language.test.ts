// Proves which languages a browser is taken to ask for, and in which order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { listAcceptedLanguages } from './accept-language.ts';

test('without a header, or with none in it, no language is asked for', () => {
  for (const header of [undefined, '', '*', ' , ', ';q=1', '*;q=0.5']) {
    assert.deepEqual(listAcceptedLanguages(header), [], header);
  }
});

test('languages come in the order of their quality, and else in the order of the header', () => {
  assert.deepEqual(listAcceptedLanguages('fr'), ['fr']);
  assert.deepEqual(listAcceptedLanguages('da, en-GB;q=0.8, en;q=0.7'), ['da', 'en-GB', 'en']);
  assert.deepEqual(listAcceptedLanguages('en;q=0.7,de-AT;q=0.9,fr'), ['fr', 'de-AT', 'en']);
  assert.deepEqual(listAcceptedLanguages('es ; Q=0.5 , ja;q=0.5, de;q=1.000'), ['de', 'es', 'ja']);
});

test('a language of quality 0, or with a quality that is none, is not asked for', () => {
  for (const weight of ['q=0', 'q=0.000', 'q=', 'q=high', 'q=2', 'q=-1', 'level=1', 'q=1;q=1']) {
    assert.deepEqual(listAcceptedLanguages(`fr;${weight}, de;q=0.1`), ['de'], weight);
  }
});

test('what is no language tag is passed over', () => {
  for (const tag of ['de_DE', '<b>', '../etc', 'abcdefghi', '-de', 'de-', 'd e']) {
    assert.deepEqual(listAcceptedLanguages(`${tag}, ja`), ['ja'], tag);
  }
});

test('no header makes it throw, and what it finds stands in the header', () => {
  const piece = fc.constantFrom('de', 'en-US', '*', ',', ';', 'q=', '0.5', '1', ' ', '\t', 'q=0');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const header = pieces.join('');
      for (const tag of listAcceptedLanguages(header)) {
        assert.ok(header.includes(tag));
      }
    }),
  );
});
