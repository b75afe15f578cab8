/** Sessions: only hashes of their tokens. Times are the server's. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { HOLDER_COLUMNS, type Holder } from './holders.ts';
import { lookup } from './lookups.ts';
import type { SessionRow } from './schema-sign-in.ts';
import { statement } from './statement.ts';

export type NewSession = Omit<Insertable<SessionRow>, 'id' | 'notes'>;

/** A session without its hash. */
export type StoredSession = Omit<Selectable<SessionRow>, 'token_hash' | 'notes'>;

/** A session with all that a request by it needs to know: its user, and its account's settings. */
export type SessionHolder = Holder & Omit<Selectable<SessionRow>, 'account_id' | 'id'>;

/** @returns the id of the new session */
export async function insertSession(tx: Transaction, session: NewSession): Promise<number> {
  const row = await tx.first(insert, session);
  if (row === undefined) {
    throw new Error('A session was not inserted.');
  }
  return row.id;
}

/** A session of an active user who signs in, whether it still lasts or not. */
export async function findSessionHolder(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<SessionHolder | undefined> {
  return await handle.find(holderById, account_id, id);
}

/** The sessions of a user, the newest first, also those that have run out. */
export async function listSessionsOfUser(
  handle: Handle,
  account_id: number,
  user_id: number,
): Promise<StoredSession[]> {
  return await handle.all(selectOfUser, { account_id, user_id });
}

/** @returns whether the user had such a session */
export async function deleteSession(
  tx: Transaction,
  account_id: number,
  user_id: number,
  id: number,
): Promise<boolean> {
  return (await tx.change(deleteOne, { account_id, user_id, id })) === 1;
}

/** Ends the sessions of a user that are on the way, but for one. */
export async function deleteOtherPendingSessions(
  tx: Transaction,
  account_id: number,
  user_id: number,
  id: number,
): Promise<void> {
  await tx.run(deleteOtherPending, { account_id, user_id, id });
}

/** Deletes the sessions of a user that ended before a moment. */
export async function deleteEndedSessions(
  tx: Transaction,
  account_id: number,
  user_id: number,
  time: string,
): Promise<void> {
  await tx.run(deleteEnded, { account_id, user_id, time });
}

/** Puts other notes into the row of a session, see domain/session-notes.ts. */
export async function updateSessionNotes(
  tx: Transaction,
  account_id: number,
  id: number,
  notes: string,
): Promise<void> {
  await tx.run(updateNotes, { account_id, id, notes });
}

/** Notes for some sessions that they were used at a moment, where no later one is noted already. */
export async function updateLastSeenTimes(
  tx: Transaction,
  account_id: number,
  ids: readonly number[],
  last_seen_at: string,
): Promise<void> {
  await tx.run(updateLastSeen, { account_id, ids: JSON.stringify(ids), last_seen_at });
}

const insert = statement<NewSession, { id: number }>((db, args) =>
  db
    .insertInto('sessions')
    .values({
      account_id: args.account_id,
      user_id: args.user_id,
      token_hash: args.token_hash,
      stage: args.stage,
      method: args.method,
      created_at: args.created_at,
      expires_at: args.expires_at,
      last_seen_at: args.last_seen_at,
      ip_address: args.ip_address,
      user_agent: args.user_agent,
      notes: sql`''`,
    })
    .returning('id'),
);

const holderById = lookup<SessionHolder>((db, args) =>
  db
    .selectFrom('sessions as s')
    .innerJoin('users as u', (join) =>
      join.onRef('u.account_id', '=', 's.account_id').onRef('u.id', '=', 's.user_id'),
    )
    .innerJoin('accounts as a', 'a.id', 's.account_id')
    .select([
      's.user_id',
      's.token_hash',
      's.stage',
      's.method',
      's.created_at',
      's.expires_at',
      's.last_seen_at',
      's.ip_address',
      's.user_agent',
      's.notes',
      ...HOLDER_COLUMNS,
    ])
    .where('s.account_id', '=', args.account_id)
    .where('s.id', '=', args.id)
    .where('u.status', '=', 'active')
    .where('u.is_api_only', '=', 0),
);

type OfUser = { account_id: number; user_id: number };

const selectOfUser = statement<OfUser, StoredSession>((db, args) =>
  db
    .selectFrom('sessions')
    .select([
      'account_id',
      'id',
      'user_id',
      'stage',
      'method',
      'created_at',
      'expires_at',
      'last_seen_at',
      'ip_address',
      'user_agent',
    ])
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .orderBy('id', 'desc'),
);

const deleteOne = statement<OfUser & { id: number }, unknown>((db, args) =>
  db
    .deleteFrom('sessions')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .where('id', '=', args.id),
);

const deleteOtherPending = statement<OfUser & { id: number }, unknown>((db, args) =>
  db
    .deleteFrom('sessions')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .where('id', '<>', args.id)
    .where('stage', '<>', sql.lit('full')),
);

const deleteEnded = statement<OfUser & { time: string }, unknown>((db, args) =>
  db
    .deleteFrom('sessions')
    .where('account_id', '=', args.account_id)
    .where('user_id', '=', args.user_id)
    .where('expires_at', '<=', args.time),
);

const updateNotes = statement<{ account_id: number; id: number; notes: string }, unknown>(
  (db, args) =>
    db
      .updateTable('sessions')
      .set({ notes: args.notes })
      .where('account_id', '=', args.account_id)
      .where('id', '=', args.id),
);

const updateLastSeen = statement<
  { account_id: number; ids: string; last_seen_at: string },
  unknown
>((db, args, dialect) =>
  db
    .updateTable('sessions')
    .set({ last_seen_at: args.last_seen_at })
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('id'), args.ids, 'bigint'))
    .where('last_seen_at', '<', args.last_seen_at),
);
