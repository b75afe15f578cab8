/** Exports, piece by piece, to a file or to stdout; of organizations all that filters select. */

import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { OrganizationListQuery } from '@orgvet/contract';
import type { Io } from './command.ts';
import type { Api } from './connection.ts';
import { readPages } from './lists.ts';
import { printNote, renderJson, writePiece } from './output.ts';
import { ProgressBar } from './progress.ts';

/** Where an export goes. */
export interface ExportTarget {
  readonly io: Io;
  write(text: string): Promise<void>;
  /** Tells how far it is, and how far it will go. */
  progress(done: number, total: number): void;
  /** All is written: a file gets its name now, so that a part of an export never passes for it. */
  finish(): Promise<void>;
  /** Removes what was not finished. */
  close(): Promise<void>;
}

/** As `ExportTarget`, for what need not be text. */
interface ExportFile extends ExportTarget {
  write(piece: string | Uint8Array): Promise<void>;
}

/**
 * Opens a file, before anything is asked for; stdout where none is named.
 *
 * @param things what is exported, as it is told
 */
export async function openExport(
  file: string | undefined,
  io: Io,
  things: string,
): Promise<ExportTarget> {
  if (file !== undefined) {
    return await openExportFile(file, io, things);
  }
  const bar = new ProgressBar(io.stderr);
  return {
    io,
    write: (text) => writePiece(io, text),
    progress(done, total) {
      // Where the export itself is on the screen a bar would run into it.
      if (!io.stdout.isTTY) {
        bar.show(total === 0 ? 1 : done / total, `${done} ${things}`);
      }
    },
    finish: async () => bar.end(),
    close: async () => bar.end(),
  };
}

/** As `openExport`, for a file. */
export async function openExportFile(file: string, io: Io, things: string): Promise<ExportFile> {
  const bar = new ProgressBar(io.stderr);
  let exported = 0;
  const unfinished = `${file}.${process.pid}.tmp`;
  const handle: FileHandle = await open(unfinished, 'w');
  return {
    io,
    write: async (piece) => await handle.appendFile(piece),
    progress(done, total) {
      exported = done;
      bar.show(total === 0 ? 1 : done / total, `${done} ${things}`);
    },
    async finish() {
      bar.end();
      await handle.sync();
      await rename(unfinished, file);
      printNote(io, `${exported} ${things} are in ${file}.`);
    },
    async close() {
      bar.end();
      await handle.close();
      await rm(unfinished, { force: true });
    },
  };
}

/** The server's own CSV, which has everything in one answer. */
export async function exportCsvTo(
  target: ExportTarget,
  api: Api,
  query: OrganizationListQuery,
): Promise<void> {
  const { page } = await api.call('listOrganizations', { query: { ...query, limit: 1 } });
  // The first line names the columns.
  let done = -1;
  for await (const piece of await api.callCsv('listOrganizations', { query })) {
    await target.write(piece);
    done += piece.split('\n').length - 1;
    target.progress(done, page.total);
  }
}

/** Every organization as a list has it, one a line. */
export async function exportJsonLinesTo(
  target: ExportTarget,
  api: Api,
  query: OrganizationListQuery,
): Promise<void> {
  const ask = (page: object) => api.call('listOrganizations', { query: { ...query, ...page } });
  let done = 0;
  for await (const { organizations, page } of readPages(target.io, ask)) {
    await target.write(organizations.map((one) => `${renderJson(one)}\n`).join(''));
    done += organizations.length;
    target.progress(done, page.total);
  }
}
