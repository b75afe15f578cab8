/** When an organization is reminded of an end: each number of days once, and never before its time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { planReminders, type ReminderBasis } from './reminders.ts';
import { formatTime } from './time.ts';

const END = '2027-12-23T12:00:00+00:00';
const DAYS = [90, 60, 30, 7, 0, -7];
const DAY_MS = 86_400_000;

/** So many days before the end. */
const before = (days: number) => formatTime(Date.parse(END) - days * DAY_MS);

const plan = (changes: Partial<ReminderBasis>) =>
  planReminders({
    ...{ end: END, date_created: before(397), days: DAYS, done: [], time: before(397) },
    ...changes,
  });

test('at first nothing is due, and the next is the earliest', () => {
  assert.deepEqual(plan({}), { skip: [], next_due_at: before(90) });
});

test('a reminder is due from its very second on', () => {
  const moment_ms = Date.parse(before(90));
  const { send, next_due_at } = plan({ time: formatTime(moment_ms - 1000) });
  assert.deepEqual([send, next_due_at], [undefined, before(90)]);
  assert.deepEqual(plan({ time: before(90) }), {
    send: { days: 90, due_at: before(90) },
    skip: [],
    next_due_at: before(60),
  });
});

test('of several that are due the latest is sent, and the others are passed over', () => {
  assert.deepEqual(plan({ time: before(5), done: [90] }), {
    send: { days: 7, due_at: before(7) },
    skip: [60, 30].map((days) => ({ days, due_at: before(days) })),
    next_due_at: before(0),
  });
});

test('what was sent or passed over is over', () => {
  const { send, next_due_at } = plan({ time: before(5), done: [90, 60, 30, 7] });
  assert.deepEqual([send, next_due_at], [undefined, before(0)]);
  assert.deepEqual(plan({ time: before(-100), done: DAYS }), { skip: [], next_due_at: '' });
});

test('what would have been due before the validation served is never sent', () => {
  const late = { date_created: before(30) };
  assert.deepEqual(plan({ ...late, time: before(30) }), { skip: [], next_due_at: before(7) });
  const end = plan({ ...late, time: before(-50) });
  assert.deepEqual([end.send?.days, end.skip.map(({ days }) => days)], [-7, [7, 0]]);
});

test('nobody is reminded where no days are set, or of an end that never comes', () => {
  assert.deepEqual(plan({ days: [], time: before(0) }), { skip: [], next_due_at: '' });
  const never = '9999-12-31T23:59:59+00:00';
  const { send, next_due_at } = plan({ end: never, time: before(0) });
  assert.deepEqual([send, next_due_at], [undefined, '9999-10-02T23:59:59+00:00']);
  const last = plan({ end: never, days: [-7], time: never });
  assert.deepEqual(last, { skip: [], next_due_at: '' });
});

const anyDays = fc.uniqueArray(fc.integer({ min: -30, max: 400 }), { maxLength: 8 });

test('the order in which days are set makes no difference', () => {
  fc.assert(
    fc.property(anyDays, fc.integer({ min: -40, max: 400 }), (days, now) => {
      const sorted = days.toSorted((one, other) => other - one);
      const time = before(now);
      assert.deepEqual(plan({ days, time }), plan({ days: sorted, time }));
    }),
  );
});

test('whenever somebody looks, each is sent or passed over once, in order, and not before it is due', () => {
  const moments = fc.array(fc.integer({ min: -40 * 24, max: 397 * 24 }), { maxLength: 40 });
  fc.assert(
    fc.property(anyDays, moments, (days, hours) => {
      const done: number[] = [];
      const sent: string[] = [];
      const times = [...hours, -1000 * 24]
        .toSorted((one, other) => other - one)
        .map((hour) => before(hour / 24));
      for (const [index, time] of times.entries()) {
        const { send, skip, next_due_at } = plan({ days, done, time });
        for (const one of [...skip, ...(send === undefined ? [] : [send])]) {
          assert.ok(one.due_at <= time && !done.includes(one.days));
          assert.ok(one.due_at > (times[index - 1] ?? ''), 'it waited though somebody looked');
          done.push(one.days);
        }
        sent.push(...(send === undefined ? [] : [send.due_at]));
        assert.ok(next_due_at === '' || next_due_at > time);
      }
      const possible = days.filter((one) => before(one) > before(397));
      assert.deepEqual(new Set(done), new Set(possible));
      assert.equal(done.length, possible.length);
      assert.deepEqual(sent, sent.toSorted());
    }),
  );
});
