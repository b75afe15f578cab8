/** What a request may say of evidence, and of its withdrawal. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkEvidence, checkWithdrawal } from './evidence.ts';

const NOW = '2026-11-21T12:00:00+00:00';
const EVIDENCE = {
  kind: 'government_register',
  reference: 'HRB 12345',
  obtained_at: '2026-11-20T12:00:00+01:00',
};

const codesOf = (changes: object) =>
  checkEvidence({ ...EVIDENCE, ...changes }, NOW).problems.map(({ code }) => code);

test('evidence is read with its moment in UTC, and what is absent is empty', () => {
  const { problems, evidence } = checkEvidence(EVIDENCE, NOW);
  assert.deepEqual(problems, []);
  assert.deepEqual(evidence, {
    ...EVIDENCE,
    obtained_at: '2026-11-20T11:00:00+00:00',
    source_id: 0,
    note: '',
    file_digest: '',
    file_name: '',
  });
});

test('evidence may be of this very moment, and of none after it', () => {
  assert.deepEqual(codesOf({ obtained_at: '2026-11-21T13:00:00+01:00' }), []);
  assert.deepEqual(codesOf({ obtained_at: '2026-11-21T12:00:01Z' }), ['invalid_obtained_at']);
  assert.deepEqual(codesOf({ obtained_at: 'yesterday' }), ['invalid_obtained_at']);
});

test('only a file has the name of a file', () => {
  const file_name = 'extract.pdf';
  assert.deepEqual(codesOf({ file_name }), ['invalid_file_name']);
  assert.deepEqual(codesOf({ file_name, file_digest: 'a'.repeat(64) }), []);
  assert.deepEqual(codesOf({ file_name, file_digest: 'a'.repeat(65) }), ['file_digest_too_long']);
});

test('a digest is the same in capital letters', () => {
  const { evidence } = checkEvidence({ ...EVIDENCE, file_digest: 'AB'.repeat(32) }, NOW);
  assert.equal(evidence.file_digest, 'ab'.repeat(32));
});

test('a withdrawal says why', () => {
  assert.deepEqual(checkWithdrawal({ reason: 'Forged.\nSee file.' }), {
    problems: [],
    reason: 'Forged.\nSee file.',
  });
  const { problems } = checkWithdrawal({});
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['missing_reason'],
  );
});
