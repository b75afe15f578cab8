/**
 * What a validation still needs: check by check, how each stands by what was decided, what would do where
 * it is open, and who must act next. Pure: reads what is known, and decides nothing.
 *
 * A decision serves every type whose rules have the same check, accept the kinds of its evidence, and
 * whose qualification its maker had; each type on its own clock.
 */
import type {
  CheckStatus,
  EvidenceKind,
  NextActor,
  Outcome,
  ValidationTypeName,
} from '@orgvet/contract';
import {
  answerConditions,
  type ConditionAnswers,
  type Facts,
  holds,
  listChangedFacts,
  listUnknown,
} from './facts.ts';
import { isEnough, listAccepted } from './rules/evidence-check.ts';
import { type EffectiveCheck, listChecks, type Rulebook } from './rules/rulebook.ts';
import { END_OF_TIME, findReliedOnEnd, type ReliedOn } from './rules/validity.ts';
import { formatTime } from './time.ts';

/** A piece of evidence, as far as rules look at it. */
export interface KnownEvidence {
  readonly id: number;
  readonly kind: EvidenceKind;
  readonly obtained_at: string;
  /** Empty while it may be relied on. */
  readonly withdrawn_at: string;
}

/** A decision with what it relies on. */
export interface KnownDecision {
  readonly id: number;
  readonly validation_type: ValidationTypeName;
  readonly check_id: string;
  readonly outcome: Outcome;
  readonly facts: Facts;
  readonly serves_types: readonly ValidationTypeName[];
  /** Empty where no contract says so. */
  readonly contract_until: string;
  readonly decided_by_user_id: number;
  readonly decided_at: string;
  readonly review_outcome: '' | 'agreed' | 'disagreed';
  readonly reviewed_at: string;
  readonly evidence: readonly KnownEvidence[];
}

/** All that the standing of a type follows from. */
export interface RequirementBasis {
  readonly rulebook: Rulebook;
  readonly type: ValidationTypeName;
  readonly facts: Facts;
  /** About the organization, for whatever type, oldest first. */
  readonly decisions: readonly KnownDecision[];
  readonly evidence: readonly KnownEvidence[];
  readonly now_ms: number;
  /** Since when it is being worked on. */
  readonly requested_at: string;
  /** When what serves now ends, where this is to follow it: only what lasts longer counts. */
  readonly serves_until?: string;
  /**
   * What the validation that this is to follow stands on. Of that, what does not age counts once: it judged
   * the evidence of its time.
   */
  readonly spent_decision_ids?: readonly number[];
}

/** What has to happen for an open check. */
interface NextStep {
  readonly actor: NextActor;
  readonly since: string;
  readonly what: string;
  readonly accepts: readonly (readonly EvidenceKind[])[];
  readonly usable_evidence_ids: readonly number[];
  readonly unknown_facts: readonly string[];
}

/** How a check stands. */
export interface CheckStanding {
  readonly check: EffectiveCheck;
  readonly status: CheckStatus;
  readonly decision_id?: number;
  /** Until when what it stands on serves; absent for what does not age. */
  readonly until?: string;
  readonly relied_on?: ReliedOn;
  readonly next?: NextStep;
}

/** How every check of a type stands, in the order of the rules. */
export function planRequirements(basis: RequirementBasis): CheckStanding[] {
  const { rulebook, type, facts, now_ms } = basis;
  const answers = answerConditions(facts, now_ms);
  const checks = listChecks(rulebook, type, now_ms);
  const others = checks
    .filter(({ is_final }) => !is_final)
    .map((check) => judgeCheck(basis, check, answers));
  const newest = Math.max(0, ...others.map(({ decision_id = 0 }) => decision_id));
  const finals = checks
    .filter(({ is_final }) => is_final)
    .map((check) => judgeFinal(judgeCheck(basis, check, answers), newest));
  const standings = new Map([...others, ...finals].map((one) => [one.check.id, one]));
  return checks.flatMap(({ id }) => {
    const standing = standings.get(id);
    return standing === undefined ? [] : [addNextStep(basis, answers, standing)];
  });
}

/** Whether nothing is left to do. */
export function isComplete(standings: readonly CheckStanding[]): boolean {
  return standings.every(isSettled);
}

/** Whether a check is met, or does not apply. */
export function isSettled({ status }: Pick<CheckStanding, 'status'>): boolean {
  return status === 'met' || status === 'not_applicable';
}

/** Who must act next, if anybody: what is about all the others comes after them. */
export function findNextActor(standings: readonly CheckStanding[]): NextActor | undefined {
  const open = standings.filter((standing) => !isSettled(standing));
  const first = open.filter(({ check }) => !check.is_final);
  const actors = (first.length > 0 ? first : open).map(({ next }) => next?.actor);
  const order: readonly NextActor[] = ['specialist', 'reviewer', 'applicant', 'verified_contact'];
  return order.find((actor) => actors.includes(actor));
}

/** When it would end if it were complete by what is met. */
export function findEarliestEnd(standings: readonly CheckStanding[]): string | undefined {
  return standings
    .flatMap(({ status, until }) => (status === 'met' && until !== undefined ? [until] : []))
    .toSorted()[0];
}

/** How a check stands before it is known what the others do. */
function judgeCheck(
  basis: RequirementBasis,
  check: EffectiveCheck,
  answers: ConditionAnswers,
): CheckStanding {
  const applies = holds(check.applies_when, answers);
  if (applies === false) {
    return { check, status: 'not_applicable' };
  }
  const about = basis.decisions.filter(({ check_id }) => check_id === check.id);
  const last = about.at(-1);
  if (last?.outcome === 'failed') {
    // What failed about other facts is to be looked at again, not to be put right again.
    const isTouched = listChangedFacts(last.facts, basis.facts, check.touched_by).length > 0;
    return { check, status: isTouched ? 'reopened' : 'failed', decision_id: last.id };
  }
  const judged = about
    .toReversed()
    .flatMap((decision) => judgeDecision(basis, check, answers, decision) ?? []);
  return judged.find(isSettled) ?? judged[0] ?? { check, status: 'missing' };
}

/** What a decision is worth for a check of a type; undefined where it does not speak for the type. */
function judgeDecision(
  basis: RequirementBasis,
  check: EffectiveCheck,
  answers: ConditionAnswers,
  decision: KnownDecision,
): CheckStanding | undefined {
  const { type, facts } = basis;
  const standing = { check, decision_id: decision.id };
  const isTouched = listChangedFacts(decision.facts, facts, check.touched_by).length > 0;
  if (decision.outcome === 'not_applicable') {
    if (decision.validation_type !== type || check.applies_when === undefined) {
      return undefined;
    }
    const isKnown = holds(check.applies_when, answers) === true;
    return { ...standing, status: isTouched || isKnown ? 'reopened' : 'not_applicable' };
  }
  // What looks at all the others of one type has not looked at those of another.
  const speaks =
    decision.serves_types.includes(type) && (!check.is_final || decision.validation_type === type);
  if (decision.outcome === 'failed' || !speaks) {
    return undefined;
  }
  if (decision.evidence.some(({ withdrawn_at }) => withdrawn_at !== '')) {
    return { ...standing, status: 'missing' };
  }
  const kinds = decision.evidence.map(({ kind }) => kind);
  if (!check.is_final && !isEnough(check, kinds, answers)) {
    return undefined;
  }
  return { ...standing, ...judgeAge(basis, check, decision, isTouched) };
}

/** What is left to ask of a decision that speaks for the type: is it still true, and still young enough. */
function judgeAge(
  basis: RequirementBasis,
  check: EffectiveCheck,
  decision: KnownDecision,
  isTouched: boolean,
): Pick<CheckStanding, 'status' | 'until' | 'relied_on'> {
  const { rulebook, type, now_ms, serves_until = '' } = basis;
  const relied_on = reliedOnBy(check, decision);
  const end = findReliedOnEnd(rulebook, type, relied_on);
  const until = end === END_OF_TIME ? {} : { until: end };
  if (isTouched) {
    return { status: 'reopened' };
  }
  const isSpent = end === END_OF_TIME && decision.id <= findNewestSpent(basis, check);
  if (isSpent || end <= formatTime(now_ms) || end <= serves_until) {
    return { status: 'too_old', ...until };
  }
  if (decision.review_outcome === 'disagreed') {
    return { status: 'disagreed' };
  }
  if (check.second_person && decision.review_outcome === '') {
    return { status: 'in_review', ...until };
  }
  return { status: 'met', ...until, relied_on };
}

/** The newest decision about a check that is spent: what came before it is spent all the more. */
function findNewestSpent(
  { decisions, spent_decision_ids = [] }: RequirementBasis,
  check: EffectiveCheck,
): number {
  const spent = decisions.filter(
    ({ id, check_id }) => check_id === check.id && spent_decision_ids.includes(id),
  );
  return Math.max(0, ...spent.map(({ id }) => id));
}

/** Age counts from the oldest piece; from the decision where there is none, or where it looks at all. */
function reliedOnBy(check: EffectiveCheck, decision: KnownDecision): ReliedOn {
  const { id, decided_at, contract_until, evidence } = decision;
  const dates = check.is_final ? [] : evidence.map(({ obtained_at }) => obtained_at);
  return {
    check_id: check.id,
    since: dates.toSorted()[0] ?? decided_at,
    decision_id: id,
    ...(contract_until !== '' && { contract_until }),
  };
}

/** What looks at all the others must be younger than all of them. */
function judgeFinal(standing: CheckStanding, newest: number): CheckStanding {
  const { check, decision_id = 0 } = standing;
  return decision_id > 0 && decision_id < newest && standing.status !== 'failed'
    ? { check, status: 'reopened', decision_id }
    : standing;
}

function addNextStep(
  basis: RequirementBasis,
  answers: ConditionAnswers,
  standing: CheckStanding,
): CheckStanding {
  if (isSettled(standing)) {
    return standing;
  }
  const { check, status } = standing;
  const accepts = listAccepted(check, answers);
  const next: NextStep = {
    actor: actorFor(status, check),
    since: openSince(basis, standing),
    what: check.applicant,
    accepts,
    usable_evidence_ids: listUsable(basis, check, accepts),
    unknown_facts: listUnknown(check.applies_when, answers),
  };
  return { ...standing, next };
}

function actorFor(status: CheckStatus, check: EffectiveCheck): NextActor {
  if (status === 'in_review') {
    return 'reviewer';
  }
  return status === 'failed' ? 'applicant' : check.next_actor;
}

/** Since when a check waits: for the review of a decision, or for another decision. */
function openSince(
  { decisions, requested_at, now_ms }: RequirementBasis,
  { status, decision_id, until }: CheckStanding,
): string {
  const decision = decisions.find(({ id }) => id === decision_id);
  if (decision === undefined) {
    return requested_at;
  }
  if (status === 'too_old') {
    const ended = until ?? requested_at;
    return ended <= formatTime(now_ms) && ended > requested_at ? ended : requested_at;
  }
  if (status === 'in_review' || status === 'failed') {
    return decision.decided_at;
  }
  return status === 'disagreed' ? decision.reviewed_at : requested_at;
}

/** Evidence that could be part of one of the ways, and would last. */
function listUsable(
  { rulebook, type, evidence, now_ms, serves_until = '' }: RequirementBasis,
  check: EffectiveCheck,
  accepts: readonly (readonly EvidenceKind[])[],
): number[] {
  const kinds = new Set(accepts.flat());
  return evidence
    .filter(({ kind, withdrawn_at, obtained_at }) => {
      const end = findReliedOnEnd(rulebook, type, { check_id: check.id, since: obtained_at });
      return (
        withdrawn_at === '' && kinds.has(kind) && end > formatTime(now_ms) && end > serves_until
      );
    })
    .map(({ id }) => id);
}
