// Proves that letters which deceive are found, and that the world's scripts as such are no findings.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf, summarizeOnly } from '../../test/finding-cases.ts';

test('a letter that only looks like one of the word’s script is most likely wrong', () => {
  for (const name of [
    // The third letter of each is of another script.
    'Gо\u043Egle LLC',
    'Ap\u0440le Inc.',
    'Del\u03BFitte',
    'Сб\u0065рбанк',
  ]) {
    const found = summarizeOnly('mixed_scripts', { name });
    assert.deepEqual(found, ['warning mixed_scripts name'], name);
  }
});

test('the reason names the word and the letters', () => {
  const [finding] = findingsOf({ name: 'Ap\u0440le Inc.' });
  assert.equal(
    finding?.reason,
    'The word "Ap\u0440le" mixes Latin and Cyrillic letters (\u0440), which look alike. Type it anew in the letters of the register.',
  );
});

test('scripts that are mixed without looking alike are to be looked at', () => {
  for (const name of ['ЮMoney', 'Dδ Systems']) {
    assert.deepEqual(summarizeOnly('mixed_scripts', { name }), ['notice mixed_scripts name'], name);
  }
});

test('a whole word in look-alikes is most likely wrong where its script is not at home', () => {
  const name = '\u0410\u0440\u0440\u04CF\u0435 Inc.';
  for (const country of ['US', 'DE', 'JP']) {
    assert.deepEqual(summarizeOnly('mixed_scripts', { name, country, state: '' }), [
      'warning mixed_scripts name',
    ]);
  }
  assert.deepEqual(summarizeOnly('mixed_scripts', { name, country: 'RU', state: '' }), []);
});

test('names of any script, and of several scripts word by word, are none', () => {
  for (const [name, country] of [
    ['ООО «Ромашка»', 'RU'],
    ['Яндекс', 'NL'],
    ['Google Россия', 'RU'],
    ['Εθνική Τράπεζα της Ελλάδος', 'GR'],
    ['β-Carotene GmbH', 'DE'],
    ['株式会社みなとがわABC工業', 'JP'],
    ['ソニー株式会社', 'JP'],
    ['삼성전자주식회사', 'KR'],
    ['Åkers Krutbruk AB', 'SE'],
    ['Zażółć Gęślą Jaźń Sp. z o.o.', 'PL'],
    ['شركة أرامكو السعودية', 'SA'],
  ] as const) {
    assert.deepEqual(summarizeOnly('mixed_scripts', { name, country, state: '' }), [], name);
  }
});

test('characters that nobody sees are most likely wrong, but for joiners that scripts need', () => {
  for (const hidden of ['\u200B', '\u202E', '\uFEFF', '\u00AD', '\u0007', '\u3164']) {
    const found = summarizeOnly('invisible_characters', { city: `Ham${hidden}burg` });
    assert.deepEqual(found, ['warning invisible_characters city'], JSON.stringify(hidden));
  }
  const [finding] = findingsOf({ name: 'Nord\u200Bwind' });
  assert.match(finding?.reason ?? '', /U\+200B/);
  for (const name of ['شرکت می\u200Cشود', 'क्\u200Dष', 'Nord\u00A0wind']) {
    assert.deepEqual(summarizeOnly('invisible_characters', { name }), [], name);
  }
});

test('several long words in capitals are to be looked at, and abbreviations are not', () => {
  for (const name of ['ACME WIDGET FACTORY', 'FONDERIE VALCORVINA S.P.A.', 'ЗАВОД ПРИБОРОВ']) {
    assert.deepEqual(summarizeOnly('capitals_only', { name }), ['notice capitals_only name'], name);
  }
  assert.deepEqual(summarizeOnly('capitals_only', { assumed_name: 'ACME WIDGETS' }), [
    'notice capitals_only assumed_name',
  ]);
  for (const name of [
    'IBM',
    'BASF SE',
    'AT&T',
    'CVS HEALTH',
    'HSBC UK plc',
    '株式会社 東京',
    'شركة أرامكو',
  ]) {
    assert.deepEqual(summarizeOnly('capitals_only', { name }), [], name);
  }
});
