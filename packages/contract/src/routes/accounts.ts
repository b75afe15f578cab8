/** The operations on accounts, their subaccounts, and what a key is authorized to. */
import { Type } from 'typebox';
import {
  Account,
  AuthorizationList,
  AuthorizedContainerList,
  Subaccount,
  SubaccountCreateRequest,
  SubaccountList,
  SubaccountListQuery,
  SubaccountOrganizationList,
  SubaccountOrganizationListQuery,
} from '../account.ts';
import { Created } from '../organization.ts';
import { type Route, SubaccountParams } from '../route.ts';

const PermissionParams = Type.Object({
  permission: Type.String({ description: 'Name of a permission, see "List authorizations".' }),
});

export const ACCOUNT_ROUTES = {
  getAccount: {
    method: 'GET',
    path: '/account',
    tag: 'Accounts',
    summary: 'Account info',
    description: 'The account of the key.',
    permission: 'view_own_access',
    success: { status: 200, schema: Account },
    errors: [],
  },
  createSubaccount: {
    method: 'POST',
    path: '/account',
    tag: 'Accounts',
    summary: 'Create subaccount',
    description:
      'Makes an account below this one, with its first administrator and its first organization. What a key may create depends on the type, and on what the parent of this account allowed.',
    permission: 'manage_child_account',
    body: SubaccountCreateRequest,
    success: { status: 201, schema: Created },
    errors: [],
  },
  listSubaccounts: {
    method: 'GET',
    path: '/account/subaccount',
    tag: 'Accounts',
    summary: 'List subaccounts',
    description: 'The accounts below this one, and those below them, filtered, sorted and paged.',
    permission: 'view_child_account',
    query: SubaccountListQuery,
    success: { status: 200, schema: SubaccountList },
    errors: ['unknown_parameter', 'unknown_filter'],
  },
  getSubaccount: {
    method: 'GET',
    path: '/account/subaccount/{subaccount_id}',
    tag: 'Accounts',
    summary: 'Subaccount info',
    description: 'One account below this one.',
    permission: 'view_child_account',
    params: SubaccountParams,
    success: { status: 200, schema: Subaccount },
    errors: ['not_found|subaccount'],
  },
  listSubaccountOrganizations: {
    method: 'GET',
    path: '/account/subaccount/{subaccount_id}/organization',
    tag: 'Accounts',
    summary: 'List subaccount organizations',
    description: 'The organizations of an account below this one, filtered, sorted and paged.',
    permission: 'view_child_account',
    params: SubaccountParams,
    query: SubaccountOrganizationListQuery,
    success: { status: 200, schema: SubaccountOrganizationList },
    errors: ['not_found|subaccount', 'unknown_parameter', 'unknown_filter'],
  },
  listAuthorizations: {
    method: 'GET',
    path: '/authorization',
    tag: 'Accounts',
    summary: 'List authorizations',
    description: 'Every permission, and whether the key has it.',
    permission: 'view_own_access',
    success: { status: 200, schema: AuthorizationList },
    errors: [],
  },
  listAuthorizedContainers: {
    method: 'GET',
    path: '/authorization/{permission}/container',
    tag: 'Accounts',
    summary: 'List authorized containers',
    description:
      'The containers in which the key has a permission; none where it does not have it.',
    permission: 'view_own_access',
    params: PermissionParams,
    success: { status: 200, schema: AuthorizedContainerList },
    errors: ['not_found|permission'],
  },
} as const satisfies Record<string, Route>;
