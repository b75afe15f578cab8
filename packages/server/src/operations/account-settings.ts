/** The settings of an account: shown, and changed by its administrators or the registry's operator. */
import { type AccountSettings, AccountSettingsRequest, readBody } from '@orgvet/contract';
import { FORMATS } from '../domain/formats.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { findAccount, updateSettings } from '../store/accounts.ts';
import type { Transaction } from '../store/database.ts';
import { getStoredAccount } from './account-info.ts';
import { operatorContext } from './accounts.ts';
import { type Context, type Environment, recordEvent } from './context.ts';
import { refuseAsMissingPermission } from './user-parts.ts';

export async function getAccountSettings({ store, principal }: Context): Promise<AccountSettings> {
  return describe(await getStoredAccount(store.reader, principal.account_id));
}

/** Changes the settings that the request names. */
export async function changeAccountSettings(
  context: Context,
  { body }: { readonly body: unknown },
): Promise<void> {
  if (context.principal.visible_container_ids !== undefined) {
    // They are the whole account's, and so not for whoever sees only a part of it.
    refuseAsMissingPermission();
  }
  const { problems, value } = readBody(AccountSettingsRequest, body, FORMATS);
  refuseIfAny(problems);
  await context.store.transaction(async (tx) => {
    const account = await getStoredAccount(tx, context.principal.account_id);
    await applySettings(tx, context, describe(account), value);
  });
}

/**
 * Changes settings of an account as the registry's operator.
 *
 * @returns whether there is such an account
 */
export async function changeSettingsAsOperator(
  environment: Environment,
  account_id: number,
  changes: AccountSettingsRequest,
): Promise<boolean> {
  return await environment.store.transaction(async (tx) => {
    const account = await findAccount(tx, account_id);
    if (account === undefined) {
      return false;
    }
    await applySettings(tx, operatorContext(environment, account_id), describe(account), changes);
    return true;
  });
}

async function applySettings(
  tx: Transaction,
  context: Context,
  before: AccountSettings,
  changes: AccountSettingsRequest,
): Promise<void> {
  const after = { ...before, ...changes };
  const { account_id } = context.principal;
  if (JSON.stringify(after) === JSON.stringify(before)) {
    return;
  }
  await updateSettings(tx, account_id, {
    duplicate_policy: after.duplicate_policy,
    allow_non_user_verified_contacts: Number(after.allow_non_user_verified_contacts),
  });
  await recordEvent(tx, context, {
    action: 'account_settings_changed',
    object_type: 'account',
    object_id: account_id,
    before,
    after,
  });
}

function describe(account: {
  readonly duplicate_policy: AccountSettings['duplicate_policy'];
  readonly allow_non_user_verified_contacts: number;
}): AccountSettings {
  return {
    duplicate_policy: account.duplicate_policy,
    allow_non_user_verified_contacts: account.allow_non_user_verified_contacts === 1,
  };
}
