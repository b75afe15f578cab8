// Proves what a confirmation is at a moment, that its link's token tells whose it is and nothing that is
// kept, and what is kept of a reason.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VALIDATION_TYPE_NAMES } from '@orgvet/contract';
import fc from 'fast-check';
import {
  confirmationStateAt,
  confirmationStatusAt,
  DECLINE_REASON_MAX_LENGTH,
  expiryFrom,
  formatConfirmationToken,
  hashToken,
  isCovered,
  isWithdrawnAt,
  LINK_SECRET_SIZE_BYTES,
  listUnanswered,
  parseConfirmationToken,
  roleStatusAt,
  tidyReason,
} from './confirmation.ts';
import { formatTime } from './time.ts';

const BEFORE = '2026-12-21T11:59:59+00:00';
const END = '2026-12-21T12:00:00+00:00';
const AFTER = '2026-12-21T12:00:01+00:00';

const PENDING = { status: 'pending', expires_at: END, withdrawn_at: '' } as const;

test('a confirmation can be answered until the second in which it runs out', () => {
  assert.deepEqual(
    [BEFORE, END, AFTER].map((time) => confirmationStateAt(PENDING, time)),
    ['open', 'expired', 'expired'],
  );
  assert.deepEqual(
    [BEFORE, END].map((time) => confirmationStatusAt(PENDING, time)),
    ['pending', 'expired'],
  );
});

test('a confirmation asked for now runs out after thirty days, to the second', () => {
  assert.equal(expiryFrom(Date.parse('2026-11-21T12:00:00Z')), END);
});

test('an answer stays what it was after the confirmation has run out', () => {
  for (const status of ['confirmed', 'declined'] as const) {
    assert.equal(confirmationStateAt({ ...PENDING, status }, AFTER), status);
    assert.equal(confirmationStatusAt({ ...PENDING, status }, AFTER), status);
  }
});

test('a withdrawn contact approves no longer from that moment on, whatever was answered', () => {
  const withdrawn = { withdrawn_at: END };
  assert.deepEqual(
    [BEFORE, END, AFTER].map((time) => isWithdrawnAt(withdrawn, time)),
    [false, true, true],
  );
  for (const status of ['pending', 'active', 'declined'] as const) {
    assert.equal(roleStatusAt(status, withdrawn, BEFORE), status);
    assert.equal(roleStatusAt(status, withdrawn, END), 'withdrawn');
    assert.equal(roleStatusAt(status, { withdrawn_at: '' }, AFTER), status);
  }
  for (const status of ['pending', 'confirmed', 'declined'] as const) {
    const confirmation = { ...PENDING, ...withdrawn, status };
    assert.equal(confirmationStateAt(confirmation, END), 'withdrawn');
    assert.notEqual(confirmationStateAt(confirmation, BEFORE), 'withdrawn');
  }
});

const secret = fc.uint8Array({
  minLength: LINK_SECRET_SIZE_BYTES,
  maxLength: LINK_SECRET_SIZE_BYTES,
});
const account_id = fc.integer({ min: 1, max: 999_999_999_999_999 });

test('every token tells its account and its hash, and the hash tells neither', () => {
  fc.assert(
    fc.property(account_id, secret, (id, random) => {
      const token = formatConfirmationToken(id, random);
      assert.match(token, /^\d+-[A-Za-z0-9_-]{43}$/);
      const parsed = parseConfirmationToken(token);
      assert.deepEqual(parsed, { account_id: id, token_hash: hashToken(token) });
      assert.match(hashToken(token), /^[A-Za-z0-9_-]{43}$/);
      assert.ok(!token.includes(hashToken(token)));
    }),
  );
});

test('a token that is changed in any place is none, or another one', () => {
  const characters = fc.constantFrom(...'0189AZaz-_.%/ é\n');
  fc.assert(
    fc.property(account_id, secret, fc.nat(), characters, (id, random, place, character) => {
      const token = formatConfirmationToken(id, random);
      const index = place % token.length;
      const mangled = `${token.slice(0, index)}${character}${token.slice(index + 1)}`;
      const { token_hash } = parseConfirmationToken(mangled) ?? {};
      assert.equal(token_hash === hashToken(token), mangled === token);
    }),
  );
  const token = formatConfirmationToken(7, new Uint8Array(LINK_SECRET_SIZE_BYTES));
  for (const other of [
    '',
    `0${token}`,
    ` ${token}`,
    `${token}\n`,
    token.slice(0, -1),
    `${token}A`,
  ]) {
    assert.equal(parseConfirmationToken(other), undefined, JSON.stringify(other));
  }
});

test('a reason is kept as a person can read it, its lines too', () => {
  assert.equal(tidyReason('  \r\n I left\r\nlast year.\t\u0000\u202e  \r'), 'I left\nlast year.');
  assert.equal(tidyReason(' \u2028 '), '');
  assert.equal(tidyReason('broken \ud800'), 'broken \ufffd');
});

test('a reason of any length is kept up to its limit, counted in characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 1500 }), (reason) => {
      const kept = tidyReason(reason);
      assert.ok([...kept].length <= DECLINE_REASON_MAX_LENGTH);
      assert.equal(tidyReason(kept), kept);
      assert.equal(kept, kept.trim());
    }),
    { numRuns: 50 },
  );
  assert.equal(tidyReason('😀'.repeat(1001)), '😀'.repeat(1000));
});

const asked = fc.record({
  status: fc.constantFrom('pending' as const, 'confirmed' as const, 'declined' as const),
  validation_types: fc.subarray([...VALIDATION_TYPE_NAMES], { minLength: 1 }),
});

test('what wants an answer is not answered, and no later one asks for all of it', () => {
  fc.assert(
    fc.property(fc.array(asked, { maxLength: 6 }), (list) => {
      const confirmations = list.map((one, index) => ({ ...one, id: index + 1 }));
      const unanswered = listUnanswered(confirmations);
      for (const one of confirmations) {
        const later = confirmations.slice(one.id);
        const isTakenOver = later.some((other) => isCovered(one, other));
        assert.equal(unanswered.includes(one), one.status === 'pending' && !isTakenOver);
      }
    }),
  );
});

test('one confirmation covers another that asks for the same or less', () => {
  const of = (...validation_types: ('ev' | 'cs' | 'ev_cs')[]) => ({ validation_types });
  assert.ok(isCovered(of('ev'), of('ev')));
  assert.ok(isCovered(of('ev'), of('cs', 'ev')));
  assert.ok(!isCovered(of('ev', 'cs'), of('ev')));
  assert.ok(!isCovered(of('cs'), of('ev')));
});

test('thirty days are counted in seconds, whatever the calendar does', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
      const now_ms = seconds * 1000;
      const confirmation = { ...PENDING, expires_at: expiryFrom(now_ms) };
      const last = formatTime(now_ms + 30 * 86_400_000 - 1000);
      assert.equal(confirmationStateAt(confirmation, last), 'open');
      assert.equal(confirmationStateAt(confirmation, expiryFrom(now_ms)), 'expired');
    }),
  );
});
