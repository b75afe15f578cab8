/** Who must act next for a check, since when and by what; and what a validation that follows another needs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  decideAllOfOv,
  FACTS,
  inDays,
  makeBasis,
  makeDecision,
  makeEvidence,
  NOW,
  REQUESTED,
  standingOf,
  statusesOf,
} from '../../test/standings.ts';
import {
  type CheckStanding,
  findEarliestEnd,
  findNextActor,
  isComplete,
  type KnownDecision,
  planRequirements,
} from './requirements.ts';

const LATER = inDays(-2);

/** Who must act next about `identity` of `ev`, and since when, after a decision. */
function nextOf(changes: Partial<KnownDecision>): (string | undefined)[] {
  const decisions = [makeDecision({ decided_at: inDays(-5), ...changes })];
  const { status, next } = standingOf(makeBasis({ type: 'ev', decisions }), 'identity');
  return [status, next?.actor, next?.since];
}

const WITHDRAWN = [makeEvidence({ withdrawn_at: LATER })];

for (const [what, changes, expected] of [
  ['waits for a review', {}, ['in_review', 'reviewer', inDays(-5)]],
  ['has failed', { outcome: 'failed' }, ['failed', 'applicant', inDays(-5)]],
  [
    'was disagreed with',
    { review_outcome: 'disagreed', reviewed_at: LATER },
    ['disagreed', 'specialist', LATER],
  ],
  ['stands on withdrawn evidence', { evidence: WITHDRAWN }, ['missing', 'specialist', REQUESTED]],
  [
    'is about other facts',
    { facts: { ...FACTS, name: 'B/S' } },
    ['reopened', 'specialist', REQUESTED],
  ],
  [
    'ended before it was asked for',
    { evidence: [makeEvidence({ obtained_at: inDays(-450) })] },
    ['too_old', 'specialist', REQUESTED],
  ],
  [
    'ended while it was worked on',
    { evidence: [makeEvidence({ obtained_at: inDays(-400) })] },
    ['too_old', 'specialist', inDays(-2)],
  ],
  ['was reviewed', { review_outcome: 'agreed', reviewed_at: LATER }, ['met', undefined, undefined]],
] as const) {
  test(`who must act next, and since when, about a check that ${what}`, () => {
    assert.deepEqual(nextOf(changes), expected);
  });
}

test('a check that nobody has decided waits for whom the pack names, since it was asked for', () => {
  const { next } = standingOf(makeBasis({ type: 'ev' }), 'approver');
  assert.deepEqual([next?.actor, next?.since], ['verified_contact', REQUESTED]);
});

test('what would do is told: every way that is open, and the evidence that could be part of one', () => {
  const evidence = [
    makeEvidence(),
    makeEvidence({ kind: 'site_visit', obtained_at: inDays(-799) }),
    makeEvidence({ obtained_at: inDays(-800) }),
    makeEvidence({ withdrawn_at: NOW }),
    makeEvidence({ kind: 'photo_id' }),
  ];
  const ids = evidence.map(({ id }) => id);
  const { next } = standingOf(makeBasis({ evidence }), 'identity');
  assert.deepEqual(next?.accepts, [['qgis'], ['site_visit']]);
  assert.deepEqual(next.usable_evidence_ids, ids.slice(0, 2));
  const beside = makeBasis({ evidence, serves_until: inDays(1) });
  assert.deepEqual(standingOf(beside, 'identity').next?.usable_evidence_ids, [ids[0]]);
});

test('a type waits for specialists first, then reviewers, applicants and verified contacts', () => {
  const standing = (actor: string, is_final = false) =>
    ({ status: 'missing', check: { is_final }, next: { actor } }) as unknown as CheckStanding;
  const order = ['specialist', 'reviewer', 'applicant', 'verified_contact'];
  for (const [index, actor] of order.entries()) {
    const standings = order.slice(index).map((one) => standing(one));
    assert.equal(findNextActor(standings.toReversed()), actor);
  }
  assert.equal(findNextActor([]), undefined);
});

test('what looks at all the others has its turn after them', () => {
  const decisions = [
    makeDecision({ review_outcome: 'agreed', reviewed_at: NOW }),
    makeDecision({ check_id: 'careful', evidence: [] }),
  ];
  const actorBy = (known: readonly KnownDecision[]) =>
    findNextActor(planRequirements(makeBasis({ type: 'ev', decisions: known })));
  assert.equal(actorBy(decisions), 'verified_contact');
  const all = [...decisions, makeDecision({ check_id: 'approver' })];
  assert.equal(actorBy(all), 'specialist');
  const whole = makeDecision({ validation_type: 'ev', check_id: 'whole', evidence: [] });
  assert.equal(actorBy([...all, whole]), 'reviewer');
  const agreed = { ...whole, review_outcome: 'agreed', reviewed_at: NOW } as const;
  assert.equal(actorBy([...all, agreed]), undefined);
});

test('the end that it would have is told of what is met alone', () => {
  const old = makeDecision({ evidence: [makeEvidence({ obtained_at: inDays(-790) })] });
  const evidence = [makeEvidence({ obtained_at: inDays(-399) })];
  const insufficient = makeDecision({ check_id: 'address', evidence });
  const endBy = (...decisions: KnownDecision[]) =>
    findEarliestEnd(planRequirements(makeBasis({ decisions })));
  assert.equal(endBy(old, insufficient), inDays(10));
  assert.equal(endBy(insufficient), undefined);
});

test('beside what serves, only what lasts longer counts', () => {
  const decisions = decideAllOfOv();
  const end = findEarliestEnd(planRequirements(makeBasis({ decisions })));
  assert.ok(end !== undefined);
  const until = (serves_until: string) => statusesOf(makeBasis({ decisions, serves_until }));
  const { identity, address, careful } = until(end);
  assert.deepEqual([identity, address, careful], ['met', 'too_old', 'met']);
  assert.equal(until(inDays(399)).address, 'met');
});

test('what does not age is to be judged anew, once; what ages is not', () => {
  const first = decideAllOfOv();
  const spent_decision_ids = first.map(({ id }) => id);
  const again = makeBasis({ decisions: first, spent_decision_ids });
  const { identity, address, careful } = statusesOf(again);
  assert.deepEqual([identity, address, careful], ['met', 'met', 'too_old']);
  const { next } = standingOf(again, 'careful');
  assert.deepEqual([next?.actor, next?.since], ['specialist', REQUESTED]);
  const decisions = [...first, makeDecision({ check_id: 'careful', evidence: [] })];
  assert.ok(isComplete(planRequirements({ ...again, decisions })));
});

test('what does not age and was spent long ago does not count for the validation after the next', () => {
  const first = decideAllOfOv();
  const second = decideAllOfOv();
  const spent_decision_ids = second.map(({ id }) => id);
  const basis = makeBasis({ decisions: [...first, ...second], spent_decision_ids });
  assert.equal(standingOf(basis, 'careful').status, 'too_old');
});

test('what was judged for another type since the last validation counts for the next', () => {
  const first = decideAllOfOv();
  const forEv = makeDecision({ validation_type: 'ev', check_id: 'careful', evidence: [] });
  const spent_decision_ids = first.map(({ id }) => id);
  const basis = makeBasis({ decisions: [...first, forEv], spent_decision_ids });
  assert.equal(standingOf(basis, 'careful').decision_id, forEv.id);
});

test('whatever serves, a validation that follows it lasts longer', () => {
  const days = fc.integer({ min: -450, max: 0 });
  fc.assert(
    fc.property(days, days, fc.integer({ min: 1, max: 420 }), (one, other, serves) => {
      const evidence = [
        makeEvidence({ obtained_at: inDays(one) }),
        makeEvidence({ kind: 'utility_bill', obtained_at: inDays(other) }),
      ];
      const [identity, , careful] = decideAllOfOv();
      assert.ok(identity && careful);
      const decisions = [identity, careful, makeDecision({ check_id: 'address', evidence })];
      const serves_until = inDays(serves);
      const standings = planRequirements(makeBasis({ decisions, serves_until }));
      const lasts = 400 + Math.min(one, other) > serves;
      assert.equal(isComplete(standings), lasts);
      assert.ok(!lasts || (findEarliestEnd(standings) ?? '') > serves_until);
    }),
  );
});
