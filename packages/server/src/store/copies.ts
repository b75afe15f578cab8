/** That this database is a copy of another registry, or is still becoming one. One row at most. */
import type { Handle, Transaction } from './database.ts';
import type { CopyRow } from './schema.ts';
import { statement } from './statement.ts';

export async function findCopy(handle: Handle): Promise<CopyRow | undefined> {
  return await handle.first(select, {});
}

export async function insertCopy(tx: Transaction, copy: CopyRow): Promise<void> {
  await tx.run(insert, copy);
}

export async function finishCopy(
  tx: Transaction,
  source: string,
  finished_at: string,
): Promise<void> {
  await tx.run(finish, { source, finished_at });
}

const select = statement<object, CopyRow>((db) =>
  db.selectFrom('copies').select(['source', 'started_at', 'finished_at']).limit(1),
);

const insert = statement<CopyRow, unknown>((db, args) =>
  db.insertInto('copies').values({
    source: args.source,
    started_at: args.started_at,
    finished_at: args.finished_at,
  }),
);

const finish = statement<{ source: string; finished_at: string }, unknown>((db, args) =>
  db.updateTable('copies').set({ finished_at: args.finished_at }).where('source', '=', args.source),
);
