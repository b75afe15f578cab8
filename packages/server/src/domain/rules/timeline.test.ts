/** Limits as they change with the day of issue: across periods, versions of a pack, and caps. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReusePeriod, RulePolicy } from '@orgvet/contract';
import fc from 'fast-check';
import { makeCheck, makePolicy } from '../../../test/rules.ts';
import { buildTimeline, findEndOn, startOf, type Timeline } from './timeline.ts';

const DAY_MS = 86_400_000;
const at = (day: string) => Date.parse(day);

function period(days: number, issued_from?: string): ReusePeriod {
  return { days, section: 'T 9', ...(issued_from !== undefined && { issued_from }) };
}

function edition(from: string, reuse: ReusePeriod[]) {
  return { from_ms: at(from), checks: [makeCheck({ reuse })] };
}

type Cap = RulePolicy['caps'][number];

function capsOf(...caps: readonly Partial<Cap>[]): RulePolicy[] {
  return [
    makePolicy({ caps: caps.map((cap) => ({ types: ['ov'], days: 10, reason: '', ...cap })) }),
  ];
}

/** The limits with the days from which they hold. */
function describe(timeline: Timeline): [string, number][] {
  return timeline.map(({ from_ms, days }) => [
    Number.isFinite(from_ms) ? new Date(from_ms).toISOString().slice(0, 10) : '',
    days,
  ]);
}

test('every period of a check holds from its day on', () => {
  const editions = [edition('2020-01-01', [period(825), period(398, '2026-03-15')])];
  assert.deepEqual(describe(buildTimeline(editions, [], 'ov', 'identity')), [
    ['', 825],
    ['2026-03-15', 398],
  ]);
});

test('a version decides from its day on, the first one also before', () => {
  const editions = [edition('2025-01-01', [period(825)]), edition('2026-01-01', [period(300)])];
  assert.deepEqual(describe(buildTimeline(editions, [], 'ov', 'identity')), [
    ['', 825],
    ['2026-01-01', 300],
  ]);
});

test('a period of a version that is not in force yet changes nothing', () => {
  const editions = [
    edition('2025-01-01', [period(825)]),
    edition('2026-06-01', [period(825), period(398, '2026-03-15')]),
  ];
  const limits = describe(buildTimeline(editions, [], 'ov', 'identity'));
  assert.deepEqual(
    limits.filter(([, days]) => days !== 825),
    [['2026-06-01', 398]],
  );
});

test('of several caps the shortest that has begun holds, for the type and the checks it names', () => {
  const editions = [edition('2020-01-01', [period(825)])];
  const policies = capsOf(
    { days: 700 },
    { days: 500, issued_from: '2026-01-01', checks: ['identity'] },
    { days: 600, issued_from: '2027-01-01' },
    { days: 1, types: ['ev'] },
    { days: 1, checks: ['address'] },
  );
  const limits = describe(buildTimeline(editions, policies, 'ov', 'identity'));
  assert.deepEqual(limits, [
    ['', 700],
    ['2026-01-01', 500],
    ['2027-01-01', 500],
  ]);
});

test('a cap for every check leaves alone what does not age, one that names it does not', () => {
  const { reuse: _, ...ageless } = makeCheck();
  const editions = [{ from_ms: at('2020-01-01'), checks: [ageless] }];
  const general = buildTimeline(editions, capsOf({ days: 10 }), 'ov', 'identity');
  assert.deepEqual(describe(general), [['', Number.POSITIVE_INFINITY]]);
  const named = buildTimeline(
    editions,
    capsOf({ days: 10, checks: ['identity'] }),
    'ov',
    'identity',
  );
  assert.deepEqual(describe(named), [['', 10]]);
});

test('where a contract sets the term, only caps are left of the limit', () => {
  const editions = [edition('2020-01-01', [period(825)])];
  const options = { isContract: true };
  const without = buildTimeline(editions, [], 'ov', 'identity', options);
  assert.deepEqual(describe(without), [['', Number.POSITIVE_INFINITY]]);
  const capped = buildTimeline(editions, capsOf({ days: 397 }), 'ov', 'identity', options);
  assert.deepEqual(describe(capped), [['', 397]]);
});

test('the end is the first moment at which a limit is reached, and stays where a longer one follows', () => {
  const timeline: Timeline = [
    { from_ms: Number.NEGATIVE_INFINITY, days: 100 },
    { from_ms: at('2026-03-15'), days: 10 },
    { from_ms: at('2026-04-01'), days: 500 },
  ];
  const end = (day: string) => {
    const end_ms = findEndOn(timeline, at(day), DAY_MS);
    return end_ms === undefined ? undefined : new Date(end_ms).toISOString().slice(0, 10);
  };
  // Over before the change, cut off by it, within it, and past it.
  assert.equal(end('2025-12-01'), '2026-03-11');
  assert.equal(end('2026-01-01'), '2026-03-15');
  assert.equal(end('2026-03-10'), '2026-03-20');
  assert.equal(end('2026-03-25'), '2027-08-07');
});

test('what has no limit never ends', () => {
  const timeline: Timeline = [
    { from_ms: Number.NEGATIVE_INFINITY, days: Number.POSITIVE_INFINITY },
  ];
  assert.equal(findEndOn(timeline, at('2026-01-01'), DAY_MS), undefined);
});

test('a day begins at midnight in UTC, and no day is the beginning of all time', () => {
  assert.equal(startOf('2026-03-15'), Date.UTC(2026, 2, 15));
  assert.equal(startOf(undefined), Number.NEGATIVE_INFINITY);
});

test('what was obtained later never ends earlier', () => {
  const span = fc.record({
    from_ms: fc.integer({ min: 0, max: 2000 }),
    days: fc.integer({ min: 1, max: 2000 }),
  });
  fc.assert(
    fc.property(
      fc.array(span, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: 2000 }),
      fc.integer({ min: 0, max: 500 }),
      (spans, since_ms, later) => {
        const [first, ...others] = spans.sort((one, other) => one.from_ms - other.from_ms);
        const timeline = [{ days: first?.days ?? 1, from_ms: Number.NEGATIVE_INFINITY }, ...others];
        const end = findEndOn(timeline, since_ms, 1) ?? Number.POSITIVE_INFINITY;
        const laterEnd = findEndOn(timeline, since_ms + later, 1) ?? Number.POSITIVE_INFINITY;
        assert.ok(end > since_ms);
        // Unless the earlier had ended before the later was there at all.
        assert.ok(laterEnd >= Math.min(end, since_ms + later));
      },
    ),
  );
});
