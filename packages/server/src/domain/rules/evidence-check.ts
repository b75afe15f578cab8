/** Whether evidence of some kinds is enough for a check. Looks at kinds only, not at age or content. */
import type { EvidenceKind, RuleCheck } from '@orgvet/contract';
import { type ConditionAnswers, holds } from '../facts.ts';

/**
 * The kinds that are enough together, one list for each way. A way that has conditions is open only once
 * they are known to hold: nobody gets the easier way by leaving a fact open.
 */
export function listAccepted(
  { evidence }: Pick<RuleCheck, 'evidence'>,
  answers: ConditionAnswers,
): (readonly EvidenceKind[])[] {
  const ways = evidence?.any_of ?? [];
  return ways
    .filter(({ applies_when }) => holds(applies_when, answers) === true)
    .map(({ all_of }) => all_of);
}

/** The kinds, of some, that a check must not rely on at all. */
export function listRefused(
  { evidence }: Pick<RuleCheck, 'evidence'>,
  kinds: readonly EvidenceKind[],
): EvidenceKind[] {
  return kinds.filter((kind) => evidence?.never.includes(kind) ?? false);
}

/** Whether evidence of these kinds satisfies a check, and none of it is ruled out. */
export function isEnough(
  check: Pick<RuleCheck, 'evidence'>,
  kinds: readonly EvidenceKind[],
  answers: ConditionAnswers,
): boolean {
  if (check.evidence === undefined) {
    return true;
  }
  return (
    listRefused(check, kinds).length === 0 &&
    listAccepted(check, answers).some((way) => way.every((kind) => kinds.includes(kind)))
  );
}
