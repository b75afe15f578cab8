// Proves which days of reminders an account may set, and in which order they are kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkAccountSettings } from './account-settings.ts';

const codesOf = (body: unknown) =>
  checkAccountSettings(body).problems.map(({ code, message }) => `${code}: ${message}`);

test('days are kept in the order in which they fall due, whatever order they came in', () => {
  const days = fc.uniqueArray(fc.integer({ min: -365, max: 365 }), { maxLength: 20 });
  fc.assert(
    fc.property(days, (reminder_days) => {
      const { problems, value } = checkAccountSettings({ reminder_days });
      assert.deepEqual(problems, []);
      const kept = value.reminder_days ?? [];
      assert.deepEqual(new Set(kept), new Set(reminder_days));
      assert.ok(kept.every((one, index) => index === 0 || one < (kept[index - 1] ?? 0)));
    }),
  );
});

test('what is not named stays out of the changes', () => {
  assert.deepEqual(checkAccountSettings({ duplicate_policy: 'reuse' }).value, {
    duplicate_policy: 'reuse',
  });
});

test('each day that stands there again is told, also where others are wrong', () => {
  assert.deepEqual(codesOf({ reminder_days: [7, 0, 7, 366, 7] }), [
    'invalid_reminder_days: reminder_days[3] must be a whole number from -365 to 365.',
    'invalid_reminder_days: reminder_days[2] must be given only once.',
    'invalid_reminder_days: reminder_days[4] must be given only once.',
  ]);
});

test('days that cannot be are refused', () => {
  for (const reminder_days of [
    ...[[366], [-366], [1.5], ['7'], [null], 7, '7,0', {}],
    Array.from({ length: 21 }, (_, day) => day),
  ]) {
    const codes = codesOf({ reminder_days });
    assert.equal(codes.length, 1, JSON.stringify(reminder_days));
    assert.match(codes[0] ?? '', /^invalid_reminder_days: /);
  }
  assert.deepEqual(codesOf({ reminder_days: Array.from({ length: 20 }, (_, day) => day) }), []);
});
