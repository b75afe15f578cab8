/** Policies: what they add to checks, and every way in which one would ask for less. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RulePack, RulePolicy } from '@orgvet/contract';
import { makeCheck, makePack, makePackOf, makePolicy, makeType } from '../../../test/rules.ts';
import { applyPolicies, listPolicyProblems } from './policy.ts';

const OV = ['ov' as const];
const IDENTITY = { types: OV, checks: ['identity'] };

/** The problems of a policy with versions of a pack, in their order. */
function problemsOf(policy: Partial<RulePolicy>, ...packs: RulePack[]): string[] {
  const given = packs.length > 0 ? packs : [makePack()];
  const editions = given.map((pack) => ({
    pack,
    from_ms: Date.parse(pack.in_force_from),
    checks: pack.types[0]?.checks ?? [],
  }));
  return listPolicyProblems([makePolicy(policy)], 'ov', editions);
}

function capOf(days: number, changes: Partial<RulePolicy['caps'][number]> = {}) {
  return { caps: [{ types: OV, days, reason: 'A test.', ...changes }] };
}

test('without policies checks are as the pack has them', () => {
  const checks = [makeCheck()];
  assert.deepEqual(applyPolicies([], 'ov', checks), checks);
});

test('a policy adds a check, a second person, and refuses evidence, where it names type and check', () => {
  const extra = makeCheck({ id: 'extra' });
  const policy = makePolicy({
    extra_checks: [{ types: OV, check: extra }],
    second_person: [IDENTITY],
    refused_evidence: [{ ...IDENTITY, kinds: ['site_visit'] }],
  });
  const [identity, added, ...others] = applyPolicies([policy], 'ov', [makeCheck()]);
  assert.equal(identity?.second_person, true);
  assert.deepEqual(identity?.evidence, {
    any_of: [{ all_of: ['qgis'] }],
    never: ['other', 'site_visit'],
  });
  assert.deepEqual(added, extra);
  assert.deepEqual(others, []);
  assert.deepEqual(applyPolicies([policy], 'ev', [makeCheck()]), [makeCheck()]);
});

test('every way that needs a refused kind is closed, also together with others', () => {
  const check = makeCheck({
    evidence: { any_of: [{ all_of: ['qgis'] }, { all_of: ['qiis', 'site_visit'] }], never: [] },
  });
  const policy = makePolicy({ refused_evidence: [{ ...IDENTITY, kinds: ['site_visit'] }] });
  const [applied] = applyPolicies([policy], 'ov', [check]);
  assert.deepEqual(applied?.evidence?.any_of, [{ all_of: ['qgis'] }]);
});

test('a cap that is longer than the pack allows is refused with the section', () => {
  assert.deepEqual(problemsOf(capOf(800)), []);
  assert.deepEqual(problemsOf(capOf(801)), [
    'test-policy: 801 days for ov identity is more than T 9 allows: 800 days.',
  ]);
});

test('a cap is compared with what holds on its days only', () => {
  const pack = makePackOf({
    reuse: [
      { days: 825, section: 'T 9' },
      { days: 398, issued_from: '2026-03-15', section: 'T 10' },
    ],
  });
  assert.match(problemsOf(capOf(500), pack).join(), /more than T 10 allows: 398 days/);
  assert.match(problemsOf(capOf(500, { issued_from: '2027-01-01' }), pack).join(), /T 10/);
  assert.deepEqual(problemsOf(capOf(398, { issued_from: '2026-03-15' }), pack), []);
});

test('a cap is compared with every version that decides on its days', () => {
  const older = makePackOf({ reuse: [{ days: 100, section: 'T 9' }] });
  const newer = makePackOf(
    { reuse: [{ days: 300, section: 'T 10' }] },
    { version: '2', in_force_from: '2026-01-01' },
  );
  assert.match(problemsOf(capOf(200), older, newer).join(), /T 9 allows: 100 days/);
  assert.deepEqual(problemsOf(capOf(200, { issued_from: '2026-01-01' }), older, newer), []);
  assert.match(problemsOf(capOf(301, { issued_from: '2026-01-01' }), older, newer).join(), /T 10/);
});

test('what does not age may be capped by name, however long', () => {
  const { reuse: _, ...ageless } = makeCheck();
  const pack = makePack({ types: [makeType({ checks: [ageless] })] });
  assert.deepEqual(problemsOf(capOf(5000, { checks: ['identity'] }), pack), []);
});

test('an extra check does not take the place of one of the pack', () => {
  const problems = problemsOf({ extra_checks: [{ types: OV, check: makeCheck() }] });
  assert.equal(problems.length, 1);
  assert.match(problems[0] ?? '', /identity for ov would replace the one of T 1/);
});

test('a check that the pack does not have is told, in whatever part of the policy', () => {
  const unknown = { types: OV, checks: ['idenity'] };
  for (const policy of [
    capOf(10, { checks: ['idenity'] }),
    { second_person: [unknown] },
    { refused_evidence: [{ ...unknown, kinds: ['qgis' as const] }] },
  ]) {
    assert.deepEqual(problemsOf(policy), ['test-policy: ov has no check idenity.']);
  }
});

test('refusing every way to satisfy a check is told: nobody could ever meet it', () => {
  const refused_evidence = [{ ...IDENTITY, kinds: ['qgis' as const, 'site_visit' as const] }];
  assert.match(problemsOf({ refused_evidence }).join(), /nothing is left .* ov identity \(T 1\)/);
});

test('what a policy says of other types is no problem of this one', () => {
  const elsewhere = { types: ['ev' as const], checks: ['anything'] };
  assert.deepEqual(problemsOf({ second_person: [elsewhere], ...capOf(900, elsewhere) }), []);
});
