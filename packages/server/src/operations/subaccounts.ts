/**
 * The accounts below an account: making one, listing them, showing one. Who is restricted to some
 * containers of an account sees and makes none: a subaccount belongs to the whole account.
 */
import {
  type AccountType,
  fieldProblem,
  type Problem,
  type Subaccount,
  type SubaccountCreateRequest,
  type SubaccountList,
} from '@orgvet/contract';
import { ROLES } from '../domain/permissions.ts';
import { refuseIfAny } from '../domain/problems.ts';
import {
  checkSubaccountCreate,
  checkTypes,
  describeListedSubaccount,
  describeSubaccount,
  listCreatableTypes,
  type SubaccountRecord,
} from '../domain/subaccount.ts';
import {
  checkSubaccountListQuery,
  matchesSearch,
  type SubaccountListRequest,
} from '../domain/subaccount-list.ts';
import type { StoredAccount } from '../store/accounts.ts';
import type { Transaction } from '../store/database.ts';
import { takeIds } from '../store/ids.ts';
import {
  countSubaccounts,
  findSubaccount,
  type ListedSubaccount,
  listChildNames,
  listSubaccounts as listStoredSubaccounts,
  type SubaccountSelection,
} from '../store/subaccounts.ts';
import { findUser } from '../store/users.ts';
import {
  allowedTypesOf,
  findPrimaryOrganization,
  getBillingAccount,
  getMasterUser,
  getStoredAccount,
} from './account-info.ts';
import { insertAccountAlone, insertRootDivision, type PlannedAccount } from './accounts.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { insertFirstOrganization } from './organization-create.ts';
import { insertPlannedUser, refuseAsMissingPermission } from './user-parts.ts';

/**
 * Makes an account below the own one, with its first administrator and its first organization.
 *
 * @throws RequestRefused `access_denied|missing_permission` where no type is allowed, else with every
 *   problem of the request
 */
export async function createSubaccount(
  context: Context,
  { body }: { readonly body: unknown },
): Promise<{ id: number }> {
  const { store, principal } = context;
  const parent = await getStoredAccount(store.reader, principal.account_id);
  const creatable = listCreatableTypes(principal, allowedTypesOf(parent));
  if (creatable.length === 0) {
    refuseAsMissingPermission();
  }
  const checked = checkSubaccountCreate(body);
  const { problems, request } = checked;
  refuseIfAny([
    ...problems,
    ...checkTypes(checked, creatable),
    ...(await checkAccountManager(context, request)),
  ]);
  return await store.transaction(async (tx) => {
    const plan = await planAccount(tx, context, request);
    const inside = contextInside(context, plan);
    await insertRootDivision(tx, plan, context.random);
    const user_id = await insertMasterUser(tx, inside, request);
    await insertAccountAlone(tx, inside, plan, user_id);
    await insertFirstOrganization(tx, inside, request.organization);
    await recordEvent(tx, context, {
      action: 'subaccount_created',
      object_type: 'account',
      object_id: plan.account_id,
      after: request,
    });
    return { id: plan.account_id };
  });
}

/** The subaccounts of the own account and of those below it. */
export async function listSubaccounts(
  context: Context,
  { query }: { readonly query: Readonly<Record<string, unknown>> },
): Promise<SubaccountList> {
  const { problems, request } = checkSubaccountListQuery(query);
  refuseIfAny(problems);
  const { sort, limit, offset } = request;
  const { account_id, visible_container_ids } = context.principal;
  if (visible_container_ids !== undefined) {
    return { subaccounts: [], page: { total: 0, limit, offset } };
  }
  const { reader } = context.store;
  const selection = await selectionOf(context, request);
  const total = await countSubaccounts(reader, account_id, selection);
  const rows = await listStoredSubaccounts(reader, account_id, selection, sort, { limit, offset });
  return {
    subaccounts: rows.map((row) => describeListedSubaccount(recordOf(row), account_id)),
    page: { total, limit, offset },
  };
}

export async function getSubaccount(
  context: Context,
  { params: { subaccount_id } }: { readonly params: { readonly subaccount_id: number } },
): Promise<Subaccount> {
  const { reader } = context.store;
  const account = await getSubaccountBelow(context, subaccount_id);
  const { id: account_id, parent_account_id, account_manager_user_id } = account;
  const organization = await findPrimaryOrganization(reader, account);
  const manager = await findUser(reader, parent_account_id, account_manager_user_id);
  const record = recordOf({
    ...account,
    account_id,
    organization_name: organization?.name ?? '',
    manager_first_name: manager?.first_name ?? '',
    manager_last_name: manager?.last_name ?? '',
  });
  const details = {
    billing_account: await getBillingAccount(reader, account),
    bill_parent: account.bill_parent === 1,
    enforce_bill_parent: account.enforce_bill_parent === 1,
    master_user: await getMasterUser(reader, account),
    ...(organization && { organization }),
  };
  return describeSubaccount(record, details, context.principal.account_id);
}

/** An account below the own one. @throws RequestRefused the answer for what is not there */
export async function getSubaccountBelow(
  { store, principal }: Context,
  subaccount_id: number,
): Promise<StoredAccount> {
  const { account_id, visible_container_ids } = principal;
  const account =
    visible_container_ids === undefined
      ? await findSubaccount(store.reader, account_id, subaccount_id)
      : undefined;
  return account ?? refuseAsNotFound('subaccount');
}

/** Who looks after a subaccount is somebody of the account above it. */
async function checkAccountManager(
  { store, principal }: Context,
  { account_manager_user_id: user_id }: Partial<SubaccountCreateRequest>,
): Promise<Problem[]> {
  const isThere =
    user_id === undefined ||
    (await findUser(store.reader, principal.account_id, user_id)) !== undefined;
  return isThere
    ? []
    : [
        fieldProblem(
          'invalid',
          'account_manager_user_id',
          `${user_id} is no user of this account.`,
        ),
      ];
}

/** What the account is made from that a request without problems asks for. */
async function planAccount(
  tx: Transaction,
  { principal }: Context,
  { organization, account_type, ...request }: SubaccountCreateRequest,
): Promise<PlannedAccount> {
  return {
    account_id: await takeId(tx, 'accounts'),
    parent_account_id: principal.account_id,
    mode: principal.mode,
    name: organization.name,
    account_type,
    root_container_id: await takeId(tx, 'containers'),
    primary_organization_id: 0,
    allowed_grandchildren: [...new Set(request.allowed_grandchildren)],
    child_name: request.child_name ?? '',
    account_manager_user_id: request.account_manager_user_id ?? 0,
    bill_parent: request.bill_parent ?? false,
    enforce_bill_parent: request.enforce_bill_parent ?? false,
  };
}

async function takeId(tx: Transaction, table: 'accounts' | 'containers'): Promise<number> {
  const [id] = await takeIds(tx, table, 1);
  if (id === undefined) {
    throw new Error(`The database handed out no id for ${table}.`);
  }
  return id;
}

/** Inserts the first administrator, called by the email where the request has no name. @returns the id */
async function insertMasterUser(
  tx: Transaction,
  inside: Context,
  { user }: SubaccountCreateRequest,
): Promise<number> {
  const { account_id, container_id } = inside.principal;
  const planned = {
    container_id,
    username: user.username ?? user.email,
    first_name: user.first_name,
    last_name: user.last_name,
    email: user.email,
    job_title: user.job_title ?? '',
    telephone: user.telephone ?? '',
    access_role_id: ROLES.administrator,
    is_api_only: false,
    is_saml_sso_only: false,
    container_id_assignments: [],
  };
  const id = await insertPlannedUser(tx, timeOf(inside), { account_id, ...planned });
  await recordEvent(tx, inside, {
    action: 'user_created',
    object_type: 'user',
    object_id: id,
    after: planned,
  });
  return id;
}

/** The same request inside the new account: its events tell who made it, by the ids of the account above. */
function contextInside(
  context: Context,
  { account_id, root_container_id, primary_organization_id }: PlannedAccount,
): Context {
  return {
    ...context,
    principal: {
      ...context.principal,
      account_id,
      container_id: root_container_id,
      primary_organization_id,
    },
  };
}

/**
 * What the filters select. There are few names that only the own account sees: the ones that match are
 * found here, and go along by their ids.
 */
async function selectionOf(
  { store, principal }: Context,
  { account_type, search }: SubaccountListRequest,
): Promise<SubaccountSelection> {
  const ofType = account_type === undefined ? {} : { account_type };
  if (search === undefined) {
    return ofType;
  }
  const names = await listChildNames(store.reader, principal.account_id);
  const matching = names.filter(({ child_name }) => matchesSearch(child_name, search));
  return { ...ofType, search: { ...search, account_ids: matching.map(({ id }) => id) } };
}

function recordOf({
  account_type,
  manager_first_name,
  manager_last_name,
  ...row
}: ListedSubaccount): SubaccountRecord {
  return {
    ...row,
    account_type: account_type as AccountType,
    account_manager: `${manager_first_name} ${manager_last_name}`.trim(),
  };
}
