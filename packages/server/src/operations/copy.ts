/**
 * Copies a whole registry into an empty database, of whatever kind, and proves that it is the same. What
 * is in the target always tells how far it got, so an interrupted copy is run again and goes on there. It
 * does not keep others from changing the source meanwhile, but notices if somebody did.
 */

import { findCopy, finishCopy, insertCopy } from '../store/copies.ts';
import {
  countQueuedNames,
  countRows,
  digestTable,
  findLastKey,
  insertRows,
  keyOf,
  queueInsertedNames,
  readRows,
  type TableDigest,
  type Values,
} from '../store/copy.ts';
import type { Handle, Transaction } from '../store/database.ts';
import { TABLES_WITH_IDS } from '../store/dialects.ts';
import { findLastId, raiseLastId } from '../store/ids.ts';
import { indexQueuedNames } from '../store/search.ts';
import { COPIED_TABLES, type CopiedTable, ORGANIZATIONS } from '../store/tables.ts';
import { type Environment, StoreUnavailable, timeOf } from './context.ts';

const NAMES_AT_ONCE = 500;

/** The copy cannot be, or cannot go on; the message says why and what to do. */
export class CopyRefused extends Error {
  override readonly name = 'CopyRefused';
}

/** How far a step of a copy is. Each step of each table is told of at its beginning and at its end. */
export interface CopyProgress {
  readonly step: 'copied' | 'indexed' | 'verified';
  readonly table: string;
  readonly rows_done: number;
  readonly rows: number;
}

/** A table that is the same on both sides. */
export interface CopiedTableDigest extends TableDigest {
  readonly table: string;
}

type Report = (progress: CopyProgress) => void;

/**
 * @param source names the registry that is copied, without secrets: an interrupted copy goes on only
 *   from the same one
 * @returns every table, in the order in which it was copied
 * @throws CopyRefused
 */
export async function copyRegistry(
  from: Environment,
  to: Environment,
  source: string,
  report: Report,
): Promise<CopiedTableDigest[]> {
  const unfinished = await findUnfinishedSource(from);
  if (unfinished !== undefined) {
    throw new CopyRefused(`${source} is itself a copy, of ${unfinished}, that is not finished.`);
  }
  if ((await countRows(from.store.reader, getTable('accounts'))) === 0) {
    throw new CopyRefused(`There is no registry in ${source}.`);
  }
  await beginCopy(to, source);
  for (const table of COPIED_TABLES) {
    await copyTable(from, to, table, report);
  }
  await raiseLastIds(from, to);
  await indexCopiedNames(to, report);
  const verified: CopiedTableDigest[] = [];
  for (const table of COPIED_TABLES) {
    verified.push(await verifyTable(from, to, table, report));
  }
  await to.store.transaction((tx) => finishCopy(tx, source, timeOf(to)));
  return verified;
}

/** @throws CopyRefused if a copy into this registry was begun and is not finished */
export async function refuseUnfinishedCopy(environment: Environment): Promise<void> {
  const source = await findUnfinishedSource(environment);
  if (source !== undefined) {
    throw new CopyRefused(
      `A copy of ${source} into this database was begun and is not finished: run orgvet copy ` +
        'again, or empty the database.',
    );
  }
}

/** What is still being copied into this database. */
async function findUnfinishedSource({ store }: Environment): Promise<string | undefined> {
  const copy = await findCopy(store.reader);
  return copy?.finished_at === '' ? copy.source : undefined;
}

/** @throws CopyRefused unless the target is empty, or holds an unfinished copy of the same source */
async function beginCopy(to: Environment, source: string): Promise<void> {
  await to.store.transaction(async (tx) => {
    const copy = await findCopy(tx);
    if (copy?.finished_at === '' && copy.source === source) {
      return;
    }
    if (copy?.finished_at === '') {
      throw new CopyRefused(
        `The target holds an unfinished copy of ${copy.source}. Run that copy again, or empty the ` +
          'target first.',
      );
    }
    const found = await describeRows(tx);
    if (copy !== undefined || found !== '') {
      const whence = copy && `, a copy of ${copy.source} that was finished at ${copy.finished_at}`;
      throw new CopyRefused(
        `The target holds a registry already${whence ?? ''} (${found}). Nothing was changed. Give ` +
          'an empty database, or a directory that is not there yet.',
      );
    }
    await insertCopy(tx, { source, started_at: timeOf(to), finished_at: '' });
  });
}

/** The tables that have rows, and how many. */
async function describeRows(handle: Handle): Promise<string> {
  const found: string[] = [];
  for (const table of COPIED_TABLES) {
    const rows = await countRows(handle, table);
    if (rows > 0) {
      found.push(`${table.name}: ${rows}`);
    }
  }
  return found.join(', ');
}

/** Copies the rows behind the last one that is there already. */
async function copyTable(
  from: Environment,
  to: Environment,
  table: CopiedTable,
  report: Report,
): Promise<void> {
  const rows = await countRows(from.store.reader, table);
  let rows_done = await countRows(to.store.reader, table);
  let after = await findLastKey(to.store.reader, table);
  const tell = () => report({ step: 'copied', table: table.name, rows_done, rows });
  tell();
  for (;;) {
    const batch = await readRows(from.store.reader, table, after);
    const last = batch.at(-1);
    if (last === undefined) {
      return;
    }
    await insertBatch(to, table, batch);
    after = keyOf(table, last);
    rows_done += batch.length;
    tell();
    if (batch.length < table.rows_at_once) {
      return;
    }
  }
}

/** Names enter the queue with their rows, so that after an interruption each is in one place. */
async function insertBatch(
  to: Environment,
  table: CopiedTable,
  batch: readonly Values[],
): Promise<void> {
  try {
    await to.store.transaction(async (tx: Transaction) => {
      await insertRows(tx, table, batch);
      if (table.name === ORGANIZATIONS) {
        await queueInsertedNames(tx, table, batch);
      }
    });
  } catch (error) {
    if (error instanceof StoreUnavailable) {
      throw error;
    }
    const { message } = error as Error;
    throw new CopyRefused(
      `Rows of the table ${table.name} do not fit into the target (${message}). Either another copy ` +
        `into it is running, or: ${SOURCE_CHANGED}`,
      { cause: error },
    );
  }
}

/** Ids of rows that were deleted in the source are not handed out in the target either. */
async function raiseLastIds(from: Environment, to: Environment): Promise<void> {
  const last_ids: [(typeof TABLES_WITH_IDS)[number], number][] = [];
  for (const table of TABLES_WITH_IDS) {
    last_ids.push([table, await findLastId(from.store.reader, table)]);
  }
  await to.store.transaction(async (tx) => {
    for (const [table, last_id] of last_ids) {
      await raiseLastId(tx, table, last_id);
    }
  });
}

async function indexCopiedNames(to: Environment, report: Report): Promise<void> {
  const rows = await countRows(to.store.reader, getTable(ORGANIZATIONS));
  let rows_done = rows - (await countQueuedNames(to.store.reader));
  const tell = () => report({ step: 'indexed', table: ORGANIZATIONS, rows_done, rows });
  tell();
  let indexed: number;
  do {
    indexed = await to.store.lotTransaction((tx) => indexQueuedNames(tx, NAMES_AT_ONCE));
    rows_done += indexed;
    tell();
  } while (indexed > 0);
}

/** Reads a table on both sides at once. @throws CopyRefused if they differ */
async function verifyTable(
  from: Environment,
  to: Environment,
  table: CopiedTable,
  report: Report,
): Promise<CopiedTableDigest> {
  const rows = await countRows(to.store.reader, table);
  const tell = (rows_done: number) =>
    report({ step: 'verified', table: table.name, rows_done, rows });
  tell(0);
  const [here, there] = await Promise.all([
    digestTable(to.store.reader, table, tell),
    digestTable(from.store.reader, table),
  ]);
  if (here.rows !== there.rows || here.digest !== there.digest) {
    const difference =
      here.rows === there.rows
        ? 'has other rows'
        : `has ${there.rows} rows in the source and ${here.rows}`;
    throw new CopyRefused(`The table ${table.name} ${difference} in the target. ${SOURCE_CHANGED}`);
  }
  return { table: table.name, ...here };
}

const SOURCE_CHANGED =
  'The source was probably changed while it was copied: stop its servers, empty the target, and run ' +
  'the copy again.';

function getTable(name: string): CopiedTable {
  const table = COPIED_TABLES.find((known) => known.name === name);
  if (table === undefined) {
    throw new Error(`The table ${name} is not copied.`);
  }
  return table;
}
