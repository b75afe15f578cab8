/**
 * What a decision about a check must be made of, by the rules in force: the only place that says whether
 * evidence satisfies, and that finds all that is wrong with a decision at once. Pure.
 */
import {
  DecisionRequest,
  fieldProblem,
  type Problem,
  problem,
  ReviewRequest,
  readBody,
} from '@orgvet/contract';
import { type ConditionAnswers, holds } from './facts.ts';
import { FORMATS } from './formats.ts';
import {
  type CheckStanding,
  isSettled,
  type KnownDecision,
  type KnownEvidence,
} from './requirements.ts';
import { isEnough, listAccepted, listRefused } from './rules/evidence-check.ts';
import type { EffectiveCheck } from './rules/rulebook.ts';
import { formatTime } from './time.ts';

/** Reads the body of "Decide check". */
export function checkDecisionRequest(body: unknown): {
  problems: Problem[];
  request: DecisionRequest;
} {
  const { problems, value } = readBody(DecisionRequest, body, FORMATS);
  const { contract_until } = value;
  return {
    problems,
    request: {
      ...value,
      ...(contract_until !== undefined && {
        contract_until: formatTime(Date.parse(contract_until)),
      }),
    },
  };
}

/** Reads the body of "Review check". */
export function checkReviewRequest(body: unknown): { problems: Problem[]; request: ReviewRequest } {
  const { problems, value } = readBody(ReviewRequest, body, FORMATS);
  return { problems, request: value };
}

/** What a decision is made in. */
export interface DecisionBasis {
  readonly check: EffectiveCheck;
  readonly answers: ConditionAnswers;
  /** How the checks of the type stand. */
  readonly standings: readonly CheckStanding[];
  /** All evidence of the organization. */
  readonly evidence: readonly KnownEvidence[];
  /** When what was obtained then is too old for this check. */
  readonly findEnd: (evidence: KnownEvidence) => string;
  /** Now, as on the wire. */
  readonly time: string;
}

/** All that is wrong with a decision; nothing for one that may be made. */
export function listDecisionProblems(request: DecisionRequest, basis: DecisionBasis): Problem[] {
  const { check, answers } = basis;
  const names = { check: check.id, section: check.section };
  const applies = holds(check.applies_when, answers);
  if (applies === false) {
    return [problem('check_not_applicable', names)];
  }
  const problems = listEvidenceProblems(request, basis);
  if (request.outcome === 'not_applicable') {
    const isConditional = check.applies_when !== undefined && applies === undefined;
    problems.push(...(isConditional ? [] : [problem('check_applies', names)]));
  }
  if (request.outcome === 'met') {
    problems.push(...listMissingParts(request, basis));
  }
  if (request.contract_until !== undefined) {
    problems.push(...listContractProblems(request.contract_until, request, basis));
  }
  return problems;
}

/** The evidence that a decision relies on: a final one looks at all that the others rely on. */
export function listReliedIds(
  request: DecisionRequest,
  check: EffectiveCheck,
  standings: readonly CheckStanding[],
  decisions: readonly KnownDecision[],
): number[] {
  const named = request.evidence_ids ?? [];
  if (!check.is_final) {
    return [...new Set(named)];
  }
  const standing = new Set(standings.map(({ decision_id }) => decision_id));
  const relied = decisions
    .filter(({ id }) => standing.has(id))
    .flatMap(({ evidence }) => evidence.map(({ id }) => id));
  return [...new Set([...named, ...relied])];
}

/** What is wrong with evidence that is named, whatever was found. */
function listEvidenceProblems(
  { evidence_ids = [], outcome }: DecisionRequest,
  { check, evidence, findEnd, time }: DecisionBasis,
): Problem[] {
  const names = { check: check.id, section: check.section };
  return evidence_ids.flatMap((evidence_id, index) => {
    const piece = evidence.find(({ id }) => id === evidence_id);
    if (piece === undefined) {
      return [
        fieldProblem(
          'invalid',
          `evidence_ids[${index}]`,
          `names ${evidence_id}, which is no evidence of this organization.`,
        ),
      ];
    }
    if (piece.withdrawn_at !== '') {
      return [problem('evidence_withdrawn', { evidence_id })];
    }
    if (outcome !== 'met') {
      return [];
    }
    const refused = listRefused(check, [piece.kind]).map((kind) =>
      problem('evidence_not_accepted', { evidence_id, kind, ...names }),
    );
    const since = findEnd(piece);
    return since <= time
      ? [...refused, problem('evidence_too_old', { evidence_id, since, ...names })]
      : refused;
  });
}

/** What else must be there for a check to be met. */
function listMissingParts(
  { evidence_ids = [] }: DecisionRequest,
  { check, answers, standings, evidence }: DecisionBasis,
): Problem[] {
  const names = { check: check.id, section: check.section };
  const open = standings.filter((one) => !one.check.is_final && !isSettled(one));
  if (check.is_final && open.length > 0) {
    const ids = open.map((one) => one.check.id).join(', ');
    return [problem('check_not_ready', { ...names, open: ids })];
  }
  const kinds = evidence.filter(({ id }) => evidence_ids.includes(id)).map(({ kind }) => kind);
  const isRefused = listRefused(check, kinds).length > 0;
  if (isRefused || isEnough(check, kinds, answers)) {
    return [];
  }
  const accepted = listAccepted(check, answers).map((way) => way.join(' + '));
  return [problem('evidence_not_sufficient', { ...names, accepted: accepted.join('; ') })];
}

function listContractProblems(
  contract_until: string,
  { evidence_ids = [] }: DecisionRequest,
  { check, evidence, time }: DecisionBasis,
): Problem[] {
  const hasContract = evidence.some(
    ({ id, kind }) => kind === 'contract' && evidence_ids.includes(id),
  );
  if (!check.contract_sets_term || !hasContract) {
    return [problem('contract_term_not_allowed', { check: check.id, section: check.section })];
  }
  return contract_until > time
    ? []
    : [fieldProblem('invalid', 'contract_until', 'must be in the future.')];
}
