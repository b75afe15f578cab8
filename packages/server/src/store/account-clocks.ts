/** The clocks of test accounts, and what becomes of their validations by themselves. */
import type { Transaction } from './database.ts';
import { statement } from './statement.ts';

/** Sets a clock ahead, never back: whoever wants it further ahead has had their way already. */
export async function advanceClock(
  tx: Transaction,
  account_id: number,
  clock_offset_ms: number,
): Promise<void> {
  await tx.run(advance, { account_id, clock_offset_ms });
}

export async function updateOutcomePolicy(
  tx: Transaction,
  account_id: number,
  outcome_policy: string,
): Promise<void> {
  await tx.run(updatePolicy, { account_id, outcome_policy });
}

const advance = statement<{ account_id: number; clock_offset_ms: number }, unknown>((db, args) =>
  db
    .updateTable('accounts')
    .set({ clock_offset_ms: args.clock_offset_ms })
    .where('id', '=', args.account_id)
    .where('clock_offset_ms', '<', args.clock_offset_ms),
);

const updatePolicy = statement<{ account_id: number; outcome_policy: string }, unknown>(
  (db, args) =>
    db
      .updateTable('accounts')
      .set({ outcome_policy: args.outcome_policy })
      .where('id', '=', args.account_id),
);
