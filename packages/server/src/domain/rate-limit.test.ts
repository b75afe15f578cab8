// Proves that the windows roll exactly, whatever is asked when, by comparing with a model that counts; and
// that what is remembered is bounded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRateLimiter, type RateLimit } from './rate-limit.ts';

const KEY = 7;

/** The same rule, by keeping every time that was taken and counting them. */
function createModel(limits: readonly RateLimit[]) {
  const taken = new Map<number, number[]>();
  return {
    take(key: number, now_ms: number): number {
      const before = taken.get(key) ?? [];
      const times = before.some((time_ms) => time_ms > now_ms) ? [] : before;
      const hasRoomAt = (at_ms: number) =>
        limits.every(({ requests, window_ms }) => {
          const within = times.filter((time_ms) => time_ms > at_ms - window_ms);
          return within.length < requests;
        });
      let room_ms = now_ms;
      while (!hasRoomAt(room_ms)) {
        room_ms += 1;
      }
      taken.set(key, room_ms === now_ms ? [...times, now_ms] : times);
      return room_ms - now_ms;
    },
  };
}

const limit = fc.record({
  requests: fc.integer({ min: 1, max: 25 }),
  window_ms: fc.integer({ min: 1, max: 60 }),
});

/** Requests of a few keys, mostly close together. */
const request = fc.record({
  key: fc.integer({ min: 1, max: 3 }),
  passed_ms: fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 2 }) },
    { weight: 2, arbitrary: fc.integer({ min: 3, max: 80 }) },
  ),
});

test('every request is taken, or told how long to wait, as by counting all earlier ones', () => {
  const limits = fc.array(limit, { minLength: 1, maxLength: 5 });
  const requests = fc.array(request, { minLength: 1, maxLength: 250, size: 'max' });
  fc.assert(
    fc.property(limits, requests, (limits, requests) => {
      const limiter = createRateLimiter(limits);
      const model = createModel(limits);
      let now_ms = 1_000_000;
      for (const { key, passed_ms } of requests) {
        now_ms += passed_ms;
        const told_ms = limiter.findWait(key, now_ms);
        const wait_ms = limiter.take(key, now_ms);
        assert.deepEqual([told_ms, wait_ms], [wait_ms, model.take(key, now_ms)]);
      }
    }),
    { numRuns: 200 },
  );
});

test('no window ever holds more than its limit, and whoever waits as told is taken', () => {
  const moments = fc.array(fc.integer({ min: 0, max: 30 }), {
    minLength: 1,
    maxLength: 120,
    size: 'max',
  });
  fc.assert(
    fc.property(limit, moments, ({ requests, window_ms }, moments) => {
      const limiter = createRateLimiter([{ requests, window_ms }]);
      const taken: number[] = [];
      let now_ms = 0;
      for (const passed_ms of moments) {
        now_ms += passed_ms;
        const wait_ms = limiter.take(KEY, now_ms);
        if (wait_ms > 0) {
          now_ms += wait_ms;
          assert.equal(limiter.take(KEY, now_ms), 0);
        }
        taken.push(now_ms);
        assert.ok(taken.filter((time_ms) => time_ms > now_ms - window_ms).length <= requests);
      }
    }),
  );
});

test('a window clears request by request, as each has been in it for its whole length', () => {
  const limiter = createRateLimiter([{ requests: 2, window_ms: 5000 }]);
  assert.equal(limiter.take(KEY, 0), 0);
  assert.equal(limiter.take(KEY, 3000), 0);
  assert.equal(limiter.take(KEY, 4999), 1);
  assert.equal(limiter.take(KEY, 5000), 0);
  assert.equal(limiter.take(KEY, 5000), 3000);
  assert.equal(limiter.take(KEY, 8000), 0);
});

test('of several full windows the one that clears last says how long to wait', () => {
  const short = { requests: 1, window_ms: 10 };
  const long = { requests: 2, window_ms: 100 };
  for (const limits of [
    [short, long],
    [long, short],
  ]) {
    const limiter = createRateLimiter(limits);
    assert.equal(limiter.take(KEY, 0), 0);
    assert.equal(limiter.take(KEY, 5), 5);
    assert.equal(limiter.take(KEY, 95), 0);
    assert.equal(limiter.take(KEY, 98), 7);
    assert.equal(limiter.take(KEY, 100), 5);
    assert.equal(limiter.take(KEY, 105), 0);
  }
});

test('a clock that was set back lets a key begin anew instead of waiting for the old time', () => {
  const limiter = createRateLimiter([{ requests: 1, window_ms: 1000 }]);
  assert.equal(limiter.take(KEY, 9_000_000), 0);
  assert.equal(limiter.take(KEY, 5_000_000), 0);
  assert.equal(limiter.take(KEY, 5_000_000), 1000);
});

test('at the bound the key that was used longest ago is forgotten, and no other', () => {
  const limiter = createRateLimiter([{ requests: 1, window_ms: 1000 }], 3);
  for (const key of [1, 2, 3]) {
    assert.equal(limiter.take(key, key), 0);
  }
  // A refusal is a use as well.
  assert.equal(limiter.take(1, 10), 991);
  assert.equal(limiter.take(4, 11), 0);
  assert.equal(limiter.countKeys(), 3);
  assert.equal(limiter.take(1, 12), 989);
  assert.equal(limiter.take(3, 12), 991);
  assert.equal(limiter.take(4, 12), 999);
  assert.equal(limiter.take(2, 12), 0);
});

test('keys that were idle for longer than the longest window are forgotten when another comes', () => {
  const limiter = createRateLimiter([
    { requests: 5, window_ms: 10 },
    { requests: 9, window_ms: 1000 },
  ]);
  for (const key of [1, 2, 3]) {
    limiter.take(key, 100 * key);
  }
  limiter.take(4, 1199);
  assert.equal(limiter.countKeys(), 3);
  limiter.take(5, 1200);
  assert.equal(limiter.countKeys(), 3);
  limiter.take(6, 5000);
  assert.equal(limiter.countKeys(), 1);
});
