/** Backups of the registry that were made: when, by what means, and where they are. Of no account. */
import type { Handle, Transaction } from './database.ts';
import type { BackupRow } from './schema.ts';
import { statement } from './statement.ts';

/** The one that was finished last. */
export async function findLastBackup(handle: Handle): Promise<BackupRow | undefined> {
  return await handle.first(selectLast, {});
}

/** Notes a backup; the same one twice is one. */
export async function insertBackup(tx: Transaction, backup: BackupRow): Promise<void> {
  await tx.run(insert, backup);
}

const selectLast = statement<object, BackupRow>((db) =>
  db
    .selectFrom('backups')
    .select(['finished_ms', 'place', 'means', 'size_bytes'])
    .orderBy('finished_ms', 'desc')
    .orderBy('place', 'desc')
    .limit(1),
);

const insert = statement<BackupRow, unknown>((db, args) =>
  db
    .insertInto('backups')
    .values({
      finished_ms: args.finished_ms,
      place: args.place,
      means: args.means,
      size_bytes: args.size_bytes,
    })
    .onConflict((conflict) => conflict.columns(['finished_ms', 'place']).doNothing()),
);
