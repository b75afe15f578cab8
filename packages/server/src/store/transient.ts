/**
 * The one place where work on a database is tried again: after failures that say nothing against the
 * work itself. Bounded, and with waits of random length, so that those who collided do not collide again.
 */
import { setTimeout as wait } from 'node:timers/promises';

/** What a failure means for whoever had it. */
export type Failure =
  /** Another transaction came between: the same work may well succeed now. */
  | 'conflict'
  /** The database, or the way to it, was lost. */
  | 'lost'
  /** Neither: trying again would fail again. */
  | 'final';

/** Where transactions are serializable, those of some ten clients that change the same may collide a dozen times. */
const ATTEMPTS_MAX = 40;
const FIRST_WAIT_MS = 2;
const LONGEST_WAIT_MS = 500;

/**
 * Runs work until it succeeds, or fails in a way that is final, or has conflicted too often.
 *
 * @param judge tells what a failure means
 * @param isRepeatable whether the work may also be tried again once after the database was lost: only
 *   what changes nothing, because the first attempt may have succeeded
 * @throws the last failure
 */
export async function tryAgain<Result>(
  work: () => Promise<Result>,
  judge: (error: unknown) => Failure,
  isRepeatable: boolean,
): Promise<Result> {
  let wasLost = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const failure = judge(error);
      const mayRepeat = failure === 'lost' && isRepeatable && !wasLost;
      if ((failure !== 'conflict' && !mayRepeat) || attempt >= ATTEMPTS_MAX) {
        throw error;
      }
      wasLost ||= failure === 'lost';
      await wait(Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt));
    }
  }
}
