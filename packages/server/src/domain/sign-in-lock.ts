/**
 * How many failed tries in a row there may be, and for how long nobody signs in after them. The same for
 * users and for names that nobody has, so that neither tells which is which. Pure; told the time.
 */

const FAILURES_MAX = 10;
const LOCK_MS = 15 * 60_000;

/** Codes of an authenticator app that may be wrong before the password is asked for again. */
export const WRONG_CODES_MAX = 5;

export interface TryCount {
  /** In a row, since the last success or lock. */
  readonly failed_attempts: number;
  /** 0 where it never was. */
  readonly locked_until_ms: number;
}

export const NO_TRIES: TryCount = { failed_attempts: 0, locked_until_ms: 0 };

/** For how long nobody signs in still; 0 for not locked. */
export function lockedFor({ locked_until_ms }: TryCount, now_ms: number): number {
  return Math.max(0, locked_until_ms - now_ms);
}

/** The count after one more failure. While it is locked nothing counts. */
export function countFailure(tries: TryCount, now_ms: number): TryCount {
  if (lockedFor(tries, now_ms) > 0) {
    return tries;
  }
  const failed_attempts = tries.failed_attempts + 1;
  return failed_attempts < FAILURES_MAX
    ? { failed_attempts, locked_until_ms: 0 }
    : { failed_attempts: 0, locked_until_ms: now_ms + LOCK_MS };
}
