/**
 * What an operator asks beyond the packs. A policy can only ever add: a shorter limit, a further check, a
 * second person, evidence that is not taken. Whatever would ask for less is refused, with the section
 * that asks for it.
 */
import type {
  EvidenceKind,
  ReusePeriod,
  RuleCheck,
  RulePolicy,
  ValidationTypeName,
} from '@orgvet/contract';
import type { RuleEdition } from './rulebook.ts';
import { startOf } from './timeline.ts';

/** The checks of a type with what policies add to them. */
export function applyPolicies(
  policies: readonly RulePolicy[],
  type: ValidationTypeName,
  checks: readonly RuleCheck[],
): readonly RuleCheck[] {
  const extra = policies.flatMap(({ extra_checks }) =>
    extra_checks.filter(({ types }) => types.includes(type)).map(({ check }) => check),
  );
  return [...checks, ...extra].map((check) => {
    const needsSecond = policies.some(({ second_person }) => names(second_person, type, check.id));
    const refused = listRefusedKinds(policies, type, check.id);
    return {
      ...check,
      second_person: check.second_person || needsSecond,
      ...(check.evidence !== undefined &&
        refused.length > 0 && {
          evidence: {
            any_of: check.evidence.any_of.filter(
              ({ all_of }) => !all_of.some((kind) => refused.includes(kind)),
            ),
            never: [...new Set([...check.evidence.never, ...refused])],
          },
        }),
    };
  });
}

/** What is wrong with policies for a type, each with the section that says otherwise. */
export function listPolicyProblems(
  policies: readonly RulePolicy[],
  type: ValidationTypeName,
  editions: readonly Pick<RuleEdition, 'pack' | 'from_ms' | 'checks'>[],
): string[] {
  return policies.flatMap((policy) => [
    ...listLongCaps(policy, type, editions),
    ...listReplacedChecks(policy, type, editions),
    ...listUnknownChecks(policy, type, editions),
    ...listEmptied(policy, type, editions),
  ]);
}

type Editions = Parameters<typeof listPolicyProblems>[2];

/** A cap must be within the pack wherever it holds: as a limit it would say more than the pack allows. */
function listLongCaps(
  { id, caps }: RulePolicy,
  type: ValidationTypeName,
  editions: Editions,
): string[] {
  const problems = caps
    .filter(({ types }) => types.includes(type))
    .flatMap((cap) =>
      editions.flatMap(({ checks, from_ms }, index) =>
        checks
          .filter((check) => cap.checks?.includes(check.id) ?? true)
          .flatMap((check) => {
            const begin_ms = index === 0 ? Number.NEGATIVE_INFINITY : from_ms;
            const end_ms = editions[index + 1]?.from_ms ?? Number.POSITIVE_INFINITY;
            const from = Math.max(begin_ms, startOf(cap.issued_from));
            const shortest = findShortestPeriod(check.reuse ?? [], from, end_ms);
            return shortest === undefined || cap.days <= shortest.days
              ? []
              : [
                  `${id}: ${cap.days} days for ${type} ${check.id} is more than ${shortest.section} allows: ${shortest.days} days.`,
                ];
          }),
      ),
    );
  return [...new Set(problems)];
}

/** The strictest of the periods that hold at some moment from one on, before another. */
function findShortestPeriod(
  periods: readonly ReusePeriod[],
  from_ms: number,
  end_ms: number,
): ReusePeriod | undefined {
  const holding = periods.filter((period, index) => {
    const next_ms = index + 1 < periods.length ? startOf(periods[index + 1]?.issued_from) : end_ms;
    return Math.max(from_ms, startOf(period.issued_from)) < Math.min(next_ms, end_ms);
  });
  return holding.toSorted((one, other) => one.days - other.days)[0];
}

function listReplacedChecks(
  { id, extra_checks }: RulePolicy,
  type: ValidationTypeName,
  editions: Editions,
): string[] {
  const own = extra_checks.filter(({ types }) => types.includes(type)).map(({ check }) => check.id);
  return listKnown(editions)
    .filter((check) => own.includes(check.id))
    .map(
      (check) =>
        `${id}: the extra check ${check.id} for ${type} would replace the one of ${check.section}. Give it another id.`,
    );
}

function listUnknownChecks(
  { id, caps, second_person, refused_evidence }: RulePolicy,
  type: ValidationTypeName,
  editions: Editions,
): string[] {
  const known = new Set(listKnown(editions).map((check) => check.id));
  return [...caps, ...second_person, ...refused_evidence]
    .filter(({ types }) => types.includes(type))
    .flatMap(({ checks = [] }) => checks)
    .filter((check_id) => !known.has(check_id))
    .map((check_id) => `${id}: ${type} has no check ${check_id}.`);
}

/** A check that nothing can satisfy any more would never be met. */
function listEmptied(policy: RulePolicy, type: ValidationTypeName, editions: Editions): string[] {
  return listKnown(editions).flatMap((check) => {
    const [applied] = applyPolicies([{ ...policy, extra_checks: [] }], type, [check]);
    return applied?.evidence?.any_of.length === 0
      ? [`${policy.id}: nothing is left that satisfies ${type} ${check.id} (${check.section}).`]
      : [];
  });
}

/** Every check of every edition, each once. */
function listKnown(editions: Editions): RuleCheck[] {
  return [
    ...new Map(
      editions.flatMap(({ checks }) => checks.map((check) => [check.id, check] as const)),
    ).values(),
  ];
}

function listRefusedKinds(
  policies: readonly RulePolicy[],
  type: ValidationTypeName,
  check_id: string,
): EvidenceKind[] {
  return policies.flatMap(({ refused_evidence }) =>
    refused_evidence
      .filter(({ types, checks }) => types.includes(type) && checks.includes(check_id))
      .flatMap(({ kinds }) => kinds),
  );
}

function names(
  entries: RulePolicy['second_person'],
  type: ValidationTypeName,
  check_id: string,
): boolean {
  return entries.some(({ types, checks }) => types.includes(type) && checks.includes(check_id));
}
