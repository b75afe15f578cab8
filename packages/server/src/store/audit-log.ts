/**
 * The audit log: the events that are sealed, in their order, and those that still have to be. Of an event
 * only its seal is ever set, once.
 */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { EventRow, Schema } from './schema.ts';
import { statement } from './statement.ts';

export type StoredEvent = Selectable<EventRow>;

/** The place of an event in the log, and its hash. */
type Seal = Pick<StoredEvent, 'sequence' | 'hash'>;

/** Sealed events of an account: those behind one, up to another, at most so many. */
export interface LogPart {
  readonly after_sequence: number;
  readonly to_sequence: number;
  readonly limit: number;
}

/** An account, behind another one by id, that has events to be sealed; for the server, not an account. */
export async function findUnsealedAccount(
  handle: Handle,
  after_account_id: number,
): Promise<number | undefined> {
  return (await handle.first(selectUnsealedAccount, { after_account_id }))?.account_id;
}

/** The first or the last of an account's events that still have to be sealed, by id. */
export async function findUnsealedEvent(
  handle: Handle,
  account_id: number,
  place: 'first' | 'last',
): Promise<number | undefined> {
  const select = place === 'first' ? selectFirstUnsealed : selectLastUnsealed;
  return (await handle.first(select, { account_id }))?.id;
}

/**
 * The events from one on that are to be sealed next, as far as they are near it. Nobody else seals them
 * until the transaction ends: who locks them and only then looks for the head sees what others have
 * sealed before.
 */
export async function lockUnsealedEvents(
  tx: Transaction,
  account_id: number,
  from_id: number,
  limit: number,
): Promise<StoredEvent[]> {
  return await tx.all(lockUnsealed, { account_id, from_id, below_id: from_id + IDS_NEAR, limit });
}

/** Two events at one place are a conflict: then the transaction is run again. */
export async function updateSeal(
  tx: Transaction,
  account_id: number,
  id: number,
  { sequence, hash }: Seal,
): Promise<void> {
  await tx.run(seal, { account_id, id, sequence, hash });
}

/** The seal of the last entry, if there is any. */
export async function findHead(handle: Handle, account_id: number): Promise<Seal | undefined> {
  return await handle.first(selectHead, { account_id });
}

/** The entries of a part of the log, in its order. */
export async function listSealedEvents(
  handle: Handle,
  account_id: number,
  part: LogPart,
): Promise<StoredEvent[]> {
  return await handle.all(selectSealed, { account_id, ...part });
}

/**
 * So far a lot reaches at most. PostgreSQL guesses wrong after many rows came in, and sorts all that is
 * asked for to have the first of it: that must not be a million.
 */
const IDS_NEAR = 20_000;

type UnsealedPart = { account_id: number; from_id: number; below_id: number; limit: number };

/** As literals, not arguments: only then can the planner use the partial indexes. */
const NOT_SEALED = sql.lit(0);

const selectUnsealedAccount = statement<{ after_account_id: number }, { account_id: number }>(
  (db, args) =>
    db
      .selectFrom('events')
      .select('account_id')
      .where('sequence', '=', NOT_SEALED)
      .where('account_id', '>', args.after_account_id)
      .orderBy('account_id')
      .limit(1),
  true,
);

const unsealedIds = (db: Kysely<Schema>, account_id: number) =>
  db
    .selectFrom('events')
    .select('id')
    .where('sequence', '=', NOT_SEALED)
    .where('account_id', '=', account_id)
    .limit(1);

const selectFirstUnsealed = statement<{ account_id: number }, { id: number }>(
  (db, args) => unsealedIds(db, args.account_id).orderBy('id'),
  true,
);

const selectLastUnsealed = statement<{ account_id: number }, { id: number }>(
  (db, args) => unsealedIds(db, args.account_id).orderBy('id', 'desc'),
  true,
);

const lockUnsealed = statement<UnsealedPart, StoredEvent>(
  (db, args, dialect) =>
    db
      .selectFrom('events')
      .selectAll()
      .where('sequence', '=', NOT_SEALED)
      .where('account_id', '=', args.account_id)
      .where('id', '>=', args.from_id)
      .where('id', '<', args.below_id)
      .orderBy('id')
      .limit(args.limit)
      .$if(dialect.locksRows, (query) => query.forUpdate()),
  true,
);

const seal = statement<Seal & { account_id: number; id: number }, unknown>((db, args) =>
  db
    .updateTable('events')
    .set({ sequence: args.sequence, hash: args.hash })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const selectHead = statement<{ account_id: number }, Seal>(
  (db, args) =>
    db
      .selectFrom('events')
      .select(['sequence', 'hash'])
      .where('account_id', '=', args.account_id)
      .where('sequence', '>', NOT_SEALED)
      .orderBy('sequence', 'desc')
      .limit(1),
  true,
);

const selectSealed = statement<LogPart & { account_id: number }, StoredEvent>(
  (db, args) =>
    db
      .selectFrom('events')
      .selectAll()
      .where('account_id', '=', args.account_id)
      .where('sequence', '>', NOT_SEALED)
      .where('sequence', '>', args.after_sequence)
      .where('sequence', '<=', args.to_sequence)
      .orderBy('sequence')
      .limit(args.limit),
  true,
);
