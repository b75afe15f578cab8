/** Organizations as somebody sees them who may be about to make one of them a second time. */
import { sql } from 'kysely';
import type { Handle } from './database.ts';
import type { OrganizationRow } from './schema.ts';
import { rawStatement } from './statement.ts';

export type Likeness = Pick<
  OrganizationRow,
  'name' | 'assumed_name' | 'country' | 'city' | 'is_active' | 'fingerprint'
> & { readonly id: number };

/** Organizations by their ids, in the order of the ids; those that are gone are left out. */
export async function listLikenesses(
  handle: Handle,
  account_id: number,
  ids: readonly number[],
): Promise<Likeness[]> {
  const rows = await handle.all(selectByIds, { account_id, ids: JSON.stringify(ids) });
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

const selectByIds = rawStatement<{ account_id: number; ids: string }, Likeness>(
  ({ account_id, ids }, dialect) => {
    const { from, where } = dialect.organizationsBy('id', { account_id, json: ids });
    return sql`select o.id, o.name, o.assumed_name, o.country, o.city, o.is_active, o.fingerprint
      from ${from} where ${where}`;
  },
);
