// Proves that times are written as the wire wants them and sort as time does.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatTime } from './time.ts';

/** 9999-12-31T23:59:59.999Z */
const LAST_MS = 253_402_300_799_999;

const moment = fc.integer({ min: 0, max: LAST_MS });

test('a time is in whole seconds, UTC, with the numeric zone', () => {
  assert.equal(formatTime(Date.UTC(2018, 9, 9, 19, 29, 2)), '2018-10-09T19:29:02+00:00');
  assert.equal(formatTime(0), '1970-01-01T00:00:00+00:00');
});

test('what is left of a second is cut off, never rounded up', () => {
  assert.equal(formatTime(Date.UTC(2018, 9, 9, 19, 29, 2, 999)), '2018-10-09T19:29:02+00:00');
});

test('a written time reads back as the second it names', () => {
  fc.assert(
    fc.property(moment, (time_ms) => {
      assert.equal(Date.parse(formatTime(time_ms)), Math.floor(time_ms / 1000) * 1000);
    }),
  );
});

test('written times sort as text in the order of time', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 1000, max: 1e12 }), (time_ms, later_ms) => {
      fc.pre(time_ms + later_ms <= LAST_MS);
      assert.ok(formatTime(time_ms) < formatTime(time_ms + later_ms));
    }),
  );
});
