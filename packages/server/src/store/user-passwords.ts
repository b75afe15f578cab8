/** Passwords of users: only what proves them, and how often in a row they were wrong. Times are the server's. */
import type { Insertable, Selectable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { UserPasswordRow } from './schema-sign-in.ts';
import { statement } from './statement.ts';

export type StoredPassword = Selectable<UserPasswordRow>;

/** More users than this of one name are not looked at. */
const CANDIDATES_MAX = 5;

export async function findPassword(
  handle: Handle,
  account_id: number,
  user_id: number,
): Promise<StoredPassword | undefined> {
  return await handle.first(selectOne, { account_id, user_id });
}

/**
 * The passwords of those who may be meant by a name and may sign in by one: of active people whose user
 * name or email address it is, a few at most.
 *
 * @param name_folded the name in its folded form
 * @param account_id of which account; 0 for whichever
 */
export async function listPasswordsByName(
  handle: Handle,
  name_folded: string,
  account_id: number,
): Promise<StoredPassword[]> {
  const [byName, byEmail] = account_id === 0 ? ANYWHERE : IN_ACCOUNT;
  const args = { name_folded, account_id };
  const found = [...(await handle.all(byName, args)), ...(await handle.all(byEmail, args))];
  const users = new Map(found.map((one) => [`${one.account_id} ${one.user_id}`, one]));
  return [...users.values()].slice(0, CANDIDATES_MAX);
}

/** Puts a password in the place of the one that the user may have. */
export async function replacePassword(
  tx: Transaction,
  password: Insertable<UserPasswordRow>,
): Promise<void> {
  await tx.run(deleteOne, password);
  await tx.run(insert, password);
}

export async function updateTries(
  tx: Transaction,
  tries: Pick<StoredPassword, 'account_id' | 'user_id' | 'failed_attempts' | 'locked_until'>,
): Promise<void> {
  await tx.run(update, tries);
}

type OfUser = { account_id: number; user_id: number };

const selectOne = statement<OfUser, StoredPassword>((db, args) =>
  db
    .selectFrom('user_passwords')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id),
);

const ANYWHERE = [selectBy('username_folded', false), selectBy('email_folded', false)] as const;
const IN_ACCOUNT = [selectBy('username_folded', true), selectBy('email_folded', true)] as const;

function selectBy(column: 'username_folded' | 'email_folded', isInAccount: boolean) {
  return statement<{ name_folded: string; account_id: number }, StoredPassword>((db, args) =>
    db
      .selectFrom('users as u')
      .innerJoin('user_passwords as p', (join) =>
        join.onRef('p.account_id', '=', 'u.account_id').onRef('p.user_id', '=', 'u.id'),
      )
      .selectAll('p')
      .where(`u.${column}`, '=', args.name_folded)
      .$if(isInAccount, (query) => query.where('u.account_id', '=', args.account_id))
      .where('u.status', '=', 'active')
      .where('u.is_api_only', '=', 0)
      .where('u.is_saml_sso_only', '=', 0)
      .orderBy('u.account_id')
      .orderBy('u.id')
      .limit(CANDIDATES_MAX),
  );
}

const insert = statement<Insertable<UserPasswordRow>, unknown>((db, args) =>
  db.insertInto('user_passwords').values({
    account_id: args.account_id,
    user_id: args.user_id,
    salt: args.salt,
    parameters: args.parameters,
    verifier_hash: args.verifier_hash,
    changed_at: args.changed_at,
    failed_attempts: args.failed_attempts,
    locked_until: args.locked_until,
  }),
);

const deleteOne = statement<OfUser, unknown>((db, args) =>
  db
    .deleteFrom('user_passwords')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id),
);

const update = statement<OfUser & { failed_attempts: number; locked_until: string }, unknown>(
  (db, args) =>
    db
      .updateTable('user_passwords')
      .set({ failed_attempts: args.failed_attempts, locked_until: args.locked_until })
      .where('account_id', '=', args.account_id)
      .where('user_id', '=', args.user_id),
);
