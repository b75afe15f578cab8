/** When a mail is tried again, how long, and what is kept of what a mail server says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { condenseResponse, planAfterAttempt } from './mail.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const START_MS = Date.parse('2026-11-21T12:00:00Z');

/** The minutes after the first attempt at which a mail is tried that is always deferred. */
function listAttempts(): number[] {
  const minutes = [];
  let now_ms = START_MS;
  for (let attempts = 1; ; attempts += 1) {
    minutes.push((now_ms - START_MS) / MINUTE_MS);
    const plan = planAfterAttempt({ outcome: 'deferred' }, attempts, START_MS, now_ms);
    if (plan.status !== 'queued') {
      assert.equal(plan.status, 'failed');
      return minutes;
    }
    now_ms = plan.next_attempt_ms;
  }
}

test('a mail is tried soon at first, then ever more seldom, and for the last time after three days', () => {
  const later = [1, 4, 10, 22, 34, 46, 58, 70].map((hour) => 60 * hour + 21);
  assert.deepEqual(listAttempts(), [0, 1, 6, 21, ...later, 72 * 60]);
});

test('what was sent is done with, and what was refused has failed, however early or late', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(10 * DAY_MS), (attempts, age_ms) => {
      const planAfter = (outcome: 'sent' | 'refused') =>
        planAfterAttempt({ outcome }, attempts, START_MS, START_MS + age_ms);
      assert.deepEqual(planAfter('sent'), { status: 'sent' });
      assert.deepEqual(planAfter('refused'), { status: 'failed' });
    }),
  );
});

test('what was deferred is tried later but never after three days, however many attempts were lost', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(6 * DAY_MS), (attempts, age_ms) => {
      const now_ms = START_MS + age_ms;
      const plan = planAfterAttempt({ outcome: 'deferred' }, attempts, START_MS, now_ms);
      if (age_ms >= 3 * DAY_MS) {
        assert.deepEqual(plan, { status: 'failed' });
      } else {
        assert.ok(plan.status === 'queued');
        assert.ok(plan.next_attempt_ms > now_ms);
        assert.ok(plan.next_attempt_ms <= START_MS + 3 * DAY_MS);
        assert.ok(plan.next_attempt_ms - now_ms <= DAY_MS / 2);
      }
    }),
  );
});

test('a response is kept as one line without control characters', () => {
  assert.equal(
    condenseResponse(' 550-5.1.1 Nobody\r\n550 5.1.1\u0000\u001b[31m here\u2028 '),
    '550-5.1.1 Nobody 550 5.1.1 [31m here',
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1200 }), (said) => {
      const kept = condenseResponse(said);
      assert.ok([...kept].length <= 500);
      assert.ok(kept.isWellFormed());
      assert.doesNotMatch(kept, /[\p{C}\p{Zl}\p{Zp}]/u);
      assert.equal(condenseResponse(kept), kept);
    }),
  );
});
