/**
 * How long a completed validation serves: until the oldest of what it stands on is too old under the
 * rules of the day. Computed whenever it is asked for, from what is kept of the completion; no verdict is
 * stored, so that other rules give another end at once.
 */
import type { ValidationTypeName } from '@orgvet/contract';
import { formatTime } from '../time.ts';
import { findEndOfUse, listChecks, type Rulebook } from './rulebook.ts';

/** What a completed validation stands on for one check. */
export interface ReliedOn {
  readonly check_id: string;
  /** When the oldest of it was obtained, or decided where nothing was obtained; as on the wire. */
  readonly since: string;
  /** Until when a contract lets it serve, where one does. */
  readonly contract_until?: string;
  readonly decision_id?: number;
}

/** What is kept of a completed validation. */
export interface CompletedValidation {
  readonly type: ValidationTypeName;
  readonly date_created: string;
  /** It ends then at the latest; empty for no such end. */
  readonly latest_end: string;
  /** JSON of `ReliedOn[]`; empty where it was recorded as a whole, at `date_created`. */
  readonly relied_on: string;
}

/** For what does not age. */
export const END_OF_TIME = '9999-12-31T23:59:59+00:00';

/** An end, and what decides it: a check, or nothing where it was recorded. */
export interface ValidityEnd {
  readonly end: string;
  readonly check_id?: string;
}

/** When a completed validation ends, and by which check. */
export function findValidityEnd(rulebook: Rulebook, validation: CompletedValidation): ValidityEnd {
  const { type, latest_end } = validation;
  let first: ValidityEnd = { end: latest_end || END_OF_TIME };
  for (const relied_on of listReliances(rulebook, validation)) {
    const end = findReliedOnEnd(rulebook, type, relied_on);
    if (end < first.end) {
      first = { end, check_id: relied_on.check_id };
    }
  }
  return first;
}

/** When what is relied on for a check is too old. */
export function findReliedOnEnd(
  rulebook: Rulebook,
  type: ValidationTypeName,
  { check_id, since, contract_until }: ReliedOn,
): string {
  const end_ms = findEndOfUse(rulebook, type, check_id, {
    since_ms: Date.parse(since),
    contract_until_ms: contract_until === undefined ? undefined : Date.parse(contract_until),
  });
  return end_ms === undefined ? END_OF_TIME : formatTime(end_ms);
}

function listReliances(
  rulebook: Rulebook,
  { type, date_created, relied_on }: CompletedValidation,
): readonly ReliedOn[] {
  if (relied_on !== '') {
    return JSON.parse(relied_on) as ReliedOn[];
  }
  const checks = listChecks(rulebook, type, Date.parse(date_created));
  return checks.map(({ id }) => ({ check_id: id, since: date_created }));
}

/** Ends that are remembered, since a list asks for a thousand that stand on the same few days. */
const REMEMBERED_MAX = 10_000;

/** As `createEndReader`, of the end alone. */
export function createValidityReader(
  rulebook: Rulebook,
): (validation: CompletedValidation) => string {
  const findEnd = createEndReader(rulebook);
  return (validation) => findEnd(validation).end;
}

/** As `findValidityEnd`, for many: the same question is worked out once. */
export function createEndReader(
  rulebook: Rulebook,
): (validation: CompletedValidation) => ValidityEnd {
  const known = new Map<string, ValidityEnd>();
  return (validation) => {
    const { type, date_created, latest_end, relied_on } = validation;
    const key = `${type} ${relied_on || date_created} ${latest_end}`;
    const end = known.get(key) ?? findValidityEnd(rulebook, validation);
    if (known.size >= REMEMBERED_MAX) {
      known.clear();
    }
    known.set(key, end);
    return end;
  };
}
