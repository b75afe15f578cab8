/**
 * Leases: which of several servers does a piece of background work. A lease is a row; whoever changes it
 * has it until it runs out, so a server that dies is followed by another. It keeps servers from doing
 * work twice for nothing; what the work does must be right even if two do it at once.
 */
import type { Transaction } from './database.ts';
import { statement } from './statement.ts';

/** A claim on a piece of work. */
export interface Lease {
  readonly name: string;
  /** Tells servers apart. */
  readonly holder: string;
}

/**
 * Takes a lease that nobody has, that has run out, or that is the holder's own already.
 *
 * @param now_ms milliseconds since 1970, by the holder's clock: servers' clocks must agree to within a
 *   fraction of the duration
 * @returns whether the holder has it now
 */
export async function claimLease(
  tx: Transaction,
  { name, holder }: Lease,
  now_ms: number,
  duration_ms: number,
): Promise<boolean> {
  await tx.run(insertFree, { name });
  const expires_at_ms = now_ms + duration_ms;
  return (await tx.change(claim, { name, holder, now_ms, expires_at_ms })) === 1;
}

/** Gives a lease back, if it is the holder's. */
export async function releaseLease(tx: Transaction, { name, holder }: Lease): Promise<void> {
  await tx.run(release, { name, holder });
}

const insertFree = statement<{ name: string }, unknown>((db, args) =>
  db
    .insertInto('leases')
    .values({ name: args.name, holder: '', expires_at_ms: 0 })
    .onConflict((conflict) => conflict.column('name').doNothing()),
);

const claim = statement<Lease & { now_ms: number; expires_at_ms: number }, unknown>((db, args) =>
  db
    .updateTable('leases')
    .set({ holder: args.holder, expires_at_ms: args.expires_at_ms })
    .where('name', '=', args.name)
    .where((eb) => eb.or([eb('holder', '=', args.holder), eb('expires_at_ms', '<=', args.now_ms)])),
);

const release = statement<Lease, unknown>((db, args) =>
  db
    .updateTable('leases')
    .set({ holder: '', expires_at_ms: 0 })
    .where('name', '=', args.name)
    .where('holder', '=', args.holder),
);
