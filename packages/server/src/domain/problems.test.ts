// Proves that a refusal carries every problem, and that nothing is refused without one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldProblem } from '@orgvet/contract';
import { RequestRefused, refuseIfAny } from './problems.ts';

const PROBLEMS = [
  fieldProblem('missing', 'name', 'is required.'),
  fieldProblem('invalid', 'zip', 'must be a string.'),
];

test('a request without problems is not refused', () => {
  assert.doesNotThrow(() => refuseIfAny([]));
});

test('a refusal carries all problems in their order and says their codes', () => {
  assert.throws(
    () => refuseIfAny(PROBLEMS),
    (error) => {
      assert.ok(error instanceof RequestRefused);
      assert.ok(error instanceof Error);
      assert.deepEqual(error.problems, PROBLEMS);
      assert.equal(error.message, 'missing_name, invalid_zip');
      assert.equal(error.name, 'RequestRefused');
      return true;
    },
  );
});
