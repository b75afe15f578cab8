// Proves that states are found as people write them, that misspelled ones are guessed, and others not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { iso31662 } from 'iso-3166/2.js';
import { findNearestState, findState, howWellStatesAreKnown } from './state-names.ts';

test('a state is found by its code, its name, and the names it has elsewhere', () => {
  for (const [country, text, code] of [
    ['US', 'mn', 'US-MN'],
    ['US', 'State of Texas', 'US-TX'],
    ['US', 'Commonwealth of Virginia', 'US-VA'],
    ['US', 'Washington, D.C.', 'US-DC'],
    ['US', 'Calif.', 'US-CA'],
    ['CA', 'Québec', 'CA-QC'],
    ['BR', 'Sao Paulo', 'BR-SP'],
    ['BR', 'Ceará', 'BR-CE'],
    ['IN', 'Tamil Nadu', 'IN-TN'],
    ['IN', 'Orissa', 'IN-OD'],
    ['MX', 'Nuevo Leon', 'MX-NLE'],
    ['MX', 'Michoacán', 'MX-MIC'],
    ['MX', 'CDMX', 'MX-CMX'],
    ['NG', 'Lagos State', 'NG-LA'],
    ['DE', 'Bavaria', 'DE-BY'],
    ['DE', 'Freistaat Sachsen', 'DE-SN'],
    ['DE', 'Thueringen', 'DE-TH'],
    ['CH', 'Zurich', 'CH-ZH'],
    ['CH', 'Canton de Genève', 'CH-GE'],
    ['IT', 'Lombardy', 'IT-25'],
    ['IT', 'Südtirol', undefined],
    ['IT', 'Bozen', 'IT-BZ'],
    ['ES', 'Comunidad de Madrid', 'ES-M'],
    ['GB', 'City of Bristol', 'GB-BST'],
    ['JP', 'Fukuoka-ken', 'JP-40'],
    ['JP', 'Tokyo', 'JP-13'],
    ['JP', 'Shizuoka', 'JP-22'],
    ['CN', 'Guangdong Province', 'CN-GD'],
    ['CN', 'Si Chuan', 'CN-SC'],
    ['KR', 'Seoul', 'KR-11'],
    ['ZA', 'Gauteng Province', 'ZA-GP'],
    ['PL', 'Województwo Łódzkie', 'PL-10'],
    ['RU', 'Bashkortostan', 'RU-BA'],
  ] as const) {
    assert.equal(findState(country, text)?.code, code, `${country} ${text}`);
  }
});

test('every state of the list is found by its code and by its name without accents', () => {
  const lost = iso31662.filter(({ code, name }) => {
    const country = code.slice(0, 2);
    const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '');
    return findState(country, code) === undefined || findState(country, plain) === undefined;
  });
  assert.deepEqual(lost, []);
});

test('what is no state of the country is not found', () => {
  for (const [country, text] of [
    ['US', 'Las Angeles'],
    ['US', 'Los Angeles'],
    ['US', 'Bavaria'],
    ['US', 'Some-State'],
    ['US', ''],
    ['IN', 'Mumbai'],
    ['ZZ', 'MN'],
    ['', ''],
    ['constructor', 'constructor'],
  ] as const) {
    assert.equal(findState(country, text), undefined, `${country} ${text}`);
  }
});

test('a misspelled state is guessed', () => {
  for (const [country, text, name] of [
    ['US', 'Calfornia', 'California'],
    ['US', 'Minesota', 'Minnesota'],
    ['US', 'New Yrok', 'New York'],
    ['US', 'New York, NY', 'New York'],
    ['US', 'Pensilvania', 'Pennsylvania'],
    ['CA', 'Britsh Columbia', 'British Columbia'],
    ['IR', 'Theran', 'Tehrān'],
  ] as const) {
    assert.equal(findNearestState(country, text)?.name, name, text);
  }
});

test('nothing is guessed from what is far from every state, short, or as near to two', () => {
  for (const [country, text] of [
    ['US', 'Las Angeles'],
    ['US', 'XY'],
    ['US', 'Ohi'],
    ['US', 'North Xarolina of the South and more'],
    ['US', 'Sorth Dakota'],
    ['US', ''],
    ['ZZ', 'Calfornia'],
  ] as const) {
    assert.equal(findNearestState(country, text), undefined, text);
  }
});

test('only where everybody writes states alike is one that is not found surely none', () => {
  assert.equal(howWellStatesAreKnown('US'), 'all');
  assert.equal(howWellStatesAreKnown('IN'), 'most');
  for (const country of ['GB', 'JP', 'ZZ', '', 'constructor']) {
    assert.equal(howWellStatesAreKnown(country), 'some');
  }
});

test('no text makes the look-up throw', () => {
  const country = fc.oneof(fc.constantFrom('US', 'JP', 'GB', '__proto__'), fc.string());
  fc.assert(
    fc.property(country, fc.string({ unit: 'binary' }), (where, text) => {
      const found = findState(where, text) ?? findNearestState(where, text);
      assert.ok(found === undefined || found.code.startsWith(where));
    }),
  );
});
