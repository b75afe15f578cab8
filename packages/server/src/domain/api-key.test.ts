// Proves that an API key reads back as what it was made of, that a mistyped one is refused without a
// look-up, and that a secret is known only by its hash.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import {
  type ApiKey,
  formatApiKey,
  hashSecret,
  isSecretOf,
  makeSecret,
  parseApiKey,
  SECRET_SIZE_BYTES,
} from './api-key.ts';

/** Any character, controls included, but never half of a surrogate pair. */
const character = fc
  .oneof(fc.nat(0xff), fc.nat(0xffff), fc.nat(0x10_ffff))
  .map((code) => String.fromCodePoint(code).toWellFormed());

const random = fc.uint8Array({ minLength: SECRET_SIZE_BYTES, maxLength: SECRET_SIZE_BYTES });

const id = fc.integer({ min: 1, max: 999_999_999_999_999 });

const apiKey: fc.Arbitrary<ApiKey> = fc.record(
  {
    mode: fc.constantFrom('test', 'live'),
    account_id: id,
    id,
    secret: random.map(makeSecret),
  },
  { noNullPrototype: true },
);

const EXAMPLE: ApiKey = {
  mode: 'test',
  account_id: 12,
  id: 7,
  secret: makeSecret(new Uint8Array(SECRET_SIZE_BYTES).fill(0xff)),
};

/** A key of any form whose checksum is right. */
function withChecksum(body: string): string {
  return `${body}_${crc32(body).toString(16).padStart(8, '0')}`;
}

test('a key shows the mode, the account and the key before its secret', () => {
  assert.match(formatApiKey(EXAMPLE), /^orgvet_test_12_7_[A-Za-z0-9-]{43}_[0-9a-f]{8}$/);
});

test('a key reads back as what it was made of', () => {
  fc.assert(
    fc.property(apiKey, (key) => {
      assert.deepEqual(parseApiKey(formatApiKey(key)), key);
    }),
  );
});

test('a key with one character changed, wherever it stands, is refused', () => {
  const other = fc.oneof(
    fc.constantFrom(...'abcxyzABCXYZ0123456789-_'),
    fc.string({ unit: character, minLength: 1, maxLength: 1 }),
  );
  fc.assert(
    fc.property(apiKey, fc.nat(), other, (key, place, character) => {
      const text = formatApiKey(key);
      const index = place % text.length;
      fc.pre(text[index] !== character);
      assert.equal(
        parseApiKey(text.slice(0, index) + character + text.slice(index + 1)),
        undefined,
      );
    }),
    { numRuns: 1000 },
  );
});

test('a key with one character left out or two exchanged is refused', () => {
  fc.assert(
    fc.property(apiKey, fc.nat(), (key, place) => {
      const text = formatApiKey(key);
      const index = place % (text.length - 1);
      const [one = '', other = ''] = text.slice(index);
      assert.equal(parseApiKey(text.slice(0, index) + text.slice(index + 1)), undefined);
      fc.pre(one !== other);
      const exchanged = text.slice(0, index) + other + one + text.slice(index + 2);
      assert.equal(parseApiKey(exchanged), undefined);
    }),
    { numRuns: 500 },
  );
});

test('a key with another checksum is refused', () => {
  const text = formatApiKey(EXAMPLE);
  for (const checksum of ['00000000', 'ffffffff', '', `${text.slice(-8)}0`]) {
    assert.equal(parseApiKey(`${text.slice(0, -8)}${checksum}`), undefined, checksum);
  }
});

test('a key of another form is refused, even with the right checksum', () => {
  const { secret } = EXAMPLE;
  assert.notEqual(parseApiKey(withChecksum(`orgvet_test_12_7_${secret}`)), undefined);
  for (const body of [
    `orgvet_prod_12_7_${secret}`,
    `ORGVET_test_12_7_${secret}`,
    `orgvet_test_12_${secret}`,
    `orgvet_test_-12_7_${secret}`,
    `orgvet_test_1234567890123456_7_${secret}`,
    `orgvet_test_12_7_${secret.slice(1)}`,
    `orgvet_test_12_7_${secret}a`,
    `orgvet_test_12_7_${secret.slice(1)}_`,
    ` orgvet_test_12_7_${secret}`,
  ]) {
    assert.equal(parseApiKey(withChecksum(body)), undefined, body);
  }
});

test('white space around a key is not part of one', () => {
  const text = formatApiKey(EXAMPLE);
  for (const sent of [` ${text}`, `${text} `, `${text}\n`, `${text}\0`]) {
    assert.equal(parseApiKey(sent), undefined);
  }
});

test('anything else is no key', () => {
  fc.assert(
    fc.property(fc.string({ unit: character }), (text) => {
      assert.equal(parseApiKey(text), undefined);
    }),
  );
});

test('a very long text is no key', () => {
  const size = 5_000_000;
  for (const text of ['a', '_', '1', 'orgvet_test_1_'].map((part) =>
    part.repeat(size / part.length),
  )) {
    assert.equal(parseApiKey(text), undefined);
    assert.equal(parseApiKey(`orgvet_test_${text}`), undefined);
    assert.equal(parseApiKey(`orgvet_test_12_7_${text}`), undefined);
    assert.equal(parseApiKey(formatApiKey(EXAMPLE) + text), undefined);
  }
});

test('a secret is 43 characters, none of which parts a key, and differs with its bytes', () => {
  fc.assert(
    fc.property(random, (bytes) => {
      assert.match(makeSecret(bytes), /^[A-Za-z0-9-]{43}$/);
      assert.equal(makeSecret(bytes), makeSecret(bytes));
    }),
  );
  const counted = Array.from({ length: 256 }, (_, byte) =>
    makeSecret(new Uint8Array(SECRET_SIZE_BYTES).fill(byte)),
  );
  assert.equal(new Set(counted).size, 256);
});

test('what is kept of a secret is its SHA-256, so keys stay good over versions', () => {
  assert.equal(hashSecret('abc'), 'ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
});

test('a secret is known by its hash, and no other secret is', () => {
  const secret = random.map(makeSecret);
  fc.assert(
    fc.property(secret, secret, (one, other) => {
      const kept = hashSecret(one);
      assert.ok(!kept.includes(one));
      assert.equal(isSecretOf(one, kept), true);
      assert.equal(isSecretOf(other, kept), one === other);
    }),
  );
});

test('no secret is that of an empty, shorter, longer or non-ASCII hash', () => {
  const kept = hashSecret(EXAMPLE.secret);
  for (const wrong of ['', kept.slice(1), `${kept}A`, `é${kept.slice(2)}`, EXAMPLE.secret]) {
    assert.equal(isSecretOf(EXAMPLE.secret, wrong), false);
  }
});
