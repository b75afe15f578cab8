/** Accounts and their settings. */
import type { Insertable, Selectable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { reserveId } from './ids.ts';
import type { AccountRow } from './schema.ts';
import { statement } from './statement.ts';
import type { StoredUser } from './users.ts';

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

/** Of the active people of an account who have a role, the one who was there first. */
export async function findFirstWithRole(
  handle: Handle,
  account_id: number,
  access_role_id: number,
): Promise<StoredUser | undefined> {
  return await handle.first(selectFirstWithRole, { account_id, access_role_id });
}

/** Sets the account's first organization, if it has none yet. */
export async function setPrimaryOrganizationOnce(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  await tx.run(updatePrimary, { account_id, organization_id });
}

/** What of an account its administrators set. */
export type StoredSettings = Pick<
  StoredAccount,
  'duplicate_policy' | 'allow_non_user_verified_contacts' | 'reminder_days'
>;

export async function updateSettings(
  tx: Transaction,
  account_id: number,
  settings: StoredSettings,
): Promise<void> {
  await tx.run(update, { ...settings, account_id });
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
    child_name: args.child_name,
    allowed_grandchildren: args.allowed_grandchildren,
    account_manager_user_id: args.account_manager_user_id,
    bill_parent: args.bill_parent,
    enforce_bill_parent: args.enforce_bill_parent,
    master_user_id: args.master_user_id,
    has_ip_rules: args.has_ip_rules,
    allow_non_user_verified_contacts: args.allow_non_user_verified_contacts,
  }),
);

const selectAll = statement<object, StoredAccount>((db) =>
  db.selectFrom('accounts').selectAll().orderBy('id'),
);

const selectOne = statement<{ account_id: number }, StoredAccount>((db, args) =>
  db.selectFrom('accounts').selectAll().where('id', '=', args.account_id),
);

const selectFirstWithRole = statement<{ account_id: number; access_role_id: number }, StoredUser>(
  (db, args) =>
    db
      .selectFrom('users')
      .selectAll()
      .where('account_id', '=', args.account_id)
      .where('access_role_id', '=', args.access_role_id)
      .where('status', '=', 'active')
      .where('is_api_only', '=', 0)
      .orderBy('id')
      .limit(1),
);

const updatePrimary = statement<{ account_id: number; organization_id: number }, unknown>(
  (db, args) =>
    db
      .updateTable('accounts')
      .set({ primary_organization_id: args.organization_id })
      .where('id', '=', args.account_id)
      .where('primary_organization_id', '=', 0),
);

const update = statement<{ account_id: number } & StoredSettings, unknown>((db, args) =>
  db
    .updateTable('accounts')
    .set({
      duplicate_policy: args.duplicate_policy,
      allow_non_user_verified_contacts: args.allow_non_user_verified_contacts,
      reminder_days: args.reminder_days,
    })
    .where('id', '=', args.account_id),
);
