/** Proves the log stretch by stretch, so that whoever waits sees how far it is, and can stop it. */
import type { ResponseOf } from '@orgvet/contract';
import { useEffect, useRef, useState } from 'react';
import { useClient } from '../../operations.ts';

type Stretch = ResponseOf<'verifyAuditLog'>;

/** Entries that are proved by one request: some tenths of a second. */
const STRETCH = 5_000;

export interface Verified {
  readonly state: 'idle' | 'running' | 'stopped' | 'intact' | 'broken' | 'failed';
  /** Entries that fit, from the first. */
  readonly verified: number;
  readonly total: number;
  /** Of the last entry; empty until it is known. */
  readonly head: string;
  readonly fault?: Stretch['fault'];
  readonly error?: unknown;
}

const IDLE: Verified = { state: 'idle', verified: 0, total: 0, head: '' };

export function useVerification(): {
  readonly verified: Verified;
  start(): Promise<void>;
  stop(): void;
} {
  const client = useClient();
  const [verified, setVerified] = useState(IDLE);
  const run = useRef(0);
  const stop = () => {
    run.current += 1;
    setVerified((so_far) => ({ ...so_far, state: 'stopped' }));
  };
  // Whoever leaves the page waits for nothing any more.
  useEffect(
    () => () => {
      run.current += 1;
    },
    [],
  );
  const start = async () => {
    run.current += 1;
    const mine = run.current;
    let so_far: Verified = { ...IDLE, state: 'running' };
    let next: number | undefined = 1;
    setVerified(so_far);
    while (next !== undefined) {
      try {
        const query = { from_sequence: next, limit: STRETCH };
        const stretch: Stretch = await client.call('verifyAuditLog', { query });
        next = stretch.next_sequence;
        so_far = add(so_far, stretch);
      } catch (error) {
        next = undefined;
        so_far = { ...so_far, state: 'failed', error };
      }
      if (run.current !== mine) {
        return;
      }
      setVerified(so_far);
    }
  };
  return { verified, start, stop };
}

function add({ verified }: Verified, stretch: Stretch): Verified {
  const { is_intact, next_sequence, fault, total, head } = stretch;
  const ended = is_intact ? ('intact' as const) : ('broken' as const);
  return {
    state: next_sequence === undefined ? ended : 'running',
    verified: verified + stretch.verified,
    ...{ total, head },
    ...(fault && { fault }),
  };
}
