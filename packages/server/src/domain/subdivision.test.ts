// Proves that countries and their states are found by any code or name of ISO 3166, and only by those.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { iso31661 } from 'iso-3166/1.js';
import { iso31662 } from 'iso-3166/2.js';
import { fold } from './fold.ts';
import { findSubdivision, isCountry, listSubdivisions } from './subdivision.ts';

/** Any character, controls included, but never half of a surrogate pair. */
const character = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10_ffff))
  .map((code) => String.fromCodePoint(code).toWellFormed());

test('every assigned country code is one, in any case', () => {
  assert.ok(iso31661.length > 240);
  for (const { alpha2 } of iso31661) {
    assert.ok(isCountry(alpha2), alpha2);
    assert.ok(isCountry(alpha2.toLowerCase()), alpha2);
  }
});

test('anything else is no country code', () => {
  for (const code of [
    '',
    'U',
    'USA',
    'UK',
    'EU',
    'XX',
    'ZZ',
    '84',
    'US ',
    ' us',
    'U\0',
    'constructor',
  ]) {
    assert.equal(isCountry(code), false, JSON.stringify(code));
  }
});

test('a letter that only becomes a country code in upper case is none', () => {
  for (const code of ['ß', 'ﬁ', 'ﬆ', 'ıt', 'ſe', 'ıſ']) {
    assert.equal(isCountry(code), false, code);
  }
});

test('no text but two letters of A to Z is a country code', () => {
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 3 }), (code) => {
      fc.pre(!/^[A-Za-z]{2}$/.test(code));
      assert.equal(isCountry(code), false);
    }),
  );
});

test('every subdivision is found by its full code and by its local code, in any case', () => {
  assert.ok(iso31662.length > 4000);
  for (const { code, name } of iso31662) {
    const country = code.slice(0, 2);
    for (const state of [code, code.slice(3), code.toLowerCase(), ` ${code} `]) {
      assert.deepEqual(findSubdivision(country, state), { code, name }, state);
    }
  }
});

test('every subdivision whose name no other has in its country is found by its name', () => {
  const byName = Map.groupBy(iso31662, ({ code, name }) => `${code.slice(0, 2)} ${fold(name)}`);
  const unique = [...byName.values()].filter(({ length }) => length === 1).flat();
  assert.ok(unique.length > 4000);
  for (const { code, name } of unique) {
    const country = code.slice(0, 2);
    for (const state of [name, name.toUpperCase(), ` ${name} `]) {
      assert.equal(findSubdivision(country, state)?.code, code, state);
    }
  }
});

test('a name that several subdivisions share finds one of them', () => {
  const byName = Map.groupBy(iso31662, ({ code, name }) => `${code.slice(0, 2)} ${fold(name)}`);
  for (const shared of [...byName.values()].filter(({ length }) => length > 1)) {
    const { code = '', name = '' } = shared[0] ?? {};
    const found = findSubdivision(code.slice(0, 2), name);
    assert.ok(
      shared.some((one) => one.code === found?.code),
      name,
    );
  }
});

test('a code wins over a name that is written like it', () => {
  assert.equal(findSubdivision('US', 'IN')?.name, 'Indiana');
  assert.equal(findSubdivision('US', 'Utah')?.code, 'US-UT');
});

test('a state of another country, or of none, is not found', () => {
  assert.equal(findSubdivision('US', 'Bavaria'), undefined);
  assert.equal(findSubdivision('US', 'DE-BY'), undefined);
  assert.equal(findSubdivision('US', ''), undefined);
  assert.equal(findSubdivision('ZZ', 'MN'), undefined);
  assert.equal(findSubdivision('US', 'Northern Nowhere'), undefined);
});

test('no text makes the look-up throw', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: character }),
      fc.string({ unit: character }),
      (country, state) => {
        const found = findSubdivision(country, state);
        assert.ok(found === undefined || found.code.startsWith(country));
      },
    ),
  );
});

test('every division is listed with its country, and is found by the code that is listed', () => {
  const listed = iso31661.flatMap(({ alpha2 }) =>
    listSubdivisions(alpha2).map((one) => ({ ...one, country: alpha2 })),
  );
  assert.equal(listed.length, iso31662.length);
  for (const { country, code, name } of listed) {
    assert.deepEqual(findSubdivision(country, code), { code, name });
  }
});

test('divisions are listed by their names, and a country without any has none', () => {
  const names = listSubdivisions('US').map(({ name }) => name);
  assert.deepEqual(names.slice(0, 3), ['Alabama', 'Alaska', 'American Samoa']);
  assert.deepEqual([listSubdivisions('AQ'), listSubdivisions('ZZ')], [[], []]);
});
