/** Who did something, as answers name them: also those who are not there any more. */
import type { Person } from '@orgvet/contract';
import type { Handle } from '../store/database.ts';
import { listUserNames } from '../store/user-names.ts';

/** @returns how each of some users is named */
export async function readPeople(
  handle: Handle,
  account_id: number,
  user_ids: readonly number[],
): Promise<(user_id: number) => Person> {
  const ids = [...new Set(user_ids)].filter((id) => id !== 0);
  const users = ids.length === 0 ? [] : await listUserNames(handle, account_id, ids);
  const names = new Map(
    users.map(({ id, first_name, last_name }) => [id, `${first_name} ${last_name}`]),
  );
  return (id) => ({ id, name: names.get(id) ?? `User ${id}` });
}
