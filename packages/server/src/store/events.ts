/** The events: what changed, who changed it, before and after. Only ever added to. */
import type { Insertable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { EventRow } from './schema.ts';
import { statement } from './statement.ts';

/** An event as it is recorded: it is sealed later, see audit-log.ts. */
export type NewEvent = Omit<Insertable<EventRow>, 'id' | 'sequence' | 'hash'>;

/** Adds an event to the transaction of the change that it tells of. */
export async function insertEvent(tx: Transaction, event: NewEvent): Promise<void> {
  await tx.run(insert, event);
}

/** The events about one object, oldest first. */
export async function listEventsOfObject(
  handle: Handle,
  account_id: number,
  object_type: string,
  object_id: number,
): Promise<NewEvent[]> {
  return await handle.all(selectOfObject, { account_id, object_type, object_id });
}

/** What an event is looked for by. */
interface EventKey extends Pick<NewEvent, 'action' | 'object_type' | 'object_id'> {
  /** Not after this one. */
  readonly until_id: number;
}

/** The last event of a kind about one object. */
export async function findLastEventOf(
  handle: Handle,
  account_id: number,
  key: EventKey,
): Promise<NewEvent | undefined> {
  return await handle.first(selectLastOf, { account_id, ...key });
}

/** The id of the newest event of an account; 0 where it has none. */
export async function findLastEventId(handle: Handle, account_id: number): Promise<number> {
  const row = await handle.first(selectLast, { account_id });
  return row?.id ?? 0;
}

/** The events of an account after one, oldest first. */
export async function listEventsAfter(
  handle: Handle,
  account_id: number,
  id: number,
  limit: number,
): Promise<NewEvent[]> {
  return await handle.all(selectAfter, { account_id, id, limit });
}

const insert = statement<NewEvent, unknown>((db, args) =>
  db.insertInto('events').values({
    account_id: args.account_id,
    occurred_at: args.occurred_at,
    actor_user_id: args.actor_user_id,
    api_key_id: args.api_key_id,
    ip_address: args.ip_address,
    request_id: args.request_id,
    action: args.action,
    object_type: args.object_type,
    object_id: args.object_id,
    before: args.before,
    after: args.after,
  }),
);

const selectOfObject = statement<
  { account_id: number; object_type: string; object_id: number },
  NewEvent
>((db, args) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('object_type', '=', args.object_type)
    .where('object_id', '=', args.object_id)
    .orderBy('id'),
);

const selectLastOf = statement<EventKey & { account_id: number }, NewEvent>((db, args) =>
  db
    .selectFrom('events')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('object_type', '=', args.object_type)
    .where('object_id', '=', args.object_id)
    .where('id', '<=', args.until_id)
    .where('action', '=', args.action)
    .orderBy('id', 'desc')
    .limit(1),
);

const selectLast = statement<{ account_id: number }, { id: number }>((db, args) =>
  db
    .selectFrom('events')
    .select('id')
    .where('account_id', '=', args.account_id)
    .orderBy('id', 'desc')
    .limit(1),
);

const selectAfter = statement<{ account_id: number; id: number; limit: number }, NewEvent>(
  (db, args) =>
    db
      .selectFrom('events')
      .selectAll()
      .where('account_id', '=', args.account_id)
      .where('id', '>', args.id)
      .orderBy('id')
      .limit(args.limit),
);
