/** What people type into forms, and what the API is sent for it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDuration as parseMilliseconds } from '../../server/src/domain/duration.ts';
import { dayOf, endOfDay, localOf, momentOf } from '../src/days.ts';
import { describeLength, formatDuration, parseDuration, UNITS } from '../src/durations.ts';
import { formatDays, parseDays } from '../src/pages/settings/reminder-days.ts';

test('a duration is read as the largest unit that it is a whole number of', () => {
  assert.deepEqual(parseDuration('PT90M'), { amount: 90, unit: 'minutes' });
  assert.deepEqual(parseDuration('P1DT2H'), { amount: 26, unit: 'hours' });
  assert.deepEqual(parseDuration('P14D'), { amount: 2, unit: 'weeks' });
  assert.deepEqual(parseDuration('PT0S'), { amount: 0, unit: 'minutes' });
});

test('a duration that is written and read again is as long to the server', () => {
  fc.assert(
    fc.property(fc.nat(99_999), fc.constantFrom(...UNITS), (amount, unit) => {
      const written = formatDuration(String(amount), unit);
      const read = parseDuration(written);
      const again = formatDuration(String(read.amount), read.unit);
      assert.equal(parseMilliseconds(again), parseMilliseconds(written));
      assert.notEqual(parseMilliseconds(again), undefined);
    }),
  );
});

test('a length is told in its two largest units', () => {
  assert.equal(describeLength(86_400, 'en'), '1 day');
  assert.equal(describeLength(397 * 86_400 + 2 * 3600 + 61, 'en'), '397 days, 2 hours');
});

test('days of reminders are read however they are separated, and nothing else is', () => {
  assert.deepEqual(parseDays(' 90, 30;0 -7 −14'), [90, 30, 0, -7, -14]);
  assert.deepEqual(parseDays(''), []);
  assert.equal(parseDays('90, soon'), undefined);
  assert.equal(parseDays('1.5'), undefined);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -365, max: 365 })), (days) => {
      assert.deepEqual(parseDays(formatDays(days)), days);
    }),
  );
});

test('a day ends with its last second where the reader is, and a field shows the moment again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
      const end_ms = Date.parse(endOfDay(dayOf(seconds * 1000)));
      assert.equal(dayOf(end_ms), dayOf(seconds * 1000));
      assert.notEqual(dayOf(end_ms + 1000), dayOf(seconds * 1000));
      const minute_ms = seconds * 1000 - (seconds % 60) * 1000;
      assert.equal(localOf(Date.parse(momentOf(localOf(minute_ms)))), localOf(minute_ms));
    }),
  );
  assert.equal(endOfDay(''), '');
  assert.equal(momentOf(''), '');
});
