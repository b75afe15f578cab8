/** Seals events into the audit log a moment after they were recorded. */
import { randomUUID } from 'node:crypto';
import { sealNextEvents, stopSealingEvents } from '../operations/audit-log.ts';
import type { Environment } from '../operations/context.ts';
import { type BackgroundWork, startRounds } from './rounds.ts';

/** How long an event waits at most where there is little to do: each round costs a commit. */
const IDLE_WAIT_MS = 1000;

/** @param report is told of a failure; the work goes on after it */
export function startSealing(
  environment: Environment,
  report: (error: unknown) => void,
): BackgroundWork {
  const holder = randomUUID();
  let account_id = 0;
  const rounds = startRounds({
    async work() {
      const turn = await sealNextEvents(environment, holder, account_id);
      account_id = turn ?? 0;
      return turn !== undefined;
    },
    idle_wait_ms: IDLE_WAIT_MS,
    report,
  });
  return {
    async stop() {
      await rounds.stop();
      // Only if it can be: the lease runs out by itself.
      await stopSealingEvents(environment, holder).catch(report);
    },
  };
}
