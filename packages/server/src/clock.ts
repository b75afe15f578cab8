/**
 * Where time comes from. Everything that needs it is handed a clock; nothing else reads the time, so
 * that tests and test accounts can hold it.
 */

export interface Clock {
  /** Now, in milliseconds since 1970. */
  now_ms(): number;
}

export const systemClock: Clock = { now_ms: () => Date.now() };
