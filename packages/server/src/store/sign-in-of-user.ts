/** All that signs one user in, to be taken away together. */
import type { Transaction } from './database.ts';
import { statement } from './statement.ts';
import { deleteIdentitiesOfUser } from './user-identities.ts';

/** Ends every session of a user, and every link that would begin one. @returns how many there were */
export async function deleteSessionsOfUser(
  tx: Transaction,
  account_id: number,
  user_id: number,
): Promise<number> {
  const args = { account_id, user_id };
  return (await tx.change(deleteSessions, args)) + (await tx.change(deleteLinks, args));
}

/** As `deleteSessionsOfUser`, but for one session. */
export async function deleteOtherSessionsOfUser(
  tx: Transaction,
  account_id: number,
  user_id: number,
  session_id: number,
): Promise<void> {
  await tx.run(deleteOtherSessions, { account_id, user_id, session_id });
  await tx.run(deleteLinks, { account_id, user_id });
}

/** Takes away what a user shows beside the password. */
export async function deleteSecondFactorsOfUser(
  tx: Transaction,
  account_id: number,
  user_id: number,
): Promise<void> {
  for (const factor of [deleteTotps, deletePasskeys]) {
    await tx.run(factor, { account_id, user_id });
  }
}

/** As `deleteSessionsOfUser`, with whatever else the user could sign in by. */
export async function deleteSignInOfUser(
  tx: Transaction,
  account_id: number,
  user_id: number,
): Promise<number> {
  const args = { account_id, user_id };
  let count = await deleteSessionsOfUser(tx, account_id, user_id);
  for (const proof of [deletePasswords, deleteTotps, deletePasskeys]) {
    count += await tx.change(proof, args);
  }
  return count + (await deleteIdentitiesOfUser(tx, account_id, user_id));
}

type OfUser = { account_id: number; user_id: number };

const [deleteSessions, deleteLinks, deletePasswords, deleteTotps, deletePasskeys] = [
  deleteFrom('sessions'),
  deleteFrom('sign_in_links'),
  deleteFrom('user_passwords'),
  deleteFrom('user_totps'),
  deleteFrom('passkeys'),
] as const;

const deleteOtherSessions = statement<OfUser & { session_id: number }, unknown>((db, args) =>
  db
    .deleteFrom('sessions')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .where('id', '<>', args.session_id),
);

function deleteFrom(
  table: 'sessions' | 'sign_in_links' | 'user_passwords' | 'user_totps' | 'passkeys',
) {
  return statement<OfUser, unknown>((db, args) =>
    db
      .deleteFrom(table)
      .where('account_id', '=', args.account_id)
      .where('user_id', '=', args.user_id),
  );
}
