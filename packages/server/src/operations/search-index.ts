/**
 * Brings names from the queue into the search index, some at a time. Harmless to repeat. Of several
 * servers one does it, by a lease.
 */
import { claimLease, type Lease, releaseLease } from '../store/leases.ts';
import { hasQueuedNames, indexQueuedNames } from '../store/search.ts';
import type { Environment } from './context.ts';

/** Few enough that requests wait only some milliseconds behind them. */
const NAMES_AT_ONCE = 200;

/** After this long without a word from its holder, another server takes over. */
const LEASE_DURATION_MS = 10_000;

const leaseOf = (holder: string): Lease => ({ name: 'search-index', holder });

/**
 * @param holder tells servers apart
 * @param limit how many names enter the index at most
 * @returns whether more names may be waiting for this server
 */
export async function indexNames(
  { store, clock }: Environment,
  holder: string,
  limit = NAMES_AT_ONCE,
): Promise<boolean> {
  if (!(await hasQueuedNames(store.reader))) {
    return false;
  }
  return await store.lotTransaction(async (tx) => {
    const isMine = await claimLease(tx, leaseOf(holder), clock.now_ms(), LEASE_DURATION_MS);
    // One account at a time: where this one has no more, another may.
    return isMine && (await indexQueuedNames(tx, limit)) > 0;
  });
}

/** Lets another server take over at once. */
export async function stopIndexingNames({ store }: Environment, holder: string): Promise<void> {
  await store.transaction((tx) => releaseLease(tx, leaseOf(holder)));
}
