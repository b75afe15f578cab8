/** Reminders of the ends of validations: each end and number of days at most once, by a constraint. */
import type { Insertable, Selectable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { ReminderRow } from './schema-vetting.ts';
import { statement } from './statement.ts';

export type NewReminder = Omit<Insertable<ReminderRow>, 'id'>;
export type StoredReminder = Selectable<ReminderRow>;

/** @returns the id of the new reminder; undefined if there is one for this end and number of days */
export async function insertReminderOnce(
  tx: Transaction,
  reminder: NewReminder,
): Promise<number | undefined> {
  const row = await tx.first(insertOnce, reminder);
  return row?.id;
}

/** The numbers of days for which there is a reminder of an end. */
export async function listReminderDays(
  handle: Handle,
  end: Pick<StoredReminder, 'account_id' | 'organization_id' | 'type' | 'validated_until'>,
): Promise<number[]> {
  const rows = await handle.all(selectDays, end);
  return rows.map(({ days }) => days);
}

export async function findReminder(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<StoredReminder | undefined> {
  return await handle.first(selectOne, { account_id, id });
}

const insertOnce = statement<NewReminder, { id: number }>((db, args) =>
  db
    .insertInto('reminders')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      type: args.type,
      validated_until: args.validated_until,
      days: args.days,
      due_at: args.due_at,
      sent_at: args.sent_at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'organization_id', 'type', 'validated_until', 'days'])
        .doNothing(),
    )
    .returning('id'),
);

const selectDays = statement<Parameters<typeof listReminderDays>[1], { days: number }>((db, args) =>
  db
    .selectFrom('reminders')
    .select('days')
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .where('type', '=', args.type)
    .where('validated_until', '=', args.validated_until),
);

const selectOne = statement<{ account_id: number; id: number }, StoredReminder>((db, args) =>
  db
    .selectFrom('reminders')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);
