/**
 * How many requests a key may send: rolling windows, exact to the millisecond. A request is refused while
 * a window is full of earlier ones. What is refused is not counted, so that asking again does not make
 * the wait longer. A request leaves a window exactly the window's length after it was taken.
 *
 * It is told the time. Where the clock was set back, the times of a key say nothing, and it begins anew.
 *
 * Memory is bounded: of each key the last times, no more than the largest limit asks about, and of keys
 * the `keys_max` that were used last; when another one comes, those that were idle for longer than every
 * window go first. So only where more keys than that are in use at once, the one that was used longest
 * ago is forgotten before its windows are over, and may send more than its limit. Nobody is ever
 * refused for want of memory.
 */

/** So many requests at most, in any window that is so long. */
export interface RateLimit {
  readonly requests: number;
  readonly window_ms: number;
}

export interface RateLimiter<Key> {
  /**
   * Takes a request into the windows of its key, unless one of them is full.
   *
   * @returns 0 if it was taken, otherwise in how many milliseconds one will be
   */
  take(key: Key, now_ms: number): number;
  /** As `take`, and takes nothing. */
  findWait(key: Key, now_ms: number): number;
  /** How many keys are remembered. */
  countKeys(): number;
}

/** With the limits that are usual, 80 MB if every one of them has used its limits to the full. */
const KEYS_MAX = 10_000;

/** For how many times there is room at first; most keys never need more. */
const FIRST_ROOM = 8;

/** @param limits one or more, in any order */
export function createRateLimiter<Key>(
  limits: readonly RateLimit[],
  keys_max: number = KEYS_MAX,
): RateLimiter<Key> {
  const longest_ms = Math.max(...limits.map(({ window_ms }) => window_ms));
  const times_max = Math.max(...limits.map(({ requests }) => requests));
  // In the order of their use: a key that asks is put at the end.
  const keys = new Map<Key, RecentTimes>();

  const makeRoom = (now_ms: number) => {
    for (const [key, times] of keys) {
      const isIdle = times.findNewest(1) + longest_ms <= now_ms;
      if (!isIdle && keys.size < keys_max) {
        return;
      }
      keys.delete(key);
    }
  };

  const waitFor = (times: RecentTimes, now_ms: number) => {
    let wait_ms = 0;
    for (const { requests, window_ms } of limits) {
      wait_ms = Math.max(wait_ms, times.findNewest(requests) + window_ms - now_ms);
    }
    return wait_ms;
  };

  const isUsable = (times: RecentTimes | undefined, now_ms: number): times is RecentTimes =>
    times !== undefined && times.findNewest(1) <= now_ms;

  return {
    take(key, now_ms) {
      const known = keys.get(key);
      if (known === undefined) {
        makeRoom(now_ms);
      } else {
        keys.delete(key);
      }
      const times = isUsable(known, now_ms) ? known : new RecentTimes(times_max);
      keys.set(key, times);
      const wait_ms = waitFor(times, now_ms);
      if (wait_ms === 0) {
        times.add(now_ms, now_ms - longest_ms);
      }
      return wait_ms;
    },
    findWait(key, now_ms) {
      const known = keys.get(key);
      return isUsable(known, now_ms) ? waitFor(known, now_ms) : 0;
    },
    countKeys: () => keys.size,
  };
}

/** The times of a key's last requests, in a ring that grows only as far as it must. */
class RecentTimes {
  readonly #times_max: number;
  #ring: Float64Array;
  /** Where the next time goes; in a ring that is full, that is where the oldest one stands. */
  #next = 0;
  #count = 0;

  constructor(times_max: number) {
    this.#times_max = times_max;
    this.#ring = new Float64Array(Math.min(FIRST_ROOM, times_max));
  }

  /** The time of the n-th newest request, 1 being the newest; before all time if there were fewer. */
  findNewest(n: number): number {
    if (n > this.#count) {
      return Number.NEGATIVE_INFINITY;
    }
    const place = this.#next - n;
    return this.#ring[place < 0 ? place + this.#ring.length : place] ?? Number.NaN;
  }

  /** @param forgotten_ms a time that is not newer than this is not asked about any more */
  add(time_ms: number, forgotten_ms: number): void {
    const isFull = this.#count === this.#ring.length;
    if (isFull && this.#count < this.#times_max && this.findNewest(this.#count) > forgotten_ms) {
      this.#grow();
    }
    this.#ring[this.#next] = time_ms;
    this.#next = (this.#next + 1) % this.#ring.length;
    this.#count = Math.min(this.#count + 1, this.#ring.length);
  }

  #grow(): void {
    const larger = new Float64Array(Math.min(2 * this.#count, this.#times_max));
    larger.set(this.#ring.subarray(this.#next));
    larger.set(this.#ring.subarray(0, this.#next), this.#count - this.#next);
    this.#ring = larger;
    this.#next = this.#count;
  }
}
