/** Whether whoever asks may work on validations of a type: appointed for it, and not run out. */
import {
  problem,
  VALIDATION_TYPE_NAMES,
  type ValidationTypeName,
  type VettingRole,
} from '@orgvet/contract';
import { isQualified } from '../domain/appointments.ts';
import { RequestRefused } from '../domain/problems.ts';
import { type Context, timeOf } from './context.ts';

/** @throws RequestRefused `not_qualified` */
export function refuseUnlessQualified(
  context: Context,
  roles: readonly VettingRole[],
  type: ValidationTypeName,
): void {
  if (!isQualified(context.principal.appointments, roles, type, timeOf(context))) {
    throw new RequestRefused([problem('not_qualified', { type })]);
  }
}

/** The types that whoever asks is qualified for. */
export function listQualifiedTypes(
  context: Context,
  roles: readonly VettingRole[],
): ValidationTypeName[] {
  const time = timeOf(context);
  const { appointments } = context.principal;
  return VALIDATION_TYPE_NAMES.filter((type) => isQualified(appointments, roles, type, time));
}
