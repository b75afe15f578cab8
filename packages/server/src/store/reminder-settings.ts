/** What follows for validations when an account is to be reminded of their ends on other days. */
import type { Transaction } from './database.ts';
import { statement } from './statement.ts';

/**
 * Forgets by which rules the account's completed validations were told when they are due, so that the
 * background work works it out anew.
 */
export async function forgetDueRules(tx: Transaction, account_id: number): Promise<void> {
  await tx.run(forget, { account_id });
}

const forget = statement<{ account_id: number }, unknown>((db, args) =>
  db
    .updateTable('validations')
    .set({ due_rules: '' })
    .where('account_id', '=', args.account_id)
    .where('date_created', '<>', ''),
);
