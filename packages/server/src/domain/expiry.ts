/** What ends in which month, told from counts of ends. Pure. Months are those of UTC. */
import type { ExpiryOverview, TypeCounts, ValidationTypeName } from '@orgvet/contract';

/** Validations of a type that end in a month. */
interface CountedEnds {
  readonly month: string;
  readonly type: ValidationTypeName;
  /** Whether they are being worked on: then, when they have ended, they are pending and not expired. */
  readonly is_open: number;
  readonly validations: number;
}

/** Some months that follow one another, each as `2026-11`. @param time as on the wire, in the first one */
export function listMonths(time: string, count: number): string[] {
  const [year, month] = [Number(time.slice(0, 4)), Number(time.slice(5, 7))];
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(year, month - 1 + index)).toISOString().slice(0, 7),
  );
}

/**
 * The overview over some months.
 *
 * @param months the first is the one that it is now
 * @param all ends up to the last of the months
 * @param ended of these, in the first month, those that have come already
 */
export function planExpiry(
  months: readonly string[],
  all: readonly CountedEnds[],
  ended: readonly CountedEnds[],
): Omit<ExpiryOverview, 'is_complete'> {
  const [first = ''] = months;
  const before = all.filter(({ month }) => month < first);
  return {
    months: months.map((month) => ({
      month,
      counts: sumByType(
        all.filter((one) => one.month === month),
        month === first ? ended : [],
      ),
    })),
    expired: sumByType([...before, ...ended].filter(({ is_open }) => is_open === 0)),
  };
}

function sumByType(added: readonly CountedEnds[], taken: readonly CountedEnds[] = []): TypeCounts {
  const counts: TypeCounts = {};
  for (const { type, validations } of added) {
    counts[type] = (counts[type] ?? 0) + validations;
  }
  for (const { type, validations } of taken) {
    counts[type] = (counts[type] ?? 0) - validations;
  }
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
