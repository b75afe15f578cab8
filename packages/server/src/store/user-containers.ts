/** Which containers users are restricted to, and what follows from it for the users. */
import { sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { statement } from './statement.ts';
import { isWithinContainers } from './user-list.ts';

export interface UserContainer {
  readonly user_id: number;
  readonly container_id: number;
}

/** The containers that a user is restricted to, by id; none for all. */
export async function listContainersOfUser(
  handle: Handle,
  account_id: number,
  user_id: number,
): Promise<number[]> {
  const rows = await handle.all(selectOfUser, { account_id, user_id });
  return rows.map(({ container_id }) => container_id);
}

/** The users restricted to some containers, by container and user. */
export async function listUsersOfContainers(
  handle: Handle,
  account_id: number,
  container_ids: readonly number[],
): Promise<UserContainer[]> {
  return await handle.all(selectOfContainers, { account_id, ids: JSON.stringify(container_ids) });
}

/**
 * Users whose restriction is about to change. Nobody else changes them until the transaction ends.
 * @returns the ids of those that there are
 */
export async function lockUsers(
  tx: Transaction,
  account_id: number,
  ids: readonly number[],
): Promise<number[]> {
  const rows = await tx.all(lockSome, { account_id, ids: JSON.stringify(ids) });
  return rows.map(({ id }) => id);
}

/** Of some users those who are restricted, and to none but some containers. */
export async function listUsersWithin(
  handle: Handle,
  account_id: number,
  ids: readonly number[],
  container_ids: readonly number[],
): Promise<number[]> {
  const given = { ids: JSON.stringify(ids), visible: JSON.stringify(container_ids) };
  const rows = await handle.all(selectWithin, { account_id, ...given });
  return rows.map(({ id }) => id);
}

/** Whether any of some users may see all of the account. */
export async function hasUnrestrictedUser(
  handle: Handle,
  account_id: number,
  ids: readonly number[],
): Promise<boolean> {
  const given = { account_id, ids: JSON.stringify(ids) };
  return (await handle.first(selectUnrestricted, given)) !== undefined;
}

export async function insertUserContainer(
  tx: Transaction,
  account_id: number,
  { user_id, container_id }: UserContainer,
): Promise<void> {
  await insertContainerUsers(tx, account_id, container_id, [user_id]);
}

/** Restricts users to a container whom it does not have yet. */
export async function insertContainerUsers(
  tx: Transaction,
  account_id: number,
  container_id: number,
  user_ids: readonly number[],
): Promise<void> {
  await tx.run(insertUsers, { account_id, container_id, ids: JSON.stringify(user_ids) });
}

/** Takes users out of a container. */
export async function deleteContainerUsers(
  tx: Transaction,
  account_id: number,
  container_id: number,
  user_ids: readonly number[],
): Promise<void> {
  await tx.run(deleteUsers, { account_id, container_id, ids: JSON.stringify(user_ids) });
}

/** Takes a user out of all containers. */
export async function deleteContainersOfUser(
  tx: Transaction,
  account_id: number,
  user_id: number,
): Promise<void> {
  await tx.run(deleteOfUser, { account_id, user_id });
}

/** Sets whether users are restricted, after the containers that they are restricted to. */
export async function updateRestrictions(
  tx: Transaction,
  account_id: number,
  user_ids: readonly number[],
): Promise<void> {
  await tx.run(updateFlags, { account_id, ids: JSON.stringify(user_ids) });
}

type OfUser = { account_id: number; user_id: number };

const selectOfUser = statement<OfUser, { container_id: number }>((db, args) =>
  db
    .selectFrom('user_containers')
    .select('container_id')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .orderBy('container_id'),
);

type WithIds = { account_id: number; ids: string };

const selectOfContainers = statement<WithIds, UserContainer>((db, args, dialect) =>
  db
    .selectFrom('user_containers')
    .select(['user_id', 'container_id'])
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('container_id'), args.ids, 'bigint'))
    .orderBy('container_id')
    .orderBy('user_id'),
);

const lockSome = statement<WithIds, { id: number }>((db, args, dialect) =>
  db
    .selectFrom('users')
    .select('id')
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('id'), args.ids, 'bigint'))
    .orderBy('id')
    .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const selectWithin = statement<WithIds & { visible: string }, { id: number }>((db, args, dialect) =>
  db
    .selectFrom('users as u')
    .select('u.id')
    .where('u.account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('u.id'), args.ids, 'bigint'))
    .where(isWithinContainers(args.visible, dialect)),
);

const selectUnrestricted = statement<WithIds, { id: number }>((db, args, dialect) =>
  db
    .selectFrom('users')
    .select('id')
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('id'), args.ids, 'bigint'))
    .where('has_container_assignments', '=', 0)
    .limit(1),
);

/** `ids` are those of users. */
type UsersOfContainer = WithIds & { container_id: number };

const insertUsers = statement<UsersOfContainer, unknown>((db, args, dialect) =>
  db
    .insertInto('user_containers')
    .columns(['account_id', 'user_id', 'container_id'])
    .expression((eb) =>
      eb
        .selectFrom('users')
        .select([
          'account_id',
          'id',
          sql<number>`cast(${args.container_id} as bigint)`.as('container_id'),
        ])
        .where('account_id', '=', args.account_id)
        .where(dialect.isIn(sql.ref('id'), args.ids, 'bigint')),
    ),
);

const deleteUsers = statement<UsersOfContainer, unknown>((db, args, dialect) =>
  db
    .deleteFrom('user_containers')
    .where('account_id', '=', args.account_id)
    .where('container_id', '=', args.container_id)
    .where(dialect.isIn(sql.ref('user_id'), args.ids, 'bigint')),
);

const deleteOfUser = statement<OfUser, unknown>((db, args) =>
  db
    .deleteFrom('user_containers')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id),
);

const updateFlags = statement<WithIds, unknown>((db, args, dialect) =>
  db
    .updateTable('users')
    .set({
      has_container_assignments: sql<number>`case when exists (
        select 1 from user_containers as r
          where r.account_id = users.account_id and r.user_id = users.id) then 1 else 0 end`,
    })
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('id'), args.ids, 'bigint')),
);
