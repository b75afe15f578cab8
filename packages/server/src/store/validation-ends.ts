/**
 * What completed validations stand on, read in pages for those who look at all of an account: however
 * many there are, no more than a page is in memory. When they end follows from rules; it is not here.
 */
import { sql } from 'kysely';
import type { Handle } from './database.ts';
import type { ValidationRow } from './schema-vetting.ts';
import { statement } from './statement.ts';

/** A validation that was completed, with whose it is. */
export interface StoredValidationEnd
  extends Pick<
    ValidationRow,
    'organization_id' | 'type' | 'date_created' | 'latest_end' | 'relied_on'
  > {
  readonly id: number;
  readonly organization_name: string;
}

const ROWS_AT_ONCE = 1000;

/** Every completed validation of an account, in pages, in the order in which they were asked for. */
export async function* readValidationEnds(
  handle: Handle,
  account_id: number,
): AsyncGenerator<readonly StoredValidationEnd[]> {
  let after_id = 0;
  for (;;) {
    const page = await handle.all(selectCompleted, { account_id, after_id });
    if (page.length > 0) {
      yield page;
    }
    if (page.length < ROWS_AT_ONCE) {
      return;
    }
    after_id = page.at(-1)?.id ?? after_id;
  }
}

const selectCompleted = statement<{ account_id: number; after_id: number }, StoredValidationEnd>(
  (db, args) =>
    db
      .selectFrom('validations as v')
      .innerJoin('organizations as o', (join) =>
        join.onRef('o.account_id', '=', 'v.account_id').onRef('o.id', '=', 'v.organization_id'),
      )
      .select([
        'v.id',
        'v.organization_id',
        'o.name as organization_name',
        'v.type',
        'v.date_created',
        'v.latest_end',
        'v.relied_on',
      ])
      .where('v.account_id', '=', args.account_id)
      .where('v.id', '>', args.after_id)
      .where('v.date_created', '<>', '')
      .orderBy('v.id')
      // Written out: PostgreSQL would plan for a tenth of the table, and sort all of it.
      .limit(sql.lit(ROWS_AT_ONCE)),
);
