/** Users: single ones, and what else of an account hangs on one. Lists have their own file. */
import type { Insertable, Selectable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { reserveId } from './ids.ts';
import type { UserRow } from './schema.ts';
import { statement } from './statement.ts';

/** Nobody is appointed from the beginning. */
export type NewUser = Omit<Insertable<UserRow>, 'id' | 'has_appointments'>;
export type StoredUser = Selectable<UserRow>;

/** Inserts a user with the id that it has elsewhere. */
export async function insertUserWithId(
  tx: Transaction,
  user: NewUser & { id: number },
): Promise<void> {
  await tx.run(insertWithId, user);
  await reserveId(tx, 'users', user.id);
}

/** @returns the id of the new user, or undefined if another of the account has the name */
export async function insertUserOnce(tx: Transaction, user: NewUser): Promise<number | undefined> {
  const row = await tx.first(insert, user);
  return row?.id;
}

export async function findUser(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<StoredUser | undefined> {
  return await handle.first(selectOne, { account_id, id });
}

/** As `findUser`; whoever else would change the user waits until this transaction ends. */
export async function lockUser(
  tx: Transaction,
  account_id: number,
  id: number,
): Promise<StoredUser | undefined> {
  return await tx.first(lockOne, { account_id, id });
}

/** The user of the account with a name, by its folded form. */
export async function findUserIdByName(
  handle: Handle,
  account_id: number,
  username_folded: string,
): Promise<number | undefined> {
  const row = await handle.first(selectByName, { account_id, username_folded });
  return row?.id;
}

/**
 * The active users with a role who sign in and are restricted to no container, by id. Whoever would
 * make one of them less waits until this transaction ends, and is then told who is left.
 */
export async function lockUnrestrictedUsers(
  tx: Transaction,
  account_id: number,
  access_role_id: number,
): Promise<number[]> {
  const rows = await tx.all(lockUnrestricted, { account_id, access_role_id });
  return rows.map(({ id }) => id);
}

/** What may change of a user beside role and restrictions, with what is derived of it. */
export type UserDetails = Pick<
  StoredUser,
  | 'username'
  | 'first_name'
  | 'last_name'
  | 'email'
  | 'job_title'
  | 'telephone'
  | 'username_folded'
  | 'first_name_folded'
  | 'last_name_folded'
  | 'email_folded'
>;

export async function updateUserDetails(
  tx: Transaction,
  account_id: number,
  id: number,
  details: UserDetails,
): Promise<void> {
  await tx.run(updateDetails, { ...details, account_id, id });
}

export async function updateUserRole(
  tx: Transaction,
  account_id: number,
  id: number,
  access_role_id: number,
): Promise<void> {
  await tx.run(updateRole, { account_id, id, access_role_id });
}

export async function updateLastLogin(
  tx: Transaction,
  account_id: number,
  id: number,
  last_login_date: string,
): Promise<void> {
  await tx.run(updateLastLoginDate, { account_id, id, last_login_date });
}

/** Keeps the mark at a user in step with the containers that the user is restricted to. */
export async function updateHasContainerAssignments(
  tx: Transaction,
  account_id: number,
  id: number,
  has_container_assignments: number,
): Promise<void> {
  await tx.run(updateRestriction, { account_id, id, has_container_assignments });
}

/**
 * Deletes a user who is restricted to no container any more, with all keys and all rules about where the
 * user and the keys may come from. Verified contacts who were this user stay, as persons who are none.
 */
export async function deleteUserWithKeys(
  tx: Transaction,
  account_id: number,
  user_id: number,
): Promise<void> {
  for (const change of [deleteRules, deleteKeys, detachContacts, deleteOne]) {
    await tx.run(change, { account_id, user_id });
  }
}

/** Puts another user of the account where one stands as its first, and nobody as account manager. */
export async function replaceUserOfAccounts(
  tx: Transaction,
  account_id: number,
  user_id: number,
  successor_id: number,
): Promise<void> {
  await tx.run(replaceMaster, { account_id, user_id, successor_id });
  await tx.run(clearManager, { account_id, user_id });
}

function valuesOf(args: NewUser): Insertable<UserRow> {
  return {
    account_id: args.account_id,
    container_id: args.container_id,
    username: args.username,
    first_name: args.first_name,
    last_name: args.last_name,
    email: args.email,
    job_title: args.job_title,
    telephone: args.telephone,
    status: args.status,
    access_role_id: args.access_role_id,
    created_at: args.created_at,
    is_api_only: args.is_api_only,
    is_saml_sso_only: args.is_saml_sso_only,
    has_container_assignments: args.has_container_assignments,
    has_appointments: 0,
    last_login_date: args.last_login_date,
    username_folded: args.username_folded,
    first_name_folded: args.first_name_folded,
    last_name_folded: args.last_name_folded,
    email_folded: args.email_folded,
  };
}

const insert = statement<NewUser, { id: number }>((db, args) =>
  db
    .insertInto('users')
    .values(valuesOf(args))
    .onConflict((conflict) => conflict.columns(['account_id', 'username_folded']).doNothing())
    .returning('id'),
);

const insertWithId = statement<NewUser & { id: number }, unknown>((db, args) =>
  db.insertInto('users').values({ id: args.id, ...valuesOf(args) }),
);

type OneUser = { account_id: number; id: number };

const selectOne = statement<OneUser, StoredUser>((db, args) =>
  db
    .selectFrom('users')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const lockOne = statement<OneUser, StoredUser>((db, args, dialect) =>
  db
    .selectFrom('users')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id)
    .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const selectByName = statement<{ account_id: number; username_folded: string }, { id: number }>(
  (db, args) =>
    db
      .selectFrom('users')
      .select('id')
      .where('account_id', '=', args.account_id)
      .where('username_folded', '=', args.username_folded),
);

// In one order for everybody, so that two who lock them do not wait for each other.
const lockUnrestricted = statement<{ account_id: number; access_role_id: number }, { id: number }>(
  (db, args, dialect) =>
    db
      .selectFrom('users')
      .select('id')
      .where('account_id', '=', args.account_id)
      .where('access_role_id', '=', args.access_role_id)
      .where('status', '=', 'active')
      .where('is_api_only', '=', 0)
      .where('has_container_assignments', '=', 0)
      .orderBy('id')
      .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const updateDetails = statement<UserDetails & OneUser, unknown>((db, args) =>
  db
    .updateTable('users')
    .set({
      username: args.username,
      first_name: args.first_name,
      last_name: args.last_name,
      email: args.email,
      job_title: args.job_title,
      telephone: args.telephone,
      username_folded: args.username_folded,
      first_name_folded: args.first_name_folded,
      last_name_folded: args.last_name_folded,
      email_folded: args.email_folded,
    })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const updateRole = statement<OneUser & { access_role_id: number }, unknown>((db, args) =>
  db
    .updateTable('users')
    .set({ access_role_id: args.access_role_id })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const updateLastLoginDate = statement<OneUser & { last_login_date: string }, unknown>((db, args) =>
  db
    .updateTable('users')
    .set({ last_login_date: args.last_login_date })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const updateRestriction = statement<OneUser & { has_container_assignments: number }, unknown>(
  (db, args) =>
    db
      .updateTable('users')
      .set({ has_container_assignments: args.has_container_assignments })
      .where('account_id', '=', args.account_id)
      .where('id', '=', args.id),
);

type OfUser = { account_id: number; user_id: number };

// The account's mark that it has rules stays: without any it only costs a look.
const deleteRules = statement<OfUser, unknown>((db, args) =>
  db
    .deleteFrom('ip_rules')
    .where('account_id', '=', args.account_id)
    .where((eb) =>
      eb.or([
        eb('user_id', '=', args.user_id),
        eb(
          'api_key_id',
          'in',
          eb
            .selectFrom('api_keys')
            .select('api_keys.id')
            .where('api_keys.account_id', '=', args.account_id)
            .where('api_keys.user_id', '=', args.user_id),
        ),
      ]),
    ),
);

const deleteKeys = statement<OfUser, unknown>((db, args) =>
  db
    .deleteFrom('api_keys')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id),
);

const detachContacts = statement<OfUser, unknown>((db, args) =>
  db
    .updateTable('verified_contacts')
    .set({ user_id: 0 })
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id),
);

const deleteOne = statement<OfUser, unknown>((db, args) =>
  db.deleteFrom('users').where('account_id', '=', args.account_id).where('id', '=', args.user_id),
);

const replaceMaster = statement<OfUser & { successor_id: number }, unknown>((db, args) =>
  db
    .updateTable('accounts')
    .set({ master_user_id: args.successor_id })
    .where('id', '=', args.account_id)
    .where('master_user_id', '=', args.user_id),
);

const clearManager = statement<OfUser, unknown>((db, args) =>
  db
    .updateTable('accounts')
    .set({ account_manager_user_id: 0 })
    .where('parent_account_id', '=', args.account_id)
    .where('account_manager_user_id', '=', args.user_id),
);
