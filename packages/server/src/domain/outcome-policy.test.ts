/** What a test account's policy makes of validations by itself. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkOutcomePolicy, planOutcome } from './outcome-policy.ts';

const NOW_MS = Date.parse('2026-11-21T12:00:00Z');

const codesOf = (body: unknown) => checkOutcomePolicy(body).problems.map(({ code }) => code);

test('a policy is read with what it has; one that rejects has a reason', () => {
  const approve = { policy: 'approve', after: 'PT2M' };
  assert.deepEqual(checkOutcomePolicy(approve), { problems: [], policy: approve });
  assert.deepEqual(codesOf({ policy: 'reject', reason: 'No.' }), []);
  assert.deepEqual(codesOf({ policy: 'reject' }), ['missing_reason']);
  assert.deepEqual(codesOf({ policy: 'reject', reason: ' ' }), ['missing_reason']);
});

test('a reason that cannot be read is invalid and not missing as well', () => {
  assert.deepEqual(codesOf({ policy: 'reject', reason: ['x'], after: 'P1M' }), [
    'invalid_after',
    'invalid_reason',
  ]);
  assert.deepEqual(codesOf({}), ['missing_policy']);
  assert.deepEqual(codesOf({ policy: 'perhaps' }), ['invalid_policy']);
});

test('people decide under the manual policy, whatever else it says', () => {
  assert.equal(planOutcome({ policy: 'manual', after: 'PT1S' }, NOW_MS), undefined);
});

test('an outcome comes after its time, at once without one', () => {
  assert.deepEqual(planOutcome({ policy: 'approve', after: 'PT2M' }, NOW_MS), {
    ...{ at: '2026-11-21T12:02:00+00:00', outcome: 'approve', reason: '' },
  });
  assert.deepEqual(planOutcome({ policy: 'reject', reason: 'No.' }, NOW_MS), {
    ...{ at: '2026-11-21T12:00:00+00:00', outcome: 'reject', reason: 'No.' },
  });
});

test('an outcome that is further off than can be written comes at the end of the year 9999', () => {
  const outcome = planOutcome({ policy: 'approve', after: 'P999999W' }, NOW_MS);
  assert.equal(outcome?.at, '9999-12-31T23:59:59+00:00');
});
