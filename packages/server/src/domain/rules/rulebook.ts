/**
 * The rulebook: every version of every rule pack, with what the operator asks beyond them, put in the
 * order of time. It tells which checks a type has on a day and how long evidence serves for each. It
 * holds no figure of its own: all of them are in the packs.
 */
import { createHash } from 'node:crypto';
import type {
  RuleCheck,
  RulePack,
  RulePolicy,
  TypeRules,
  ValidationTypeName,
} from '@orgvet/contract';
import { applyPolicies, listPolicyProblems } from './policy.ts';
import { buildTimeline, findEndOn, type Timeline } from './timeline.ts';

const DAY_MS = 86_400_000;

/** A check as it is in force: the pack's, with what the operator adds to it. */
export type EffectiveCheck = RuleCheck;

/** The rules of one type as they are from a day on. */
export interface RuleEdition {
  readonly pack: RulePack;
  readonly rules: TypeRules;
  /** Milliseconds since 1970; the first edition also holds for all time before. */
  readonly from_ms: number;
  /** With what policies add. */
  readonly checks: readonly EffectiveCheck[];
}

/** What an operator gives, with the names of the files that it is from. */
export interface OperatorRules {
  readonly packs: readonly NamedRules<RulePack>[];
  readonly policies: readonly NamedRules<RulePolicy>[];
}

export interface NamedRules<Content> {
  readonly file: string;
  readonly content: Content;
}

export interface Rulebook {
  readonly packs: readonly RulePack[];
  readonly policies: readonly RulePolicy[];
  /** What of them an operator gave, as it was given. */
  readonly given: OperatorRules;
  /** Another one for other rules. */
  readonly digest: string;
  /** By day, the earliest first; a type that no pack has is not there. */
  readonly editions: ReadonlyMap<ValidationTypeName, readonly RuleEdition[]>;
  /** How long evidence serves, by type and check; see `findEndOfUse`. */
  readonly timelines: ReadonlyMap<string, CheckTimelines>;
}

interface CheckTimelines {
  /** Of pack and policies. */
  readonly all: Timeline;
  /** Of the policies alone: what is left where a contract sets the term. */
  readonly policies: Timeline;
}

/** Rules that cannot be. */
export class RulesRefused extends Error {
  override readonly name = 'RulesRefused';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * Puts packs and policies together.
 *
 * @param packs that fit the schema
 * @param given what of it an operator gave
 * @throws RulesRefused where two packs have rules for a type, or a policy asks for less than a pack
 */
export function createRulebook(
  packs: readonly RulePack[],
  policies: readonly RulePolicy[] = [],
  given: OperatorRules = { packs: [], policies: [] },
): Rulebook {
  const problems = listConflicts(packs);
  const plain = listEditions(packs);
  for (const [type, editions] of plain) {
    problems.push(...listPolicyProblems(policies, type, editions));
  }
  if (problems.length > 0) {
    throw new RulesRefused(problems);
  }
  const editions = new Map(
    [...plain].map(([type, ofType]) => [
      type,
      ofType.map((edition) => ({
        ...edition,
        checks: applyPolicies(policies, type, edition.checks),
      })),
    ]),
  );
  const timelines = new Map<string, CheckTimelines>();
  for (const [type, ofType] of editions) {
    for (const check_id of new Set(ofType.flatMap(({ checks }) => checks.map(({ id }) => id)))) {
      timelines.set(keyOf(type, check_id), {
        all: buildTimeline(ofType, policies, type, check_id),
        policies: buildTimeline(ofType, policies, type, check_id, { isContract: true }),
      });
    }
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([packs, policies]))
    .digest('hex');
  return { packs, policies, given, digest, editions, timelines };
}

/** The rules of a type that are in force at a moment. @throws if no pack has the type */
export function getEdition(
  { editions }: Rulebook,
  type: ValidationTypeName,
  now_ms: number,
): RuleEdition {
  const ofType = editions.get(type) ?? [];
  const edition = ofType.findLast(({ from_ms }) => from_ms <= now_ms) ?? ofType[0];
  if (edition === undefined) {
    throw new Error(`No rule pack has the validation type ${type}.`);
  }
  return edition;
}

/** The checks of a type that are in force at a moment. */
export function listChecks(
  rulebook: Rulebook,
  type: ValidationTypeName,
  now_ms: number,
): readonly EffectiveCheck[] {
  return getEdition(rulebook, type, now_ms).checks;
}

/** The packs in force for a type at a moment, with their versions, as a text to keep. */
export function describeRules(
  rulebook: Rulebook,
  type: ValidationTypeName,
  now_ms: number,
): string {
  const { pack } = getEdition(rulebook, type, now_ms);
  return [pack, ...rulebook.policies].map(({ id, version }) => `${id} ${version}`).join(', ');
}

/** What is relied on for a check. */
export interface Reliance {
  /** When the oldest of it was obtained, in milliseconds since 1970. */
  readonly since_ms: number;
  /** Until when a contract lets it serve, where one does. */
  readonly contract_until_ms?: number | undefined;
}

/**
 * The first moment at which what is relied on for a check is too old to issue by.
 *
 * Usable is what is not older than the limit of the day of issue, so a shorter limit that comes into
 * force ends it on that day. What ended stays ended, also if a longer limit came later.
 *
 * @returns undefined for what does not age
 */
export function findEndOfUse(
  { timelines }: Rulebook,
  type: ValidationTypeName,
  check_id: string,
  { since_ms, contract_until_ms }: Reliance,
): number | undefined {
  const ofCheck = timelines.get(keyOf(type, check_id));
  if (ofCheck === undefined) {
    return undefined;
  }
  if (contract_until_ms === undefined) {
    return findEndOn(ofCheck.all, since_ms, DAY_MS);
  }
  const capped = findEndOn(ofCheck.policies, since_ms, DAY_MS) ?? contract_until_ms;
  return Math.min(contract_until_ms, capped);
}

function keyOf(type: ValidationTypeName, check_id: string): string {
  return `${type} ${check_id}`;
}

function listEditions(packs: readonly RulePack[]): Map<ValidationTypeName, RuleEdition[]> {
  const editions = new Map<ValidationTypeName, RuleEdition[]>();
  for (const pack of packs) {
    for (const rules of pack.types) {
      const from_ms = Date.parse(pack.in_force_from);
      const edition = { pack, rules, from_ms, checks: rules.checks };
      editions.set(rules.type, [...(editions.get(rules.type) ?? []), edition]);
    }
  }
  for (const ofType of editions.values()) {
    ofType.sort((one, other) => one.from_ms - other.from_ms);
  }
  return editions;
}

function listConflicts(packs: readonly RulePack[]): string[] {
  return [...listEditions(packs)].flatMap(([type, ofType]) => {
    const ids = [...new Set(ofType.map(({ pack }) => pack.id))];
    const days = ofType.map(({ pack }) => pack.in_force_from);
    const sameDay = days.filter((day, index) => days.indexOf(day) !== index);
    return [
      ...(ids.length > 1 ? [`Several packs have rules for ${type}: ${ids.join(', ')}.`] : []),
      ...sameDay.map((day) => `Two versions of the rules for ${type} come into force on ${day}.`),
    ];
  });
}
