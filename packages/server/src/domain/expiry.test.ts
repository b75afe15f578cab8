// Proves that every validation is counted where its end is, as time passes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { listMonths, planExpiry } from './expiry.ts';

const NOW = '2026-11-21T12:00:00+00:00';

test('months follow one another over the end of a year, from the one of the moment', () => {
  assert.deepEqual(listMonths(NOW, 3), ['2026-11', '2026-12', '2027-01']);
  assert.deepEqual(listMonths('2028-01-31T23:59:59+00:00', 2), ['2028-01', '2028-02']);
  assert.deepEqual(listMonths(NOW, 14).at(-1), '2027-12');
});

const ends = (month: string, type: 'ov' | 'ev', is_open: number, validations: number) => ({
  ...{ month, type, is_open, validations },
});

test('what has ended in this month is expired, and the rest of the month is still to come', () => {
  assert.deepEqual(
    planExpiry(
      ['2026-11', '2026-12'],
      [ends('2026-09', 'ev', 0, 4), ends('2026-11', 'ov', 0, 5), ends('2026-12', 'ev', 1, 2)],
      [ends('2026-11', 'ov', 0, 3)],
    ),
    {
      months: [
        { month: '2026-11', counts: { ov: 2 } },
        { month: '2026-12', counts: { ev: 2 } },
      ],
      expired: { ov: 3, ev: 4 },
    },
  );
});

test('what has ended and is being worked on is pending: neither expired nor to come', () => {
  assert.deepEqual(
    planExpiry(
      ['2026-11'],
      [ends('2026-10', 'ov', 1, 2), ends('2026-11', 'ov', 1, 3)],
      [ends('2026-11', 'ov', 1, 3)],
    ),
    { months: [{ month: '2026-11', counts: {} }], expired: {} },
  );
});

/** A validation: when it ends, and whether it is being worked on. */
const validations = fc.array(
  fc.record({
    day: fc.integer({ min: -60, max: 200 }),
    type: fc.constantFrom('ov' as const, 'ev' as const),
    is_open: fc.constantFrom(0, 1),
  }),
);

test('each validation is counted where its end is, whatever the kept counts are grouped by', () => {
  const months = listMonths(NOW, 4);
  fc.assert(
    fc.property(validations, (all) => {
      const rows = all.map(({ day, type, is_open }) => {
        const at = new Date(Date.parse(NOW) + day * 86_400_000).toISOString();
        return { at, row: { ...ends(at.slice(0, 7), type, is_open, 1) } };
      });
      const now = new Date(NOW).toISOString();
      const overview = planExpiry(
        months,
        rows.map(({ row }) => row),
        rows.filter(({ at }) => at.slice(0, 7) === months[0] && at <= now).map(({ row }) => row),
      );
      const countOf = (matches: (one: (typeof rows)[number]) => boolean) =>
        rows.filter(matches).length;
      for (const type of ['ov', 'ev'] as const) {
        for (const { month, counts } of overview.months) {
          assert.equal(
            counts[type] ?? 0,
            countOf(({ at, row }) => row.type === type && row.month === month && at > now),
          );
        }
        assert.equal(
          overview.expired[type] ?? 0,
          countOf(({ at, row }) => row.type === type && row.is_open === 0 && at <= now),
        );
      }
    }),
  );
});
