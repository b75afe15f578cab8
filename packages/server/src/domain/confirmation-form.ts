/** The form on the page behind a link: whether what was sent is an answer, and which. */
import { type ConfirmationAnswer, DECLINE_REASON_MAX_LENGTH } from './confirmation.ts';

/** Why a form is no answer. */
export type FormProblem = 'no_answer' | 'reason_too_long';

/** A form as it was read: an answer, or what is wrong with it and the reason that was typed already. */
export type FormReading =
  | { readonly answer: ConfirmationAnswer }
  | { readonly problem: FormProblem; readonly reason: string };

export function readConfirmationForm(form: URLSearchParams): FormReading {
  // Browsers send each line break as two characters, and count it as one.
  const reason = form.getAll('reason').join('\n').replaceAll(/\r\n?/g, '\n').trim();
  const [answer, ...more] = form.getAll('answer');
  if (more.length > 0 || (answer !== 'confirm' && answer !== 'decline')) {
    return { problem: 'no_answer', reason };
  }
  if (answer === 'confirm') {
    return { answer: { kind: 'confirm' } };
  }
  // Nobody's words are cut without asking.
  return [...reason].length > DECLINE_REASON_MAX_LENGTH
    ? { problem: 'reason_too_long', reason }
    : { answer: { kind: 'decline', reason } };
}
