/** Faults in files of rules: every one, with its place, what would do, and the section it is about. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSection, listRuleFileFaults, renderPath } from './rule-files.ts';
import { RulePack, RulePolicy } from './rule-pack.ts';

const POLICY = {
  id: 'house',
  version: '1',
  title: 'House rules',
  caps: [{ types: ['ov'], days: 200, reason: 'A test.' }],
  extra_checks: [],
  second_person: [],
  refused_evidence: [],
};

async function tell(value: unknown): Promise<string[]> {
  const faults = await listRuleFileFaults(RulePolicy, value);
  return faults.map(({ path, message }) => `${path}: ${message}`);
}

test('what fits has no faults', async () => {
  assert.deepEqual(await tell(POLICY), []);
});

test('every fault is told with its place and with what would do', async () => {
  const { title: _, ...untitled } = POLICY;
  const faults = await tell({
    ...untitled,
    version: 'one',
    colour: 'red',
    caps: [
      { types: ['ov', 'dv'], days: 0, reason: 'A test.' },
      { types: [], days: 1.5 },
    ],
  });
  for (const words of [
    /^version: must match pattern/,
    /^: must have required properties title\.$/,
    /^: must not have additional properties: colour\.$/,
    /^caps\[0\]\.types\[1\]: .*allowed values: ov, ev, cs, ev_cs, ds, smime\.$/,
    /^caps\[0\]\.days: must be >= 1\.$/,
    /^caps\[1\]: must have required properties reason\.$/,
    /^caps\[1\]\.days: must be integer\.$/,
    /^caps\[1\]\.types: must not have fewer than 1 items\.$/,
  ]) {
    assert.ok(
      faults.some((fault) => words.test(fault)),
      `${words} in ${faults.join('\n')}`,
    );
  }
  assert.equal(faults.length, 8);
});

test('there may be many faults, and what is no object at all is one', async () => {
  const caps = Array.from({ length: 50 }, () => ({ types: ['ov'], days: 0, reason: 'A test.' }));
  assert.equal((await tell({ ...POLICY, caps })).length, 50);
  for (const nothing of [null, 7, 'rules', []]) {
    assert.deepEqual(await tell(nothing), [': must be object.']);
  }
});

test('a fault is told with the section of what is around it', async () => {
  const check = { id: 'identity', section: 'T 1', reuse: [{ days: 'all', section: 'T 9' }] };
  const faults = await listRuleFileFaults(RulePack, { types: [{ checks: [check] }] });
  const sectionOf = (path: string) => faults.find((fault) => fault.path === path)?.section;
  assert.equal(sectionOf('types[0].checks[0].reuse[0].days'), 'T 9');
  assert.equal(sectionOf('types[0].checks[0]'), 'T 1');
  assert.equal(sectionOf('types[0]'), undefined);
});

test('places are written as people write them, and sections looked up along them', () => {
  assert.equal(renderPath(['types', 0, 'checks', '12', 'id']), 'types[0].checks[12].id');
  assert.equal(renderPath([]), '');
  const value = { section: 'A', inner: [{ section: 'B' }, { section: 7 }] };
  assert.equal(findSection(value, []), 'A');
  assert.equal(findSection(value, ['inner', 0, 'nowhere', 'below']), 'B');
  assert.equal(findSection(value, ['inner', 1]), 'A');
  assert.equal(findSection(null, ['inner']), undefined);
});
