// Proves what is made of a password, by what another implementation makes of it, and which can be chosen.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  checkNewPassword,
  derivePassword,
  formatCost,
  isVerifiedBy,
  PASSWORD_COST,
  parseCost,
} from './password.ts';

const PASSWORD = 'orange battery violin';
const SALT = Uint8Array.from({ length: 16 }, (_, place) => place);
const OWNER = {
  username: 'jane.doe.second',
  email: 'jane.doe@example.com',
  first_name: 'Jane Alexandra',
  last_name: 'Doe',
};

const detailsOf = (password: string) =>
  checkNewPassword(password, OWNER).map(({ code, message }) => {
    assert.equal(code, 'invalid_password');
    return message.replace(/^password must (have|not be) /, '');
  });

const WRONG_LENGTH = '12 to 256 characters.';
const OWN_NAME = 'the user name, the email address or the name of the user.';
const GUESSED_FIRST = 'one that is among the first to be guessed.';

test('a password is derived as the reference implementation of Argon2 does it', async () => {
  const { verifier_hash, key } = await derivePassword(PASSWORD, SALT, PASSWORD_COST);
  assert.equal(verifier_hash, 'pSGRsMSpj3TGnPSOdIwaNf9mjMdx0e2WzlCle0CE4Xs');
  assert.equal(
    Buffer.from(key).toString('hex'),
    '85c7a752de4998676517c9374d9ee8bd23c95a5488ab5cae1148c62cd7e8151b',
  );
});

test('another password, salt or cost gives another verifier and another key', async () => {
  const cost = { memory_kib: 64, passes: 1, parallelism: 1 };
  const derived = await Promise.all([
    derivePassword(PASSWORD, SALT, cost),
    derivePassword('orange battery fiddle', SALT, cost),
    derivePassword(PASSWORD, SALT.toReversed(), cost),
    derivePassword(PASSWORD, SALT, { ...cost, passes: 2 }),
  ]);
  const parts = derived.flatMap(({ verifier_hash, key }) => [verifier_hash, key.join()]);
  assert.equal(new Set(parts).size, 2 * derived.length);
  const [first, second] = derived.map(({ verifier_hash }) => verifier_hash);
  assert.deepEqual(
    [first, second, ''].map((kept) => derived[0] && isVerifiedBy(derived[0], kept ?? '')),
    [true, false, false],
  );
});

test('a password is the same however its characters are composed', async () => {
  const cost = { memory_kib: 64, passes: 1, parallelism: 1 };
  const [one, other] = await Promise.all(
    ['Gr\u00fc\u00dfe \ufb01ne', 'Gru\u0308\u00dfe fine'].map((text) =>
      derivePassword(text, SALT, cost),
    ),
  );
  assert.deepEqual(one, other);
});

test('a cost is kept and read back, and nothing else is taken for one', () => {
  const cost = fc.record({
    memory_kib: fc.integer({ min: 8, max: 4_194_304 }),
    passes: fc.integer({ min: 1, max: 100 }),
    parallelism: fc.integer({ min: 1, max: 64 }),
  });
  fc.assert(fc.property(cost, (one) => assert.deepEqual(parseCost(formatCost(one)), { ...one })));
  assert.equal(formatCost(PASSWORD_COST), 'argon2id m=19456,t=2,p=1');
  for (const text of [
    '',
    'argon2i m=1,t=1,p=1',
    'argon2id m=1,t=1,p=1 ',
    'argon2id m=-1,t=1,p=1',
  ]) {
    assert.throws(() => parseCost(text), text);
  }
});

test('a password has twelve characters or more, as people count them', () => {
  assert.deepEqual(detailsOf('three words'), [WRONG_LENGTH]);
  assert.deepEqual(detailsOf('three wordss'), []);
  assert.deepEqual(detailsOf('🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔'), [WRONG_LENGTH]);
  assert.deepEqual(detailsOf('🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧'), []);
  // Counted as what it becomes.
  assert.deepEqual(detailsOf('ﬁﬁ quiet fo'), []);
  assert.deepEqual(detailsOf(`${'ﷺ '.repeat(15)}x`), [WRONG_LENGTH]);
});

test('no password is what everybody knows of the user, in whichever case and with whatever between', () => {
  for (const password of [
    'jane.doe.second',
    'JANE-DOE-SECOND',
    'jane.doe@example.com',
    'Jane Alexandra Doe',
    'doe_jane_alexandra',
  ]) {
    assert.deepEqual(detailsOf(password), [OWN_NAME], password);
  }
  assert.deepEqual(detailsOf('Jane Alexandra Doe!'), []);
});

test('no password is among the first that are guessed, or one short text again and again', () => {
  for (const password of [
    'password1234',
    'Pass word 1234',
    'correct horse battery staple',
    '123456789012',
    'aaaaaaaaaaaa',
    'abcabcabcabcabc',
    '12-12-12-12-12-12',
  ]) {
    assert.deepEqual(detailsOf(password), [GUESSED_FIRST], password);
  }
});

test('of what a password is composed nobody asks', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcdefghij'), minLength: 13, maxLength: 200 });
  const isVaried = (text: string) => new Set(text).size > 4;
  fc.assert(
    fc.property(word.filter(isVaried), (password) => assert.deepEqual(detailsOf(password), [])),
  );
});
