/** Accounts: the first one of a new registry, and their settings. */
import { hash } from 'node:crypto';
import {
  type AccountMode,
  formatApiKey,
  hashSecret,
  makeSecret,
  SECRET_SIZE_BYTES,
} from '../domain/api-key.ts';
import { renderContainerDocument } from '../domain/organization-document.ts';
import {
  findAccount,
  insertAccount,
  listAccounts as listStoredAccounts,
  type StoredAccount,
  updateDuplicatePolicy,
} from '../store/accounts.ts';
import { insertApiKey } from '../store/api-keys.ts';
import { insertContainer } from '../store/containers.ts';
import type { Transaction } from '../store/database.ts';
import { insertUser } from '../store/users.ts';
import { type Context, type Environment, type Principal, recordEvent, timeOf } from './context.ts';
import { VIEW_ONLY_ROLE_ID } from './keys.ts';

/** Random bytes; handed in, so that the demo can be the same everywhere. */
export type RandomSource = (size_bytes: number) => Uint8Array;

/** An account with the keys that were made with it, which are shown this once. */
export interface AccountKeys {
  readonly account_id: number;
  readonly mode: AccountMode;
  readonly keys: { readonly administrator?: string; readonly view_only?: string };
}

const ADMINISTRATOR_ROLE_ID = 1;
const ROOT_TEMPLATE_ID = 5;
const DIVISION_TEMPLATE_ID = 6;
const NO_RESTRICTION_ROLE_ID = 0;

/** The accounts of the registry, for its operator. */
export async function listAccounts({ store }: Environment): Promise<StoredAccount[]> {
  return await listStoredAccounts(store.reader);
}

/**
 * Makes the first account of an empty registry: its root container, its first administrator and one
 * key. Does nothing where there is an account.
 *
 * @returns the account with its key, or undefined if there was an account already
 */
export async function createFirstAccount(
  environment: Environment,
  random: RandomSource,
): Promise<AccountKeys | undefined> {
  return await environment.store.transaction(async (tx) => {
    if ((await listStoredAccounts(tx)).length > 0) {
      return undefined;
    }
    const account: NewAccountPlan = {
      account_id: 1,
      parent_account_id: 0,
      mode: 'live',
      name: 'Orgvet',
      account_type: 'enterprise',
      root_container_id: 1,
      primary_organization_id: 0,
      administrator: {
        id: 1,
        username: 'administrator',
        first_name: 'First',
        last_name: 'Administrator',
        email: 'administrator@localhost.invalid',
        job_title: '',
        telephone: '',
      },
    };
    await insertAccountWithParts(tx, environment, account, random);
    const administrator = await insertKey(tx, environment, account, random, 'First key', false);
    return { account_id: account.account_id, mode: account.mode, keys: { administrator } };
  });
}

/** What an account is made from. */
export interface NewAccountPlan {
  readonly account_id: number;
  readonly parent_account_id: number;
  readonly mode: AccountMode;
  readonly name: string;
  readonly account_type: 'retail' | 'enterprise' | 'reseller';
  readonly root_container_id: number;
  /** 0 for none yet. */
  readonly primary_organization_id: number;
  readonly administrator: NewUserPlan;
}

export interface NewUserPlan {
  readonly id: number;
  readonly username: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly job_title: string;
  readonly telephone: string;
}

/** Inserts an account, its root container and its first administrator. */
export async function insertAccountWithParts(
  tx: Transaction,
  environment: Environment,
  plan: NewAccountPlan,
  random: RandomSource,
): Promise<void> {
  const { account_id, root_container_id, administrator, ...account } = plan;
  await insertAccount(tx, {
    id: account_id,
    parent_account_id: account.parent_account_id,
    mode: account.mode,
    name: account.name,
    account_type: account.account_type,
    duplicate_policy: 'error',
    primary_organization_id: account.primary_organization_id,
    root_container_id,
    created_at: timeOf(environment),
  });
  await insertDivision(
    tx,
    { account_id, id: root_container_id, parent_id: 0, name: account.name, description: '' },
    random,
  );
  await insertAdministrator(tx, environment, plan, administrator);
  await recordEvent(tx, startContext(environment, plan), {
    action: 'account_created',
    object_type: 'account',
    object_id: account_id,
    after: { mode: account.mode, name: account.name, account_type: account.account_type },
  });
}

/** Inserts a container; one without a parent is the root of its account. */
export async function insertDivision(
  tx: Transaction,
  container: {
    account_id: number;
    id: number;
    parent_id: number;
    name: string;
    description: string;
  },
  random: RandomSource,
): Promise<void> {
  const { id, parent_id, name } = container;
  await insertContainer(tx, {
    ...container,
    public_id: hexOf(random, 32),
    ekey: hexOf(random, 28),
    template_id: parent_id === 0 ? ROOT_TEMPLATE_ID : DIVISION_TEMPLATE_ID,
    is_active: 1,
    allowed_domain_names: '[]',
    document: renderContainerDocument({ id, parent_id, name, is_active: true }),
  });
}

/** Inserts an active administrator who belongs to the root container. */
export async function insertAdministrator(
  tx: Transaction,
  environment: Environment,
  { account_id, root_container_id }: NewAccountPlan,
  user: NewUserPlan,
): Promise<void> {
  await insertUser(tx, {
    ...user,
    account_id,
    container_id: root_container_id,
    status: 'active',
    access_role_id: ADMINISTRATOR_ROLE_ID,
    created_at: timeOf(environment),
  });
}

/** Makes a key of the account's first administrator. @returns the key, which is kept nowhere */
export async function insertKey(
  tx: Transaction,
  environment: Environment,
  { account_id, mode, administrator }: NewAccountPlan,
  random: RandomSource,
  name: string,
  is_view_only: boolean,
): Promise<string> {
  const secret = makeSecret(random(SECRET_SIZE_BYTES));
  const id = await insertApiKey(tx, {
    account_id,
    user_id: administrator.id,
    name,
    secret_hash: hashSecret(secret),
    restricted_to_role_id: is_view_only ? VIEW_ONLY_ROLE_ID : NO_RESTRICTION_ROLE_ID,
    status: 'active',
    created_at: timeOf(environment),
  });
  return formatApiKey({ mode, account_id, id, secret });
}

/**
 * Sets what a create does that matches an existing organization.
 *
 * @returns whether there is such an account
 */
export async function changeDuplicatePolicy(
  environment: Environment,
  account_id: number,
  duplicate_policy: StoredAccount['duplicate_policy'],
): Promise<boolean> {
  return await environment.store.transaction(async (tx) => {
    const before = await findAccount(tx, account_id);
    if (before === undefined) {
      return false;
    }
    await updateDuplicatePolicy(tx, account_id, duplicate_policy);
    await recordEvent(tx, operatorContext(environment, account_id), {
      action: 'account_settings_changed',
      object_type: 'account',
      object_id: account_id,
      before: { duplicate_policy: before.duplicate_policy },
      after: { duplicate_policy },
    });
    return true;
  });
}

/** The context of what the registry's operator does at its machine, without a key. */
export function operatorContext(environment: Environment, account_id: number): EventContext {
  return {
    ...environment,
    principal: { ...NOBODY, account_id },
    request_id: 'operator',
    ip_address: '',
  };
}

/** The context of what comes with an account before anybody has a key. */
export function startContext(environment: Environment, plan: NewAccountPlan): EventContext {
  const context = operatorContext(environment, plan.account_id);
  return {
    ...context,
    principal: { ...context.principal, user_id: plan.administrator.id, mode: plan.mode },
    request_id: 'start',
  };
}

type EventContext = Context;

const NOBODY: Omit<Principal, 'account_id'> = {
  mode: 'live',
  duplicate_policy: 'error',
  primary_organization_id: 0,
  user_id: 0,
  access_role_id: ADMINISTRATOR_ROLE_ID,
  container_id: 0,
  api_key_id: 0,
  restricted_to_role_id: NO_RESTRICTION_ROLE_ID,
};

/** Hexadecimal digits; hashed, so that any source of bytes will do. */
function hexOf(random: RandomSource, digits: number): string {
  return hash('sha256', random(SECRET_SIZE_BYTES), 'hex').slice(0, digits);
}
