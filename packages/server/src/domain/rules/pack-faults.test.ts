/** What the schema cannot say of packs and policies: each fault with its place and section. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleCheck, WorkedExample } from '@orgvet/contract';
import { makeCheck, makePack, makePackOf, makePolicy, makeType } from '../../../test/rules.ts';
import { listPackFaults, listPolicyFaults } from './pack-faults.ts';

/** Faults as they are told: place, section, message. */
function tell(faults: ReturnType<typeof listPackFaults>): string[] {
  return faults.map(({ path, section, message }) => `${path} (${section ?? ''}) ${message}`);
}

const faultsOf = (check: Partial<RuleCheck>) => tell(listPackFaults(makePackOf(check)));

const CHECK = 'types[0].checks[0]';

test('the smallest pack and policy have no faults', () => {
  assert.deepEqual(listPackFaults(makePack()), []);
  assert.deepEqual(listPolicyFaults(makePolicy()), []);
});

test('a type and a check that are there twice are told', () => {
  const twice = makePack({ types: [makeType({ checks: [makeCheck(), makeCheck()] }), makeType()] });
  assert.deepEqual(tell(listPackFaults(twice)), [
    'types[1].type () ov is there twice.',
    'types[0].checks[1].id (T 1) identity is there twice.',
  ]);
});

test('periods begin without a day and rise from there', () => {
  const section = 'T 9';
  assert.deepEqual(faultsOf({ reuse: [{ days: 1, issued_from: '2026-01-01', section }] }), [
    `${CHECK}.reuse[0].issued_from (T 9) must be left out of the first period.`,
  ]);
  const periods = ['2026-03-15', '2026-03-15', '2026-02-30', undefined].map((issued_from) => ({
    days: 1,
    section,
    ...(issued_from !== undefined && { issued_from }),
  }));
  assert.deepEqual(faultsOf({ reuse: [{ days: 2, section }, ...periods] }), [
    `${CHECK}.reuse[2].issued_from (T 9) must be later than 2026-03-15.`,
    `${CHECK}.reuse[3].issued_from (T 9) 2026-02-30 is no day.`,
    `${CHECK}.reuse[3].issued_from (T 9) must be later than 2026-03-15.`,
    `${CHECK}.reuse[4].issued_from (T 9) is missing: only the first has none.`,
  ]);
});

test('what is forbidden cannot be asked for', () => {
  const evidence = {
    any_of: [{ all_of: ['qgis' as const] }, { all_of: ['qiis' as const, 'other' as const] }],
    never: ['other' as const],
  };
  assert.deepEqual(faultsOf({ evidence }), [
    `${CHECK}.evidence.any_of[1].all_of (T 1) asks for other, which never forbids.`,
  ]);
});

test('the final check needs a second person', () => {
  assert.deepEqual(faultsOf({ is_final: true, second_person: true }), []);
  assert.deepEqual(faultsOf({ is_final: true }), [
    `${CHECK}.second_person (T 1) must be true: the final check is for a second person.`,
  ]);
});

test('a condition asks one thing, and one that its fact can answer', () => {
  const at = `${CHECK}.applies_when[0]`;
  for (const [condition, ...expected] of [
    [{ fact: 'has_lei', is: [true] }],
    [{ fact: 'entity_class', is: ['business_entity'] }],
    [{ fact: 'years_since_formation', below: 3 }],
    [{ fact: 'years_since_formation', at_least: 3 }],
    [{ fact: 'has_lei' }, `${at} (T 1) must have one of is, below and at_least.`],
    [
      { fact: 'years_since_formation', below: 3, at_least: 1 },
      `${at} (T 1) must have one of is, below and at_least.`,
    ],
    [{ fact: 'has_lei', below: 3 }, `${at} (T 1) asks for a number, and has_lei is none.`],
    [{ fact: 'has_lei', is: ['yes'] }, `${at}.is (T 1) has "yes", which is no answer to has_lei.`],
    [
      { fact: 'entity_class', is: ['company', true] },
      `${at}.is (T 1) has "company", which is no answer to entity_class.`,
      `${at}.is (T 1) has true, which is no answer to entity_class.`,
    ],
    [
      { fact: 'years_since_formation', is: ['3'] },
      `${at}.is (T 1) has "3", which is no answer to years_since_formation.`,
    ],
  ] as [NonNullable<RuleCheck['applies_when']>[number], ...string[]][]) {
    assert.deepEqual(faultsOf({ applies_when: [condition] }), expected);
  }
  const wrong = [{ fact: 'has_lei' as const }];
  const evidence = {
    any_of: [{ all_of: ['qgis' as const], section: 'T 1(2)', applies_when: wrong }],
    never: [],
  };
  assert.deepEqual(faultsOf({ evidence }), [
    `${CHECK}.evidence.any_of[0].applies_when[0] (T 1(2)) must have one of is, below and at_least.`,
  ]);
});

test('an example is about a check that is there, and has what it is compared with', () => {
  const example: WorkedExample = { title: 'An example', type: 'ov', check: 'identity' };
  for (const [changes, ...expected] of [
    [{ obtained_on: '2026-01-01', usable_until: '2026-02-01' }],
    [{ evidence: [], is_enough: false }],
    [{ facts: {}, applies: true }],
    [
      { check: 'nothing', facts: {}, applies: true },
      'worked_examples[0].check () is no check of ov here.',
    ],
    [
      { type: 'ev', facts: {}, applies: true },
      'worked_examples[0].check () is no check of ev here.',
    ],
    [
      { obtained_on: '2026-02-29', usable_until: '2026-03-01' },
      'worked_examples[0].obtained_on () 2026-02-29 is no day.',
    ],
    [
      { usable_until: '2026-02-01' },
      'worked_examples[0] () must have obtained_on and usable_until together.',
    ],
    [{ is_enough: true }, 'worked_examples[0] () must have evidence and is_enough together.'],
    [{ applies: true }, 'worked_examples[0] () must have facts and applies together.'],
    [{ facts: {} }, 'worked_examples[0] () shows nothing: it has no answer to compare with.'],
  ] as [Partial<WorkedExample>, ...string[]][]) {
    const pack = makePack({ worked_examples: [{ ...example, ...changes }] });
    assert.deepEqual(tell(listPackFaults(pack)), expected);
  }
});

test('days of a pack and of caps are days', () => {
  const pack = makePack({ published_on: '2026-13-01', in_force_from: '2026-04-31' });
  assert.deepEqual(tell(listPackFaults(pack)), [
    'published_on () 2026-13-01 is no day.',
    'in_force_from () 2026-04-31 is no day.',
  ]);
  const cap = { types: ['ov' as const], days: 1, reason: 'A test.', issued_from: '2025-02-29' };
  assert.deepEqual(tell(listPolicyFaults(makePolicy({ caps: [cap] }))), [
    'caps[0].issued_from () 2025-02-29 is no day.',
  ]);
});

test('extra checks of a policy are looked at as checks of packs are, and are there once for a type', () => {
  const check = makeCheck({ id: 'extra', is_final: true });
  const policy = makePolicy({
    extra_checks: [
      { types: ['ov', 'ev'], check },
      { types: ['cs', 'ev'], check: makeCheck({ id: 'extra' }) },
    ],
  });
  assert.deepEqual(tell(listPolicyFaults(policy)), [
    'extra_checks[1].check.id (T 1) ev extra is there twice.',
    'extra_checks[0].check.second_person (T 1) must be true: the final check is for a second person.',
  ]);
});
