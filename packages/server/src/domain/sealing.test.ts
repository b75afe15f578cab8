// Proves that what is sealed opens with its key and label, and with nothing else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { deriveKey, NONCE_SIZE_BYTES, seal, unseal } from './sealing.ts';

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const plain = fc.uint8Array({ maxLength: 100 });
const key = bytes(32);
const nonce = bytes(NONCE_SIZE_BYTES);

test('what was sealed opens with the same key and label', () => {
  fc.assert(
    fc.property(plain, key, nonce, fc.string(), (content, its, once, label) => {
      assert.deepEqual(unseal(seal(content, its, once, label), its, label), content);
    }),
  );
});

test('another key or label opens nothing', () => {
  fc.assert(
    fc.property(plain, key, key, nonce, (content, its, other, once) => {
      fc.pre(Buffer.compare(its, other) !== 0);
      const sealed = seal(content, its, once, 'a');
      assert.throws(() => unseal(sealed, other, 'a'));
      assert.throws(() => unseal(sealed, its, 'b'));
    }),
  );
});

test('nothing that was changed opens, and nothing that was cut off', () => {
  fc.assert(
    fc.property(plain, key, nonce, fc.nat(), (content, its, once, at) => {
      const sealed = Buffer.from(seal(content, its, once, 'a'), 'base64url');
      const place = at % sealed.length;
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
      assert.throws(() => unseal(changed.toString('base64url'), its, 'a'));
      assert.throws(() => unseal(sealed.subarray(0, place).toString('base64url'), its, 'a'));
    }),
  );
});

test('the content is nowhere in what is sealed', () => {
  const content = Buffer.from('12345678901234567890');
  const sealed = seal(content, new Uint8Array(32), new Uint8Array(NONCE_SIZE_BYTES), 'a');
  assert.ok(!Buffer.from(sealed, 'base64url').includes(content.subarray(0, 4)));
});

test('a key is derived as RFC 5869 has it, another for every secret and purpose', () => {
  // HKDF-SHA256 of "secret" without salt, for "purpose": what Python's hmac makes of it by the RFC.
  assert.equal(
    Buffer.from(deriveKey('secret', 'purpose')).toString('hex'),
    'eced7de97c6f9dd8c7c842b5a550832f39290b6fa8c17658b4eea5226819c4c0',
  );
  const keys = [
    deriveKey('secret', 'purpose'),
    deriveKey('secret', 'other'),
    deriveKey('other', 'purpose'),
  ];
  assert.equal(new Set(keys.map((one) => one.join())).size, keys.length);
});
