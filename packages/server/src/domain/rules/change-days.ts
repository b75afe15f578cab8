/** The days on which rules change, and the rules as they would be without the change of one of them. */
import type { RuleCheck, RulePack } from '@orgvet/contract';
import { createRulebook, type Rulebook } from './rulebook.ts';

/** Every day on which a period, a cap or a further version of a pack begins. */
export function listChangeDays({ packs, policies }: Rulebook): string[] {
  const checks = [
    ...packs.flatMap(({ types }) => types.flatMap((rules) => rules.checks)),
    ...policies.flatMap(({ extra_checks }) => extra_checks.map(({ check }) => check)),
  ];
  const days = [
    ...checks.flatMap(({ reuse = [] }) => reuse),
    ...policies.flatMap(({ caps }) => caps),
  ].flatMap(({ issued_from = [] }) => issued_from);
  const versions = packs.filter((pack) => isLaterVersion(packs, pack));
  return [...new Set([...days, ...versions.map(({ in_force_from }) => in_force_from)])].sort();
}

/** The same rules without what begins on a day. */
export function createRulebookWithout({ packs, policies }: Rulebook, day: string): Rulebook {
  const kept = packs.filter((pack) => pack.in_force_from !== day || !isLaterVersion(packs, pack));
  return createRulebook(
    kept.map((pack) => ({
      ...pack,
      types: pack.types.map((rules) => ({
        ...rules,
        checks: rules.checks.map((check) => dropPeriods(check, day)),
      })),
    })),
    policies.map((policy) => ({
      ...policy,
      caps: policy.caps.filter(({ issued_from }) => issued_from !== day),
      extra_checks: policy.extra_checks.map(({ types, check }) => ({
        types,
        check: dropPeriods(check, day),
      })),
    })),
  );
}

/** Whether there is an earlier version, which would decide without this one. */
function isLaterVersion(packs: readonly RulePack[], { id, in_force_from }: RulePack): boolean {
  return packs.some((other) => other.id === id && other.in_force_from < in_force_from);
}

function dropPeriods({ reuse, ...check }: RuleCheck, day: string): RuleCheck {
  const kept = reuse?.filter(({ issued_from }) => issued_from !== day) ?? [];
  return kept.length === 0 ? check : { ...check, reuse: kept };
}
