/** Accounts: the first one of a new registry, and their settings. */
import { hash } from 'node:crypto';
import { ACCOUNT_TYPES, type AccountType } from '@orgvet/contract';
import { type AccountMode, SECRET_SIZE_BYTES } from '../domain/api-key.ts';
import { DIVISION_TEMPLATE_ID } from '../domain/container-requests.ts';
import { renderContainerDocument } from '../domain/organization-document.ts';
import { RESTRICTIONS, ROLES } from '../domain/permissions.ts';
import { deriveUser } from '../domain/user.ts';
import {
  insertAccount,
  listAccounts as listStoredAccounts,
  type StoredAccount,
} from '../store/accounts.ts';
import { insertContainer } from '../store/containers.ts';
import type { Transaction } from '../store/database.ts';
import { insertUserWithId } from '../store/users.ts';
import {
  type Context,
  type Environment,
  type Principal,
  type RandomSource,
  recordEvent,
  timeOf,
} from './context.ts';
import { insertPlannedKey } from './user-parts.ts';

/** An account with the keys that were made with it, which are shown this once. */
export interface AccountKeys {
  readonly account_id: number;
  readonly mode: AccountMode;
  readonly keys: { readonly administrator?: string; readonly view_only?: string };
}

const ROOT_TEMPLATE_ID = 5;

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
  readonly account_type: AccountType;
  readonly root_container_id: number;
  /** 0 for none yet. */
  readonly primary_organization_id: number;
  readonly administrator: NewUserPlan;
  /** Of a subaccount; see "Create subaccount". All types where it is absent. */
  readonly allowed_grandchildren?: readonly AccountType[];
  readonly child_name?: string;
  readonly account_manager_user_id?: number;
  readonly bill_parent?: boolean;
  readonly enforce_bill_parent?: boolean;
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

/** Inserts an account, its root container and its first administrator, by the ids of the plan. */
export async function insertAccountWithParts(
  tx: Transaction,
  environment: Environment,
  plan: NewAccountPlan,
  random: RandomSource,
): Promise<void> {
  await insertRootDivision(tx, plan, random);
  await insertFirstUser(tx, environment, plan, plan.administrator);
  await insertAccountAlone(tx, startContext(environment, plan), plan, plan.administrator.id);
}

/** What an account is made from beside its first administrator. */
export type PlannedAccount = Omit<NewAccountPlan, 'administrator'>;

/** Inserts an account without its parts, with its event. @param context whose doing it is, in the account */
export async function insertAccountAlone(
  tx: Transaction,
  context: Context,
  plan: PlannedAccount,
  master_user_id: number,
): Promise<void> {
  const { account_id, mode, name, account_type } = plan;
  await insertAccount(tx, {
    id: account_id,
    parent_account_id: plan.parent_account_id,
    mode,
    name,
    account_type,
    duplicate_policy: 'error',
    primary_organization_id: plan.primary_organization_id,
    root_container_id: plan.root_container_id,
    created_at: timeOf(context),
    child_name: plan.child_name ?? '',
    allowed_grandchildren: JSON.stringify(plan.allowed_grandchildren ?? ACCOUNT_TYPES),
    account_manager_user_id: plan.account_manager_user_id ?? 0,
    bill_parent: Number(plan.bill_parent ?? false),
    enforce_bill_parent: Number(plan.enforce_bill_parent ?? false),
    master_user_id,
    has_ip_rules: 0,
    // As the vendor has it; a test account is there to try things.
    allow_non_user_verified_contacts: Number(mode === 'test'),
  });
  await recordEvent(tx, context, {
    action: 'account_created',
    object_type: 'account',
    object_id: account_id,
    after: { mode, name, account_type },
  });
}

/** Inserts the root container of an account. */
export async function insertRootDivision(
  tx: Transaction,
  { account_id, root_container_id, name }: PlannedAccount,
  random: RandomSource,
): Promise<void> {
  const root = { account_id, id: root_container_id, parent_id: 0, name, description: '' };
  await insertDivision(tx, root, random);
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

/** Inserts an active user who belongs to the root container; an administrator unless told otherwise. */
export async function insertFirstUser(
  tx: Transaction,
  environment: Environment,
  { account_id, root_container_id }: NewAccountPlan,
  user: NewUserPlan,
  access_role_id: number = ROLES.administrator,
): Promise<void> {
  await insertUserWithId(tx, {
    ...user,
    ...deriveUser(user),
    account_id,
    container_id: root_container_id,
    status: 'active',
    access_role_id,
    created_at: timeOf(environment),
    is_api_only: 0,
    is_saml_sso_only: 0,
    has_container_assignments: 0,
    last_login_date: '',
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
  const { api_key } = await insertPlannedKey(
    tx,
    { ...environment, random },
    {
      account_id,
      mode,
      user_id: administrator.id,
      name,
      restricted_to_role_id: is_view_only ? RESTRICTIONS.view_only : RESTRICTIONS.none,
    },
  );
  return api_key;
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
  clock_offset_ms: 0,
  duplicate_policy: 'error',
  primary_organization_id: 0,
  user_id: 0,
  access_role_id: ROLES.administrator,
  container_id: 0,
  api_key_id: 0,
  session_id: 0,
  restricted_to_role_id: RESTRICTIONS.none,
  ip_rules: [],
  appointments: [],
};

/** Hexadecimal digits; hashed, so that any source of bytes will do. */
function hexOf(random: RandomSource, digits: number): string {
  return hash('sha256', random(SECRET_SIZE_BYTES), 'hex').slice(0, digits);
}
