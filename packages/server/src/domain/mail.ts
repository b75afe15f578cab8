/** Mail: what one is, and when one that could not be sent is tried again. Pure. */

/** A mail that is ready to be sent. */
export interface ComposedMail {
  /** The address it goes to. */
  readonly recipient: string;
  readonly subject: string;
  /** Locale code of the language it is in. */
  readonly locale: string;
  readonly text: string;
  readonly html: string;
  /** Links to Orgvet that it has. */
  readonly links: readonly string[];
}

/** What became of an attempt: sent, to be tried again, or refused for good. */
export interface MailOutcome {
  readonly outcome: 'sent' | 'deferred' | 'refused';
  /** What the mail server said, or what failed, in one line. */
  readonly response: string;
}

/** What is to become of a mail: done with, or tried again at a moment. */
type MailPlan =
  | { readonly status: 'sent' | 'failed' }
  | { readonly status: 'queued'; readonly next_attempt_ms: number };

const MINUTE_MS = 60_000;

/** Between an attempt that was deferred and the next; the last one holds for all after it. */
const WAITS_MS = [1, 5, 15, 60, 180, 360, 720].map((minutes) => minutes * MINUTE_MS);

/** The last attempt is made so long after the first. */
const GIVE_UP_AFTER_MS = 3 * 24 * 60 * MINUTE_MS;

/** Enough for what a mail server has to say. */
const RESPONSE_LENGTH_MAX = 500;

/**
 * What follows from an attempt.
 *
 * @param attempts how many there were, with this one
 * @param first_attempt_ms when the first one was made, of those that are known
 */
export function planAfterAttempt(
  { outcome }: Pick<MailOutcome, 'outcome'>,
  attempts: number,
  first_attempt_ms: number,
  now_ms: number,
): MailPlan {
  if (outcome === 'sent') {
    return { status: 'sent' };
  }
  const last_attempt_ms = first_attempt_ms + GIVE_UP_AFTER_MS;
  if (outcome === 'refused' || now_ms >= last_attempt_ms) {
    return { status: 'failed' };
  }
  const wait_ms = WAITS_MS[Math.min(attempts, WAITS_MS.length) - 1] ?? MINUTE_MS;
  return { status: 'queued', next_attempt_ms: Math.min(now_ms + wait_ms, last_attempt_ms) };
}

/** A response as it is kept: one line, of a bounded length, with nothing that a terminal would obey. */
export function condenseResponse(response: string): string {
  const line = response
    .toWellFormed()
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim();
  return [...line].slice(0, RESPONSE_LENGTH_MAX).join('').trimEnd();
}
