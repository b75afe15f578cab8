/**
 * How many organizations there are, by what the common filters ask for. Every change of an organization
 * moves it here too, in the same transaction, so a page's total is exact and costs a few rows.
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
  await tx.run(organizations > 0 ? increaseCount : decreaseCount, {
    account_id,
    container_id,
    is_active,
    is_pending,
    organizations: Math.abs(organizations),
  });
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

type CountChange = CountKey & { readonly organizations: number };

const increaseCount = statement<CountChange, unknown>((db, args) =>
  db
    .insertInto('organization_counts')
    .values({
      account_id: args.account_id,
      container_id: args.container_id,
      is_active: args.is_active,
      is_pending: args.is_pending,
      organizations: args.organizations,
    })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'container_id', 'is_active', 'is_pending']).doUpdateSet({
        organizations: sql`organization_counts.organizations + excluded.organizations`,
      }),
    ),
);

const decreaseCount = statement<CountChange, unknown>((db, args) =>
  db
    .updateTable('organization_counts')
    .set({ organizations: sql`organizations - ${args.organizations}` })
    .where('account_id', '=', args.account_id)
    .where('container_id', '=', args.container_id)
    .where('is_active', '=', args.is_active)
    .where('is_pending', '=', args.is_pending),
);

const sumCounts = statement<
  { account_id: number; container_id: number; is_active: number; is_pending: number },
  { organizations: number }
>((db, args) =>
  db
    .selectFrom('organization_counts')
    .select(sql<number>`coalesce(sum(organizations), 0)`.as('organizations'))
    .where('account_id', '=', args.account_id)
    .where(sql<boolean>`(${args.container_id} = -1 or container_id = ${args.container_id})`)
    .where(sql<boolean>`(${args.is_active} = -1 or is_active = ${args.is_active})`)
    .where(sql<boolean>`(${args.is_pending} = -1 or is_pending = ${args.is_pending})`),
);
