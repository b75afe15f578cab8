/**
 * What of an account somebody sees. A user who is restricted to containers sees these and those below
 * them, the organizations that belong or are assigned to one of them, and the users who are restricted
 * to nothing else. Everything else of the account is answered like what is not there.
 */

import { problem } from '@orgvet/contract';
import { ROLES } from '../domain/permissions.ts';
import { RequestRefused } from '../domain/problems.ts';
import type { Handle } from '../store/database.ts';
import { findOrderPlace } from '../store/orders.ts';
import { isOrganizationIn } from '../store/organizations.ts';
import { type Context, type Principal, refuseAsNotFound } from './context.ts';

/** Whether somebody sees a container. */
export function isContainerVisible(
  { visible_container_ids }: Pick<Principal, 'visible_container_ids'>,
  container_id: number,
): boolean {
  return visible_container_ids === undefined || visible_container_ids.includes(container_id);
}

/** @throws RequestRefused for what is the whole account's, and so not for whoever sees only a part of it */
export function refuseUnlessUnrestricted({ principal }: Context): void {
  if (principal.visible_container_ids !== undefined) {
    throw new RequestRefused([problem('access_denied|missing_permission')]);
  }
}

/** Where what somebody makes belongs: the own container, or the first of those they are restricted to. */
export function homeContainerOf({ container_id, visible_container_ids }: Principal): number {
  const isVisible = visible_container_ids?.includes(container_id) ?? true;
  return isVisible ? container_id : (visible_container_ids?.[0] ?? container_id);
}

/** @throws RequestRefused the answer for what is not there */
export function refuseUnlessContainerVisible({ principal }: Context, container_id: number): void {
  if (!isContainerVisible(principal, container_id)) {
    refuseAsNotFound('container');
  }
}

/** @throws RequestRefused the answer for what is not there */
export async function refuseUnlessOrganizationVisible(
  { store, principal }: Context,
  organization_id: number,
): Promise<void> {
  if (!(await isOrganizationVisible(store.reader, principal, organization_id))) {
    refuseAsNotFound('organization');
  }
}

/** Whether somebody sees an organization, if there is such a one. */
export async function isOrganizationVisible(
  handle: Handle,
  { account_id, visible_container_ids }: Principal,
  organization_id: number,
): Promise<boolean> {
  return (
    visible_container_ids === undefined ||
    (await isOrganizationIn(handle, account_id, organization_id, visible_container_ids))
  );
}

/**
 * A limited user sees only the own orders (Roles).
 *
 * @throws RequestRefused the answer for what is not there
 */
export async function refuseUnlessOrderVisible(
  { store, principal }: Context,
  order_id: number,
): Promise<void> {
  const order = await findOrderPlace(store.reader, principal.account_id, order_id);
  const isVisible =
    order !== undefined &&
    isContainerVisible(principal, order.container_id) &&
    (principal.access_role_id !== ROLES.limited_user || order.user_id === principal.user_id);
  if (!isVisible) {
    refuseAsNotFound('order');
  }
}
