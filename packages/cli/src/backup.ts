/** `orgvet backup`: a copy of the embedded database, or the note of a backup made by other means. */
import type { DatabaseLocation } from '@orgvet/server/light';
import { defineCommand, type Io, type OptionSpecs, UsageError } from './command.ts';
import { printLine, printNote } from './output.ts';
import { AT_OPTION, parseMoment } from './rules-options.ts';
import { DATABASE_OPTIONS, readLocation } from './serve-options.ts';

const OPTIONS = {
  to: {
    kind: 'file',
    value: 'FILE|DIR',
    help: 'a file that is not there yet, or a directory for one that is named by the time',
  },
  note: {
    kind: 'text',
    help: 'make none, but note one that was made by other means: which, and where it is',
  },
  at: { ...AT_OPTION.at, help: 'with --note: when that was finished; now without it' },
  ...DATABASE_OPTIONS,
} as const satisfies OptionSpecs;

export const backup = defineCommand({
  name: 'backup',
  help: 'back up an embedded registry while it serves, or note that a backup was made',
  example: 'orgvet backup --to /backup/ --data /var/lib/orgvet',
  notes:
    'The copy is one state of the registry, checked and on disk before it has its name, which is ' +
    'printed. A registry on PostgreSQL is backed up by its own means, such as pg_dump; with --note ' +
    'Orgvet knows of it. The console shows the last one under System.',
  options: OPTIONS,
  async run({ options: { to, note, at, ...place }, io }) {
    const database = readLocation(place, io);
    if (to !== undefined && note === undefined && at === undefined) {
      await makeBackup(database, to, io);
    } else if (note !== undefined && note.trim() !== '' && to === undefined) {
      const finished_ms = parseMoment(at);
      const { noteRegistryBackup } = await import('@orgvet/server');
      await noteRegistryBackup(database, note.trim(), finished_ms);
      printNote(io, 'Noted.');
    } else {
      throw new UsageError(
        'Give --to FILE|DIR to make a backup, or --note TEXT, with or without --at, to note one.',
      );
    }
  },
});

async function makeBackup(database: DatabaseLocation, to: string, io: Io): Promise<void> {
  const { backUpRegistry } = await import('@orgvet/server');
  const { file, size_bytes, isNoted } = await backUpRegistry(database, to);
  printLine(io, file);
  printNote(io, `${size_bytes} bytes, checked.`);
  if (!isNoted) {
    printNote(
      io,
      'It is not noted in the registry, which has the schema of another version of Orgvet.',
    );
  }
}
