/** What users are appointed for. Whether they still are is the domain's to say. */
import type { Insertable, Selectable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { AppointmentRow } from './schema-vetting.ts';
import { statement } from './statement.ts';

export type StoredAppointment = Selectable<AppointmentRow>;

/** The appointments of a user. */
export async function listAppointmentsOfUser(
  handle: Handle,
  account_id: number,
  user_id: number,
): Promise<StoredAppointment[]> {
  return await handle.all(selectOfUser, { account_id, user_id });
}

/** An appointment, and who has it. */
export type AppointmentOfPerson = StoredAppointment & {
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly has_container_assignments: number;
};

/** The appointments of an account, by user. */
export async function listAppointments(
  handle: Handle,
  account_id: number,
): Promise<AppointmentOfPerson[]> {
  return await handle.all(selectAll, { account_id });
}

/** Puts appointments in the place of all that a user had, and marks the user accordingly. */
export async function replaceAppointments(
  tx: Transaction,
  account_id: number,
  user_id: number,
  appointments: readonly Pick<
    StoredAppointment,
    'role' | 'validation_type' | 'qualified_until' | 'appointed_at'
  >[],
): Promise<void> {
  await tx.run(deleteOfUser, { account_id, user_id });
  for (const appointment of appointments) {
    await tx.run(insertOne, { ...appointment, account_id, user_id });
  }
  const has_appointments = Number(appointments.length > 0);
  await tx.run(updateMark, { account_id, user_id, has_appointments });
}

type OfUser = { account_id: number; user_id: number };

const selectOfUser = statement<OfUser, StoredAppointment>((db, args) =>
  db
    .selectFrom('appointments')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .orderBy('role')
    .orderBy('validation_type'),
);

const selectAll = statement<{ account_id: number }, AppointmentOfPerson>((db, args) =>
  db
    .selectFrom('appointments as a')
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 'a.account_id').onRef('u.id', '=', 'a.user_id'),
    )
    .selectAll('a')
    .select(['u.first_name', 'u.last_name', 'u.email', 'u.has_container_assignments'])
    .where('a.account_id', '=', args.account_id)
    .orderBy('a.user_id')
    .orderBy('a.role')
    .orderBy('a.validation_type'),
);

const deleteOfUser = statement<OfUser, unknown>((db, args) =>
  db
    .deleteFrom('appointments')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id),
);

const insertOne = statement<Insertable<AppointmentRow>, unknown>((db, args) =>
  db.insertInto('appointments').values({
    account_id: args.account_id,
    user_id: args.user_id,
    role: args.role,
    validation_type: args.validation_type,
    qualified_until: args.qualified_until,
    appointed_at: args.appointed_at,
  }),
);

const updateMark = statement<OfUser & { has_appointments: number }, unknown>((db, args) =>
  db
    .updateTable('users')
    .set({ has_appointments: args.has_appointments })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.user_id),
);
