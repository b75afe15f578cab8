/** What a request may say was found out about an organization. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkProfile } from './profile.ts';

const NOW = '2026-11-21T23:59:59+00:00';

test('a profile is read with its country in upper case, without what is blank', () => {
  const { problems, profile } = checkProfile(
    { jurisdiction_country: 'de', formed_on: '2026-11-21', lei: '', latin_name: null },
    NOW,
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(profile, { jurisdiction_country: 'DE', formed_on: '2026-11-21' });
});

test('nothing has been formed in the future, or on a day that there is not', () => {
  for (const formed_on of ['2026-11-22', '9999-01-01', '2025-02-29', '21.11.2025']) {
    const { problems } = checkProfile({ formed_on }, NOW);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['invalid_formed_on'],
      formed_on,
    );
  }
});

test('every problem is told at once', () => {
  const { problems } = checkProfile(
    {
      entity_class: 'club',
      formed_on: '2027-01-01',
      jurisdiction_country: 'zz',
      lei: 'x'.repeat(21),
      relies_on_affiliate: 'yes',
    },
    NOW,
  );
  assert.deepEqual(problems.map(({ code }) => code).sort(), [
    'invalid_entity_class',
    'invalid_formed_on',
    'invalid_jurisdiction_country',
    'invalid_relies_on_affiliate',
    'lei_too_long',
  ]);
});
