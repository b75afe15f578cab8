/**
 * How old what is relied on may be, as it changes with the day of issue: the periods of every version of
 * a pack, cut where the next version begins, under the caps of policies. Pure arithmetic on dates.
 */
import type { RulePolicy, ValidationTypeName } from '@orgvet/contract';
import type { RuleEdition } from './rulebook.ts';

/** From a moment on, until the next span: at most so many days; `Infinity` for no limit. */
interface Span {
  readonly from_ms: number;
  readonly days: number;
}

/** By time; the first begins with all time. */
export type Timeline = readonly Span[];

type DatedEdition = Pick<RuleEdition, 'from_ms' | 'checks'>;

/**
 * The limit for one check of a type.
 *
 * @param options.isContract whether a contract sets the term, so that only caps are left of the limit
 */
export function buildTimeline(
  editions: readonly DatedEdition[],
  policies: readonly RulePolicy[],
  type: ValidationTypeName,
  check_id: string,
  { isContract = false }: { readonly isContract?: boolean } = {},
): Timeline {
  const limitAt = (time_ms: number): number => {
    const check = checkAt(editions, check_id, time_ms);
    const packDays = daysAt(check?.reuse ?? [], time_ms);
    const caps = policies
      .flatMap((policy) => policy.caps)
      .filter(
        ({ types, checks, issued_from }) =>
          types.includes(type) &&
          (checks?.includes(check_id) ?? packDays !== Number.POSITIVE_INFINITY) &&
          startOf(issued_from) <= time_ms,
      )
      .map(({ days }) => days);
    return Math.min(isContract ? Number.POSITIVE_INFINITY : packDays, ...caps);
  };
  return listBreaks(editions, policies, check_id).map((from_ms) => ({
    from_ms,
    days: limitAt(from_ms),
  }));
}

/**
 * The first moment from `since_ms` on at which what was obtained then is too old.
 *
 * @returns undefined where it never is
 */
export function findEndOn(
  timeline: Timeline,
  since_ms: number,
  day_ms: number,
): number | undefined {
  for (const [index, { from_ms, days }] of timeline.entries()) {
    const to_ms = timeline[index + 1]?.from_ms ?? Number.POSITIVE_INFINITY;
    const end_ms = Math.max(since_ms + days * day_ms, from_ms);
    if (to_ms > since_ms && end_ms < to_ms) {
      return end_ms;
    }
  }
  return undefined;
}

/** The limit of dated periods at a moment: of the last one that has begun. */
function daysAt(
  periods: readonly { readonly issued_from?: string; readonly days: number }[],
  time_ms: number,
): number {
  const begun = periods.filter(({ issued_from }) => startOf(issued_from) <= time_ms);
  return begun.at(-1)?.days ?? Number.POSITIVE_INFINITY;
}

/** The beginning of a day in UTC; of all time where there is none. */
export function startOf(day: string | undefined): number {
  return day === undefined ? Number.NEGATIVE_INFINITY : Date.parse(day);
}

function checkAt(editions: readonly DatedEdition[], check_id: string, time_ms: number) {
  const edition = editions.findLast(({ from_ms }) => from_ms <= time_ms) ?? editions[0];
  return edition?.checks.find(({ id }) => id === check_id);
}

/** Every moment at which the limit may change, with the beginning of all time. */
function listBreaks(
  editions: readonly DatedEdition[],
  policies: readonly RulePolicy[],
  check_id: string,
): number[] {
  const periods = editions.flatMap(
    ({ checks }) => checks.find(({ id }) => id === check_id)?.reuse ?? [],
  );
  const caps = policies.flatMap((policy) => policy.caps);
  // The first edition holds for all time before it too.
  const breaks = [
    Number.NEGATIVE_INFINITY,
    ...editions.slice(1).map(({ from_ms }) => from_ms),
    ...[...periods, ...caps].map(({ issued_from }) => startOf(issued_from)),
  ];
  return [...new Set(breaks)].sort((one, other) => (one < other ? -1 : 1));
}
