// Proves that a country is recognized by its names, and a city that is called like it is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getCountryName, isCountryName } from './country-names.ts';

test('a country is recognized by its names in many languages and by its abbreviations', () => {
  for (const [country, text] of [
    ['DE', 'Germany'],
    ['DE', 'DEUTSCHLAND'],
    ['DE', 'Allemagne'],
    ['DE', 'ドイツ'],
    ['US', 'USA'],
    ['US', 'U.S.A.'],
    ['US', 'United States of America'],
    ['GB', 'United Kingdom'],
    ['GB', 'uk'],
    ['NL', 'The Netherlands'],
  ] as const) {
    assert.ok(isCountryName(country, text), text);
  }
});

test('another country, a part of it, and a city that is called like it are not recognized', () => {
  for (const [country, text] of [
    ['US', 'Lebanon'],
    ['US', 'Mexico'],
    ['DE', 'Hamburg'],
    ['DE', ''],
    ['SG', 'Singapore'],
    ['LU', 'Luxembourg'],
    ['MX', 'México'],
    ['ZZ', 'ZZ'],
    ['constructor', 'constructor'],
  ] as const) {
    assert.equal(isCountryName(country, text), false, `${country} ${text}`);
  }
});

test('a country has an English name, and what is none is called by its code', () => {
  assert.equal(getCountryName('DE'), 'Germany');
  assert.equal(getCountryName('ZZ'), 'ZZ');
  assert.equal(getCountryName('not a code'), 'not a code');
});
