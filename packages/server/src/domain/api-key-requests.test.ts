/** What requests say of API keys. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkApiKeyListQuery, checkApiKeyRequest, checkApiKeyStatus } from './api-key-requests.ts';

const codesOf = ({ problems }: { problems: readonly { code: string }[] }) =>
  problems.map(({ code }) => code).sort();

test('a key has a name, and may have one of the restrictions that there are', () => {
  const allowed = Array.from({ length: 106 }, (_, id) => id).filter(
    (id) => checkApiKeyRequest({ name: 'x', restricted_to_role_id: id }).problems.length === 0,
  );
  assert.deepEqual(allowed, [0, 100, 101, 102, 103]);
  assert.deepEqual(checkApiKeyRequest({ name: 'New API Key' }), {
    problems: [],
    request: { name: 'New API Key' },
  });
  assert.deepEqual(codesOf(checkApiKeyRequest({ restricted_to_role_id: 50 })), [
    'invalid_restricted_to_role_id',
    'missing_name',
  ]);
});

test('a status is active or revoked', () => {
  assert.deepEqual(checkApiKeyStatus({ status: 'revoked' }).request, { status: 'revoked' });
  assert.deepEqual(codesOf(checkApiKeyStatus({ status: 'gone' })), ['invalid_status']);
  assert.deepEqual(codesOf(checkApiKeyStatus({})), ['missing_status']);
});

test('a list of keys may be for one user', () => {
  assert.deepEqual(checkApiKeyListQuery({}), { problems: [], user_id: undefined });
  assert.equal(checkApiKeyListQuery({ user_id: '12' }).user_id, 12);
  assert.deepEqual(codesOf(checkApiKeyListQuery({ user_id: '0' })), ['invalid_user_id']);
});
