/** The names of users, for answers that name who did something. */
import { sql } from 'kysely';
import type { Handle } from './database.ts';
import { statement } from './statement.ts';

export interface UserName {
  readonly id: number;
  readonly first_name: string;
  readonly last_name: string;
}

/** Of some users those who are still there. */
export async function listUserNames(
  handle: Handle,
  account_id: number,
  user_ids: readonly number[],
): Promise<UserName[]> {
  return await handle.all(selectNames, { account_id, user_ids: JSON.stringify(user_ids) });
}

const selectNames = statement<{ account_id: number; user_ids: string }, UserName>(
  (db, args, dialect) =>
    db
      .selectFrom('users')
      .select(['id', 'first_name', 'last_name'])
      .where('account_id', '=', args.account_id)
      .where(dialect.isIn(sql.ref('id'), args.user_ids, 'bigint')),
);
