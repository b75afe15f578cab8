/** The packs and policies that are shipped: they fit their schemas, cite their texts, and mean what they say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listRuleFileFaults, RulePack, RulePolicy, VALIDATION_TYPE_NAMES } from '@orgvet/contract';
import { listPackFaults, listPolicyFaults } from './pack-faults.ts';
import { createShippedRulebook, SHIPPED_PACKS, SHIPPED_POLICIES } from './shipped.ts';
import { listFailedExamples } from './worked-examples.ts';

/** How each text is cited. A check for one type may rest on another text, but begins with the pack's own. */
const CITED_AS: Readonly<Record<string, readonly string[]>> = {
  'tls-br': ['BR'],
  'ev-guidelines': ['EVG', 'BR'],
  'code-signing-br': ['CSBR'],
  'smime-br': ['SBR'],
  'ds-policy': ['DS'],
};

for (const pack of SHIPPED_PACKS) {
  test(`${pack.id} ${pack.version} fits the schema and what the schema cannot say`, async () => {
    assert.deepEqual(await listRuleFileFaults(RulePack, pack), []);
    assert.deepEqual(listPackFaults(pack), []);
  });

  test(`the worked examples of ${pack.id} ${pack.version} come out as they say`, () => {
    assert.notEqual(pack.worked_examples.length, 0);
    assert.deepEqual(listFailedExamples(pack), []);
  });

  test(`every section that ${pack.id} cites is of its text`, () => {
    const names = CITED_AS[pack.id] ?? [];
    const section = new RegExp(`^(?:${names.join('|')}) (?:\\d|Appendix [A-Z])`);
    const sections = listSections(pack);
    assert.ok(sections.length > pack.types.length);
    assert.deepEqual(
      sections.filter((cited) => !section.test(cited)),
      [],
    );
    for (const { section: own } of pack.types.flatMap(({ checks }) => checks)) {
      assert.ok(names.some((name) => own.startsWith(`${name} `)));
    }
  });

  test(`every type of ${pack.id} is shown by an example of a limit and one of evidence`, () => {
    for (const { type } of pack.types) {
      const examples = pack.worked_examples.filter((example) => example.type === type);
      assert.ok(examples.some(({ usable_until }) => usable_until !== undefined));
      assert.ok(examples.some(({ is_enough }) => is_enough === true));
      assert.ok(examples.some(({ is_enough }) => is_enough === false));
    }
  });
}

for (const policy of SHIPPED_POLICIES) {
  test(`the policy ${policy.id} fits the schema and what the schema cannot say`, async () => {
    assert.deepEqual(await listRuleFileFaults(RulePolicy, policy), []);
    assert.deepEqual(listPolicyFaults(policy), []);
  });
}

test('every validation type has rules, and the shipped policy is within them', () => {
  const { editions } = createShippedRulebook();
  assert.deepEqual([...editions.keys()].sort(), [...VALIDATION_TYPE_NAMES].sort());
});

test('only packs that are nobody else’s rules are the operator’s to change', () => {
  const own = SHIPPED_PACKS.filter(({ authority }) => authority === 'operator');
  assert.deepEqual(
    own.map(({ id }) => id),
    ['ds-policy'],
  );
});

/** Every section in a pack, wherever it stands. */
function listSections(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) =>
    /^(sample_)?section$/.test(name) ? [String(member)] : listSections(member),
  );
}
