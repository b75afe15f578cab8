/** Links that sign in once: only hashes of their tokens. Times are the server's. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { SignInLinkRow } from './schema-sign-in.ts';
import { statement } from './statement.ts';

export type NewSignInLink = Omit<Insertable<SignInLinkRow>, 'id' | 'used_at'>;
export type StoredSignInLink = Selectable<SignInLinkRow>;

/** @returns the id of the new link */
export async function insertSignInLink(tx: Transaction, link: NewSignInLink): Promise<number> {
  const row = await tx.first(insert, link);
  if (row === undefined) {
    throw new Error('A link was not inserted.');
  }
  return row.id;
}

export async function findSignInLink(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<StoredSignInLink | undefined> {
  return await handle.first(selectOne, { account_id, id });
}

/** Uses a link up. @returns whether it was not used before */
export async function useSignInLinkOnce(
  tx: Transaction,
  account_id: number,
  id: number,
  used_at: string,
): Promise<boolean> {
  return (await tx.change(use, { account_id, id, used_at })) === 1;
}

/** Deletes the links of a user for a purpose that nobody can use, or is to use, any more. */
export async function deleteSignInLinks(
  tx: Transaction,
  account_id: number,
  user_id: number,
  purpose: SignInLinkRow['purpose'],
): Promise<void> {
  await tx.run(deleteOfPurpose, { account_id, user_id, purpose });
}

const insert = statement<NewSignInLink, { id: number }>((db, args) =>
  db
    .insertInto('sign_in_links')
    .values({
      account_id: args.account_id,
      user_id: args.user_id,
      token_hash: args.token_hash,
      purpose: args.purpose,
      created_at: args.created_at,
      expires_at: args.expires_at,
      used_at: sql`''`,
    })
    .returning('id'),
);

type OneLink = { account_id: number; id: number };

const selectOne = statement<OneLink, StoredSignInLink>((db, args) =>
  db
    .selectFrom('sign_in_links')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const use = statement<OneLink & { used_at: string }, unknown>((db, args) =>
  db
    .updateTable('sign_in_links')
    .set({ used_at: args.used_at })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id)
    .where('used_at', '=', ''),
);

const deleteOfPurpose = statement<
  { account_id: number; user_id: number; purpose: string },
  unknown
>((db, args) =>
  db
    .deleteFrom('sign_in_links')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .where('purpose', '=', args.purpose as SignInLinkRow['purpose']),
);
