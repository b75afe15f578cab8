/** What forms say at their fields of what the server refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '@orgvet/client';
import { fieldProblem } from '@orgvet/contract';
import { describeFieldErrors } from '../src/problems.ts';

const REFUSED = new ApiError(400, [
  fieldProblem('missing', 'contacts[0].email', 'is required.'),
  fieldProblem('invalid', 'zip', 'must not begin with a space.'),
  fieldProblem('too_long', 'zip', 'must have at most 40 characters.'),
  { code: 'invalid_name', message: 'Together with the other they are too long.' },
]);

test('a refused field is called as the page calls it, not as the request does', () => {
  const labels = { contacts_email: 'Email address', zip: 'Postal code' };
  assert.deepEqual(describeFieldErrors(REFUSED, ['contacts_email', 'zip'], labels), {
    contacts_email: 'Email address is required.',
    zip: 'Postal code must not begin with a space. Postal code must have at most 40 characters.',
  });
});

test('without a label it is said what is wrong, and what names no field stays as it is', () => {
  assert.deepEqual(describeFieldErrors(REFUSED, ['contacts_email', 'name']), {
    contacts_email: 'Is required.',
    name: 'Together with the other they are too long.',
  });
});

test('fields that were not refused, and what is no answer of the server, have no errors', () => {
  assert.deepEqual(describeFieldErrors(REFUSED, ['city']), {});
  assert.deepEqual(describeFieldErrors(new Error('Gone.'), ['zip']), {});
});
