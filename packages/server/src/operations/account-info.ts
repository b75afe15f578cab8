/** The account of a key, and what accounts show of themselves wherever they are shown. */
import type { Account, AccountType, Organization } from '@orgvet/contract';
import { ROLES } from '../domain/permissions.ts';
import { findAccount, findFirstWithRole, type StoredAccount } from '../store/accounts.ts';
import type { Handle } from '../store/database.ts';
import { findOrganizationInfo } from '../store/organizations.ts';
import { findUser, type StoredUser } from '../store/users.ts';
import type { Context } from './context.ts';

/** Where an account has no organization yet that could tell. */
const COUNTRY_DEFAULT = 'us';

export async function getAccount({ store, principal }: Context): Promise<Account> {
  const { reader } = store;
  const account = await getStoredAccount(reader, principal.account_id);
  const organization = await findPrimaryOrganization(reader, account);
  const { email: admin_email } = await getMasterUser(reader, account);
  const billing_account = await getBillingAccount(reader, account);
  const country = organization?.country.toLowerCase() ?? COUNTRY_DEFAULT;
  return {
    id: account.id,
    primary_organization_id: account.primary_organization_id,
    primary_organization_name: organization?.name ?? '',
    primary_organization_country: country,
    make_renewal_calls: true,
    express_install_enabled: false,
    admin_email,
    display_rep: true,
    rep_photo_id: 0,
    balance_negative_limit: 0,
    root_container_id: account.root_container_id,
    cert_transparency: 'embed',
    cert_central_type: account.account_type,
    billing_account_id: billing_account.id,
    billing_account_name: billing_account.name,
    language_id: 1,
    migrated: false,
    has_auth_key: false,
    client_mgr_photo_id: 0,
    ent_support_plan: '1',
    default_country: country,
  };
}

/** An account that others refer to, so that it must be there. */
export async function getStoredAccount(handle: Handle, account_id: number): Promise<StoredAccount> {
  const account = await findAccount(handle, account_id);
  if (account === undefined) {
    throw new Error(`The account ${account_id} is not there.`);
  }
  return account;
}

/** The types of subaccounts that an account may have. */
export function allowedTypesOf({ allowed_grandchildren }: StoredAccount): AccountType[] {
  return JSON.parse(allowed_grandchildren);
}

/** The first organization of an account, as organization info shows it without its parts. */
export async function findPrimaryOrganization(
  handle: Handle,
  { id: account_id, primary_organization_id }: StoredAccount,
): Promise<Organization | undefined> {
  const info = await findOrganizationInfo(handle, account_id, primary_organization_id);
  return info === undefined ? undefined : JSON.parse(`${info.document}}`);
}

/** The account that pays: the one above, where that is so agreed. */
export async function getBillingAccount(
  handle: Handle,
  account: StoredAccount,
): Promise<StoredAccount> {
  return account.bill_parent === 1
    ? await getStoredAccount(handle, account.parent_account_id)
    : account;
}

/** The first administrator of an account; where that one has gone, the first of those who are left. */
export async function getMasterUser(
  handle: Handle,
  { id: account_id, master_user_id }: StoredAccount,
): Promise<StoredUser> {
  const user =
    (await findUser(handle, account_id, master_user_id)) ??
    (await findFirstWithRole(handle, account_id, ROLES.administrator));
  if (user === undefined) {
    throw new Error(`The account ${account_id} has no administrator.`);
  }
  return user;
}
