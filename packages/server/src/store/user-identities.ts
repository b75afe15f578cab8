/** Whom OpenID providers know users as. */
import type { Insertable, Selectable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { UserIdentityRow } from './schema-sign-in.ts';
import { statement } from './statement.ts';

/** An identity and the user that it is of. */
type StoredIdentity = Selectable<UserIdentityRow>;

/** The users that a provider's subject is linked to: one, or none. */
export async function listUsersOfIdentity(
  handle: Handle,
  issuer: string,
  subject: string,
): Promise<Pick<StoredIdentity, 'account_id' | 'user_id'>[]> {
  return await handle.all(selectOfSubject, { issuer, subject });
}

/** Active people with an address, in any account: never more than are needed to know that it is not one. */
export async function listPeopleByEmail(
  handle: Handle,
  email_folded: string,
): Promise<{ account_id: number; id: number }[]> {
  return await handle.all(selectByEmail, { email_folded });
}

/** Whom a user is known as, the earliest link first. */
export async function listIdentitiesOfUser(
  handle: Handle,
  account_id: number,
  user_id: number,
): Promise<Pick<StoredIdentity, 'issuer' | 'subject' | 'linked_at'>[]> {
  return await handle.all(selectOfUser, { account_id, user_id });
}

export async function insertIdentity(
  tx: Transaction,
  identity: Insertable<UserIdentityRow>,
): Promise<void> {
  await tx.run(insert, identity);
}

/** @returns how many there were */
export async function deleteIdentitiesOfUser(
  tx: Transaction,
  account_id: number,
  user_id: number,
): Promise<number> {
  return await tx.change(deleteOfUser, { account_id, user_id });
}

const selectOfSubject = statement<
  { issuer: string; subject: string },
  Pick<StoredIdentity, 'account_id' | 'user_id'>
>((db, args) =>
  db
    .selectFrom('user_identities')
    .select(['account_id', 'user_id'])
    .where('issuer', '=', args.issuer)
    .where('subject', '=', args.subject)
    .limit(2),
);

const selectByEmail = statement<{ email_folded: string }, { account_id: number; id: number }>(
  (db, args) =>
    db
      .selectFrom('users')
      .select(['account_id', 'id'])
      .where('email_folded', '=', args.email_folded)
      .where('status', '=', 'active')
      .where('is_api_only', '=', 0)
      .limit(2),
);

const selectOfUser = statement<
  { account_id: number; user_id: number },
  Pick<StoredIdentity, 'issuer' | 'subject' | 'linked_at'>
>((db, args) =>
  db
    .selectFrom('user_identities')
    .select(['issuer', 'subject', 'linked_at'])
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .orderBy('linked_at')
    .orderBy('issuer')
    .orderBy('subject'),
);

const deleteOfUser = statement<{ account_id: number; user_id: number }, unknown>((db, args) =>
  db
    .deleteFrom('user_identities')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id),
);

const insert = statement<Insertable<UserIdentityRow>, unknown>((db, args) =>
  db.insertInto('user_identities').values({
    account_id: args.account_id,
    issuer: args.issuer,
    subject: args.subject,
    user_id: args.user_id,
    linked_at: args.linked_at,
  }),
);
