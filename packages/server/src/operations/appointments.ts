/**
 * The people who validate: who they are, and appointing them. In a live account only the registry's
 * operator appoints; the account itself neither does nor hands out keys of those who were appointed.
 */
import { type AppointmentList, problem } from '@orgvet/contract';
import {
  type Appointment,
  checkAppointments,
  compareAppointments,
  isCurrent,
} from '../domain/appointments.ts';
import { administersOrganizations } from '../domain/permissions.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { listApiKeysOfUser, lockApiKey, updateApiKey } from '../store/api-keys.ts';
import {
  type AppointmentOfPerson,
  listAppointmentsOfUser,
  listAppointments as listStored,
  replaceAppointments,
  type StoredAppointment,
} from '../store/appointments.ts';
import type { Transaction } from '../store/database.ts';
import { deleteSignInOfUser } from '../store/sign-in-of-user.ts';
import { findUser, lockUser } from '../store/users.ts';
import { type Context, recordEvent, timeOf } from './context.ts';
import { isUserVisible, refuseUnlessUserVisible } from './user-parts.ts';

type Person = AppointmentList['people'][number];

/** The people who validate, by id: those whom the key sees. */
export async function listAppointments(context: Context): Promise<AppointmentList> {
  const { store, principal } = context;
  const stored = await listStored(store.reader, principal.account_id);
  const time = timeOf(context);
  const people: Person[] = [];
  for (const [user_id, appointments] of Map.groupBy(stored, (one) => one.user_id)) {
    const [{ has_container_assignments = 0 } = {}] = appointments;
    const user = { id: user_id, has_container_assignments };
    if (await isUserVisible(store.reader, principal, user)) {
      people.push(describePerson(appointments, time));
    }
  }
  return { people };
}

/** Says all that a user is appointed for from now on. */
export async function changeAppointments(
  context: Context,
  {
    params: { user_id },
    body,
  }: { readonly params: { readonly user_id: number }; readonly body: unknown },
): Promise<void> {
  const { store, principal } = context;
  const { account_id } = principal;
  const { problems, appointments: after } = checkAppointments(body);
  const found = await findUser(store.reader, account_id, user_id);
  await refuseUnlessUserVisible(store.reader, principal, found);
  refuseIfAny(problems);
  await store.transaction(async (tx) => {
    const locked = await lockUser(tx, account_id, user_id);
    const user = await refuseUnlessUserVisible(tx, principal, locked);
    if (after.length > 0 && administersOrganizations(user)) {
      throw new RequestRefused([problem('user_administers_organizations', { user_id })]);
    }
    const stored = await listAppointmentsOfUser(tx, account_id, user_id);
    const before = stored.map(appointmentOf).sort(compareAppointments);
    if (JSON.stringify(before) === JSON.stringify(after)) {
      return;
    }
    const time = timeOf(context);
    const appointments = after.map((one) => ({
      ...one,
      appointed_at: sinceOf(one, stored) ?? time,
    }));
    await replaceAppointments(tx, account_id, user_id, appointments);
    await recordEvent(tx, context, {
      action: 'user_appointed',
      object_type: 'user',
      object_id: user_id,
      before: { appointments: before },
      after: { appointments: after },
    });
    if (principal.mode === 'live' && before.length === 0) {
      await revokeKeys(tx, context, user_id);
      await withdrawSignIn(tx, context, user_id);
    }
  });
}

/** Since when somebody has an appointment exactly so. */
function sinceOf(
  { role, validation_type, qualified_until }: Appointment,
  stored: readonly StoredAppointment[],
): string | undefined {
  return stored.find(
    (one) =>
      one.role === role &&
      one.validation_type === validation_type &&
      one.qualified_until === qualified_until,
  )?.appointed_at;
}

/** Keys that the account handed out may be in the hands of those who are to be validated. */
async function revokeKeys(tx: Transaction, context: Context, user_id: number): Promise<void> {
  const { account_id } = context.principal;
  for (const { id } of await listApiKeysOfUser(tx, account_id, user_id)) {
    const key = await lockApiKey(tx, account_id, id);
    if (key?.status !== 'active') {
      continue;
    }
    const { name, restricted_to_role_id, status } = key;
    const before = { name, restricted_to_role_id, status };
    const after = { ...before, status: 'revoked' as const };
    await updateApiKey(tx, account_id, id, after);
    await recordEvent(tx, context, {
      action: 'key_status_changed',
      object_type: 'key',
      object_id: id,
      before,
      after,
    });
  }
}

/** So may be passwords and sessions that were begun by a link of the account's. */
async function withdrawSignIn(tx: Transaction, context: Context, user_id: number): Promise<void> {
  if ((await deleteSignInOfUser(tx, context.principal.account_id, user_id)) > 0) {
    await recordEvent(tx, context, {
      action: 'sign_in_withdrawn',
      object_type: 'user',
      object_id: user_id,
    });
  }
}

/** @param appointments all of one user */
function describePerson(appointments: readonly AppointmentOfPerson[], time: string): Person {
  const [{ user_id = 0, first_name = '', last_name = '', email = '' } = {}] = appointments;
  return {
    user_id,
    name: `${first_name} ${last_name}`,
    email,
    appointments: appointments
      .toSorted(compareAppointments)
      .map(({ role, validation_type, qualified_until, appointed_at }) => ({
        role,
        ...(validation_type !== '' && { validation_type }),
        qualified_until,
        is_qualified: isCurrent({ qualified_until }, time),
        appointed_at,
      })),
  };
}

/** An appointment without whose it is. */
export function appointmentOf({
  role,
  validation_type,
  qualified_until,
}: StoredAppointment): Appointment {
  return { role, validation_type, qualified_until };
}
