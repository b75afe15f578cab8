/**
 * Rules put into words and lists, for people who ask what is asked of a validation: a command shows them,
 * and a document is made of them. It adds nothing to what packs and policies say.
 */
import type { RuleCheck, RulePack, RulePolicy, ValidationTypeName } from '@orgvet/contract';
import { describeConditions } from './conditions.ts';
import { getEdition, type Rulebook } from './rulebook.ts';
import { buildTimeline } from './timeline.ts';

/** How old what is relied on may be, from a day of issue on. */
interface Limit {
  /** Absent for the first. */
  readonly issued_from?: string;
  /** Absent where nothing limits it. */
  readonly days?: number;
}

/** One check as it is in force. */
export interface CheckOverview {
  readonly type: ValidationTypeName;
  readonly id: string;
  readonly title: string;
  readonly section: string;
  /** The pack with its version, or the policy that adds it. */
  readonly rules: string;
  readonly statement: string;
  /** Empty for every organization. */
  readonly applies_when: string;
  /** Each of them is enough. */
  readonly evidence: readonly string[];
  readonly never: readonly string[];
  readonly limits: readonly Limit[];
  readonly contract_sets_term: boolean;
  readonly second_person: boolean;
  readonly is_final: boolean;
  readonly touched_by: readonly string[];
  readonly next_actor: RuleCheck['next_actor'];
  readonly applicant: string;
}

/** The checks of a type that are in force at a moment, as packs and policies have them together. */
export function listCheckOverviews(
  rulebook: Rulebook,
  type: ValidationTypeName,
  now_ms: number,
): CheckOverview[] {
  const { checks, pack, rules } = getEdition(rulebook, type, now_ms);
  return checks.map((check) => ({
    type,
    id: check.id,
    title: check.title,
    section: check.section,
    rules: rules.checks.some(({ id }) => id === check.id)
      ? nameOf(pack)
      : nameOf(rulebook.policies.find((policy) => addsCheck(policy, check.id)) ?? pack),
    statement: check.statement,
    applies_when: describeConditions(check.applies_when),
    evidence: (check.evidence?.any_of ?? []).map(describeWay),
    never: check.evidence?.never ?? [],
    limits: listLimits(rulebook, type, check.id),
    contract_sets_term: check.contract_sets_term ?? false,
    second_person: check.second_person,
    is_final: check.is_final ?? false,
    touched_by: check.touched_by,
    next_actor: check.next_actor,
    applicant: check.applicant,
  }));
}

/** A pack or a policy. */
export interface RulesOverview {
  readonly kind: 'pack' | 'policy';
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly authority: RulePack['authority'];
  /** Absent for policies, which hold whenever what they say does. */
  readonly in_force_from?: string;
  /** The types that it decides now, or adds to. */
  readonly types: readonly ValidationTypeName[];
}

/** Every pack and policy there is. A version that is not in force at the moment decides no type. */
export function listRulesOverviews(rulebook: Rulebook, now_ms: number): RulesOverview[] {
  const packs = rulebook.packs.map((pack): RulesOverview => {
    const { id, version, title, authority, in_force_from } = pack;
    const types = listTypesInForce(rulebook, pack, now_ms);
    return { kind: 'pack', id, version, title, authority, in_force_from, types };
  });
  const policies = rulebook.policies.map((policy): RulesOverview => {
    const { id, version, title } = policy;
    const types = listTypesOfPolicy(policy);
    return { kind: 'policy', id, version, title, authority: 'operator', types };
  });
  return [...packs, ...policies];
}

/** The types that a version of a pack decides at a moment. @param pack one of the rulebook's */
export function listTypesInForce(
  rulebook: Rulebook,
  pack: RulePack,
  now_ms: number,
): ValidationTypeName[] {
  return pack.types
    .map(({ type }) => type)
    .filter((type) => getEdition(rulebook, type, now_ms).pack === pack);
}

/** The types that a policy asks something of. */
export function listTypesOfPolicy({
  caps,
  extra_checks,
  second_person,
  refused_evidence,
}: RulePolicy): ValidationTypeName[] {
  const parts = [...caps, ...extra_checks, ...second_person, ...refused_evidence];
  return [...new Set(parts.flatMap(({ types }) => types))];
}

/** The limits of a check by day of issue, as they stay after all caps; none for what does not age. */
function listLimits(
  { editions, policies }: Rulebook,
  type: ValidationTypeName,
  id: string,
): Limit[] {
  const timeline = buildTimeline(editions.get(type) ?? [], policies, type, id);
  const changes = timeline.filter(({ days }, index) => days !== timeline[index - 1]?.days);
  const limits = changes.map(({ from_ms, days }) => ({
    ...(Number.isFinite(from_ms) && { issued_from: formatDay(from_ms) }),
    ...(Number.isFinite(days) && { days }),
  }));
  return limits.some(({ days }) => days !== undefined) ? limits : [];
}

/** One way to satisfy a check. */
function describeWay({
  all_of,
  applies_when,
  section,
}: NonNullable<RuleCheck['evidence']>['any_of'][number]): string {
  const conditions = describeConditions(applies_when);
  const cited = section === undefined ? '' : ` (${section})`;
  return `${all_of.join(' with ')}${conditions && `, where ${conditions}`}${cited}`;
}

function addsCheck({ extra_checks }: Rulebook['policies'][number], check_id: string): boolean {
  return extra_checks.some(({ check }) => check.id === check_id);
}

function nameOf({ id, version }: { readonly id: string; readonly version: string }): string {
  return `${id} ${version}`;
}

function formatDay(time_ms: number): string {
  return new Date(time_ms).toISOString().slice(0, 10);
}
