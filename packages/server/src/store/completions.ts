/** Validations that were completed, each with all that it stood on then; and work that ended without. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { CompletionRow, RejectionRow } from './schema-vetting.ts';
import { statement } from './statement.ts';

export type NewCompletion = Omit<Insertable<CompletionRow>, 'id'>;
export type StoredCompletion = Selectable<CompletionRow>;
type NewRejection = Omit<Insertable<RejectionRow>, 'id'>;
export type StoredRejection = Selectable<RejectionRow>;

/** @returns the id of the new completion */
export async function insertCompletion(tx: Transaction, completion: NewCompletion) {
  const row = await tx.first(insertOne, completion);
  if (row === undefined) {
    throw new Error('A completion was not inserted.');
  }
  return row.id;
}

export async function findCompletion(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<StoredCompletion | undefined> {
  return await handle.first(selectOne, { account_id, id });
}

/** The completion of a type of an organization that is the newest. */
export async function findNewestCompletion(
  handle: Handle,
  account_id: number,
  organization_id: number,
  type: StoredCompletion['type'],
): Promise<StoredCompletion | undefined> {
  return await handle.first(selectNewest, { account_id, organization_id, type });
}

/** A completion without what it stands on. */
export type CompletionRecord = Pick<
  StoredCompletion,
  'id' | 'organization_id' | 'type' | 'completed_at' | 'completed_by_user_id'
>;

/** What decisions completed from a moment on and before another, oldest first; nothing that a test did. */
export async function listDecidedBetween(
  handle: Handle,
  account_id: number,
  from: string,
  until: string,
): Promise<CompletionRecord[]> {
  return await handle.all(selectDecidedBetween, { account_id, from, until });
}

/** @returns the id of the new rejection */
export async function insertRejection(tx: Transaction, rejection: NewRejection): Promise<number> {
  const row = await tx.first(insertRejected, rejection);
  if (row === undefined) {
    throw new Error('A rejection was not inserted.');
  }
  return row.id;
}

export async function findRejection(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<StoredRejection | undefined> {
  return await handle.first(selectRejection, { account_id, id });
}

const insertOne = statement<NewCompletion, { id: number }>((db, args) =>
  db
    .insertInto('completions')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      type: args.type,
      completed_at: args.completed_at,
      completed_by_user_id: args.completed_by_user_id,
      way: args.way,
      rules: args.rules,
      facts: args.facts,
      relied_on: args.relied_on,
    })
    .returning('id'),
);

const selectOne = statement<{ account_id: number; id: number }, StoredCompletion>((db, args) =>
  db
    .selectFrom('completions')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const selectNewest = statement<
  { account_id: number; organization_id: number; type: StoredCompletion['type'] },
  StoredCompletion
>((db, args) =>
  db
    .selectFrom('completions')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .where('type', '=', args.type)
    .orderBy('id', 'desc')
    .limit(1),
);

const selectDecidedBetween = statement<
  { account_id: number; from: string; until: string },
  CompletionRecord
>((db, args) =>
  db
    .selectFrom('completions')
    .select(['id', 'organization_id', 'type', 'completed_at', 'completed_by_user_id'])
    .where('account_id', '=', args.account_id)
    .where('completed_at', '>=', args.from)
    .where('completed_at', '<', args.until)
    .where('way', '=', sql.lit('decisions'))
    .orderBy('completed_at')
    .orderBy('id'),
);

const insertRejected = statement<NewRejection, { id: number }>((db, args) =>
  db
    .insertInto('rejections')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      type: args.type,
      rejected_at: args.rejected_at,
      rejected_by_user_id: args.rejected_by_user_id,
      reasons: args.reasons,
    })
    .returning('id'),
);

const selectRejection = statement<{ account_id: number; id: number }, StoredRejection>((db, args) =>
  db
    .selectFrom('rejections')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);
