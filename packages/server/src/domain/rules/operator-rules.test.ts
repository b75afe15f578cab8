/** What an operator gives beside the shipped rules: it can ask for more, and never for less. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleCheck, RulePack, RulePolicy } from '@orgvet/contract';
import { makeCheck, makePack, makePolicy, makeType } from '../../../test/rules.ts';
import { createOperatorRulebook, createProposedRulebook } from './operator-rules.ts';
import { findEndOfUse, getEdition, RulesRefused } from './rulebook.ts';
import { createShippedRulebook, SHIPPED_PACKS } from './shipped.ts';

function getShipped(id: string): RulePack {
  const pack = SHIPPED_PACKS.find((shipped) => shipped.id === id);
  assert.ok(pack);
  return pack;
}

const TLS = getShipped('tls-br');
const DS = getShipped('ds-policy');
const AT = Date.parse('2027-01-01');

/** A version of the rules for TLS, without examples, in which one check is another. */
function tlsWith(changes: Partial<RuleCheck>, pack: Partial<RulePack> = {}): RulePack {
  const types = TLS.types.map((rules) => ({
    ...rules,
    checks: rules.checks.map((check) =>
      check.id === 'identity' ? { ...check, ...changes } : check,
    ),
  }));
  return {
    ...TLS,
    ...{ version: '2.2.6.1', in_force_from: '2026-06-01', worked_examples: [] },
    types,
    ...pack,
  };
}

function create(packs: readonly RulePack[], policies: readonly RulePolicy[] = []) {
  return createOperatorRulebook({
    packs: packs.map((content, index) => ({ file: `pack-${index}.json`, content })),
    policies: policies.map((content, index) => ({ file: `policy-${index}.json`, content })),
  });
}

function problemsOf(...given: Parameters<typeof create>): readonly string[] {
  try {
    create(...given);
  } catch (error) {
    assert.ok(error instanceof RulesRefused);
    return error.problems;
  }
  return [];
}

test('nothing given, nothing changed', () => {
  assert.equal(create([]).digest, createShippedRulebook().digest);
});

test('a policy takes the place of those that are shipped', () => {
  const cap = { types: ['ov' as const], days: 300, reason: 'A test.' };
  const rulebook = create([], [makePolicy({ caps: [cap] })]);
  assert.deepEqual(
    rulebook.policies.map(({ id }) => id),
    ['test-policy'],
  );
  const use = { since_ms: Date.parse('2026-05-01') };
  assert.equal(findEndOfUse(rulebook, 'ov', 'identity', use), Date.parse('2027-02-25'));
  assert.equal(findEndOfUse(rulebook, 'ev', 'high_risk', use), Date.parse('2027-06-03'));
});

test('a version that asks for more stands beside the shipped one, from its day on', () => {
  const rulebook = create([tlsWith({ second_person: true })]);
  const needsSecond = (time: string) =>
    getEdition(rulebook, 'ov', Date.parse(time)).checks.find(({ id }) => id === 'identity')
      ?.second_person;
  assert.equal(needsSecond('2026-05-31'), false);
  assert.equal(needsSecond('2026-06-01'), true);
});

test('where a pack is stricter than a shipped cap the pack decides, and the cap everywhere else', () => {
  const rulebook = create([tlsWith({ reuse: [{ days: 100, section: 'BR 4.2.1' }] })]);
  const since_ms = Date.parse('2026-07-01');
  const endOf = (type: 'ov' | 'ev', check_id: string) =>
    new Date(findEndOfUse(rulebook, type, check_id, { since_ms }) ?? 0).toISOString().slice(0, 10);
  assert.equal(endOf('ov', 'identity'), '2026-10-09');
  assert.equal(endOf('ov', 'address'), '2027-08-02');
  assert.equal(endOf('ev', 'high_risk'), '2027-08-02');
});

test('the same version takes the place of the shipped one', () => {
  const { version, in_force_from } = TLS;
  const rulebook = create([tlsWith({ second_person: true }, { version, in_force_from })]);
  assert.equal(rulebook.packs.filter(({ id }) => id === 'tls-br').length, 1);
  const { checks } = getEdition(rulebook, 'ov', 0);
  assert.equal(checks.find(({ id }) => id === 'identity')?.second_person, true);
});

test('a version that asks for less is refused with the file and the section', () => {
  for (const [changes, words] of [
    [{ reuse: [{ days: 825, section: 'BR 4.2.1' }] }, /BR 4\.2\.1\. .* 398 days and is 825 days/],
    [
      { evidence: { any_of: [{ all_of: ['applicant_statement'] }], never: [] } },
      /BR 3\.2\.2\.1\. Enough now: applicant_statement/,
    ],
    [{ applies_when: [{ fact: 'has_lei', is: [true] }] }, /BR 3\.2\.2\.1\. It applied: always/],
  ] as [Partial<RuleCheck>, RegExp][]) {
    const problems = problemsOf([tlsWith(changes)]);
    assert.ok(problems.length > 0);
    for (const problem of problems) {
      assert.match(problem, /^pack-0\.json: ov identity would ask for less than BR /);
    }
    assert.match(problems.join('\n'), words);
  }
});

test('a version without one of the checks, or types, is refused', () => {
  const types = TLS.types.map((rules) => ({ ...rules, checks: rules.checks.slice(1) }));
  assert.match(
    problemsOf([{ ...TLS, version: '3', types }]).join(),
    /identity .* BR 3\.2\.2\.1\..* gone/,
  );
  const codeSigning = getShipped('code-signing-br');
  const [first] = codeSigning.types;
  assert.ok(first);
  const without = { ...codeSigning, version: '9', in_force_from: '2027-01-01', types: [first] };
  assert.match(problemsOf([without]).join(), /ev_cs would ask for less than CSBR .* gone/);
});

test('the forum’s rules are not the operator’s by saying so, or by another name', () => {
  const problems = problemsOf([tlsWith({}, { authority: 'operator' })]);
  assert.match(problems.join(), /authority must be ca_browser_forum/);
  for (const authority of ['operator', 'ca_browser_forum'] as const) {
    const told = problemsOf([makePack({ authority })]).join();
    assert.match(told, /pack-0\.json: the rules for ov are those of tls-br \(BR 3\.2\.2\.1/);
  }
});

test('the operator’s own pack is theirs to change, by a version or by a pack of another name', () => {
  const looser = makeType({
    type: 'ds',
    checks: [makeCheck({ reuse: [{ days: 3000, section: 'X' }] })],
  });
  const version = {
    ...DS,
    version: '2',
    in_force_from: '2026-12-01',
    types: [looser],
    worked_examples: [],
  };
  const own = makePack({ id: 'house-rules', authority: 'operator', types: [looser] });
  for (const [pack, packs] of [
    [version, ['ds-policy 1', 'ds-policy 2']],
    [{ ...version, version: '1' }, ['ds-policy 1']],
    [own, ['house-rules 1']],
  ] as [RulePack, string[]][]) {
    const rulebook = create([pack]);
    assert.equal(getEdition(rulebook, 'ds', AT).checks.length, 1);
    const ofOperator = rulebook.packs.filter(({ authority }) => authority === 'operator');
    assert.deepEqual(
      ofOperator.map((found) => `${found.id} ${found.version}`),
      packs,
    );
  }
});

test('a pack whose own examples come out otherwise is refused with what comes out', () => {
  const { worked_examples } = TLS;
  const reuse = [{ days: 300, section: 'BR 4.2.1' }];
  const [problem] = problemsOf([tlsWith({ reuse }, { worked_examples })]);
  assert.match(
    problem ?? '',
    /^pack-0\.json: worked_examples\[0\]\.usable_until \(BR 3\.2\.2\.1\) says/,
  );
});

test('what is given twice is told with both files', () => {
  assert.deepEqual(problemsOf([tlsWith({}), tlsWith({})]), [
    'pack-1.json: the pack tls-br 2.2.6.1 is given in pack-0.json already.',
  ]);
  const check = makeCheck({ id: 'extra' });
  const one = makePolicy({ extra_checks: [{ types: ['ov', 'ev'], check }] });
  const other = makePolicy({ id: 'other', extra_checks: [{ types: ['ev'], check }] });
  assert.deepEqual(problemsOf([], [one, other]), [
    'policy-1.json: the check extra for ev is given in policy-0.json already.',
  ]);
  assert.deepEqual(problemsOf([], [makePolicy(), makePolicy()]), [
    'policy-1.json: the policy test-policy is given in policy-0.json already.',
  ]);
});

test('a policy that asks for less than a pack is refused with the section', () => {
  const cap = { types: ['ov' as const], days: 400, reason: 'A test.', issued_from: '2027-01-01' };
  const [problem] = problemsOf([], [makePolicy({ caps: [cap] })]);
  assert.match(
    problem ?? '',
    /test-policy: 400 days for ov .* more than BR 4\.2\.1 allows: 398 days/,
  );
});

test('what is proposed stands beside what is given, and takes the place of what has its id', () => {
  const capped = (days: number, id: string) =>
    makePolicy({ id, caps: [{ types: ['ov'], days, reason: 'A test.' }] });
  const tighter = tlsWith({ second_person: true });
  const inForce = create([tighter], [capped(300, 'first'), capped(350, 'second')]);
  const propose = (packs: readonly RulePack[], policies: readonly RulePolicy[]) =>
    createProposedRulebook(inForce, {
      packs: packs.map((content) => ({ file: 'rules', content })),
      policies: policies.map((content) => ({ file: 'rules', content })),
    });
  const same = create([tighter], [capped(300, 'first'), capped(200, 'second')]);
  assert.equal(propose([], [capped(200, 'second')]).digest, same.digest);
  const more = create(
    [tighter],
    [capped(300, 'first'), capped(350, 'second'), capped(200, 'third')],
  );
  assert.equal(propose([], [capped(200, 'third')]).digest, more.digest);
  const otherVersion = tlsWith({ second_person: true }, { version: '2.2.6.2' });
  const { packs } = propose([otherVersion], []);
  assert.deepEqual(
    packs.filter(({ id }) => id === 'tls-br').map(({ version }) => version),
    [TLS.version, '2.2.6.2'],
  );
  assert.throws(() => propose([tlsWith({ reuse: [{ days: 900, section: 'BR 4.2.1' }] })], []), {
    name: 'RulesRefused',
  });
  assert.equal(createProposedRulebook(inForce, { packs: [], policies: [] }).digest, inForce.digest);
});
