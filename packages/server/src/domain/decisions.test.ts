/** What a decision about a check must be made of: every problem there can be, and all of them at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DecisionRequest, Problem } from '@orgvet/contract';
import fc from 'fast-check';
import { makeCheck } from '../../test/rules.ts';
import {
  decideAllOfOv,
  FACTS,
  inDays,
  makeBasis,
  makeDecision,
  makeEvidence,
  NOW,
  RULEBOOK,
  standingOf,
} from '../../test/standings.ts';
import {
  checkDecisionRequest,
  checkReviewRequest,
  type DecisionBasis,
  listDecisionProblems,
  listReliedIds,
} from './decisions.ts';
import { answerConditions, type Facts } from './facts.ts';
import { type KnownEvidence, planRequirements } from './requirements.ts';
import { type EffectiveCheck, listChecks } from './rules/rulebook.ts';
import { findReliedOnEnd } from './rules/validity.ts';

const MET: DecisionRequest = { outcome: 'met', reason: 'It is so.' };

/** A check of the small rulebook. */
function checkOf(check_id: string, type: 'ov' | 'ev' = 'ov'): EffectiveCheck {
  const check = listChecks(RULEBOOK, type, Date.parse(NOW)).find(({ id }) => id === check_id);
  assert.ok(check);
  return check;
}

function basisOf(
  check: EffectiveCheck,
  evidence: readonly KnownEvidence[],
  { facts = FACTS as Facts, ...changes }: Partial<DecisionBasis> & { readonly facts?: Facts } = {},
): DecisionBasis {
  return {
    check,
    answers: answerConditions(facts, Date.parse(NOW)),
    standings: [],
    evidence,
    findEnd: ({ obtained_at }) =>
      findReliedOnEnd(RULEBOOK, 'ov', { check_id: check.id, since: obtained_at }),
    time: NOW,
    ...changes,
  };
}

const codesOf = (problems: readonly Problem[]) => problems.map(({ code }) => code);

/** The codes of what is wrong with a decision by some evidence. */
function judge(
  check: EffectiveCheck,
  evidence: readonly KnownEvidence[],
  changes: Partial<DecisionRequest> = {},
  basis: Parameters<typeof basisOf>[2] = {},
): string[] {
  const evidence_ids = evidence.map(({ id }) => id);
  const request = { ...MET, evidence_ids, ...changes };
  return codesOf(listDecisionProblems(request, basisOf(check, evidence, basis)));
}

test('a check is met by one of its ways, whatever else is beside it that is not ruled out', () => {
  const identity = checkOf('identity');
  assert.deepEqual(judge(identity, [makeEvidence()]), []);
  assert.deepEqual(judge(identity, [makeEvidence({ kind: 'site_visit' })]), []);
  assert.deepEqual(judge(identity, [makeEvidence(), makeEvidence({ kind: 'photo_id' })]), []);
  assert.deepEqual(judge(checkOf('careful'), []), []);
});

test('kinds that are not enough are told with what would be', () => {
  const address = checkOf('address');
  const evidence = [makeEvidence()];
  const request = { ...MET, evidence_ids: evidence.map(({ id }) => id) };
  const [problem, ...others] = listDecisionProblems(request, basisOf(address, evidence));
  assert.deepEqual([problem?.code, others], ['evidence_not_sufficient', []]);
  assert.match(problem?.message ?? '', /qgis \+ utility_bill/);
  assert.deepEqual(judge(address, []), ['evidence_not_sufficient']);
});

test('a way that has a condition is open only once that is known to hold', () => {
  const check = makeCheck({
    evidence: {
      any_of: [
        { all_of: ['photo_id'], applies_when: [{ fact: 'entity_class', is: ['business_entity'] }] },
      ],
      never: [],
    },
  });
  const evidence = [makeEvidence({ kind: 'photo_id' })];
  const { entity_class: _, ...unknown } = FACTS;
  const judgeBy = (facts: Facts) => judge(check, evidence, {}, { facts });
  assert.deepEqual(judgeBy({ ...FACTS, entity_class: 'business_entity' }), []);
  assert.deepEqual(judgeBy(FACTS), ['evidence_not_sufficient']);
  assert.deepEqual(judgeBy(unknown), ['evidence_not_sufficient']);
});

test('evidence of a kind that is ruled out is told for each piece', () => {
  const ruledOut = [makeEvidence({ kind: 'other' }), makeEvidence({ kind: 'other' })];
  assert.deepEqual(judge(checkOf('identity'), [makeEvidence(), ...ruledOut]), [
    'evidence_not_accepted',
    'evidence_not_accepted',
  ]);
});

test('evidence is too old from the second on at which it would not serve any more', () => {
  const identity = checkOf('identity');
  const judgeAt = (days: number, outcome: DecisionRequest['outcome'] = 'met') =>
    judge(identity, [makeEvidence({ obtained_at: inDays(days) })], { outcome });
  assert.deepEqual(judgeAt(-799), []);
  assert.deepEqual(judgeAt(-800), ['evidence_too_old']);
  // A failure may be found by what is old or not taken.
  assert.deepEqual(judgeAt(-800, 'failed'), []);
  const notTaken = [makeEvidence({ kind: 'other' })];
  assert.deepEqual(judge(identity, notTaken, { outcome: 'failed' }), []);
});

test('everything that is wrong with a decision is told at once', () => {
  const evidence = [
    makeEvidence({ withdrawn_at: NOW }),
    makeEvidence({ kind: 'own_database', obtained_at: inDays(-4000) }),
    makeEvidence({ kind: 'utility_bill', obtained_at: inDays(-401) }),
  ];
  const evidence_ids = [...evidence.map(({ id }) => id), 999_999];
  const contract_until = inDays(10);
  const problems = listDecisionProblems(
    { ...MET, evidence_ids, contract_until },
    basisOf(checkOf('address'), evidence),
  );
  assert.deepEqual(codesOf(problems), [
    'evidence_withdrawn',
    'evidence_not_accepted',
    'evidence_too_old',
    'evidence_too_old',
    'invalid_evidence_ids',
    'contract_term_not_allowed',
  ]);
});

test('withdrawn and unknown evidence is told whatever was found', () => {
  const evidence = [makeEvidence({ withdrawn_at: NOW })];
  for (const outcome of ['met', 'failed', 'not_applicable'] as const) {
    assert.ok(judge(checkOf('identity'), evidence, { outcome }).includes('evidence_withdrawn'));
    const unknown = { outcome, evidence_ids: [999_999] };
    assert.ok(judge(checkOf('identity'), [], unknown).includes('invalid_evidence_ids'));
  }
});

test('a check that is known not to apply is not decided at all', () => {
  for (const outcome of ['met', 'failed', 'not_applicable'] as const) {
    assert.deepEqual(judge(checkOf('person'), [], { outcome }), ['check_not_applicable']);
  }
});

test('only a check whose condition is not known can be found not to apply', () => {
  const judgeBy = (check_id: string, facts: Facts) =>
    judge(checkOf(check_id), [], { outcome: 'not_applicable' }, { facts });
  const { entity_class: _, ...unknown } = FACTS;
  assert.deepEqual(judgeBy('person', unknown), []);
  assert.deepEqual(judgeBy('person', { ...FACTS, entity_class: 'business_entity' }), [
    'check_applies',
  ]);
  assert.deepEqual(judgeBy('identity', FACTS), ['check_applies']);
});

test('a term is set only where the pack leaves it to a contract, by a contract, and to come', () => {
  const approver = makeCheck({
    contract_sets_term: true,
    evidence: { any_of: [{ all_of: ['contract'] }], never: [] },
  });
  const contract = [makeEvidence({ kind: 'contract' })];
  const judgeBy = (check: EffectiveCheck, evidence: KnownEvidence[], contract_until: string) =>
    judge(check, evidence, { contract_until, outcome: 'failed' });
  assert.deepEqual(judgeBy(approver, contract, inDays(1)), []);
  assert.deepEqual(judgeBy(approver, contract, NOW), ['invalid_contract_until']);
  assert.deepEqual(judgeBy(approver, [makeEvidence()], inDays(1)), ['contract_term_not_allowed']);
  assert.deepEqual(judgeBy(checkOf('identity'), contract, inDays(1)), [
    'contract_term_not_allowed',
  ]);
});

test('what looks at all the others waits until none of them is open, and names those', () => {
  const whole = checkOf('whole', 'ev');
  const standings = planRequirements(makeBasis({ type: 'ev', decisions: [makeDecision()] }));
  const [problem, ...others] = listDecisionProblems(MET, basisOf(whole, [], { standings }));
  assert.deepEqual([problem?.code, others], ['check_not_ready', []]);
  assert.match(problem?.message ?? '', /identity, careful, approver/);
  assert.deepEqual(judge(whole, [], { outcome: 'failed' }, { standings }), []);
  const settled = standings.filter(({ check }) => check.is_final);
  assert.deepEqual(judge(whole, [], {}, { standings: settled }), []);
});

test('what looks at all the others relies on all that they stand on, each piece once', () => {
  const decisions = decideAllOfOv();
  const older = makeDecision({ id: 0 });
  const standings = planRequirements(makeBasis({ decisions }));
  const relied = decisions.flatMap(({ evidence }) => evidence.map(({ id }) => id));
  const [first = 0] = relied;
  const named = { ...MET, evidence_ids: [first, 77, first] };
  const whole = checkOf('whole', 'ev');
  assert.deepEqual(
    new Set(listReliedIds(named, whole, standings, [older, ...decisions])),
    new Set([...relied, 77]),
  );
  assert.deepEqual(listReliedIds(named, checkOf('identity'), standings, decisions), [first, 77]);
  assert.deepEqual(listReliedIds(MET, checkOf('identity'), standings, decisions), []);
});

test('a decision that has no problems makes its check met, whatever evidence it names', () => {
  const anyEvidence = fc.array(
    fc.record({
      kind: fc.constantFrom('qgis' as const, 'utility_bill' as const, 'own_database' as const),
      obtained_at: fc.integer({ min: -900, max: 0 }).map(inDays),
      withdrawn_at: fc.constantFrom('', '', '', NOW),
    }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(anyEvidence, fc.constantFrom('identity', 'address'), (given, check_id) => {
      const evidence = given.map((one) => makeEvidence(one));
      const isRefused = judge(checkOf(check_id), evidence).length > 0;
      const decisions = [makeDecision({ check_id, evidence })];
      const { status } = standingOf(makeBasis({ decisions }), check_id);
      assert.equal(status === 'met', !isRefused);
    }),
  );
});

test('a body is read with its term as on the wire; what is missing or no outcome is told at once', () => {
  const body = { outcome: 'met', reason: 'So.', contract_until: '2027-01-01T01:00:00+01:00' };
  assert.deepEqual(checkDecisionRequest(body), {
    problems: [],
    request: { ...body, contract_until: '2027-01-01T00:00:00+00:00' },
  });
  const { problems } = checkDecisionRequest({ outcome: 'perhaps', evidence_ids: ['x'] });
  assert.deepEqual(codesOf(problems), [
    'invalid_outcome',
    'missing_reason',
    'invalid_evidence_ids',
  ]);
  const review = checkReviewRequest({ outcome: 'met' });
  assert.deepEqual(codesOf(review.problems), ['invalid_outcome', 'missing_reason']);
});
