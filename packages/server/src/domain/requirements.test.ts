/** How the checks of a type stand by what was decided about them. */
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
  RULEBOOK,
  standingOf,
  statusesOf,
} from '../../test/standings.ts';
import {
  findEarliestEnd,
  isComplete,
  isSettled,
  type KnownDecision,
  planRequirements,
} from './requirements.ts';
import { findReliedOnEnd } from './rules/validity.ts';

test('checks stand in the order of the pack, and without decisions all that apply are missing', () => {
  assert.deepEqual(Object.entries(statusesOf(makeBasis())), [
    ['identity', 'missing'],
    ['address', 'missing'],
    ['assumed_name', 'not_applicable'],
    ['person', 'not_applicable'],
    ['careful', 'missing'],
  ]);
});

test('a type is complete once every check that applies is met, and ends with what is too old first', () => {
  const decisions = decideAllOfOv();
  const standings = planRequirements(makeBasis({ decisions }));
  assert.ok(isComplete(standings));
  assert.equal(findEarliestEnd(standings), inDays(400));
  assert.deepEqual(
    standings.map(({ until }) => until),
    [inDays(800), inDays(400), undefined, undefined, undefined],
  );
  for (const [index] of decisions.entries()) {
    assert.ok(
      !isComplete(planRequirements(makeBasis({ decisions: decisions.toSpliced(index, 1) }))),
    );
  }
});

test('age counts from the oldest piece of evidence, and what stands on none from its decision', () => {
  const evidence = [
    makeEvidence({ obtained_at: inDays(-10) }),
    makeEvidence({ kind: 'site_visit', obtained_at: inDays(-100) }),
  ];
  const identity = makeDecision({ evidence, decided_at: inDays(-1) });
  const careful = makeDecision({ check_id: 'careful', evidence: [], decided_at: inDays(-5) });
  const basis = makeBasis({ decisions: [identity, careful] });
  assert.deepEqual(standingOf(basis, 'identity').relied_on, {
    check_id: 'identity',
    since: inDays(-100),
    decision_id: identity.id,
  });
  assert.equal(standingOf(basis, 'identity').until, inDays(700));
  assert.equal(standingOf(basis, 'careful').relied_on?.since, inDays(-5));
});

test('what is too old by now does not count, up to the second', () => {
  const at = (days: number) => [
    makeDecision({ evidence: [makeEvidence({ obtained_at: inDays(days) })] }),
  ];
  assert.equal(standingOf(makeBasis({ decisions: at(-799) }), 'identity').status, 'met');
  const ended = standingOf(makeBasis({ decisions: at(-800) }), 'identity');
  assert.deepEqual([ended.status, ended.until], ['too_old', NOW]);
  const before_ms = Date.parse(NOW) - 1000;
  const before = makeBasis({ decisions: at(-800), now_ms: before_ms });
  assert.equal(standingOf(before, 'identity').status, 'met');
});

test('a decision serves another type by its own clock, and where its rules want it, after a review', () => {
  const ov = makeDecision();
  const asEv = (decision: KnownDecision) =>
    standingOf(makeBasis({ type: 'ev', decisions: [decision] }), 'identity');
  assert.deepEqual([asEv(ov).status, asEv(ov).until], ['in_review', inDays(398)]);
  const agreed = { ...ov, review_outcome: 'agreed', reviewed_at: NOW } as const;
  assert.deepEqual([asEv(agreed).status, asEv(agreed).decision_id], ['met', ov.id]);
  assert.equal(standingOf(makeBasis({ decisions: [agreed] }), 'identity').until, inDays(800));
});

test('a decision does not serve a type whose rules do not take its evidence', () => {
  const evidence = [makeEvidence({ kind: 'site_visit' })];
  const decisions = [makeDecision({ evidence, review_outcome: 'agreed', reviewed_at: NOW })];
  assert.equal(standingOf(makeBasis({ decisions }), 'identity').status, 'met');
  assert.equal(standingOf(makeBasis({ type: 'ev', decisions }), 'identity').status, 'missing');
});

test('a decision does not serve a type for which its maker was not qualified', () => {
  const decision = makeDecision({ review_outcome: 'agreed', reviewed_at: NOW });
  const decisions = [{ ...decision, serves_types: ['ov'] as const }];
  assert.equal(standingOf(makeBasis({ decisions }), 'identity').status, 'met');
  assert.equal(standingOf(makeBasis({ type: 'ev', decisions }), 'identity').status, 'missing');
});

test('evidence of which one kind is ruled out serves nothing', () => {
  const kinds = ['qgis', 'utility_bill', 'own_database'] as const;
  const evidence = kinds.map((kind) => makeEvidence({ kind }));
  const statusBy = (count: number) => {
    const decision = makeDecision({ check_id: 'address', evidence: evidence.slice(0, count) });
    return standingOf(makeBasis({ decisions: [decision] }), 'address').status;
  };
  assert.deepEqual([1, 2, 3].map(statusBy), ['missing', 'met', 'missing']);
});

test('a newer failure blocks what was met, and a newer success lifts it', () => {
  const met = makeDecision();
  const failed = makeDecision({ outcome: 'failed', evidence: [] });
  const standing = standingOf(makeBasis({ decisions: [met, failed] }), 'identity');
  assert.deepEqual([standing.status, standing.decision_id], ['failed', failed.id]);
  const again = makeDecision();
  const decisions = [met, failed, again];
  assert.equal(standingOf(makeBasis({ decisions }), 'identity').decision_id, again.id);
});

test('what failed about facts that were changed since is to be looked at again', () => {
  const failed = makeDecision({ outcome: 'failed', evidence: [] });
  const decisions = [makeDecision(), failed];
  const facts = { ...FACTS, name: 'B/S' };
  const standing = standingOf(makeBasis({ decisions, facts }), 'identity');
  assert.deepEqual([standing.status, standing.next?.actor], ['reopened', 'specialist']);
  assert.equal(standingOf(makeBasis({ decisions }), 'identity').status, 'failed');
});

test('a failure found for one type stands for all that have the check', () => {
  const decisions = [makeDecision({ outcome: 'failed', serves_types: ['ov'] })];
  assert.equal(standingOf(makeBasis({ type: 'ev', decisions }), 'identity').status, 'failed');
});

test('a decision counts no more once any of its evidence is withdrawn; an older one beside it does', () => {
  const older = makeDecision();
  const evidence = [makeEvidence(), makeEvidence({ withdrawn_at: NOW })];
  const withdrawn = makeDecision({ evidence });
  const alone = standingOf(makeBasis({ decisions: [withdrawn] }), 'identity');
  assert.deepEqual([alone.status, alone.decision_id], ['missing', withdrawn.id]);
  const both = standingOf(makeBasis({ decisions: [older, withdrawn] }), 'identity');
  assert.deepEqual([both.status, both.decision_id], ['met', older.id]);
});

test('other facts reopen only the checks that are about them, and set back make them count again', () => {
  const decisions = decideAllOfOv();
  const facts = { ...FACTS, city: 'Stad' };
  const before = statusesOf(makeBasis({ decisions }));
  assert.deepEqual(statusesOf(makeBasis({ decisions, facts })), { ...before, address: 'reopened' });
  assert.deepEqual(statusesOf(makeBasis({ decisions, facts: { ...facts, city: 'By' } })), before);
});

test('what of the profile was found out after a decision does not reopen it, what was changed does', () => {
  const { entity_class: _, ...unknown } = FACTS;
  const evidence = [makeEvidence({ kind: 'photo_id' })];
  const statusOf = (facts: KnownDecision['facts']) => {
    const decisions = [makeDecision({ check_id: 'person', facts, evidence })];
    const now = { ...FACTS, entity_class: 'business_entity' };
    return standingOf(makeBasis({ decisions, facts: now }), 'person').status;
  };
  assert.deepEqual([statusOf(unknown), statusOf(FACTS)], ['met', 'reopened']);
});

test('a check whose condition is not known applies, and may be decided not to', () => {
  const { entity_class: _, ...facts } = FACTS;
  const open = standingOf(makeBasis({ facts }), 'person');
  assert.deepEqual([open.status, open.next?.unknown_facts], ['missing', ['entity_class']]);
  const decision = makeDecision({
    ...{ check_id: 'person', outcome: 'not_applicable', evidence: [], facts },
  });
  const statusOf = (now: KnownDecision['facts'], changes: Partial<KnownDecision> = {}) =>
    standingOf(makeBasis({ facts: now, decisions: [{ ...decision, ...changes }] }), 'person')
      .status;
  assert.equal(statusOf(facts), 'not_applicable');
  assert.equal(statusOf(facts, { validation_type: 'ev' }), 'missing');
  assert.equal(statusOf({ ...facts, entity_class: 'business_entity' }), 'reopened');
  assert.equal(statusOf(FACTS), 'not_applicable');
});

test('nobody decides that a check without a condition does not apply', () => {
  const decisions = [makeDecision({ outcome: 'not_applicable' })];
  assert.equal(standingOf(makeBasis({ decisions }), 'identity').status, 'missing');
});

test('a second person who disagrees opens the check, also where no review was asked for', () => {
  const disagreed = makeDecision({ review_outcome: 'disagreed', reviewed_at: NOW });
  for (const type of ['ov', 'ev'] as const) {
    const basis = makeBasis({ type, decisions: [disagreed] });
    assert.equal(standingOf(basis, 'identity').status, 'disagreed');
  }
});

test('what looks at all the others counts only while it is the newest of them', () => {
  const code = makeDecision({ validation_type: 'ev_cs', check_id: 'code' });
  const whole = makeDecision({ validation_type: 'ev_cs', check_id: 'whole', evidence: [] });
  const later = makeDecision({ validation_type: 'ev_cs', check_id: 'code' });
  const statusBy = (...decisions: KnownDecision[]) =>
    standingOf(makeBasis({ type: 'ev_cs', decisions }), 'whole').status;
  assert.equal(statusBy(code, whole), 'met');
  assert.equal(statusBy(code, whole, later), 'reopened');
  const failed = { ...whole, outcome: 'failed' } as const;
  assert.equal(statusBy(code, failed, later), 'failed');
});

test('what looked at all the others of one type has not looked at those of another', () => {
  const code = makeDecision({ validation_type: 'ev_cs', check_id: 'code' });
  const whole = makeDecision({ validation_type: 'ev', check_id: 'whole', evidence: [] });
  const standings = planRequirements(makeBasis({ type: 'ev_cs', decisions: [code, whole] }));
  assert.deepEqual(
    standings.map(({ check, status }) => `${check.id} ${status}`),
    ['code met', 'whole missing'],
  );
});

test('a contract that sets the term ends what it serves for, sooner or later than the pack would', () => {
  const untilBy = (days: number) => {
    const contract_until = inDays(days);
    const decision = makeDecision({ check_id: 'approver', contract_until });
    return standingOf(makeBasis({ type: 'ev', decisions: [decision] }), 'approver').until;
  };
  assert.deepEqual([untilBy(3), untilBy(3000)], [inDays(3), inDays(3000)]);
});

const CHECK_IDS = ['identity', 'address', 'person', 'careful', 'whole', 'approver'] as const;

/** Anything that may have been decided, before those that come after it in a list. */
const anyDecision = fc
  .record({
    check_id: fc.constantFrom(...CHECK_IDS),
    validation_type: fc.constantFrom('ov' as const, 'ev' as const),
    outcome: fc.constantFrom(...(['met', 'met', 'met', 'failed', 'not_applicable'] as const)),
    serves_types: fc.subarray(['ov', 'ev'] as const),
    review_outcome: fc.constantFrom(...(['', 'agreed', 'disagreed'] as const)),
    facts: fc.constantFrom(FACTS, { ...FACTS, name: 'B/S' }),
    evidence: fc.array(
      fc.record({
        kind: fc.constantFrom('qgis' as const, 'utility_bill' as const, 'photo_id' as const),
        obtained_at: fc.integer({ min: -1000, max: 0 }).map(inDays),
        withdrawn_at: fc.constantFrom('', '', '', NOW),
      }),
      { maxLength: 3 },
    ),
  })
  .map(
    ({ evidence, ...decision }) =>
      (): KnownDecision =>
        makeDecision({ ...decision, evidence: evidence.map(makeEvidence) }),
  );

const anyDecisions = fc
  .array(anyDecision, { maxLength: 12 })
  .map((all) => all.map((make) => make()));
const anyType = fc.constantFrom('ov' as const, 'ev' as const);

test('a decision that a check is met, by evidence and a qualified person, leaves all others as they are', () => {
  fc.assert(
    fc.property(
      anyDecisions,
      anyType,
      fc.constantFrom('identity', 'careful'),
      (known, type, id) => {
        const decision = makeDecision({ check_id: id, review_outcome: 'agreed', reviewed_at: NOW });
        const before = planRequirements(makeBasis({ type, decisions: known }));
        const after = planRequirements(makeBasis({ type, decisions: [...known, decision] }));
        for (const [index, standing] of after.entries()) {
          if (standing.check.id === id) {
            assert.deepEqual([standing.status, standing.decision_id], ['met', decision.id]);
          } else if (!standing.check.is_final) {
            assert.deepEqual(standing, before[index]);
          }
        }
      },
    ),
  );
});

test('whatever was decided: what is met is young enough, not withdrawn, and about the facts as they are', () => {
  let complete = 0;
  fc.assert(
    fc.property(anyDecisions, anyType, fc.boolean(), (known, type, isHelped) => {
      const decisions = isHelped && type === 'ov' ? [...known, ...decideAllOfOv()] : known;
      const standings = planRequirements(makeBasis({ type, decisions }));
      complete += Number(isComplete(standings));
      assert.equal(isComplete(standings), standings.every(isSettled));
      for (const { status, relied_on, next, check } of standings) {
        assert.equal(relied_on !== undefined, status === 'met');
        assert.equal(next === undefined, status === 'met' || status === 'not_applicable');
        if (relied_on !== undefined) {
          assert.ok(findReliedOnEnd(RULEBOOK, type, relied_on) > NOW);
          const decision = decisions.find(({ id }) => id === relied_on.decision_id);
          assert.ok(decision);
          assert.ok(decision.evidence.every(({ withdrawn_at }) => withdrawn_at === ''));
          assert.ok(decision.serves_types.includes(type) && decision.outcome === 'met');
          assert.ok(!check.second_person || decision.review_outcome === 'agreed');
          assert.ok(!check.touched_by.includes('name') || decision.facts.name === FACTS.name);
        }
      }
    }),
  );
  assert.ok(complete > 0);
});
