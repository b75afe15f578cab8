/**
 * The search index over folded names, and how a search for a part of a name uses it.
 *
 * The index knows every sequence of three characters. Entering a name costs as much as the rest of a
 * create, so a name first goes into a queue and enters the index later, many at a time; a search looks
 * into both, so its answer is exact at every moment. A name is in the index or in the queue, never in
 * both: a change takes it out of the index and puts it into the queue.
 */
import { type Expression, type RawBuilder, sql } from 'kysely';
import { type BulkCopy, makeCopied } from './bulk.ts';
import type { Handle, LotTransaction, Transaction } from './database.ts';
import type { Dialect, IndexedName, MatchArguments } from './dialects.ts';
import { rawStatement, statement } from './statement.ts';

/** Shorter terms cannot use the index. */
export const INDEXED_TERM_LENGTH_MIN = 3;

/** Puts a name on the way into the index. */
export async function queueName(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  await tx.run(insertIntoQueue, { account_id, organization_id });
}

/**
 * Takes a name out of the index and off the queue. The queue first: where the name is just being moved
 * by another transaction, this waits for it there, and then finds the name in the index.
 */
export async function removeName(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  await tx.run(deleteFromQueue, { account_id, organization_id });
  await tx.run(deleteFromIndex, { account_id, organization_id });
}

/** Whether any name waits to enter the index. */
export async function hasQueuedNames(handle: Handle): Promise<boolean> {
  return (await handle.first(selectAnyQueued, {})) !== undefined;
}

/** Moves names of one account from the queue into the index. @returns how many */
export async function indexQueuedNames(tx: LotTransaction, limit: number): Promise<number> {
  const next = await tx.first(selectAnyQueued, {});
  if (next === undefined) {
    return 0;
  }
  const { account_id } = next;
  // Locked before the names are read: whoever renames one of these waits until it is in the index.
  const queued = await tx.all(lockQueued, { account_id, limit });
  const ids = JSON.stringify(queued.map(({ organization_id }) => organization_id));
  const names = await tx.all(selectNames, { account_id, ids });
  const entries = names.map(({ id: organization_id, name_folded }) => {
    const entry = tx.dialect.names.entryOf(account_id, name_folded);
    return { account_id, organization_id, name_folded, entry };
  });
  await insertIntoIndex(tx, entries);
  await tx.run(deleteAllFromQueue, { account_id, ids });
  return queued.length;
}

async function insertIntoIndex(tx: LotTransaction, entries: readonly IndexedName[]): Promise<void> {
  if (tx.dialect.copiesRows) {
    await tx.insertRows(makeCopied(COPIED_NAMES, entries));
    return;
  }
  for (const entry of entries) {
    await tx.run(insertName, entry);
  }
}

/** The ids of organizations whose names contain a term long enough for the index; at most `limit`. */
export async function listMatchingIds(
  handle: Handle,
  account_id: number,
  term_folded: string,
  limit: number,
): Promise<number[]> {
  const match = handle.dialect.names.matchOf(account_id, term_folded);
  const row = await handle.first(selectMatchingIds, { account_id, term_folded, match, limit });
  return JSON.parse(row?.ids ?? '[]');
}

/** How many names of an account contain a term of at least `INDEXED_TERM_LENGTH_MIN` characters. */
export async function countMatchingNames(
  handle: Handle,
  account_id: number,
  term_folded: string,
): Promise<number> {
  const match = handle.dialect.names.matchOf(account_id, term_folded);
  const row = await handle.first(countMatches, { account_id, term_folded, match });
  return row?.matches ?? 0;
}

/** The ids of matching organizations, as a subquery with one column `id`. */
export function matchingIds(
  args: MatchArguments,
  { names, contains }: Dialect,
): RawBuilder<{ id: number }> {
  const { id, from } = names.matches(args);
  return sql<{ id: number }>`(
    select ${id} as id from ${from}
    union all
    select q.organization_id as id from ${queuedMatches(args, contains)})`;
}

/** The queued names of an account with the term. */
function queuedMatches(
  { account_id, term_folded }: MatchArguments,
  contains: (text: Expression<string>, term: string) => RawBuilder<boolean>,
): RawBuilder<unknown> {
  return sql`organization_search_queue q cross join organizations o
    where q.account_id = ${account_id} and o.account_id = q.account_id
      and o.id = q.organization_id and ${contains(sql.ref('o.name_folded'), term_folded)}`;
}

type QueuedName = { account_id: number; organization_id: number };

const insertIntoQueue = statement<QueuedName, unknown>((db, args) =>
  db
    .insertInto('organization_search_queue')
    .values({ account_id: args.account_id, organization_id: args.organization_id })
    .onConflict((conflict) => conflict.columns(['account_id', 'organization_id']).doNothing()),
);

const deleteFromQueue = statement<QueuedName, unknown>((db, args) =>
  db
    .deleteFrom('organization_search_queue')
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id),
);

const deleteAllFromQueue = statement<{ account_id: number; ids: string }, unknown>(
  (db, args, dialect) =>
    db
      .deleteFrom('organization_search_queue')
      .where('account_id', '=', args.account_id)
      .where(dialect.isIn(sql.ref('organization_id'), args.ids, 'bigint')),
  true,
);

const selectAnyQueued = statement<object, { account_id: number }>((db) =>
  db.selectFrom('organization_search_queue').select('account_id').limit(1),
);

const lockQueued = statement<{ account_id: number; limit: number }, { organization_id: number }>(
  (db, args, dialect) =>
    db
      .selectFrom('organization_search_queue')
      .select('organization_id')
      .where('account_id', '=', args.account_id)
      .orderBy('organization_id')
      .limit(args.limit)
      .$if(dialect.locksRows, (query) => query.forUpdate()),
  true,
);

const selectNames = rawStatement<
  { account_id: number; ids: string },
  { id: number; name_folded: string }
>(({ account_id, ids }, dialect) => {
  const { from, where } = dialect.organizationsBy('id', { account_id, json: ids });
  return sql`select o.id, o.name_folded from ${from} where ${where}`;
}, true);

const insertName = rawStatement<IndexedName, unknown>((args, { names }) => names.insert(args));

const COPIED_NAMES: BulkCopy<IndexedName> = {
  columns: ['account_id', 'organization_id', 'name_folded', 'entry'],
  copyCommand:
    'copy organization_name_index (account_id, organization_id, name_folded, trigrams) from stdin',
};

const deleteFromIndex = rawStatement<QueuedName, unknown>((args, { names }) => names.remove(args));

const selectMatchingIds = statement<MatchArguments & { limit: number }, { ids: string }>(
  (db, args, dialect) => {
    const found = db
      .selectFrom(matchingIds(args, dialect).as<'m'>(sql.ref('m') as never))
      .select(sql<number>`m.id`.as('id'))
      .limit(args.limit);
    return db
      .selectFrom(found.as('found'))
      .select(dialect.numbersToJson(sql.ref('found.id')).as('ids'));
  },
);

const countMatches = statement<MatchArguments, { matches: number }>((db, args, dialect) =>
  db.selectNoFrom(
    sql<number>`(select count(*) from ${dialect.names.matches(args).from})
      + (select count(*) from ${queuedMatches(args, dialect.contains)})`.as('matches'),
  ),
);
