// Proves that what is noted in a session reads back, and that nothing is noted as nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatNotes, parseNotes } from './session-notes.ts';

const notes = fc.record(
  {
    passkey_challenge: fc.string(),
    totp_secret: fc.string(),
    new_totp_secret: fc.string(),
    wrong_codes: fc.nat(),
    has_new_password: fc.boolean(),
  },
  { requiredKeys: [] },
);

test('notes read back as they were written, and none are an empty text', () => {
  fc.assert(
    fc.property(notes, (one) => assert.deepEqual(parseNotes(formatNotes(one)), { ...one })),
  );
  assert.deepEqual([formatNotes({}), parseNotes('')], ['', {}]);
});
