/** Ids that came with a row instead of from the database: it must not hand them out again. */
import { sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { TABLES_WITH_IDS, type TableWithIds } from './dialects.ts';
import { rawStatement, type Statement } from './statement.ts';

/**
 * Tells the database of an id that was inserted, where it does not notice by itself. One that it has
 * handed out is left alone: raising beside others who are being handed theirs could take those back.
 */
export async function reserveId(tx: Transaction, table: TableWithIds, id: number): Promise<void> {
  if (!tx.dialect.ids.followsInserts && id > (await findLastId(tx, table))) {
    await tx.run(STATEMENTS[table].raise, { last_id: id });
  }
}

/** Makes sure that no id up to `last_id` is handed out any more, also none that was deleted since. */
export async function raiseLastId(
  tx: Transaction,
  table: TableWithIds,
  last_id: number,
): Promise<void> {
  if (last_id === 0) {
    return;
  }
  const { prepareRaise, raise } = STATEMENTS[table];
  if (tx.dialect.ids.prepareRaise !== undefined) {
    await tx.run(prepareRaise, {});
  }
  await tx.run(raise, { last_id });
}

/** The highest id of a table that was ever handed out; 0 for none. */
export async function findLastId(handle: Handle, table: TableWithIds): Promise<number> {
  const row = await handle.first(STATEMENTS[table].findLast, {});
  return row?.last_id ?? 0;
}

/**
 * Takes ids for rows that are about to be inserted with them, in rising order: where several rows hold
 * one another's ids, none need be written twice.
 */
export async function takeIds(
  tx: Transaction,
  table: TableWithIds,
  count: number,
): Promise<number[]> {
  if (count === 0) {
    return [];
  }
  if (tx.dialect.ids.take === undefined) {
    // Nobody else writes before this transaction ends; after it, none of these is handed out.
    const last = await findLastId(tx, table);
    await raiseLastId(tx, table, last + count);
    return Array.from({ length: count }, (_, index) => last + index + 1);
  }
  const row = await tx.first(STATEMENTS[table].take, { count });
  return JSON.parse(row?.ids ?? '[]');
}

interface IdStatements {
  readonly take: Statement<{ count: number }, { ids: string }>;
  readonly findLast: Statement<object, { last_id: number }>;
  readonly prepareRaise: Statement<object, unknown>;
  readonly raise: Statement<{ last_id: number }, unknown>;
}

const STATEMENTS = Object.fromEntries(
  TABLES_WITH_IDS.map((table): [TableWithIds, IdStatements] => [
    table,
    {
      findLast: rawStatement((_args, { ids }) => ids.findLast(table)),
      take: rawStatement(({ count }, { ids }) => ids.take?.(table, count) ?? sql``),
      prepareRaise: rawStatement((_args, { ids }) => ids.prepareRaise?.(table) ?? sql``),
      raise: rawStatement(({ last_id }, { ids }) => ids.raise(table, last_id)),
    },
  ]),
) as Record<TableWithIds, IdStatements>;
