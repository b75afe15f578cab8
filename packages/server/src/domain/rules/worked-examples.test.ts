/** Examples that a pack gives of itself: those that come out otherwise are told with what comes out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkedExample } from '@orgvet/contract';
import { makeCheck, makePack, makeType } from '../../../test/rules.ts';
import { listFailedExamples } from './worked-examples.ts';

const { reuse: _, ...AGELESS } = makeCheck({ id: 'ageless' });

const CHECKS = [
  makeCheck({ applies_when: [{ fact: 'has_assumed_name', is: [true] }] }),
  makeCheck({
    id: 'cut',
    reuse: [
      { days: 825, section: 'T 9' },
      { days: 398, issued_from: '2026-03-15', section: 'T 9' },
    ],
  }),
  AGELESS,
];

/** What is told of one example. */
function failureOf(example: Partial<WorkedExample>): string | undefined {
  const whole = { title: 'An example', type: 'ov' as const, check: 'identity', ...example };
  const pack = makePack({
    types: [makeType({ checks: CHECKS })],
    worked_examples: [whole],
  });
  const [failure, ...others] = listFailedExamples(pack);
  assert.deepEqual(others, []);
  return failure && `${failure.path} (${failure.section}) ${failure.message}`;
}

test('examples that come out as they say are not told', () => {
  for (const example of [
    { obtained_on: '2026-01-01', usable_until: '2028-03-11' },
    { check: 'cut', obtained_on: '2025-01-01', usable_until: '2026-03-15' },
    { evidence: ['qgis' as const], is_enough: true },
    { evidence: ['qgis' as const, 'other' as const], is_enough: false },
    { facts: { has_assumed_name: false }, applies: false },
    { facts: {}, applies: true },
  ]) {
    assert.equal(failureOf(example), undefined);
  }
});

test('an example that comes out otherwise is told with its section and what comes out', () => {
  for (const [example, words] of [
    [
      { check: 'cut', obtained_on: '2025-01-01', usable_until: '2027-04-06' },
      'worked_examples[0].usable_until (T 1) says 2027-04-06, and the pack 2026-03-15: An example.',
    ],
    [
      { check: 'ageless', obtained_on: '2025-01-01', usable_until: '2027-04-06' },
      'worked_examples[0].usable_until (T 1) says 2027-04-06, and the pack never: An example.',
    ],
    [
      { evidence: ['qiis'], is_enough: true },
      'worked_examples[0].is_enough (T 1) says true, and the pack false: An example.',
    ],
    [
      { facts: { has_assumed_name: true }, applies: false },
      'worked_examples[0].applies (T 1) says false, and the pack true: An example.',
    ],
  ] as [Partial<WorkedExample>, string][]) {
    assert.equal(failureOf(example), words);
  }
});
