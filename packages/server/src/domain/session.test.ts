/** How long sessions and links last, and that a token is taken for nothing but what it is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { makeSecret, SECRET_SIZE_BYTES } from './api-key.ts';
import {
  formatSignInToken,
  isSessionAlive,
  linkEndOf,
  parseSignInToken,
  type SessionStage,
  sessionEndOf,
  tidyUserAgent,
} from './session.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const id = fc.integer({ min: 1, max: 999_999_999_999_999 });
const token = fc.record(
  {
    account_id: id,
    id,
    secret: fc
      .uint8Array({ minLength: SECRET_SIZE_BYTES, maxLength: SECRET_SIZE_BYTES })
      .map(makeSecret),
  },
  { noNullPrototype: true },
);
const stage = fc.constantFrom<SessionStage>('full', 'second_factor', 'enrolment');
const kind = fc.constantFrom('session' as const, 'link' as const);

test('a session ends after so long, by its stage', () => {
  assert.equal(sessionEndOf('full', 0), 7 * DAY_MS);
  assert.equal(sessionEndOf('second_factor', 0), 15 * MINUTE_MS);
  assert.equal(sessionEndOf('enrolment', 0), HOUR_MS);
});

test('a link that signs in works for a quarter of an hour, one to enrol for three days', () => {
  assert.equal(linkEndOf('sign_in', 0), 15 * MINUTE_MS);
  assert.equal(linkEndOf('enrolment', 0), 72 * HOUR_MS);
});

test('a full session ends when it was not used for eight hours, to the millisecond', () => {
  const session = { stage: 'full', expires_ms: 7 * DAY_MS, last_seen_ms: HOUR_MS } as const;
  assert.equal(isSessionAlive(session, 9 * HOUR_MS - 1), true);
  assert.equal(isSessionAlive(session, 9 * HOUR_MS), false);
});

test('no use makes a session last longer than its end', () => {
  fc.assert(
    fc.property(stage, fc.nat(8 * DAY_MS), fc.nat(HOUR_MS), (its, last_seen_ms, later_ms) => {
      const expires_ms = sessionEndOf(its, 0);
      const now_ms = last_seen_ms + later_ms;
      const isAlive = isSessionAlive({ stage: its, expires_ms, last_seen_ms }, now_ms);
      assert.ok(!isAlive || now_ms < expires_ms);
    }),
  );
});

test('a session that was not used since stays ended', () => {
  fc.assert(
    fc.property(stage, fc.nat(8 * DAY_MS), fc.nat(DAY_MS), (its, now_ms, later_ms) => {
      const session = { stage: its, expires_ms: sessionEndOf(its, 0), last_seen_ms: 0 };
      assert.ok(isSessionAlive(session, now_ms) || !isSessionAlive(session, now_ms + later_ms));
    }),
  );
});

test('a token reads back as what it was made of, and as nothing of another kind', () => {
  fc.assert(
    fc.property(kind, token, (its, one) => {
      const text = formatSignInToken(its, one);
      assert.deepEqual(parseSignInToken(its, text), one);
      assert.equal(parseSignInToken(its === 'link' ? 'session' : 'link', text), undefined);
    }),
  );
});

test('what is no token, or has anything before or behind it, is none', () => {
  const secret = 'A'.repeat(43);
  const text = formatSignInToken('link', { account_id: 1, id: 2, secret });
  const wrong = ['', 'x', ` ${text}`, `${text}\n`, `${text}A`, text.slice(0, -1), text.slice(1)];
  assert.deepEqual(
    wrong.map((one) => parseSignInToken('link', one)),
    wrong.map(() => undefined),
  );
});

test('of what a browser calls itself no more is kept than can be shown', () => {
  assert.equal(tidyUserAgent('Browser/1.0\u0000\u001b[31m'), 'Browser/1.0  [31m');
  assert.equal([...tidyUserAgent('𝔘'.repeat(300))].length, 255);
});
