/** Brings names from the queue into the search index, some at a time. Harmless to repeat. */
import { hasQueuedNames, indexQueuedNames } from '../store/search.ts';
import type { Environment } from './context.ts';

/** Few enough that requests wait only some milliseconds behind them. */
const NAMES_AT_ONCE = 200;

/** @returns whether more names may be waiting */
export async function indexNames({ store }: Environment): Promise<boolean> {
  if (!(await hasQueuedNames(store.reader))) {
    return false;
  }
  const indexed = await store.transaction((tx) => indexQueuedNames(tx, NAMES_AT_ONCE));
  return indexed === NAMES_AT_ONCE;
}
