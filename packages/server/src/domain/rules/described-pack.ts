/**
 * A version of a rule pack as those read it who work by it: its checks with what policies make of them, on
 * a day on which it decides. It adds nothing to what packs and policies say.
 */
import type { DescribedRulePack, RulePack, TypeRules } from '@orgvet/contract';
import { describeConditions } from './conditions.ts';
import { type CheckOverview, listCheckOverviews, listTypesInForce } from './overview.ts';
import { type EffectiveCheck, getEdition, type Rulebook } from './rulebook.ts';

type DescribedRules = DescribedRulePack['rules'][number];

/**
 * A version of a pack: the one that is in force, or the first that there will be, where none is named.
 *
 * @returns undefined where there is none
 */
export function findPack(
  { packs }: Rulebook,
  pack_id: string,
  now_ms: number,
  version?: string,
): RulePack | undefined {
  const versions = listVersions(packs, pack_id);
  return version === undefined
    ? (versions.findLast(({ in_force_from }) => Date.parse(in_force_from) <= now_ms) ?? versions[0])
    : versions.find((pack) => pack.version === version);
}

/** @param pack one of the rulebook's */
export function describePack(
  rulebook: Rulebook,
  pack: RulePack,
  now_ms: number,
): DescribedRulePack {
  const { id, version, title, authority, published_on, in_force_from, notes } = pack;
  return {
    ...{ id, version, title, authority, published_on, in_force_from },
    types: listTypesInForce(rulebook, pack, now_ms),
    versions: listVersions(rulebook.packs, id).map((one) => one.version),
    notes,
    rules: pack.types.map((rules) => describeType(rulebook, pack, rules, now_ms)),
  };
}

/** The earliest first. */
function listVersions(packs: readonly RulePack[], pack_id: string): RulePack[] {
  return packs
    .filter(({ id }) => id === pack_id)
    .sort((one, other) => (one.in_force_from < other.in_force_from ? -1 : 1));
}

function describeType(
  rulebook: Rulebook,
  pack: RulePack,
  { type, sample_percent, sample_section }: TypeRules,
  now_ms: number,
): DescribedRules {
  const isInForce = getEdition(rulebook, type, now_ms).pack === pack;
  const at_ms = isInForce ? now_ms : Date.parse(pack.in_force_from);
  const { checks } = getEdition(rulebook, type, at_ms);
  const byId = new Map(checks.map((check) => [check.id, check]));
  return {
    ...{ type, sample_percent, sample_section },
    checks: listCheckOverviews(rulebook, type, at_ms).flatMap((overview) => {
      const check = byId.get(overview.id);
      return check === undefined ? [] : [describeCheck(overview, check)];
    }),
  };
}

/** What is put into words by the overview, and what programs compare by the check itself. */
function describeCheck(
  { rules, applies_when, limits, contract_sets_term, is_final }: CheckOverview,
  { evidence, ...check }: EffectiveCheck,
): DescribedRules['checks'][number] {
  const { id, title, section, statement, second_person, touched_by, next_actor, applicant } = check;
  return {
    ...{ id, title, section, rules, statement },
    ...(applies_when !== '' && { applies_when }),
    accepts: (evidence?.any_of ?? []).map((way) => ({
      kinds: way.all_of,
      ...(way.applies_when && { applies_when: describeConditions(way.applies_when) }),
      ...(way.section && { section: way.section }),
    })),
    never: evidence?.never ?? [],
    limits: [...limits],
    ...{ contract_sets_term, second_person, is_final, touched_by, next_actor, applicant },
  };
}
