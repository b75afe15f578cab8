/** What a key is authorized to, by the wire's names, and in which containers. */
import {
  ACCOUNT_TYPES,
  type AuthorizationList,
  type AuthorizedContainerList,
  WIRE_PERMISSIONS,
  type WirePermission,
} from '@orgvet/contract';
import { isPermitted } from '../domain/permissions.ts';
import { listCreatableTypes } from '../domain/subaccount.ts';
import { listContainers } from '../store/containers.ts';
import { allowedTypesOf, getStoredAccount } from './account-info.ts';
import { type Context, refuseAsNotFound } from './context.ts';
import { isContainerVisible } from './visibility.ts';

export async function listAuthorizations(context: Context): Promise<AuthorizationList> {
  const authorized = await listAuthorized(context);
  return {
    authorizations: WIRE_PERMISSIONS.map((permission) => ({
      authorized: authorized.has(permission),
      permission,
    })),
  };
}

/** The containers in which the key has a permission: all that it sees, or none. */
export async function listAuthorizedContainers(
  context: Context,
  { params }: { readonly params: { readonly permission: string } },
): Promise<AuthorizedContainerList> {
  const { store, principal } = context;
  const permission = WIRE_PERMISSIONS.find((known) => known === params.permission);
  if (permission === undefined) {
    refuseAsNotFound('permission');
  }
  if (!(await listAuthorized(context)).has(permission)) {
    return { containers: [] };
  }
  const containers = await listContainers(store.reader, principal.account_id);
  return {
    containers: containers
      .filter(({ id }) => isContainerVisible(principal, id))
      .map(({ id, parent_id, name, is_active }) => ({
        id,
        parent_id,
        name,
        is_active: is_active === 1,
      })),
  };
}

/** What a key has; creating subaccounts also depends on what its account may have below it. */
async function listAuthorized({ store, principal }: Context): Promise<ReadonlySet<WirePermission>> {
  const account = await getStoredAccount(store.reader, principal.account_id);
  const creatable = listCreatableTypes(principal, allowedTypesOf(account));
  const missing: readonly WirePermission[] = ACCOUNT_TYPES.filter(
    (type) => !creatable.includes(type),
  ).map((type) => `create_child_${type}` as const);
  return new Set(
    WIRE_PERMISSIONS.filter(
      (permission) => isPermitted(principal, permission) && !missing.includes(permission),
    ),
  );
}
