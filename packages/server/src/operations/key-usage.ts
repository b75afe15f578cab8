/**
 * When keys and sessions were last used, without a write for every request: kept in memory, and brought
 * into the database now and then. Of several servers each keeps what it has seen itself: a use that
 * another one has seen is told after that one has brought it in. What was not brought in when a server
 * dies is lost.
 */
import { formatTime } from '../domain/time.ts';
import { updateLastUsedDates } from '../store/api-keys.ts';
import type { Transaction } from '../store/database.ts';
import { updateLastSeenTimes } from '../store/sessions.ts';
import type { Environment } from './context.ts';

/** The latest uses of keys, or of sessions, that are not in the database yet. */
export interface Usage {
  /** Notes that somebody was let in by one. Costs two looks into maps. */
  note(account_id: number, id: number, now_ms: number): void;
  /** When one was last used, as far as it is noted here. */
  findLast(account_id: number, id: number): number | undefined;
  /**
   * Hands all that is noted to `write`. It counts as noted until that is done, and stays noted where it
   * fails.
   */
  bringIn(write: (uses: readonly Use[]) => Promise<void>): Promise<void>;
}

interface Use {
  readonly account_id: number;
  readonly id: number;
  readonly used_ms: number;
}

/** By account and id: a joined name would be a new text for every request. */
type Uses = Map<number, Map<number, number>>;

/** What is noted at once. The use of one more is noted after these were brought in. */
const NOTED_MAX = 100_000;

/** @param limit how many are noted at once */
export function createUsage(limit: number = NOTED_MAX): Usage {
  let noted: Uses = new Map();
  let leaving: Uses = new Map();
  let count = 0;
  const note = (account_id: number, id: number, now_ms: number): void => {
    let times = noted.get(account_id);
    if (times === undefined) {
      times = new Map();
      noted.set(account_id, times);
    }
    const known_ms = times.get(id);
    if (known_ms === undefined ? count < limit : known_ms < now_ms) {
      count += known_ms === undefined ? 1 : 0;
      times.set(id, now_ms);
    }
  };
  return {
    note,
    findLast: (account_id, id) =>
      noted.get(account_id)?.get(id) ?? leaving.get(account_id)?.get(id),
    async bringIn(write) {
      leaving = noted;
      noted = new Map();
      count = 0;
      const uses = listUses(leaving);
      try {
        await write(uses);
      } catch (error) {
        for (const { account_id, id, used_ms } of uses) {
          note(account_id, id, used_ms);
        }
        throw error;
      } finally {
        leaving = new Map();
      }
    },
  };
}

function listUses(uses: Uses): Use[] {
  return [...uses].flatMap(([account_id, times]) =>
    [...times].map(([id, used_ms]) => ({ account_id, id, used_ms })),
  );
}

/** Brings what this server has noted into the database, in one transaction of each kind. */
export async function flushUsage({
  store,
  key_usage,
  session_usage,
}: Pick<Environment, 'store' | 'key_usage' | 'session_usage'>): Promise<void> {
  await bringInto(store, key_usage, updateLastUsedDates);
  await bringInto(store, session_usage, updateLastSeenTimes);
}

type Write = (
  tx: Transaction,
  account_id: number,
  ids: readonly number[],
  time: string,
) => Promise<void>;

async function bringInto(store: Environment['store'], usage: Usage, write: Write): Promise<void> {
  await usage.bringIn(async (uses) => {
    if (uses.length === 0) {
      return;
    }
    await store.transaction(async (tx) => {
      for (const { account_id, time, ids } of groupUses(uses)) {
        await write(tx, account_id, ids, time);
      }
    });
  });
}

/** Those of an account that were last used in the same second: one statement serves them all. */
function groupUses(uses: readonly Use[]) {
  const groups = Map.groupBy(
    uses,
    ({ account_id, used_ms }) => `${account_id} ${formatTime(used_ms)}`,
  );
  return [...groups.values()].map((group) => ({
    account_id: group[0]?.account_id ?? 0,
    time: formatTime(group[0]?.used_ms ?? 0),
    ids: group.map(({ id }) => id).sort((a, b) => a - b),
  }));
}
