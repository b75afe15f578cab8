/**
 * The search index over folded names, and how a search for a part of a name uses it.
 *
 * The index knows every sequence of three characters. Entering a name costs as much as the rest of a
 * create, so a name first goes into a queue and enters the index later, many at a time; a search looks
 * into both, so its answer is exact at every moment. A name is in the index or in the queue, never in
 * both: a change takes it out of the index and puts it into the queue.
 */
import { type Expression, type RawBuilder, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { statement } from './statement.ts';

/** Shorter terms cannot use the index. */
export const INDEXED_TERM_LENGTH_MIN = 3;

/** Rowids of the index: the account above, the organization below this factor. */
const ACCOUNT_FACTOR = 4_294_967_296;

/** Puts a name on the way into the index. */
export async function queueName(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  await tx.run(insertIntoQueue, { account_id, organization_id });
}

/** Takes a name out of the index and off the queue. */
export async function removeName(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  await tx.run(deleteFromIndex, { account_id, organization_id });
  await tx.run(deleteFromQueue, { account_id, organization_id });
}

/** Whether any name waits to enter the index. */
export async function hasQueuedNames(handle: Handle): Promise<boolean> {
  return (await handle.first(selectQueued, { limit: 1 })) !== undefined;
}

/** Moves names from the queue into the index. @returns how many */
export async function indexQueuedNames(tx: Transaction, limit: number): Promise<number> {
  const queued = await tx.all(selectQueued, { limit });
  for (const name of queued) {
    await tx.run(insertIntoIndex, name);
    await tx.run(deleteFromQueue, name);
  }
  return queued.length;
}

/** The ids of organizations whose names contain a term long enough for the index; at most `limit`. */
export async function listMatchingIds(
  handle: Handle,
  account_id: number,
  term_folded: string,
  limit: number,
): Promise<number[]> {
  const row = await handle.first(selectMatchingIds, {
    account_id,
    term_folded,
    phrase: phrase(term_folded),
    limit,
  });
  return JSON.parse(row?.ids ?? '[]');
}

/** How many names of an account contain a term of at least `INDEXED_TERM_LENGTH_MIN` characters. */
export async function countMatchingNames(
  handle: Handle,
  account_id: number,
  term_folded: string,
): Promise<number> {
  const row = await handle.first(countMatches, {
    account_id,
    term_folded,
    phrase: phrase(term_folded),
  });
  return row?.matches ?? 0;
}

/** A term as the index is asked for it. */
export function phrase(term_folded: string): string {
  return `"${term_folded.replaceAll('"', '""')}"`;
}

/** What a search by the index binds. */
export interface MatchArguments {
  readonly account_id: number;
  readonly term_folded: string;
  readonly phrase: string;
}

/** The ids of matching organizations, as a subquery with one column `id`. */
export function matchingIds(
  args: MatchArguments,
  contains: (text: Expression<string>, term: string) => RawBuilder<boolean>,
): RawBuilder<{ id: number }> {
  const { account_id } = args;
  return sql<{ id: number }>`(
    select rowid - ${account_id} * ${sql.lit(ACCOUNT_FACTOR)} as id
      from organization_name_index where ${indexed(args)}
    union all
    select q.organization_id as id from ${queuedMatches(args, contains)})`;
}

/** The part of the index that holds an account's names with the term. */
function indexed({ account_id, phrase: searched }: MatchArguments): RawBuilder<boolean> {
  const factor = sql.lit(ACCOUNT_FACTOR);
  return sql<boolean>`organization_name_index match ${searched}
    and rowid between ${account_id} * ${factor} and ${account_id} * ${factor} + ${factor} - 1`;
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

const selectQueued = statement<{ limit: number }, QueuedName & { name_folded: string }>(
  (db, args) =>
    db
      // Crossed: the few in the queue lead, whatever a planner thinks of their number.
      .selectFrom('organization_search_queue as q')
      .crossJoin('organizations as o')
      .whereRef('o.account_id', '=', 'q.account_id')
      .whereRef('o.id', '=', 'q.organization_id')
      .select(['q.account_id', 'q.organization_id', 'o.name_folded'])
      .orderBy('q.account_id')
      .orderBy('q.organization_id')
      .limit(args.limit),
);

const insertIntoIndex = statement<QueuedName & { name_folded: string }, unknown>((db, args) =>
  db.insertInto('organization_name_index').values({
    rowid: sql<number>`${args.account_id} * ${sql.lit(ACCOUNT_FACTOR)} + ${args.organization_id}`,
    name_folded: args.name_folded,
  }),
);

const deleteFromIndex = statement<QueuedName, unknown>((db, args) =>
  db
    .deleteFrom('organization_name_index')
    .where(
      'rowid',
      '=',
      sql<number>`${args.account_id} * ${sql.lit(ACCOUNT_FACTOR)} + ${args.organization_id}`,
    ),
);

const selectMatchingIds = statement<MatchArguments & { limit: number }, { ids: string }>(
  (db, args, dialect) => {
    const found = db
      .selectFrom(matchingIds(args, dialect.contains).as<'m'>(sql.ref('m') as never))
      .select(sql<number>`m.id`.as('id'))
      .limit(args.limit);
    return db
      .selectFrom(found.as('found'))
      .select(dialect.numbersToJson(sql.ref('found.id')).as('ids'));
  },
);

const countMatches = statement<MatchArguments, { matches: number }>((db, args, dialect) =>
  db.selectNoFrom(
    sql<number>`(select count(*) from organization_name_index where ${indexed(args)})
      + (select count(*) from ${queuedMatches(args, dialect.contains)})`.as('matches'),
  ),
);
