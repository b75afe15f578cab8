/** Work that is done in rounds, as long as the server runs: soon again while there is more, else later. */

/** Between two rounds while there is more: requests come first. */
const BUSY_WAIT_MS = 5;

/** Work that goes on until it is stopped. */
export interface BackgroundWork {
  /** Resolves when the work has come to rest. */
  stop(): Promise<void>;
}

/** What is done, and how often. */
interface Rounds {
  /** Does some of the work. @returns whether there may be more */
  readonly work: () => Promise<boolean>;
  /** Until the next round when there was nothing more to do, or it failed. */
  readonly idle_wait_ms: number;
  /** Is told of a failure; the rounds go on after it. */
  readonly report: (error: unknown) => void;
}

export function startRounds({ work, idle_wait_ms, report }: Rounds): BackgroundWork {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const runOnce = async (): Promise<void> => {
    let hasMore = false;
    try {
      hasMore = await work();
    } catch (error) {
      report(error);
    }
    if (!isStopped) {
      schedule(hasMore ? BUSY_WAIT_MS : idle_wait_ms);
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
    },
  };
}
