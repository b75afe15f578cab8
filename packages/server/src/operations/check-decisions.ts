/**
 * Deciding checks: a specialist decides by evidence, a second person reviews where the rules ask for one.
 * The last that was needed completes the validation.
 */
import {
  type Decision,
  type DecisionRequest,
  problem,
  type ValidationTypeName,
} from '@orgvet/contract';
import {
  checkDecisionRequest,
  checkReviewRequest,
  listDecisionProblems,
  listReliedIds,
} from '../domain/decisions.ts';
import { answerConditions, pickFacts } from '../domain/facts.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import type { CheckStanding } from '../domain/requirements.ts';
import { describeRules, type EffectiveCheck, listChecks } from '../domain/rules/rulebook.ts';
import { findReliedOnEnd } from '../domain/rules/validity.ts';
import type { Transaction } from '../store/database.ts';
import {
  insertDecision,
  insertDecisionEvidence,
  listEvidenceRecords,
  saveReview,
} from '../store/decisions.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { describeDecision } from './decision-answers.ts';
import { listQualifiedTypes, refuseUnlessQualified } from './qualification.ts';
import { completeWhereReady } from './validation-lifecycle.ts';
import { getOpenValidation, refuseUnlessThere } from './validation-outcomes.ts';
import { getWork, type OrganizationWork, planTypeRequirements } from './work.ts';

interface OneCheck {
  readonly params: {
    readonly organization_id: number;
    readonly validation_type: ValidationTypeName;
    readonly check_id: string;
  };
  readonly body: unknown;
}

/** A check of an open validation, and how it stands. */
interface OpenCheck {
  readonly check: EffectiveCheck;
  readonly work: OrganizationWork;
  readonly standings: readonly CheckStanding[];
}

/** Decides a check. @throws RequestRefused with everything that is wrong with the decision */
export async function decideCheck(context: Context, request: OneCheck): Promise<Decision> {
  const { organization_id, validation_type: type, check_id } = request.params;
  await refuseUnlessThere(context, organization_id);
  getCheck(context, type, check_id);
  refuseUnlessQualified(context, ['specialist'], type);
  const { problems, request: decision } = checkDecisionRequest(request.body);
  refuseIfAny(problems);
  return await context.store.transaction(async (tx) => {
    const open = await getOpenCheck(tx, context, request);
    const { check, work, standings } = open;
    const { clock, rules, principal } = context;
    const time = timeOf(context);
    refuseIfAny(
      listDecisionProblems(decision, {
        ...{ check, standings, time, evidence: work.evidence },
        answers: answerConditions(work.facts, clock.now_ms()),
        findEnd: ({ obtained_at }) =>
          findReliedOnEnd(rules, type, {
            check_id,
            since: obtained_at,
            ...termOf(decision, check),
          }),
      }),
    );
    const { account_id, user_id } = principal;
    const id = await insertDecision(tx, {
      ...{ account_id, organization_id, validation_type: type, check_id },
      rules: describeRules(rules, type, clock.now_ms()),
      outcome: decision.outcome,
      reason: decision.reason,
      facts: JSON.stringify(pickFacts(work.facts, check.touched_by)),
      serves_types: JSON.stringify(listQualifiedTypes(context, ['specialist'])),
      contract_until: decision.contract_until ?? '',
      decided_by_user_id: user_id,
      decided_at: time,
    });
    const relied = listReliedIds(decision, check, standings, work.decisions);
    await insertReliances(tx, context, organization_id, id, relied);
    await recordEvent(tx, context, {
      action: 'check_decided',
      object_type: 'organization',
      object_id: organization_id,
      after: { decision_id: id, type, check_id, ...decision },
    });
    return await finish(tx, context, organization_id, id);
  });
}

/** The term that a contract sets in the place of the pack's, where it may. */
function termOf(
  { contract_until }: DecisionRequest,
  { contract_sets_term }: EffectiveCheck,
): { readonly contract_until?: string } {
  return contract_sets_term && contract_until !== undefined ? { contract_until } : {};
}

/** What a second person finds about the decision that waits for one. */
export async function reviewCheck(context: Context, request: OneCheck): Promise<Decision> {
  const { organization_id, validation_type: type, check_id } = request.params;
  await refuseUnlessThere(context, organization_id);
  getCheck(context, type, check_id);
  refuseUnlessQualified(context, ['specialist', 'reviewer'], type);
  const { problems, request: review } = checkReviewRequest(request.body);
  refuseIfAny(problems);
  return await context.store.transaction(async (tx) => {
    const open = await getOpenCheck(tx, context, request);
    const decision_id = await getReviewable(tx, context, organization_id, open);
    const { account_id, user_id } = context.principal;
    await saveReview(tx, {
      account_id,
      id: decision_id,
      review_outcome: review.outcome,
      review_reason: review.reason,
      reviewed_by_user_id: user_id,
      reviewed_at: timeOf(context),
    });
    await recordEvent(tx, context, {
      action: 'check_reviewed',
      object_type: 'organization',
      object_id: organization_id,
      after: { decision_id, type, check_id, ...review },
    });
    return await finish(tx, context, organization_id, decision_id);
  });
}

/** The decision about a check that waits for a review by somebody like whoever asks. */
async function getReviewable(
  tx: Transaction,
  { principal }: Context,
  organization_id: number,
  { check, work, standings }: OpenCheck,
): Promise<number> {
  const { account_id, user_id } = principal;
  const standing = standings.find((one) => one.check.id === check.id);
  const decision = work.decisions.find(({ id }) => id === standing?.decision_id);
  if (standing?.status !== 'in_review' || decision === undefined) {
    throw new RequestRefused([problem('nothing_to_review', { check: check.id })]);
  }
  const evidence = await listEvidenceRecords(tx, account_id, [organization_id]);
  const relied = new Set(decision.evidence.map(({ id }) => id));
  const hasCollected = evidence.some(
    ({ id, collected_by_user_id }) => relied.has(id) && collected_by_user_id === user_id,
  );
  if (hasCollected || decision.decided_by_user_id === user_id) {
    const names = { check: check.id, section: check.section };
    throw new RequestRefused([problem('reviewer_not_independent', names)]);
  }
  return decision.id;
}

async function getOpenCheck(
  tx: Transaction,
  context: Context,
  { params: { organization_id, validation_type, check_id } }: OneCheck,
): Promise<OpenCheck> {
  await getOpenValidation(tx, context, organization_id, validation_type);
  const work = await getWork(tx, context.principal.account_id, organization_id);
  const standings = planTypeRequirements(context, work, validation_type);
  return { check: getCheck(context, validation_type, check_id), work, standings };
}

function getCheck(
  { rules, clock }: Context,
  type: ValidationTypeName,
  check_id: string,
): EffectiveCheck {
  const checks = listChecks(rules, type, clock.now_ms());
  return checks.find(({ id }) => id === check_id) ?? refuseAsNotFound('check');
}

async function insertReliances(
  tx: Transaction,
  { principal }: Context,
  organization_id: number,
  decision_id: number,
  evidence_ids: readonly number[],
): Promise<void> {
  const { account_id } = principal;
  const evidence = await listEvidenceRecords(tx, account_id, [organization_id]);
  for (const { id, collected_by_user_id } of evidence.filter(({ id }) =>
    evidence_ids.includes(id),
  )) {
    await insertDecisionEvidence(tx, {
      account_id,
      decision_id,
      evidence_id: id,
      collected_by_user_id,
    });
  }
}

/** Completes what is complete by it, and answers the decision as it is now. */
async function finish(
  tx: Transaction,
  context: Context,
  organization_id: number,
  decision_id: number,
): Promise<Decision> {
  await completeWhereReady(tx, context, organization_id);
  const { account_id } = context.principal;
  const { decisions } = await getWork(tx, account_id, organization_id);
  const decision = decisions.find(({ id }) => id === decision_id);
  if (decision === undefined) {
    throw new Error(`The decision ${decision_id} is not there.`);
  }
  return await describeDecision(tx, account_id, decision);
}
