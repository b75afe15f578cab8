/** Does what comes due as time passes: reminders, and the scripted outcomes of test accounts. */
import type { Environment } from '../operations/context.ts';
import { performDueWork } from '../operations/due-work.ts';
import { type BackgroundWork, startRounds } from './rounds.ts';

const IDLE_WAIT_MS = 1000;

/** @param report is told of a failure; the work goes on after it */
export function startDueWork(
  environment: Environment,
  report: (error: unknown) => void,
): BackgroundWork {
  return startRounds({
    work: () => performDueWork(environment),
    idle_wait_ms: IDLE_WAIT_MS,
    report,
  });
}
