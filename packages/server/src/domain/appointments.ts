/**
 * The people who validate: what an appointment is, whether it still qualifies, and what requests may say
 * of it. Pure; what each role may do stands in permissions.ts.
 */
import {
  AppointmentsRequest,
  fieldProblem,
  type Problem,
  readBody,
  type ValidationTypeName,
  VETTING_ROLES,
  type VettingRole,
} from '@orgvet/contract';
import { FORMATS } from './formats.ts';
import { formatTime } from './time.ts';

/** What somebody does, for which type, and until when they are qualified for it. */
export interface Appointment {
  readonly role: VettingRole;
  /** Empty for auditors, who look at all of them. */
  readonly validation_type: ValidationTypeName | '';
  /** As on the wire; from this moment on it has run out. */
  readonly qualified_until: string;
}

/** Whether somebody is qualified at a moment, as one of some roles, for a type. */
export function isQualified(
  appointments: readonly Appointment[],
  roles: readonly VettingRole[],
  type: ValidationTypeName,
  time: string,
): boolean {
  return appointments.some(
    (one) => one.validation_type === type && roles.includes(one.role) && isCurrent(one, time),
  );
}

/** What somebody is at a moment, for whatever type. */
export function listRolesAt(appointments: readonly Appointment[], time: string): VettingRole[] {
  const current = appointments.filter((one) => isCurrent(one, time)).map(({ role }) => role);
  return VETTING_ROLES.filter((role) => current.includes(role));
}

/** Whether an appointment has not run out at a moment. */
export function isCurrent(
  { qualified_until }: Pick<Appointment, 'qualified_until'>,
  time: string,
): boolean {
  return time < qualified_until;
}

/** Reads what somebody is to be appointed for: every problem, or the appointments in their order. */
export function checkAppointments(body: unknown): {
  problems: Problem[];
  appointments: Appointment[];
} {
  const { problems, faulty, value } = readBody(AppointmentsRequest, body, FORMATS);
  const requested = value.appointments ?? [];
  if (faulty.size === 0) {
    requested.forEach(({ role, validation_type }, index) => {
      const path = `appointments[${index}]`;
      const first = requested.findIndex(
        (other) => other.role === role && other.validation_type === validation_type,
      );
      problems.push(...checkType(role, validation_type, `${path}.validation_type`));
      if (first < index) {
        problems.push(fieldProblem('invalid', path, `repeats appointments[${first}].`));
      }
    });
  }
  if (problems.length > 0) {
    return { problems, appointments: [] };
  }
  const appointments = requested.map(
    ({ role, validation_type = '' as const, qualified_until }) => ({
      role,
      validation_type,
      qualified_until: formatTime(Date.parse(qualified_until)),
    }),
  );
  return { problems, appointments: appointments.sort(compareAppointments) };
}

/** In the order in which answers and events show them. */
export function compareAppointments(one: Appointment, other: Appointment): number {
  const [first, second] = [one, other].map(
    ({ role, validation_type }) => `${VETTING_ROLES.indexOf(role)} ${validation_type}`,
  ) as [string, string];
  return first < second ? -1 : Number(first > second);
}

/** Whoever works is qualified type by type; whoever audits sees all. */
function checkType(
  role: VettingRole,
  validation_type: ValidationTypeName | undefined,
  path: string,
): Problem[] {
  if (role === 'auditor') {
    const detail = 'must be left out: an auditor sees all types.';
    return validation_type === undefined ? [] : [fieldProblem('invalid', path, detail)];
  }
  const detail = `is required of a ${role}.`;
  return validation_type === undefined ? [fieldProblem('missing', path, detail)] : [];
}
