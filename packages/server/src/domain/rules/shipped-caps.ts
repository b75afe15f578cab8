/**
 * The shipped policies beside packs that an operator gives. Where such a pack is stricter than a shipped
 * cap, the cap has nothing to add; it must not stand in the way, and must go on holding for the rest.
 */
import type { RulePack, RulePolicy, ValidationTypeName } from '@orgvet/contract';
import { listPolicyProblems } from './policy.ts';
import { createRulebook, type RuleEdition } from './rulebook.ts';
import { SHIPPED_POLICIES } from './shipped.ts';

type Cap = RulePolicy['caps'][number];
type Editions = ReadonlyMap<ValidationTypeName, readonly RuleEdition[]>;

/** @throws RulesRefused for packs that cannot stand together */
export function fitShippedPolicies(packs: readonly RulePack[]): readonly RulePolicy[] {
  const { editions } = createRulebook(packs);
  return SHIPPED_POLICIES.map((policy) => ({
    ...policy,
    caps: policy.caps.flatMap((cap) => fitCap(policy, cap, editions)),
  }));
}

/** For a type where it does not fit as a whole, the cap for each check that it fits. */
function fitCap(policy: RulePolicy, cap: Cap, editions: Editions): Cap[] {
  const fits = (fitted: Cap, type: ValidationTypeName) =>
    listPolicyProblems([{ ...policy, caps: [fitted] }], type, editions.get(type) ?? []).length ===
    0;
  const fitting = cap.types.filter((type) => fits(cap, type));
  const others = cap.types
    .filter((type) => !fitting.includes(type))
    .flatMap((type) => {
      const named = listAgeing(editions.get(type) ?? []).map((id) => ({
        ...cap,
        types: [type],
        checks: [id],
      }));
      return named.filter((one) => fits(one, type));
    });
  return fitting.length === 0 ? others : [{ ...cap, types: fitting }, ...others];
}

function listAgeing(editions: readonly RuleEdition[]): string[] {
  const checks = editions.flatMap((edition) => edition.checks);
  return [...new Set(checks.filter(({ reuse }) => reuse !== undefined).map(({ id }) => id))];
}
