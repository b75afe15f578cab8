/** Whom mail about an organization goes to, with the names that it uses. */
import type { Handle } from './database.ts';
import type { ContactRow } from './schema.ts';
import { statement } from './statement.ts';

/** The organization contact of an organization. */
export type Addressee = Pick<ContactRow, 'first_name' | 'last_name' | 'email' | 'language_id'> & {
  readonly organization_name: string;
  readonly account_name: string;
};

/** @returns undefined where there is no such organization, or it has no organization contact */
export async function findAddressee(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<Addressee | undefined> {
  return await handle.first(selectOne, { account_id, organization_id });
}

const selectOne = statement<{ account_id: number; organization_id: number }, Addressee>(
  (db, args) =>
    db
      .selectFrom('contacts as c')
      .innerJoin('organizations as o', (join) =>
        join.onRef('o.account_id', '=', 'c.account_id').onRef('o.id', '=', 'c.organization_id'),
      )
      .innerJoin('accounts as a', 'a.id', 'c.account_id')
      .select(['c.first_name', 'c.last_name', 'c.email', 'c.language_id'])
      .select(['o.name as organization_name', 'a.name as account_name'])
      .where('c.account_id', '=', args.account_id)
      .where('c.organization_id', '=', args.organization_id)
      .where('c.contact_type', '=', 'organization_contact'),
);
