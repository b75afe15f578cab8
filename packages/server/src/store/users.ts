/** Users. */
import type { Insertable, Selectable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { reserveId } from './ids.ts';
import type { UserRow } from './schema.ts';
import { statement } from './statement.ts';

export type NewUser = Insertable<UserRow> & { id: number };
export type StoredUser = Selectable<UserRow>;

export async function insertUser(tx: Transaction, user: NewUser): Promise<void> {
  await tx.run(insert, user);
  await reserveId(tx, 'users', user.id);
}

export async function findUser(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<StoredUser | undefined> {
  return await handle.first(selectOne, { account_id, id });
}

const insert = statement<NewUser, unknown>((db, args) =>
  db.insertInto('users').values({
    account_id: args.account_id,
    id: args.id,
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
  }),
);

const selectOne = statement<{ account_id: number; id: number }, StoredUser>((db, args) =>
  db
    .selectFrom('users')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);
