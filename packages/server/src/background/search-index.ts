/** Keeps the search index up: what was created or renamed enters it a moment later. */
import { randomUUID } from 'node:crypto';
import type { Environment } from '../operations/context.ts';
import { indexNames, stopIndexingNames } from '../operations/search-index.ts';

/** When there was nothing more to do. Until then searches look through the queue as well. */
const IDLE_WAIT_MS = 250;

/** Between two lots while more wait: requests come first. */
const BUSY_WAIT_MS = 5;

/** Work that goes on until it is stopped. */
export interface BackgroundWork {
  /** Resolves when the work has come to rest. */
  stop(): Promise<void>;
}

/** @param report is told of a failure; the work goes on after it */
export function startIndexing(
  environment: Environment,
  report: (error: unknown) => void,
): BackgroundWork {
  const holder = randomUUID();
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const runOnce = async (): Promise<void> => {
    let hasMore = false;
    try {
      hasMore = await indexNames(environment, holder);
    } catch (error) {
      report(error);
    }
    if (!isStopped) {
      schedule(hasMore ? BUSY_WAIT_MS : IDLE_WAIT_MS);
    }
  };
  const schedule = (wait_ms: number): void => {
    timer = setTimeout(() => {
      running = runOnce();
    }, wait_ms);
    timer.unref();
  };

  schedule(BUSY_WAIT_MS);
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
      // Only if it can be: the lease runs out by itself.
      await stopIndexingNames(environment, holder).catch(report);
    },
  };
}
