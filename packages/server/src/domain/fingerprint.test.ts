// Proves when two organizations count as the same: the compared details equal but for case, spaces,
// punctuation and the way the state is written, and in no other case.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { computeFingerprint } from './fingerprint.ts';
import { normalize } from './normalize.ts';
import type { OrganizationDetails } from './organization.ts';

/** Any character, controls included, but never half of a surrogate pair. */
const character = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10_ffff))
  .map((code) => String.fromCodePoint(code).toWellFormed());

const EXAMPLE: OrganizationDetails = {
  name: 'Example Organization, LLC',
  assumed_name: 'Example Organization',
  country: 'US',
  address: '12 Main Street',
  address2: 'Floor 08',
  city: 'Saint Paul',
  state: 'Minnesota',
  zip: '55101-1234',
  telephone: '555-555-0100',
};

const COMPARED_TEXTS = ['name', 'assumed_name', 'address', 'address2', 'city', 'zip'] as const;

function fingerprintWith(changes: Partial<OrganizationDetails>): string {
  return computeFingerprint({ ...EXAMPLE, ...changes });
}

function assertSame(changes: Partial<OrganizationDetails>): void {
  assert.equal(fingerprintWith(changes), fingerprintWith({}), JSON.stringify(changes));
}

function assertDifferent(changes: Partial<OrganizationDetails>): void {
  assert.notEqual(fingerprintWith(changes), fingerprintWith({}), JSON.stringify(changes));
}

test('a fingerprint is 22 characters that a database can compare as they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: character }), (name) => {
      assert.match(fingerprintWith({ name }), /^[\w-]{22}$/);
    }),
  );
});

test('case, spaces, punctuation and compatibility forms do not count', () => {
  assertSame({ name: 'EXAMPLE ORGANIZATION LLC' });
  assertSame({ name: '  Example  Organization;L.L.C.' });
  assertSame({ name: 'Ｅｘａｍｐｌｅ　Ｏｒｇａｎｉｚａｔｉｏｎ，ＬＬＣ' });
  assertSame({ name: '“Example” (Organization) – LLC' });
  assertSame({ zip: '551011234' });
  assertSame({ city: 'SAINT-PAUL' });
  assertSame({ address2: '(Floor 08)' });
});

/** A character of a compared text, and how a variant of the text writes it. */
const written = fc.record({
  character: fc.constantFrom(...'abcxyz019éñ中あ가жß'),
  noise: fc.constantFrom(
    '',
    '',
    ' ',
    '  ',
    '\u00A0',
    '.',
    ', ',
    '-',
    '–',
    "'",
    '’',
    '(',
    '）',
    '/',
  ),
  is_upper: fc.boolean(),
  is_wide: fc.boolean(),
});

function writeVariant(
  parts: readonly (typeof written extends fc.Arbitrary<infer T> ? T : never)[],
) {
  return parts
    .map(({ character, noise, is_upper, is_wide }) => {
      const cased = is_upper ? character.toUpperCase() : character;
      const isWidable = is_wide && /^[a-zA-Z0-9]$/.test(cased);
      const code = (cased.codePointAt(0) ?? 0) + 0xfee0;
      return noise + (isWidable ? String.fromCodePoint(code) : cased);
    })
    .join('');
}

test('any way of writing a compared text gives the same fingerprint', () => {
  const parts = fc.array(written, { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(fc.constantFrom(...COMPARED_TEXTS), parts, (field, sent) => {
      const plain = sent.map(({ character }) => character).join('');
      assert.equal(
        fingerprintWith({ [field]: writeVariant(sent) }),
        fingerprintWith({ [field]: plain }),
      );
    }),
    { numRuns: 300 },
  );
});

test('two different words in a compared text give two fingerprints', () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
  fc.assert(
    fc.property(fc.constantFrom(...COMPARED_TEXTS), word, word, (field, one, other) => {
      fc.pre(one !== other);
      assert.notEqual(fingerprintWith({ [field]: one }), fingerprintWith({ [field]: other }));
    }),
    { numRuns: 300 },
  );
});

test('each compared detail counts by itself', () => {
  assertDifferent({ name: 'Example Organization, Inc' });
  assertDifferent({ assumed_name: '' });
  assertDifferent({ address: '13 Main Street' });
  assertDifferent({ address2: '' });
  assertDifferent({ city: 'St Paul' });
  assertDifferent({ state: 'Wisconsin' });
  assertDifferent({ zip: '55102' });
  assertDifferent({ country: 'CA' });
});

test('accents and signs that mean something count', () => {
  assertDifferent({ name: 'Éxample Organization, LLC' });
  assertDifferent({ name: 'Example & Organization, LLC' });
  assertDifferent({ name: 'Example Organization+, LLC' });
});

test('the telephone does not count', () => {
  fc.assert(
    fc.property(fc.string(), (telephone) => {
      assert.equal(fingerprintWith({ telephone }), fingerprintWith({}));
    }),
  );
});

test('a text that moves from one detail to another makes another organization', () => {
  const { name, assumed_name, address, address2 } = EXAMPLE;
  assertDifferent({ name: assumed_name, assumed_name: name });
  assertDifferent({ address: address2, address2: address });
  assertDifferent({ address: `${address} ${address2}`, address2: '' });
  assertDifferent({ name: `${name} ${assumed_name}`, assumed_name: '' });
});

test('a state is the same by its name, its local code and its full code', () => {
  for (const state of ['MN', 'mn', 'US-MN', 'us-mn', 'MINNESOTA', 'ＭＮ', ' Minnesota ']) {
    assertSame({ state });
  }
});

test('a state is the same however its name is spaced and punctuated', () => {
  const newYork = fingerprintWith({ state: 'New York' });
  for (const state of ['new york', 'NY', 'New  York', 'New\u00A0York', 'New-York', 'New York.']) {
    assert.equal(fingerprintWith({ state }), newYork, JSON.stringify(state));
  }
});

test('a state that is in no list is compared like other texts', () => {
  const known = fingerprintWith({ state: 'Northern Nowhere' });
  assert.equal(fingerprintWith({ state: 'NORTHERN  NOWHERE.' }), known);
  assert.notEqual(fingerprintWith({ state: 'Southern Nowhere' }), known);
});

test('the same state code in two countries is two states', () => {
  const inCanada = computeFingerprint({ ...EXAMPLE, country: 'CA', state: 'MB' });
  const inBrazil = computeFingerprint({ ...EXAMPLE, country: 'BR', state: 'MB' });
  assert.notEqual(inCanada, inBrazil);
});

test('the country counts, also where the state is in no list', () => {
  assert.notEqual(
    fingerprintWith({ state: 'Northern Nowhere', country: 'CA' }),
    fingerprintWith({ state: 'Northern Nowhere', country: 'US' }),
  );
});

test('names of nothing but punctuation are not all the same', () => {
  assert.notEqual(fingerprintWith({ name: '!!!' }), fingerprintWith({ name: '???' }));
  assert.notEqual(fingerprintWith({ name: '!!!' }), fingerprintWith({ name: '' }));
  assert.equal(normalize(' ... '), '...');
});

test('the punctuation of other scripts does not count either', () => {
  for (const [one, other] of [
    ['חברה בע״מ', 'חברה בע"מ'],
    ['אג׳נדה', "אג'נדה"],
    ['ミナト・ソフト', 'ミナトソフト'],
    ['شركة المثال، المحدودة', 'شركة المثال المحدودة'],
  ] as const) {
    assert.equal(fingerprintWith({ name: one }), fingerprintWith({ name: other }), one);
  }
});

test('characters that nobody can see do not make another organization', () => {
  const { name } = EXAMPLE;
  for (const invisible of ['\u200B', '\u00AD', '\u2060', '\uFEFF']) {
    assertSame({ name: name.replace('O', `${invisible}O`) });
  }
});
