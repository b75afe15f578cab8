/**
 * When an organization is reminded of the end of a validation: so many days before it, and after. Pure;
 * what was sent already is handed in.
 */
import { formatTime } from './time.ts';

const DAY_MS = 86_400_000;

/** What reminders follow from. */
export interface ReminderBasis {
  /** When the validation ends, as on the wire. */
  readonly end: string;
  /** Since when it serves: what would have been due before is not. */
  readonly date_created: string;
  /** So many days before the end; negative: after it. */
  readonly days: readonly number[];
  /** The days that were sent, or passed over, for this end. */
  readonly done: readonly number[];
  /** Now, as on the wire. */
  readonly time: string;
}

export interface ReminderPlan {
  /** What is to be sent now, if anything: the latest that is due. */
  readonly send?: { readonly days: number; readonly due_at: string };
  /** What is due as well, and passed over: nobody wants three mails about the same end at once. */
  readonly skip: readonly { readonly days: number; readonly due_at: string }[];
  /** When the next is due; empty for never. */
  readonly next_due_at: string;
}

/** What is to be sent now, and when to look again. */
export function planReminders({
  end,
  date_created,
  days,
  done,
  time,
}: ReminderBasis): ReminderPlan {
  const open = days
    .filter((one) => !done.includes(one))
    .map((one) => ({ days: one, due_at: dueAt(end, one) }))
    .filter(({ due_at }) => due_at > date_created)
    .toSorted((one, other) => (one.due_at < other.due_at ? -1 : 1));
  const due = open.filter(({ due_at }) => due_at <= time);
  const send = due.at(-1);
  return {
    ...(send !== undefined && { send }),
    skip: due.slice(0, -1),
    next_due_at: open[due.length]?.due_at ?? '',
  };
}

function dueAt(end: string, days: number): string {
  return formatTime(Math.max(0, Date.parse(end) - days * DAY_MS));
}
