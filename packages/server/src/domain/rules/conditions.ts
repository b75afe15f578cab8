/** What conditions of one pack say about those of another: whether whoever meets the one meets the other. */
import type { Condition } from '@orgvet/contract';

type Conditions = readonly Condition[] | undefined;

/**
 * Whether the second hold wherever the first do. It may miss that they do, where several conditions must be
 * put together to see it; it never says so where they do not.
 */
export function implies(first: Conditions, second: Conditions): boolean {
  return (second ?? []).every((wanted) => (first ?? []).some((given) => impliesOne(given, wanted)));
}

function impliesOne(given: Condition, wanted: Condition): boolean {
  return (
    given.fact === wanted.fact &&
    isWithin(given.is, wanted.is) &&
    (wanted.below === undefined || (given.below ?? Number.POSITIVE_INFINITY) <= wanted.below) &&
    (wanted.at_least === undefined || (given.at_least ?? 0) >= wanted.at_least)
  );
}

function isWithin(given: Condition['is'], wanted: Condition['is']): boolean {
  return wanted === undefined || (given?.every((answer) => wanted.includes(answer)) ?? false);
}

/** Conditions in words. */
export function describeConditions(conditions: Conditions): string {
  return (conditions ?? []).map(describeCondition).join(' and ');
}

function describeCondition({ fact, is, below, at_least }: Condition): string {
  const limits = [
    ...(is === undefined ? [] : [`is ${is.join(' or ')}`]),
    ...(below === undefined ? [] : [`is below ${below}`]),
    ...(at_least === undefined ? [] : [`is ${at_least} or more`]),
  ];
  return `${fact} ${limits.join(' and ')}`;
}
