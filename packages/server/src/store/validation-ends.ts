/**
 * What completed validations stand on, read in pages for those who look at all of an account: however
 * many there are, no more than a page is in memory. When they end follows from rules; it is not here.
 */
import { sql } from 'kysely';
import type { Handle } from './database.ts';
import type { ValidationRow } from './schema-vetting.ts';
import { rawStatement, statement } from './statement.ts';

/** A validation that was completed, with whose it is. */
export interface StoredValidationEnd
  extends Pick<
    ValidationRow,
    'organization_id' | 'type' | 'date_created' | 'latest_end' | 'relied_on'
  > {
  readonly organization_name: string;
}

const ROWS_AT_ONCE = 1000;

/**
 * Every completed validation of an account, in pages, organization by organization.
 *
 * @param visible_container_ids only those of organizations that belong or are assigned to one of these
 */
export async function* readValidationEnds(
  handle: Handle,
  account_id: number,
  visible_container_ids?: readonly number[],
): AsyncGenerator<readonly StoredValidationEnd[]> {
  let after: PlaceInAccount = { organization_id: 0, type: '' };
  for (;;) {
    const { organization_id, type } = after;
    const page = await handle.all(selectCompleted, { account_id, organization_id, type });
    if (page.length > 0) {
      yield visible_container_ids === undefined
        ? page
        : await listVisible(handle, account_id, page, visible_container_ids);
    }
    if (page.length < ROWS_AT_ONCE) {
      return;
    }
    after = page.at(-1) ?? after;
  }
}

/** Looked at page by page: whoever sees little must not make the database search all at once. */
async function listVisible(
  handle: Handle,
  account_id: number,
  page: readonly StoredValidationEnd[],
  visible_container_ids: readonly number[],
): Promise<StoredValidationEnd[]> {
  const ids = JSON.stringify(page.map(({ organization_id }) => organization_id));
  const visible = JSON.stringify(visible_container_ids);
  const rows = await handle.all(selectVisible, { account_id, ids, visible });
  const found = new Set(rows.map(({ id }) => id));
  return page.filter(({ organization_id }) => found.has(organization_id));
}

/** Of a validation, in the order of the index that begins with the account. */
interface PlaceInAccount {
  readonly organization_id: number;
  readonly type: string;
}

const selectCompleted = statement<PlaceInAccount & { account_id: number }, StoredValidationEnd>(
  (db, args) =>
    db
      .selectFrom('validations as v')
      .innerJoin('organizations as o', (join) =>
        join.onRef('o.account_id', '=', 'v.account_id').onRef('o.id', '=', 'v.organization_id'),
      )
      .select([
        'v.organization_id',
        'o.name as organization_name',
        'v.type',
        'v.date_created',
        'v.latest_end',
        'v.relied_on',
      ])
      .where('v.account_id', '=', args.account_id)
      // By the id SQLite would sort the whole account for every page.
      .where(sql<boolean>`(v.organization_id, v.type) > (${args.organization_id}, ${args.type})`)
      .where('v.date_created', '<>', '')
      .orderBy('v.organization_id')
      .orderBy('v.type')
      // Written out: PostgreSQL would plan for a tenth of the table, and sort all of it.
      .limit(sql.lit(ROWS_AT_ONCE)),
);

const selectVisible = rawStatement<
  { account_id: number; ids: string; visible: string },
  { id: number }
>(({ account_id, ids, visible }, dialect) => {
  const { from, where } = dialect.organizationsBy('id', { account_id, json: ids });
  return sql`select o.id from ${from} where ${where} and (
    ${dialect.isIn(sql.ref('o.container_id'), visible, 'bigint')}
    or exists (select 1 from container_organizations a
      where a.account_id = ${account_id} and a.organization_id = o.id
        and ${dialect.isIn(sql.ref('a.container_id'), visible, 'bigint')}))`;
});
