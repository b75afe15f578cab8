/** Accounts and their settings. */
import type { Insertable, Selectable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { reserveId } from './ids.ts';
import type { AccountRow } from './schema.ts';
import { statement } from './statement.ts';

export type NewAccount = Insertable<AccountRow> & { id: number };
export type StoredAccount = Selectable<AccountRow>;

export async function insertAccount(tx: Transaction, account: NewAccount): Promise<void> {
  await tx.run(insert, account);
  await reserveId(tx, 'accounts', account.id);
}

/** All accounts by id. The one read that is for the operator, not for an account. */
export async function listAccounts(handle: Handle): Promise<StoredAccount[]> {
  return await handle.all(selectAll, {});
}

export async function findAccount(
  handle: Handle,
  account_id: number,
): Promise<StoredAccount | undefined> {
  return await handle.first(selectOne, { account_id });
}

/** Sets the account's first organization, if it has none yet. */
export async function setPrimaryOrganizationOnce(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  await tx.run(updatePrimary, { account_id, organization_id });
}

export async function updateDuplicatePolicy(
  tx: Transaction,
  account_id: number,
  duplicate_policy: StoredAccount['duplicate_policy'],
): Promise<void> {
  await tx.run(updatePolicy, { account_id, duplicate_policy });
}

const insert = statement<NewAccount, unknown>((db, args) =>
  db.insertInto('accounts').values({
    id: args.id,
    parent_account_id: args.parent_account_id,
    mode: args.mode,
    name: args.name,
    account_type: args.account_type,
    duplicate_policy: args.duplicate_policy,
    primary_organization_id: args.primary_organization_id,
    root_container_id: args.root_container_id,
    created_at: args.created_at,
  }),
);

const selectAll = statement<object, StoredAccount>((db) =>
  db.selectFrom('accounts').selectAll().orderBy('id'),
);

const selectOne = statement<{ account_id: number }, StoredAccount>((db, args) =>
  db.selectFrom('accounts').selectAll().where('id', '=', args.account_id),
);

const updatePrimary = statement<{ account_id: number; organization_id: number }, unknown>(
  (db, args) =>
    db
      .updateTable('accounts')
      .set({ primary_organization_id: args.organization_id })
      .where('id', '=', args.account_id)
      .where('primary_organization_id', '=', 0),
);

const updatePolicy = statement<
  { account_id: number; duplicate_policy: StoredAccount['duplicate_policy'] },
  unknown
>((db, args) =>
  db
    .updateTable('accounts')
    .set({ duplicate_policy: args.duplicate_policy })
    .where('id', '=', args.account_id),
);
