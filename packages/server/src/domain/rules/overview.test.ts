/** Rules in words and lists: nothing is left out, and what policies change is seen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCheck, makePack, makePackOf, makePolicy, makeType } from '../../../test/rules.ts';
import { listCheckOverviews, listRulesOverviews } from './overview.ts';
import { createRulebook } from './rulebook.ts';

const NOW_MS = Date.parse('2026-11-21');

test('a check is told whole, with what policies make of it', () => {
  const pack = makePackOf({
    applies_when: [{ fact: 'has_lei', is: [true] }],
    evidence: {
      any_of: [
        { all_of: ['qgis'], section: 'T 1(1)' },
        {
          all_of: ['attestation_letter', 'supporting_document'],
          applies_when: [{ fact: 'years_since_formation', at_least: 3 }],
        },
        { all_of: ['site_visit'] },
      ],
      never: ['other'],
    },
    reuse: [
      { days: 825, section: 'T 9' },
      { days: 398, section: 'T 9', issued_from: '2026-03-15' },
    ],
  });
  const policy = makePolicy({
    caps: [{ types: ['ov'], days: 397, reason: 'A test.', issued_from: '2026-02-24' }],
    second_person: [{ types: ['ov'], checks: ['identity'] }],
    refused_evidence: [{ types: ['ov'], checks: ['identity'], kinds: ['site_visit'] }],
    extra_checks: [{ types: ['ov'], check: makeCheck({ id: 'extra' }) }],
  });
  const [check, extra] = listCheckOverviews(createRulebook([pack], [policy]), 'ov', NOW_MS);
  assert.deepEqual(check, {
    type: 'ov',
    id: 'identity',
    title: 'Identity',
    section: 'T 1',
    rules: 'test-text 1',
    statement: 'The organization exists.',
    applies_when: 'has_lei is true',
    evidence: [
      'qgis (T 1(1))',
      'attestation_letter with supporting_document, where years_since_formation is 3 or more',
    ],
    never: ['other', 'site_visit'],
    limits: [{ days: 825 }, { issued_from: '2026-02-24', days: 397 }],
    contract_sets_term: false,
    second_person: true,
    is_final: false,
    touched_by: ['name'],
    next_actor: 'specialist',
    applicant: 'Nothing.',
  });
  assert.equal(extra?.rules, 'test-policy 1');
});

test('what does not age, and what is decided without evidence, is told by empty lists', () => {
  const { reuse: _, evidence: __, ...bare } = makeCheck();
  const pack = makePack({ types: [makeType({ checks: [bare] })] });
  const [check] = listCheckOverviews(createRulebook([pack]), 'ov', NOW_MS);
  assert.deepEqual([check?.limits, check?.evidence, check?.never], [[], [], []]);
});

test('a version decides its types while it is in force, and a policy adds to those that it names', () => {
  const later = makePack({ version: '2', in_force_from: '2027-01-01' });
  const cap = { types: ['ov' as const], days: 10, reason: 'A test.' };
  const rulebook = createRulebook([makePack(), later], [makePolicy({ caps: [cap] })]);
  const typesAt = (day: string) =>
    listRulesOverviews(rulebook, Date.parse(day)).map(({ kind, version, types }) => [
      kind,
      version,
      ...types,
    ]);
  assert.deepEqual(typesAt('2026-12-31'), [
    ['pack', '1', 'ov'],
    ['pack', '2'],
    ['policy', '1', 'ov'],
  ]);
  assert.deepEqual(typesAt('2027-01-01'), [
    ['pack', '1'],
    ['pack', '2', 'ov'],
    ['policy', '1', 'ov'],
  ]);
});
