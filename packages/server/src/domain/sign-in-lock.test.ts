// Proves how many failures there may be, and for how long nobody signs in after them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { countFailure, lockedFor, NO_TRIES, type TryCount } from './sign-in-lock.ts';

const LOCK_MS = 900_000;

/** The count after so many failures at one moment. */
function failAt(now_ms: number, times: number, tries: TryCount = NO_TRIES): TryCount {
  return Array.from({ length: times }).reduce<TryCount>(
    (count) => countFailure(count, now_ms),
    tries,
  );
}

test('nine failures lock nothing, the tenth locks for a quarter of an hour', () => {
  assert.equal(lockedFor(failAt(5000, 9), 5000), 0);
  const locked = failAt(5000, 10);
  assert.equal(lockedFor(locked, 5000), LOCK_MS);
  assert.equal(lockedFor(locked, 5000 + LOCK_MS - 1), 1);
  assert.equal(lockedFor(locked, 5000 + LOCK_MS), 0);
});

test('what fails while it is locked makes the wait no longer, and after it ten count again', () => {
  const locked = failAt(0, 10);
  assert.deepEqual(failAt(LOCK_MS - 1, 50, locked), locked);
  assert.equal(lockedFor(failAt(LOCK_MS, 9, locked), LOCK_MS), 0);
  assert.equal(lockedFor(failAt(LOCK_MS, 10, locked), LOCK_MS), LOCK_MS);
});

test('ten failures count and then none for a quarter of an hour, whatever is tried when', () => {
  const waits = fc.array(fc.nat(LOCK_MS / 3), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(waits, (passed_ms) => {
      let [now_ms, tries] = [0, NO_TRIES];
      const counted_ms: number[] = [];
      for (const wait_ms of passed_ms) {
        now_ms += wait_ms;
        if (lockedFor(tries, now_ms) === 0) {
          counted_ms.push(now_ms);
        }
        tries = countFailure(tries, now_ms);
      }
      for (let next = 10; next < counted_ms.length; next += 10) {
        const [tenth_ms = 0, eleventh_ms = 0] = counted_ms.slice(next - 1);
        assert.ok(eleventh_ms >= tenth_ms + LOCK_MS);
      }
    }),
  );
});
