/** Whether conditions imply others: compared with what they answer to every combination of facts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Condition, ENTITY_CLASSES } from '@orgvet/contract';
import fc from 'fast-check';
import { type ConditionAnswers, holds } from '../facts.ts';
import { describeConditions, implies } from './conditions.ts';

const YEARS = [0, 1, 2, 3, 4, 5];

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc
    .subarray([...ENTITY_CLASSES], { minLength: 1 })
    .map((is): Condition => ({ fact: 'entity_class', is })),
  fc.boolean().map((answer): Condition => ({ fact: 'has_lei', is: [answer] })),
  fc
    .constantFrom(1, 2, 3, 4, 5)
    .map((below): Condition => ({ fact: 'years_since_formation', below })),
  fc
    .constantFrom(1, 2, 3, 4, 5)
    .map((at_least): Condition => ({ fact: 'years_since_formation', at_least })),
);

const EVERYTHING: readonly ConditionAnswers[] = ENTITY_CLASSES.flatMap((entity_class) =>
  [true, false].flatMap((has_lei) =>
    YEARS.map((years_since_formation) => ({ entity_class, has_lei, years_since_formation })),
  ),
);

const conditions = fc.option(fc.array(condition, { minLength: 1, maxLength: 3 }), {
  nil: undefined,
});

test('where conditions imply others, whoever meets them meets the others', () => {
  let implied = 0;
  fc.assert(
    fc.property(conditions, conditions, (first, second) => {
      if (implies(first, second)) {
        implied += 1;
        for (const answers of EVERYTHING) {
          assert.ok(!holds(first, answers) || holds(second, answers));
        }
      }
    }),
    { numRuns: 1000 },
  );
  assert.ok(implied > 100);
});

test('conditions imply themselves, fewer of themselves, and none', () => {
  fc.assert(
    fc.property(conditions, (given) => {
      assert.ok(implies(given, given));
      assert.ok(implies(given, given?.slice(1)));
      assert.ok(implies(given, undefined));
      assert.equal(implies(undefined, given), given === undefined);
    }),
  );
});

test('conditions are told in words', () => {
  assert.equal(describeConditions(undefined), '');
  assert.equal(
    describeConditions([
      { fact: 'entity_class', is: ['government_entity', 'business_entity'] },
      { fact: 'years_since_formation', below: 3 },
      { fact: 'years_since_formation', at_least: 1 },
    ]),
    'entity_class is government_entity or business_entity and years_since_formation is below 3 and ' +
      'years_since_formation is 1 or more',
  );
});
