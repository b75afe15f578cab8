/**
 * Backups for the registry's operator: one of the embedded database, and the note of one that was made by
 * other means. Of a registry that is left as it is, also by a program that is newer than it.
 */
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from './clock.ts';
import { openStore } from './environment.ts';
import { noteBackup } from './operations/backups.ts';
import { refuseUnlessThere } from './registry.ts';
import { type DatabaseLocation, SettingsError } from './settings.ts';
import type { BackupRow } from './store/schema.ts';
import { copySqliteDatabase } from './store/sqlite-backup.ts';

/** A backup that was made. */
export interface RegistryBackup {
  /** The file, from the root of the file system. */
  readonly file: string;
  readonly size_bytes: number;
  /** Whether the registry has a note of it. */
  readonly isNoted: boolean;
}

/**
 * Makes a backup of an embedded database, while servers work on it.
 *
 * @param to a file that is not there yet, or a directory for one that is named by the time
 * @throws SettingsError where there is nothing that can be copied, or no place for it
 */
export async function backUpRegistry(
  database: DatabaseLocation,
  to: string,
): Promise<RegistryBackup> {
  if (database.kind !== 'sqlite') {
    throw new SettingsError(
      'PostgreSQL is backed up by its own means, such as pg_dump. `orgvet backup --note` tells Orgvet of it.',
    );
  }
  refuseUnlessThere(database);
  const file = findFile(to);
  const size_bytes = copySqliteDatabase(database.directory, file);
  const finished_ms = systemClock.now_ms();
  const backup = { finished_ms, means: 'orgvet', place: file, size_bytes } as const;
  return { file, size_bytes, isNoted: await noteIn(database, backup) };
}

/**
 * Notes a backup that was made by other means.
 *
 * @throws SettingsError for a registry that this program cannot write to as it is
 */
export async function noteRegistryBackup(
  database: DatabaseLocation,
  place: string,
  finished_ms = systemClock.now_ms(),
): Promise<void> {
  if (finished_ms > systemClock.now_ms()) {
    throw new SettingsError('A backup cannot have been made in the future.');
  }
  refuseUnlessThere(database);
  if (!(await noteIn(database, { finished_ms, means: 'other', place, size_bytes: 0 }))) {
    throw new SettingsError(
      'The registry has the schema of another version of Orgvet: start the server once, or use its own.',
    );
  }
}

async function noteIn(database: DatabaseLocation, backup: BackupRow): Promise<boolean> {
  const store = openStore(database, () => {});
  try {
    return await noteBackup(store, backup);
  } finally {
    await store.close();
  }
}

/** In a directory a name that sorts by time, such as `orgvet-2026-11-22T143512Z.db`. */
function findFile(to: string): string {
  const path = resolve(to);
  const isDirectory = to.endsWith('/') || (existsSync(path) && statSync(path).isDirectory());
  if (!isDirectory) {
    return path;
  }
  const time = new Date(systemClock.now_ms()).toISOString();
  return join(path, `orgvet-${time.replace(/\.\d+/, '').replaceAll(':', '')}.db`);
}
