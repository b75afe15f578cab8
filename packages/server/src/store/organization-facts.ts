/** What checks are about, of many organizations at a time: their details and their profiles. */
import { sql } from 'kysely';
import type { Handle } from './database.ts';
import type { OrganizationRow } from './schema.ts';
import { statement } from './statement.ts';

/** The details of an organization, and its profile as JSON; empty where it has none. */
export type StoredFacts = Pick<
  OrganizationRow,
  | 'name'
  | 'assumed_name'
  | 'address'
  | 'address2'
  | 'city'
  | 'state'
  | 'zip'
  | 'country'
  | 'telephone'
> & { readonly id: number; readonly profile: string };

/** The facts of some organizations, by id. */
export async function listStoredFacts(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<StoredFacts[]> {
  return await handle.all(selectFacts, {
    account_id,
    organization_ids: JSON.stringify(organization_ids),
  });
}

const selectFacts = statement<{ account_id: number; organization_ids: string }, StoredFacts>(
  (db, args, dialect) =>
    db
      .selectFrom('organizations as o')
      .leftJoin('organization_profiles as p', (join) =>
        join.onRef('p.account_id', '=', 'o.account_id').onRef('p.organization_id', '=', 'o.id'),
      )
      .select([
        'o.id',
        'o.name',
        'o.assumed_name',
        'o.address',
        'o.address2',
        'o.city',
        'o.state',
        'o.zip',
        'o.country',
        'o.telephone',
        sql<string>`coalesce(p.facts, '')`.as('profile'),
      ])
      .where('o.account_id', '=', args.account_id)
      .where(dialect.isIn(sql.ref('o.id'), args.organization_ids, 'bigint'))
      .orderBy('o.id'),
);
