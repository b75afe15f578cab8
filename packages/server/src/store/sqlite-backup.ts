/**
 * A copy of the embedded database as it is at one moment, made while servers write to it. The copy has
 * its name only once it is whole, proved and on disk: what was interrupted never passes for a backup.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BUSY_TIMEOUT_MS, databaseFileOf } from './sqlite.ts';

/**
 * Copies the database of a data directory. Whoever writes to it meanwhile need not wait.
 *
 * @param file must not be there yet
 * @returns bytes of the copy
 * @throws if the file is there, the database cannot be read, or the copy is not sound
 */
export function copySqliteDatabase(directory: string, file: string): number {
  if (existsSync(file)) {
    throw new Error(`${file} is there already.`);
  }
  const unfinished = `${file}.${process.pid}.tmp`;
  // Made by us first: the copy holds hashes of keys and personal data, and nobody else may read it.
  closeSync(openSync(unfinished, 'wx', 0o600));
  try {
    copyInto(databaseFileOf(directory), unfinished);
    proveSound(unfinished);
    syncToDisk(unfinished);
    renameSync(unfinished, file);
    syncToDisk(dirname(file));
    return statSync(file).size;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * One statement, which reads one state from its first page to its last. SQLite's own backup would begin
 * again with everything that another process writes, and never come to an end beside a busy server.
 */
function copyInto(source: string, copy: string): void {
  const database = new DatabaseSync(source, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.prepare('vacuum into ?').run(copy);
  } finally {
    database.close();
  }
}

/** @throws if the copy is not what SQLite would have written, down to its indexes */
function proveSound(copy: string): void {
  // Not read-only, though nothing is written: SQLite would leave the rows' own conditions out.
  const database = new DatabaseSync(copy);
  try {
    const rows = database.prepare('pragma integrity_check(1)').all();
    const [told] = rows.flatMap((row) => Object.values(row));
    if (told !== 'ok') {
      throw new Error(`The copy is not sound: ${told}.`);
    }
  } finally {
    database.close();
  }
}

/** Of a file or a directory: a name is on disk only when its directory is. */
function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
