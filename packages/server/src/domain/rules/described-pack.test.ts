/** A version of a pack is told whole, on a day on which it decides, with what policies make of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCheck, makePack, makePolicy, makeType } from '../../../test/rules.ts';
import { describePack, findPack } from './described-pack.ts';
import { createRulebook, type Rulebook } from './rulebook.ts';
import { createShippedRulebook } from './shipped.ts';

const NOW_MS = Date.parse('2026-11-21');

function describe(rulebook: Rulebook, pack_id: string, version?: string) {
  const pack = findPack(rulebook, pack_id, NOW_MS, version);
  assert.ok(pack);
  return describePack(rulebook, pack, NOW_MS);
}

const FIRST = makePack();
const SECOND = makePack({
  version: '2',
  in_force_from: '2026-06-01',
  types: [makeType({ checks: [makeCheck({ title: 'Identity anew' })] })],
});
const THIRD = makePack({
  version: '3',
  in_force_from: '2027-01-01',
  types: [
    makeType({ checks: [makeCheck({ title: 'Identity at last' })] }),
    makeType({ type: 'smime', checks: [makeCheck({ id: 'mailbox', title: 'Mailbox' })] }),
  ],
});

test('a check is told with what would do, what would not, how long, and by whom', () => {
  const check = makeCheck({
    applies_when: [{ fact: 'has_lei', is: [true] }],
    evidence: {
      any_of: [
        { all_of: ['qgis', 'site_visit'], section: 'T 1(1)' },
        { all_of: ['lei_record'], applies_when: [{ fact: 'years_since_formation', below: 3 }] },
      ],
      never: ['other'],
    },
  });
  const pack = makePack({ notes: ['A reading.'], types: [makeType({ checks: [check] })] });
  const policy = makePolicy({
    caps: [{ types: ['ov'], days: 90, reason: 'A test.' }],
    extra_checks: [{ types: ['ov'], check: makeCheck({ id: 'house', title: 'House' }) }],
  });
  const { notes, rules } = describe(createRulebook([pack], [policy]), 'test-text');
  assert.deepEqual(notes, ['A reading.']);
  const [{ type, sample_percent, checks } = assert.fail()] = rules;
  assert.deepEqual([type, sample_percent], ['ov', 3]);
  assert.deepEqual(checks[0], {
    id: 'identity',
    title: 'Identity',
    section: 'T 1',
    rules: 'test-text 1',
    statement: 'The organization exists.',
    applies_when: 'has_lei is true',
    accepts: [
      { kinds: ['qgis', 'site_visit'], section: 'T 1(1)' },
      { kinds: ['lei_record'], applies_when: 'years_since_formation is below 3' },
    ],
    never: ['other'],
    limits: [{ days: 90 }],
    contract_sets_term: false,
    second_person: false,
    is_final: false,
    touched_by: ['name'],
    next_actor: 'specialist',
    applicant: 'Nothing.',
  });
  assert.deepEqual([checks[1]?.title, checks[1]?.rules], ['House', 'test-policy 1']);
});

test('without a version it is the one in force, and any other can be asked for', () => {
  const rulebook = createRulebook([THIRD, FIRST, SECOND]);
  const told = (version?: string) => {
    const { version: found, types, versions, rules } = describe(rulebook, 'test-text', version);
    assert.deepEqual(versions, ['1', '2', '3']);
    return [found, types, rules.flatMap(({ checks }) => checks.map(({ title }) => title))];
  };
  assert.deepEqual(told(), ['2', ['ov'], ['Identity anew']]);
  assert.deepEqual(told('1'), ['1', [], ['Identity']]);
  // Of the type that no other version has it decides before its day too.
  assert.deepEqual(told('3'), ['3', ['smime'], ['Identity at last', 'Mailbox']]);
});

test('a pack that is not in force yet is found, and what there is not is not', () => {
  const rulebook = createRulebook([THIRD]);
  assert.equal(findPack(rulebook, 'test-text', NOW_MS)?.version, '3');
  assert.equal(findPack(rulebook, 'test-text', NOW_MS, '4'), undefined);
  assert.equal(findPack(rulebook, 'other-text', NOW_MS), undefined);
});

test('every shipped pack is told with every check that it has, and those of policies', () => {
  const rulebook = createShippedRulebook();
  for (const pack of rulebook.packs) {
    const { rules } = describePack(rulebook, pack, NOW_MS);
    assert.deepEqual(
      rules.map(({ type, checks }) => [type, checks.map(({ id }) => id)]),
      pack.types.map(({ type, checks }) => [type, checks.map(({ id }) => id)]),
    );
  }
});
