// Proves which forms are an answer, and that nobody's reason is cut or lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DECLINE_REASON_MAX_LENGTH } from './confirmation.ts';
import { readConfirmationForm } from './confirmation-form.ts';

const read = (form: string) => readConfirmationForm(new URLSearchParams(form));

test('a form that says confirm or decline once is that answer', () => {
  assert.deepEqual(read('answer=confirm'), { answer: { kind: 'confirm' } });
  assert.deepEqual(read('answer=confirm&reason=none'), { answer: { kind: 'confirm' } });
  assert.deepEqual(read('answer=decline'), { answer: { kind: 'decline', reason: '' } });
  assert.deepEqual(read('answer=decline&reason=Not+me%21'), {
    answer: { kind: 'decline', reason: 'Not me!' },
  });
});

test('any other form is no answer, and keeps the reason', () => {
  for (const form of [
    '',
    'answer=',
    'answer=yes',
    'answer=Confirm',
    'answer=confirm&answer=decline',
    'answer=confirm&answer=confirm',
    'answer[]=confirm',
    '{"answer":"confirm"}',
  ]) {
    assert.deepEqual(read(form), { problem: 'no_answer', reason: '' }, form);
    const withReason = read(`reason=Because&${form}`);
    assert.deepEqual(withReason, { problem: 'no_answer', reason: 'Because' }, form);
  }
});

test('a line break counts as one character, as browsers count it', () => {
  const line = `${'x'.repeat(9)}\r\n`;
  const reading = read(`answer=decline&reason=${encodeURIComponent(line.repeat(100))}`);
  assert.deepEqual(reading, {
    answer: { kind: 'decline', reason: `${'x'.repeat(9)}\n`.repeat(100).trim() },
  });
});

test('a reason is taken whole or refused whole, by its characters', () => {
  const character = fc.constantFrom('x', 'é', '漢', '\u{1F512}');
  const length = fc.oneof(
    fc.nat(DECLINE_REASON_MAX_LENGTH * 2),
    fc.integer({ min: DECLINE_REASON_MAX_LENGTH - 1, max: DECLINE_REASON_MAX_LENGTH + 1 }),
  );
  fc.assert(
    fc.property(character, length, (one, count) => {
      const reason = one.repeat(count);
      const reading = readConfirmationForm(new URLSearchParams({ answer: 'decline', reason }));
      assert.deepEqual(
        reading,
        count <= DECLINE_REASON_MAX_LENGTH
          ? { answer: { kind: 'decline', reason } }
          : { problem: 'reason_too_long', reason },
      );
    }),
  );
});
