/**
 * What keeps guessing slow and the server quick, in this process alone: how many passwords are derived at
 * once, how often one address may fail, and how often a name may that nobody has. How often users fail
 * stands in the database, where all servers see it (password-proofs.ts).
 */
import { problem } from '@orgvet/contract';
import { type DerivedPassword, derivePassword, type PasswordCost } from '../domain/password.ts';
import { RequestRefused } from '../domain/problems.ts';
import { createRateLimiter } from '../domain/rate-limit.ts';
import { countFailure, lockedFor, NO_TRIES, type TryCount } from '../domain/sign-in-lock.ts';
import { RequestLimitExceeded } from './rate-limits.ts';

/** Nobody is signed in under a name for a while. */
export class SignInLocked extends RequestRefused {
  /** After so long a try counts again. */
  readonly retry_after_s: number;

  constructor(wait_ms: number) {
    super([problem('sign_in_locked')]);
    this.name = 'SignInLocked';
    this.retry_after_s = Math.ceil(wait_ms / 1000);
  }
}

/** Failed tries from one address: far more than the people behind one make. */
const ADDRESS_LIMIT = { requests: 30, window_ms: 15 * 60_000 };

/** Each takes a thread and 19 MiB meanwhile; files and the database need threads too. */
const DERIVED_AT_ONCE = 2;

/** Who waits behind more is told to come again: it would take seconds. */
const WAITING_MAX = 40;

/** Names that nobody has, whose failures are remembered: the longest ago is forgotten. */
const STRANGERS_MAX = 10_000;

/** A password, and what it is to be derived with. */
interface Derivation {
  readonly password: string;
  readonly salt: Uint8Array;
  readonly cost: PasswordCost;
}

export interface SignInGuard {
  /** Derives a password, a few at once. @throws RequestRefused where too many wait already */
  derive(derivation: Derivation): Promise<DerivedPassword>;
  /** @throws RequestLimitExceeded for an address with too many failures */
  refuseIfTooMany(ip_address: string, now_ms: number): void;
  noteFailure(ip_address: string, now_ms: number): void;
  /** @throws SignInLocked for a name that nobody has, as for one that somebody has */
  refuseIfStrangerLocked(name_folded: string, now_ms: number): void;
  noteStranger(name_folded: string, now_ms: number): void;
}

export function createSignInGuard(): SignInGuard {
  const queue = createQueue(DERIVED_AT_ONCE, WAITING_MAX);
  const addresses = createRateLimiter<string>([ADDRESS_LIMIT]);
  const strangers = new Map<string, TryCount>();
  return {
    derive: ({ password, salt, cost }) => queue(() => derivePassword(password, salt, cost)),
    refuseIfTooMany(ip_address, now_ms) {
      const wait_ms = addresses.findWait(ip_address, now_ms);
      if (wait_ms > 0) {
        throw new RequestLimitExceeded(wait_ms);
      }
    },
    noteFailure(ip_address, now_ms) {
      addresses.take(ip_address, now_ms);
    },
    refuseIfStrangerLocked(name_folded, now_ms) {
      const wait_ms = lockedFor(strangers.get(name_folded) ?? NO_TRIES, now_ms);
      if (wait_ms > 0) {
        throw new SignInLocked(wait_ms);
      }
    },
    noteStranger(name_folded, now_ms) {
      const tries = countFailure(strangers.get(name_folded) ?? NO_TRIES, now_ms);
      strangers.delete(name_folded);
      strangers.set(name_folded, tries);
      const [oldest] = strangers.keys();
      if (strangers.size > STRANGERS_MAX && oldest !== undefined) {
        strangers.delete(oldest);
      }
    },
  };
}

type Work<Result> = () => Promise<Result>;

/** Runs a few works at once, the others after them, in the order in which they came. */
function createQueue(at_once: number, waiting_max: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <Result>(work: Work<Result>): Promise<Result> => {
    if (running >= at_once) {
      if (waiting.length >= waiting_max) {
        throw new RequestRefused([problem('service_unavailable')]);
      }
      // Whoever is done hands the place on, so nobody comes in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) {
        running -= 1;
      } else {
        next();
      }
    }
  };
}
