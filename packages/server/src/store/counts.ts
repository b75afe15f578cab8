/**
 * How many organizations there are, by what the common filters ask for. Every change of an organization
 * moves it here too, in the same transaction, so a page's total is exact and costs a few rows.
 *
 * A count is the sum over several slots. Transactions that run side by side write to different slots, or
 * every create of an account would wait for the commit of the one before. A single slot may be below
 * zero, where more was taken from it than added to it; their sum never is.
 */
import { sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { statement } from './statement.ts';

/** What an organization is counted under. */
export interface CountKey {
  readonly account_id: number;
  readonly container_id: number;
  readonly is_active: number;
  readonly is_pending: number;
}

/** Adds organizations to a count, or with a negative number takes them from it. */
export async function addToCount(
  tx: Transaction,
  { account_id, container_id, is_active, is_pending }: CountKey,
  organizations: number,
): Promise<void> {
  const { slot } = tx;
  const change = { account_id, container_id, is_active, is_pending, slot, organizations };
  await tx.run(addOrganizations, change);
}

/** The count of an account's organizations; -1 in a filter stands for any. */
export async function countOrganizations(
  handle: Handle,
  account_id: number,
  filter: { container_id: number; is_active: number; is_pending: number },
): Promise<number> {
  const row = await handle.first(sumCounts, { account_id, ...filter });
  return row?.organizations ?? 0;
}

type CountChange = CountKey & { readonly slot: number; readonly organizations: number };

const addOrganizations = statement<CountChange, unknown>((db, args) =>
  db
    .insertInto('organization_counts')
    .values({
      account_id: args.account_id,
      container_id: args.container_id,
      is_active: args.is_active,
      is_pending: args.is_pending,
      slot: args.slot,
      organizations: args.organizations,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'container_id', 'is_active', 'is_pending', 'slot'])
        .doUpdateSet({
          organizations: sql`organization_counts.organizations + excluded.organizations`,
        }),
    ),
);

const sumCounts = statement<
  { account_id: number; container_id: number; is_active: number; is_pending: number },
  { organizations: number }
>((db, args) =>
  db
    .selectFrom('organization_counts')
    .select(sql<number>`cast(coalesce(sum(organizations), 0) as bigint)`.as('organizations'))
    .where('account_id', '=', args.account_id)
    .where(isAnyOr('container_id', args.container_id))
    .where(isAnyOr('is_active', args.is_active))
    .where(isAnyOr('is_pending', args.is_pending)),
);

/** Cast, because nothing else tells PostgreSQL how large the number may be. */
function isAnyOr(column: 'container_id' | 'is_active' | 'is_pending', value: number) {
  const wanted = sql`cast(${value} as bigint)`;
  return sql<boolean>`(${wanted} = -1 or ${sql.ref(column)} = ${wanted})`;
}
