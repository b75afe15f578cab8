/** Facts of an organization, what of them changed, and the answers to the questions of conditions. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Condition } from '@orgvet/contract';
import fc from 'fast-check';
import {
  answerConditions,
  type ConditionAnswers,
  factsOf,
  holds,
  listChangedFacts,
  listUnknown,
  pickFacts,
} from './facts.ts';

const DETAILS = {
  name: 'Müller GmbH',
  assumed_name: '',
  address: 'Hauptstraße 1',
  address2: '',
  city: 'Berlin',
  state: 'Berlin',
  zip: '10115',
  country: 'DE',
  telephone: '+49 30 1234567',
};

const NOW_MS = Date.parse('2026-11-21T12:00:00Z');

test('facts are details and profile, without what is empty', () => {
  const facts = factsOf(DETAILS, { lei: '529900T8BM49AURSDO55', relies_on_affiliate: false });
  assert.equal(facts.name, 'Müller GmbH');
  assert.equal(facts.lei, '529900T8BM49AURSDO55');
  assert.equal(facts.relies_on_affiliate, false);
  assert.ok(!('assumed_name' in facts));
  assert.deepEqual(pickFacts(facts, ['city', 'assumed_name']), { city: 'Berlin' });
});

test('a detail that comes, goes or changes has changed', () => {
  const before = factsOf(DETAILS, {});
  const changed = (details: Partial<typeof DETAILS>) =>
    listChangedFacts(before, factsOf({ ...DETAILS, ...details }, {}));
  assert.deepEqual(changed({}), []);
  assert.deepEqual(changed({ city: 'Hamburg' }), ['city']);
  assert.deepEqual(changed({ assumed_name: 'Müller' }), ['assumed_name']);
  assert.deepEqual(changed({ telephone: '' }), ['telephone']);
});

test('what of the profile was found out has not changed; what was known and is other now has', () => {
  const before = factsOf(DETAILS, { formed_on: '2020-01-01' });
  const found = factsOf(DETAILS, { formed_on: '2020-01-01', registration_number: 'HRB 1' });
  assert.deepEqual(listChangedFacts(before, found), []);
  assert.deepEqual(listChangedFacts(found, before), ['registration_number']);
  const other = factsOf({ ...DETAILS, city: 'Hamburg' }, { formed_on: '2021-01-01' });
  assert.deepEqual(listChangedFacts(before, other), ['city', 'formed_on']);
  assert.deepEqual(listChangedFacts(before, other, ['formed_on', 'name']), ['formed_on']);
});

const answersOf = (
  profile: Parameters<typeof factsOf>[1],
  details: Partial<typeof DETAILS> = {},
  now_ms = NOW_MS,
) => answerConditions(factsOf({ ...DETAILS, ...details }, profile), now_ms);

test('what nobody found out has no answer, and what can be seen has', () => {
  assert.deepEqual(answersOf({}), {
    has_assumed_name: false,
    has_non_latin_name: false,
    has_lei: false,
    has_organization_identifier: false,
  });
});

test('answers follow from details and profile', () => {
  const answers = answersOf(
    {
      entity_class: 'private_organization',
      jurisdiction_country: 'AT',
      lei: '529900T8BM49AURSDO55',
      relies_on_affiliate: true,
      has_preauthorized_approvers: false,
    },
    { assumed_name: 'Müller', name: '株式会社' },
  );
  assert.deepEqual(answers, {
    has_assumed_name: true,
    entity_class: 'private_organization',
    is_place_of_business_abroad: true,
    has_non_latin_name: true,
    has_lei: true,
    has_organization_identifier: false,
    relies_on_affiliate: true,
    has_preauthorized_approvers: false,
  });
  const { is_place_of_business_abroad } = answersOf({ jurisdiction_country: 'DE' });
  assert.equal(is_place_of_business_abroad, false);
});

test('accents, figures and signs are no other script; one letter of another script is', () => {
  for (const name of ['Éđžß & Co. 24', "O'Neill-Łódź", '3M']) {
    assert.equal(answersOf({}, { name }).has_non_latin_name, false, name);
  }
  for (const name of ['Ромашка', 'Αlpha', 'شركة', 'Acme 株']) {
    assert.equal(answersOf({}, { name }).has_non_latin_name, true, name);
  }
});

test('years are counted whole, and a leap day’s are over on the first of March', () => {
  const yearsAt = (formed_on: string, now: string) =>
    answersOf({ formed_on }, {}, Date.parse(now)).years_since_formation;
  assert.equal(yearsAt('2023-11-21', '2026-11-20T23:59:59Z'), 2);
  assert.equal(yearsAt('2023-11-21', '2026-11-21T00:00:00Z'), 3);
  assert.equal(yearsAt('2024-02-29', '2027-02-28T23:59:59Z'), 2);
  assert.equal(yearsAt('2024-02-29', '2027-03-01T00:00:00Z'), 3);
  assert.equal(yearsAt('2024-02-29', '2028-02-29T00:00:00Z'), 4);
});

const YOUNG: Condition = { fact: 'years_since_formation', below: 3 };
const GROWN: Condition = { fact: 'years_since_formation', at_least: 3 };
const PUBLIC: Condition = { fact: 'entity_class', is: ['government_entity'] };

test('no conditions always hold', () => {
  assert.equal(holds(undefined, {}), true);
  assert.equal(holds([], {}), true);
});

test('a condition holds, does not hold, or is not known to', () => {
  assert.equal(holds([PUBLIC], { entity_class: 'government_entity' }), true);
  assert.equal(holds([PUBLIC], { entity_class: 'business_entity' }), false);
  assert.equal(holds([PUBLIC], {}), undefined);
  assert.equal(holds([YOUNG], { years_since_formation: 2 }), true);
  assert.equal(holds([YOUNG], { years_since_formation: 3 }), false);
  assert.equal(holds([GROWN], { years_since_formation: 3 }), true);
  assert.equal(holds([GROWN], { years_since_formation: 2 }), false);
});

test('one that is false decides, whatever is not known beside it', () => {
  assert.equal(holds([PUBLIC, YOUNG], { years_since_formation: 9 }), false);
  assert.equal(holds([PUBLIC, YOUNG], { years_since_formation: 1 }), undefined);
  assert.deepEqual(listUnknown([PUBLIC, YOUNG, PUBLIC], {}), [
    'entity_class',
    'years_since_formation',
  ]);
  assert.deepEqual(listUnknown([PUBLIC, YOUNG], { years_since_formation: 1 }), ['entity_class']);
  assert.deepEqual(listUnknown(undefined, {}), []);
});

test('finding something out never turns a known answer into another', () => {
  const condition = fc.constantFrom(
    YOUNG,
    GROWN,
    PUBLIC,
    { fact: 'has_lei' as const, is: [true] },
    { fact: 'has_assumed_name' as const, is: [false] },
  );
  const answers = fc.record(
    {
      years_since_formation: fc.integer({ min: 0, max: 9 }),
      entity_class: fc.constantFrom('government_entity', 'business_entity'),
      has_lei: fc.boolean(),
      has_assumed_name: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(
      fc.array(condition, { maxLength: 4 }),
      answers,
      answers,
      (conditions, known, more) => {
        const all: ConditionAnswers = { ...more, ...known };
        const before = holds(conditions, known);
        assert.equal(
          before === undefined,
          before !== false && listUnknown(conditions, known).length > 0,
        );
        if (before !== undefined) {
          assert.equal(holds(conditions, all), before);
        }
      },
    ),
  );
});
