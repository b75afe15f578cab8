/**
 * When keys were last used, without a write for every request: kept in memory, and brought into the
 * database now and then. Of several servers each keeps what it has seen itself: a use that another one
 * has seen is told after that one has brought it in. What was not brought in when a server dies is lost.
 */
import { formatTime } from '../domain/time.ts';
import { updateLastUsedDates } from '../store/api-keys.ts';
import type { Environment, Principal } from './context.ts';

/** The latest uses that are not in the database yet. */
export interface KeyUsage {
  /** Notes that somebody was let in by a key. Costs two looks into maps. */
  note(key: UsedKey, now_ms: number): void;
  /** When a key was last used, as far as it is noted here. */
  findLast(account_id: number, api_key_id: number): number | undefined;
  /**
   * Hands all that is noted to `write`. It counts as noted until that is done, and stays noted where it
   * fails.
   */
  bringIn(write: (uses: readonly KeyUse[]) => Promise<void>): Promise<void>;
}

type UsedKey = Pick<Principal, 'account_id' | 'api_key_id'>;

interface KeyUse extends UsedKey {
  readonly used_ms: number;
}

/** By account and key: a joined name would be a new text for every request. */
type Uses = Map<number, Map<number, number>>;

/** Used keys that are noted at once. The use of one more is noted after these were brought in. */
const NOTED_KEYS_MAX = 100_000;

/** @param limit how many keys are noted at once */
export function createKeyUsage(limit: number = NOTED_KEYS_MAX): KeyUsage {
  let noted: Uses = new Map();
  let leaving: Uses = new Map();
  let count = 0;
  const note = ({ account_id, api_key_id }: UsedKey, now_ms: number): void => {
    let keys = noted.get(account_id);
    if (keys === undefined) {
      keys = new Map();
      noted.set(account_id, keys);
    }
    const known_ms = keys.get(api_key_id);
    if (known_ms === undefined ? count < limit : known_ms < now_ms) {
      count += known_ms === undefined ? 1 : 0;
      keys.set(api_key_id, now_ms);
    }
  };
  return {
    note,
    findLast: (account_id, api_key_id) =>
      noted.get(account_id)?.get(api_key_id) ?? leaving.get(account_id)?.get(api_key_id),
    async bringIn(write) {
      leaving = noted;
      noted = new Map();
      count = 0;
      const uses = listUses(leaving);
      try {
        await write(uses);
      } catch (error) {
        for (const use of uses) {
          note(use, use.used_ms);
        }
        throw error;
      } finally {
        leaving = new Map();
      }
    },
  };
}

function listUses(uses: Uses): KeyUse[] {
  return [...uses].flatMap(([account_id, keys]) =>
    [...keys].map(([api_key_id, used_ms]) => ({ account_id, api_key_id, used_ms })),
  );
}

/** Brings what this server has noted into the database, in one transaction. */
export async function flushKeyUsage({
  store,
  key_usage,
}: Pick<Environment, 'store' | 'key_usage'>): Promise<void> {
  await key_usage.bringIn(async (uses) => {
    if (uses.length === 0) {
      return;
    }
    await store.transaction(async (tx) => {
      for (const { account_id, last_used_date, ids } of groupUses(uses)) {
        await updateLastUsedDates(tx, account_id, ids, last_used_date);
      }
    });
  });
}

/** Keys of an account that were last used in the same second: one statement serves them all. */
function groupUses(uses: readonly KeyUse[]) {
  const groups = Map.groupBy(
    uses,
    ({ account_id, used_ms }) => `${account_id} ${formatTime(used_ms)}`,
  );
  return [...groups.values()].map((group) => ({
    account_id: group[0]?.account_id ?? 0,
    last_used_date: formatTime(group[0]?.used_ms ?? 0),
    ids: group.map(({ api_key_id }) => api_key_id).sort((a, b) => a - b),
  }));
}
