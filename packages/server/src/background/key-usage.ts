/** Brings the times of the latest uses of keys and sessions into the database, now and then and at the end. */
import type { Environment } from '../operations/context.ts';
import { flushUsage } from '../operations/key-usage.ts';
import type { BackgroundWork } from './rounds.ts';

const FLUSH_WAIT_MS = 60_000;

/** @param report is told of a failure; what could not be brought in is tried again the next time */
export function startKeyUsage(
  environment: Environment,
  report: (error: unknown) => void,
  wait_ms: number = FLUSH_WAIT_MS,
): BackgroundWork {
  let running: Promise<void> = Promise.resolve();
  const flush = () => {
    // One after the other: a slow database is not asked twice at once.
    running = running.then(() => flushUsage(environment)).catch(report);
  };
  const timer = setInterval(flush, wait_ms);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      flush();
      await running;
    },
  };
}
