/** What a request may say about the clock of a test account. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkClockRequest } from './clock-request.ts';
import { formatTime } from './time.ts';

const NOW = '2026-11-21T12:00:00Z';
const NOW_MS = Date.parse(NOW);

const codesOf = (body: unknown, now_ms = NOW_MS) =>
  checkClockRequest(body, now_ms).problems.map(({ code }) => code);

test('the clock is set to a moment, or advanced by a length of time', () => {
  const now = '2027-01-01T01:00:00+01:00';
  assert.equal(checkClockRequest({ now }, NOW_MS).target_ms, Date.parse('2027-01-01T00:00:00Z'));
  assert.equal(checkClockRequest({ advance: 'P1D' }, NOW_MS).target_ms, NOW_MS + 86_400_000);
  assert.deepEqual([codesOf({ now }), codesOf({ advance: 'P1D' })], [[], []]);
});

test('exactly one of the two is given', () => {
  assert.deepEqual(codesOf({}), ['invalid_now']);
  assert.deepEqual(codesOf({ now: NOW, advance: 'PT1S' }), ['invalid_now']);
  assert.deepEqual(codesOf({ now: '', advance: 'PT1S' }), []);
});

test('what cannot be read is told alone, and moves nothing', () => {
  const { problems, target_ms } = checkClockRequest({ now: 'soon', advance: 'P1M' }, NOW_MS);
  assert.deepEqual(
    [problems.map(({ code }) => code), target_ms],
    [['invalid_now', 'invalid_advance'], NOW_MS],
  );
});

test('the clock may be set to the second that it shows, and not before it', () => {
  const withinSecond_ms = NOW_MS + 700;
  assert.deepEqual(codesOf({ now: NOW }, withinSecond_ms), []);
  assert.deepEqual(codesOf({ advance: 'PT0S' }, withinSecond_ms), []);
  assert.deepEqual(codesOf({ now: '2026-11-21T11:59:59Z' }), ['clock_goes_forward']);
});

test('the clock goes to the last second of the year 9999 and not beyond', () => {
  assert.deepEqual(codesOf({ now: '9999-12-31T23:59:59Z' }), []);
  assert.deepEqual(codesOf({ advance: 'P999999W' }), ['invalid_advance']);
  const late_ms = Date.parse('9999-12-31T23:59:59Z');
  assert.deepEqual(codesOf({ advance: 'PT1S' }, late_ms), ['invalid_advance']);
});

test('whatever moment is given, the clock goes there exactly if it is not before now', () => {
  const second = fc.integer({ min: 0, max: 253_402_300_799 }).map((seconds) => seconds * 1000);
  fc.assert(
    fc.property(second, second, (from_ms, to_ms) => {
      const { problems, target_ms } = checkClockRequest({ now: formatTime(to_ms) }, from_ms);
      assert.equal(problems.length === 0, to_ms >= from_ms);
      assert.equal(target_ms, to_ms);
    }),
  );
});
