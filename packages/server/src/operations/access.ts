/** What a request must pass before its operation: the permission of its route, and where it comes from. */
import { type GuardedRoute, type Permission, problem } from '@orgvet/contract';
import type { Clock } from '../clock.ts';
import { listRolesAt } from '../domain/appointments.ts';
import { isAddressAllowed } from '../domain/ip-address.ts';
import { isPermitted } from '../domain/permissions.ts';
import { RequestRefused } from '../domain/problems.ts';
import { type Principal, refuseAsNotFound, timeOf } from './context.ts';

/**
 * @param clock that of the account
 * @throws RequestRefused the same answer for all of it, also for a key where it takes a person
 */
export function refuseUnlessAllowed(
  principal: Principal,
  { access, permission }: GuardedRoute,
  ip_address: string,
  clock: Clock,
): void {
  if (
    (access !== undefined && principal.session_id === 0) ||
    !isAllowed(principal, permission, clock) ||
    !isAddressAllowed(principal.ip_rules, ip_address)
  ) {
    throw new RequestRefused([problem('access_denied|missing_permission')]);
  }
}

/** Whether somebody may do something, by the role, the appointments and the restriction. */
export function isAllowed(principal: Principal, permission: Permission, clock: Clock): boolean {
  const { appointments } = principal;
  const vetting_roles =
    appointments.length === 0 ? [] : listRolesAt(appointments, timeOf({ clock }));
  return isPermitted({ ...principal, vetting_roles }, permission);
}

/** @throws RequestRefused for a live account what it is answered at a route that is not there */
export function refuseUnlessOffered({ mode }: Principal, { base_path }: GuardedRoute): void {
  if (base_path === '/control/v1' && mode === 'live') {
    refuseAsNotFound('route');
  }
}
