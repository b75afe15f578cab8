/**
 * Subaccounts: what a request may ask of a new one, which types may stand below an account, and how one
 * looks in answers. Pure; the limits of single fields are the contract's.
 */
import {
  type AccountType,
  fieldProblem,
  type Problem,
  readBody,
  type Subaccount,
  SubaccountCreateRequest,
  type SubaccountList,
} from '@orgvet/contract';
import { FORMATS } from './formats.ts';
import { checkOrganizationDetails } from './organization.ts';
import { type Holder, isPermitted } from './permissions.ts';
import { isUsername } from './user.ts';

/** A create request that was read. The request is to be used only if there are no problems. */
export interface CheckedSubaccount {
  readonly problems: Problem[];
  /** The paths of the fields that have a problem already. */
  readonly faulty: ReadonlySet<string>;
  readonly request: SubaccountCreateRequest;
}

/** Reads the body of "Create subaccount", every rule that needs no look at the account above. */
export function checkSubaccountCreate(body: unknown): CheckedSubaccount {
  const { problems, faulty, value } = readBody(SubaccountCreateRequest, body, FORMATS);
  const { organization } = value;
  const isFaulty = [...faulty].some((path) => path.startsWith('organization'));
  if (organization !== undefined && !isFaulty) {
    problems.push(...checkBetweenDetails(organization));
  }
  const username = value.user?.username;
  if (username !== undefined && !isUsername(username)) {
    problems.push(
      fieldProblem('invalid', 'user.username', 'must have only letters, digits and @ - _ + .'),
    );
  }
  return { problems, faulty, request: value };
}

/** The rules between the details of an organization, which every create has; the fields were read before. */
function checkBetweenDetails(organization: SubaccountCreateRequest['organization']): Problem[] {
  return checkOrganizationDetails(organization).problems.map(({ code, message }) => ({
    code: `organization_${code}`,
    message: `organization.${message}`,
  }));
}

/** Checks the types that a request names against those that the account above may have below it. */
export function checkTypes(
  { faulty, request }: CheckedSubaccount,
  allowed: readonly AccountType[],
): Problem[] {
  const { account_type, allowed_grandchildren = [] } = request;
  const named = [
    { path: 'account_type', type: account_type },
    ...allowed_grandchildren.map((type, index) => ({
      path: `allowed_grandchildren[${index}]`,
      type,
    })),
  ];
  return named
    .filter(({ path, type }) => type !== undefined && !faulty.has(path) && !allowed.includes(type))
    .map(({ path }) =>
      fieldProblem(
        'invalid',
        path,
        `must be a type that this account may have below it: ${allowed.join(', ')}.`,
      ),
    );
}

/** As much of somebody as decides which subaccounts they may create. */
export interface Creator extends Holder {
  /** Present for who is restricted to some containers of the account. */
  readonly visible_container_ids?: readonly number[];
}

/**
 * The types of subaccounts that somebody may create: a subaccount is below the whole account, so nobody
 * makes one who is restricted to a part of it.
 *
 * @param allowed the types that the account may have below it
 */
export function listCreatableTypes(
  creator: Creator,
  allowed: readonly AccountType[],
): AccountType[] {
  return creator.visible_container_ids === undefined
    ? allowed.filter((type) => isPermitted(creator, `create_child_${type}`))
    : [];
}

/** What is known of a subaccount wherever it is shown. Absent texts are empty. */
export interface SubaccountRecord {
  readonly account_id: number;
  readonly parent_account_id: number;
  readonly account_type: AccountType;
  readonly organization_name: string;
  readonly child_name: string;
  /** As on the wire. */
  readonly created_at: string;
  /** First and last name. */
  readonly account_manager: string;
}

/** A subaccount as a list shows it. @param viewer_account_id the account that asks */
export function describeListedSubaccount(
  record: SubaccountRecord,
  viewer_account_id: number,
): SubaccountList['subaccounts'][number] {
  const { account_manager } = record;
  return {
    ...describeShared(record, viewer_account_id),
    ...(account_manager && { account_manager }),
  };
}

/** The rest of what subaccount info shows. */
export interface SubaccountDetails {
  readonly billing_account: { readonly id: number; readonly name: string };
  readonly bill_parent: boolean;
  readonly enforce_bill_parent: boolean;
  readonly master_user: MasterUser;
  /** As organization info shows it; absent where the subaccount has none. */
  readonly organization?: NonNullable<Subaccount['organization']>;
}

interface MasterUser {
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly job_title: string;
  readonly telephone: string;
  readonly container_id: number;
}

/** A subaccount as subaccount info shows it. @param viewer_account_id the account that asks */
export function describeSubaccount(
  record: SubaccountRecord,
  {
    billing_account,
    bill_parent,
    enforce_bill_parent,
    master_user,
    organization,
  }: SubaccountDetails,
  viewer_account_id: number,
): Subaccount {
  const { parent_account_id, account_manager } = record;
  return {
    ...describeShared(record, viewer_account_id),
    parent_account_id: String(parent_account_id),
    billing_account_name: billing_account.name,
    billing_account_id: billing_account.id,
    ...(account_manager && { account_manager }),
    bill_parent,
    ...(bill_parent && { enforce_bill_parent }),
    master_user: describeMasterUser(master_user),
    ...(organization && { organization: describeFirstOrganization(organization) }),
  };
}

/** The name that the parent gave is the parent's alone: no account further up sees it. */
function isChildNameVisible(
  { parent_account_id }: Pick<SubaccountRecord, 'parent_account_id'>,
  viewer_account_id: number,
): boolean {
  return parent_account_id === viewer_account_id;
}

function describeShared(record: SubaccountRecord, viewer_account_id: number) {
  const { account_id, account_type, organization_name, child_name, created_at } = record;
  const shown = isChildNameVisible(record, viewer_account_id) ? child_name : '';
  return {
    account_id,
    account_type,
    organization_name,
    ...(shown && { child_name: shown }),
    date_created: formatPlainTime(created_at),
  };
}

const LANGUAGE_ID = '1';

function describeMasterUser(user: MasterUser): Subaccount['master_user'] {
  const { first_name, last_name, email, job_title, telephone, container_id } = user;
  return {
    first_name,
    last_name,
    email,
    ...(job_title && { job_title }),
    ...(telephone && { telephone }),
    i18n_language_id: LANGUAGE_ID,
    container_id: String(container_id),
  };
}

/** Only the members that the documents show here. */
function describeFirstOrganization(
  organization: NonNullable<Subaccount['organization']>,
): NonNullable<Subaccount['organization']> {
  const { id, status, name, display_name, is_active, address, address2 } = organization;
  const { city, state, zip, country, telephone } = organization;
  return {
    id,
    status,
    name,
    display_name,
    is_active,
    address,
    ...(address2 && { address2 }),
    city,
    state,
    zip,
    country,
    ...(telephone && { telephone }),
  };
}

/** `2018-11-29 18:25:04`: as the wire writes times of subaccounts, UTC without saying so. */
function formatPlainTime(time: string): string {
  return time.slice(0, 19).replace('T', ' ');
}
