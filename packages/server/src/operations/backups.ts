/**
 * Notes in a registry that a backup of it was made, so that those who look after it see when the last one
 * was. It makes no backup itself.
 */
import { insertBackup } from '../store/backups.ts';
import type { Store } from '../store/database.ts';
import { getSchemaVersion, isKnownSchema } from '../store/migrations.ts';
import type { BackupRow } from '../store/schema.ts';

/**
 * Notes a backup, in a registry that is as it is: it is brought to no other schema for it, since whoever
 * makes a backup may do so before that is tried.
 *
 * @returns whether it could be noted: not where the schema is another than this program's
 */
export async function noteBackup(store: Store, backup: Readonly<BackupRow>): Promise<boolean> {
  if (!isKnownSchema(await getSchemaVersion(store.reader))) {
    return false;
  }
  await store.transaction((tx) => insertBackup(tx, backup));
  return true;
}
