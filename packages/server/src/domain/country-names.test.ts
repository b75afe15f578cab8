// Proves that a country is recognized by its names, and a city that is called like it is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso31661 } from 'iso-3166/1.js';
import { getCountryName, isCountryName, listCountries } from './country-names.ts';
import { isCountry } from './subdivision.ts';

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

test('every country is listed once, by its name in the order of the alphabet', () => {
  const countries = listCountries();
  const codes = countries.map(({ code }) => code);
  assert.deepEqual([codes.length, new Set(codes).size], [iso31661.length, iso31661.length]);
  assert.ok(codes.every(isCountry));
  assert.ok(countries.every(({ code, name }) => name !== code));
  const places = ['Åland Islands', 'Albania', 'Austria', 'Denmark', 'Zimbabwe'].map((name) =>
    countries.findIndex((country) => country.name === name),
  );
  assert.deepEqual(
    places,
    places.toSorted((one, other) => one - other),
  );
  assert.ok(!places.includes(-1));
});
