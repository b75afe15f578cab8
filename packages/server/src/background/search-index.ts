/** Keeps the search index up: what was created or renamed enters it a moment later. */
import { randomUUID } from 'node:crypto';
import type { Environment } from '../operations/context.ts';
import { indexNames, stopIndexingNames } from '../operations/search-index.ts';
import { type BackgroundWork, startRounds } from './rounds.ts';

/** When there was nothing more to do. Until then searches look through the queue as well. */
const IDLE_WAIT_MS = 1000;

/** @param report is told of a failure; the work goes on after it */
export function startIndexing(
  environment: Environment,
  report: (error: unknown) => void,
): BackgroundWork {
  const holder = randomUUID();
  const rounds = startRounds({
    work: () => indexNames(environment, holder),
    idle_wait_ms: IDLE_WAIT_MS,
    report,
  });
  return {
    async stop() {
      await rounds.stop();
      // Only if it can be: the lease runs out by itself.
      await stopIndexingNames(environment, holder).catch(report);
    },
  };
}
