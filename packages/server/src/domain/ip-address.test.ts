// Proves which addresses are addresses, which rules allow them, and which rules can be made.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkIpRule, type IpRule, isAddressAllowed, parseIpv4 } from './ip-address.ts';

const ADDRESSES = 2 ** 32;

/** The model: an address of a number, written byte by byte. */
const format = (number: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

const number = fc.nat({ max: ADDRESSES - 1 });

const forAccount = (first: number, last: number): IpRule => ({
  user_id: 0,
  api_key_id: 0,
  ip_address: format(first),
  ip_address_end: format(last),
});

test('every address of IPv4 is its number, also as a socket for both kinds shows it', () => {
  fc.assert(
    fc.property(number, (one) => {
      assert.equal(parseIpv4(format(one)), one);
      assert.equal(parseIpv4(`::ffff:${format(one)}`), one);
      assert.equal(parseIpv4(`::FFFF:${format(one)}`), one);
    }),
  );
});

test('whatever else is no address', () => {
  for (const text of [
    '',
    '192.0.2',
    '192.0.2.0.1',
    '192.0.2.256',
    '192.0.2.01',
    '192.0.2.-1',
    '192.0.2.0/24',
    ' 192.0.2.0',
    '192.0.2.0\n',
    '1e1.0.2.0',
    '0x7f.0.0.1',
    '2130706433',
    '::1',
    '::ffff:',
    '::ffff:::ffff:192.0.2.0',
    '2001:db8::1',
    'localhost',
    '١٩٢.0.2.0',
  ]) {
    assert.equal(parseIpv4(text), undefined, text);
  }
});

test('without rules every address is allowed, also what is none', () => {
  for (const address of ['192.0.2.0', '::1', '']) {
    assert.equal(isAddressAllowed([], address), true);
  }
});

test('a range holds its first and its last address and all between, and nothing else', () => {
  fc.assert(
    fc.property(number, number, number, (a, b, asked) => {
      const [first, last] = [Math.min(a, b), Math.max(a, b)];
      for (const one of [asked, first, last, first - 1, last + 1]) {
        if (one >= 0 && one < ADDRESSES) {
          const isInside = first <= one && one <= last;
          assert.equal(isAddressAllowed([forAccount(first, last)], format(one)), isInside);
        }
      }
    }),
  );
});

test('one range of several is enough, and of each of account, user and key there must be one', () => {
  const rules = fc.array(
    fc.record({
      user_id: fc.constantFrom(0, 12),
      api_key_id: fc.constantFrom(0, 3),
      first: fc.nat({ max: 9 }),
      length: fc.nat({ max: 4 }),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(rules, fc.nat({ max: 12 }), (made, asked) => {
      const levels = Map.groupBy(made, ({ user_id, api_key_id }) => `${user_id}/${api_key_id}`);
      const expected = [...levels.values()].every((level) =>
        level.some(({ first, length }) => first <= asked && asked <= first + length),
      );
      const found = isAddressAllowed(
        made.map(({ first, length, ...holder }) => ({
          ...forAccount(first, first + length),
          ...holder,
        })),
        format(asked),
      );
      assert.equal(found, expected);
    }),
  );
});

test('where there is a rule, nothing but IPv4 is allowed', () => {
  const all = forAccount(0, ADDRESSES - 1);
  assert.equal(isAddressAllowed([all], '203.0.113.7'), true);
  assert.equal(isAddressAllowed([all], '2001:db8::1'), false);
});

const codesOf = (body: unknown) => checkIpRule(body).problems.map(({ code }) => code);

test('a rule needs both addresses, of IPv4, the first not after the last', () => {
  assert.deepEqual(codesOf({ ip_address: '192.0.2.5', ip_address_end: '192.0.2.5' }), []);
  assert.deepEqual(codesOf({}), ['missing_ip_address', 'missing_ip_address_end']);
  assert.deepEqual(codesOf({ ip_address: '::1', ip_address_end: '::ffff:192.0.2.5' }), [
    'invalid_ip_address',
    'invalid_ip_address_end',
  ]);
  assert.deepEqual(codesOf({ ip_address: '192.0.2.10', ip_address_end: '192.0.2.9' }), [
    'invalid_ip_address_end',
  ]);
  assert.deepEqual(codesOf({ ip_address: 5, ip_address_end: '9'.repeat(46) }), [
    'invalid_ip_address',
    'ip_address_end_too_long',
  ]);
});

test('a rule is for a user or for a key, not for both', () => {
  const range = { ip_address: '192.0.2.0', ip_address_end: '192.0.2.24' };
  assert.deepEqual(codesOf({ ...range, user_id: 12 }), []);
  assert.deepEqual(codesOf({ ...range, api_key_id: 1 }), []);
  assert.deepEqual(codesOf({ ...range, user_id: 12, api_key_id: 1 }), ['invalid_api_key_id']);
  assert.deepEqual(codesOf({ ...range, user_id: 'x', api_key_id: 1 }), ['invalid_user_id']);
});
