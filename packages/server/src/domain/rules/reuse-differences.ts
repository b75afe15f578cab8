/** How the limits of one check differ from those of another, day of issue by day of issue. */
import type { ReusePeriod } from '@orgvet/contract';
import type { RuleChange } from './differences.ts';

type Periods = readonly ReusePeriod[] | undefined;

/** A stretch of days of issue on which neither limit changes. */
interface Stretch {
  /** Empty for the beginning of all time. */
  readonly from: string;
  readonly older: ReusePeriod | undefined;
  readonly newer: ReusePeriod | undefined;
}

/** Stretches whose limits differ; neighbours that differ alike are one. */
export function listReuseChanges(before: Periods, after: Periods): RuleChange[] {
  const days = [...(before ?? []), ...(after ?? [])].map(({ issued_from = '' }) => issued_from);
  const stretches = [...new Set(['', ...days])].sort().map((from) => ({
    from,
    older: findPeriod(before, from),
    newer: findPeriod(after, from),
  }));
  return stretches
    .filter((stretch, index) => {
      const previous = stretches[index - 1];
      const isSame =
        previous !== undefined &&
        daysOf(previous.older) === daysOf(stretch.older) &&
        daysOf(previous.newer) === daysOf(stretch.newer);
      return daysOf(stretch.older) !== daysOf(stretch.newer) && !isSame;
    })
    .map(describeStretch);
}

function describeStretch({ from, older, newer }: Stretch): RuleChange {
  const since = from === '' ? '' : ` for issue from ${from} on`;
  const section = older?.section ?? newer?.section;
  return {
    aspect: 'reuse',
    effect: daysOf(newer) < daysOf(older) ? 'tighter' : 'looser',
    change: `The limit${since} was ${sayDays(older)} and is ${sayDays(newer)}.`,
    ...(section !== undefined && { section }),
  };
}

/** The period that a day of issue is in. */
function findPeriod(periods: Periods, day: string): ReusePeriod | undefined {
  return periods?.findLast(({ issued_from = '' }) => issued_from <= day);
}

function daysOf(period: ReusePeriod | undefined): number {
  return period?.days ?? Number.POSITIVE_INFINITY;
}

function sayDays(period: ReusePeriod | undefined): string {
  return period === undefined ? 'none' : `${period.days} days`;
}
