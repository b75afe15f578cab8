/** The settings of an account: shown, and changed by its administrators or the registry's operator. */
import type { AccountSettings, AccountSettingsRequest } from '@orgvet/contract';
import { checkAccountSettings } from '../domain/account-settings.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { findAccount, type StoredSettings, updateSettings } from '../store/accounts.ts';
import type { Transaction } from '../store/database.ts';
import { forgetDueRules } from '../store/reminder-settings.ts';
import { getStoredAccount } from './account-info.ts';
import { operatorContext } from './accounts.ts';
import { type Context, type Environment, recordEvent } from './context.ts';
import { refuseUnlessUnrestricted } from './visibility.ts';

export async function getAccountSettings({ store, principal }: Context): Promise<AccountSettings> {
  return describe(await getStoredAccount(store.reader, principal.account_id));
}

/** Changes the settings that the request names. */
export async function changeAccountSettings(
  context: Context,
  { body }: { readonly body: unknown },
): Promise<void> {
  refuseUnlessUnrestricted(context);
  const changes = readChanges(body);
  await context.store.transaction(async (tx) => {
    const account = await getStoredAccount(tx, context.principal.account_id);
    await applySettings(tx, context, describe(account), changes);
  });
}

/**
 * Changes settings of an account as the registry's operator.
 *
 * @returns whether there is such an account
 * @throws RequestRefused with every problem of the changes
 */
export async function changeSettingsAsOperator(
  environment: Environment,
  account_id: number,
  given: AccountSettingsRequest,
): Promise<boolean> {
  const changes = readChanges(given);
  return await environment.store.transaction(async (tx) => {
    const account = await findAccount(tx, account_id);
    if (account === undefined) {
      return false;
    }
    await applySettings(tx, operatorContext(environment, account_id), describe(account), changes);
    return true;
  });
}

function readChanges(body: unknown): AccountSettingsRequest {
  const { problems, value } = checkAccountSettings(body);
  refuseIfAny(problems);
  return value;
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
    reminder_days: JSON.stringify(after.reminder_days),
  });
  if (JSON.stringify(after.reminder_days) !== JSON.stringify(before.reminder_days)) {
    await forgetDueRules(tx, account_id);
  }
  await recordEvent(tx, context, {
    action: 'account_settings_changed',
    object_type: 'account',
    object_id: account_id,
    before,
    after,
  });
}

function describe(account: StoredSettings): AccountSettings {
  return {
    duplicate_policy: account.duplicate_policy,
    allow_non_user_verified_contacts: account.allow_non_user_verified_contacts === 1,
    reminder_days: JSON.parse(account.reminder_days) as number[],
  };
}
