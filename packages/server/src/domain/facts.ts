/**
 * Facts: everything about an organization that checks can be about, its details and its profile, as one
 * flat record; and the answers to the questions that conditions ask. Decides nothing.
 */
import {
  type CONDITION_FACTS,
  type Condition,
  DETAIL_FIELDS,
  PROFILE_FIELDS,
  type ProfileRequest,
} from '@orgvet/contract';
import type { OrganizationDetails } from './organization.ts';

/** Details and profile. Absent and unknown are the same: the member is not there. */
export type Facts = Readonly<Partial<Record<FactField, string | number | boolean>>>;
type FactField = (typeof DETAIL_FIELDS)[number] | (typeof PROFILE_FIELDS)[number];

const FACT_FIELDS: readonly FactField[] = [...DETAIL_FIELDS, ...PROFILE_FIELDS];

/** What is known of an organization. */
export function factsOf(details: OrganizationDetails, profile: ProfileRequest): Facts {
  const all: Readonly<Partial<Record<string, string | number | boolean>>> = {
    ...details,
    ...profile,
  };
  return Object.fromEntries(
    FACT_FIELDS.flatMap((field) => {
      const value = all[field];
      return value === undefined || value === '' ? [] : [[field, value]];
    }),
  );
}

/** The facts of some fields. */
export function pickFacts(facts: Facts, fields: readonly string[]): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([field]) => fields.includes(field)));
}

/**
 * The fields, of some, in which two differ. What of the profile was not known before and is now has not
 * changed: it was found out.
 */
export function listChangedFacts(
  before: Facts,
  after: Facts,
  fields: readonly string[] = FACT_FIELDS,
): FactField[] {
  return FACT_FIELDS.filter(
    (field) =>
      fields.includes(field) &&
      before[field] !== after[field] &&
      (before[field] !== undefined || isDetail(field)),
  );
}

function isDetail(field: string): boolean {
  return (DETAIL_FIELDS as readonly string[]).includes(field);
}

export type ConditionFact = (typeof CONDITION_FACTS)[number];
/** The answer to each question that conditions ask; one that is not known is not there. */
export type ConditionAnswers = Readonly<Partial<Record<ConditionFact, string | boolean | number>>>;

/** @param now_ms the moment at which the age of the organization is asked for */
export function answerConditions(facts: Facts, now_ms: number): ConditionAnswers {
  const { entity_class, formed_on, country, jurisdiction_country, name = '' } = facts;
  const answers: Partial<Record<ConditionFact, string | boolean | number | undefined>> = {
    has_assumed_name: facts.assumed_name !== undefined,
    entity_class: entity_class === undefined ? undefined : String(entity_class),
    years_since_formation:
      formed_on === undefined ? undefined : countWholeYears(String(formed_on), now_ms),
    is_place_of_business_abroad:
      jurisdiction_country === undefined ? undefined : country !== jurisdiction_country,
    has_non_latin_name: hasNonLatinLetters(String(name)),
    has_lei: facts.lei !== undefined,
    has_organization_identifier: facts.organization_identifier !== undefined,
    relies_on_affiliate: facts.relies_on_affiliate as boolean | undefined,
    has_preauthorized_approvers: facts.has_preauthorized_approvers as boolean | undefined,
  };
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== undefined));
}

/**
 * Whether conditions hold: `undefined` where that is not known. Known to be false is one that is, whatever
 * is unknown beside it.
 */
export function holds(
  conditions: readonly Condition[] | undefined,
  answers: ConditionAnswers,
): boolean | undefined {
  const results = (conditions ?? []).map((condition) => holdsOne(condition, answers));
  if (results.includes(false)) {
    return false;
  }
  return results.includes(undefined) ? undefined : true;
}

/** The questions of conditions that have no answer yet. */
export function listUnknown(
  conditions: readonly Condition[] | undefined,
  answers: ConditionAnswers,
): ConditionFact[] {
  const facts = (conditions ?? []).map(({ fact }) => fact);
  return [...new Set(facts)].filter((fact) => answers[fact] === undefined);
}

function holdsOne(
  { fact, is, below, at_least }: Condition,
  answers: ConditionAnswers,
): boolean | undefined {
  const answer = answers[fact];
  if (answer === undefined) {
    return undefined;
  }
  return (
    (is === undefined || is.includes(answer as string | boolean)) &&
    (below === undefined || Number(answer) < below) &&
    (at_least === undefined || Number(answer) >= at_least)
  );
}

/** @param day as `2024-02-29` */
function countWholeYears(day: string, now_ms: number): number {
  const [year = 0, ...monthAndDay] = day.split('-').map(Number);
  const now = new Date(now_ms);
  const [month = 1, date = 1] = monthAndDay;
  const isBefore =
    now.getUTCMonth() + 1 < month || (now.getUTCMonth() + 1 === month && now.getUTCDate() < date);
  return now.getUTCFullYear() - year - Number(isBefore);
}

function hasNonLatinLetters(text: string): boolean {
  return /(?!\p{Script=Latin})\p{L}/u.test(text);
}
