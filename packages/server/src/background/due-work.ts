/** Does what comes due as time passes: reminders, and the scripted outcomes of test accounts. */
import type { Environment } from '../operations/context.ts';
import { performDueWork, renewStaleHints } from '../operations/due-work.ts';
import { type BackgroundWork, startRounds } from './rounds.ts';

const IDLE_WAIT_MS = 1000;

/** Other rules come with a start, other settings rarely: they need not be looked for as often. */
const STALE_WAIT_MS = 2000;

/** @param report is told of a failure; the work goes on after it */
export function startDueWork(
  environment: Environment,
  report: (error: unknown) => void,
): BackgroundWork {
  const due = startRounds({
    work: () => performDueWork(environment),
    idle_wait_ms: IDLE_WAIT_MS,
    report,
  });
  const stale = startRounds({
    work: () => renewStaleHints(environment),
    idle_wait_ms: STALE_WAIT_MS,
    report,
  });
  return {
    async stop() {
      await Promise.all([due.stop(), stale.stop()]);
    },
  };
}
