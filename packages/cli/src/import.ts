/**
 * Imports: on the database, or line by line through a server. Shows how far it is, tells of every line
 * that created nothing, and sums up.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import type { ImportProgress, ImportTold, LineReport } from '@orgvet/server';
import { parseImportSettings, SettingsError } from '@orgvet/server/light';
import type { Call, Io } from './command.ts';
import { printLine } from './output.ts';
import { ProgressBar } from './progress.ts';
import { makeSafe } from './width.ts';

type Print = (line: string) => void;

/** So many lines are told of on the screen; a report file has all. */
const LINES_SHOWN = 20;

/** On the database, by the command line behind the command's name. */
export async function importBeside({ raw, io }: Pick<Call, 'raw' | 'io'>): Promise<void> {
  const settings = parseImportSettings(raw, io.environment);
  const { importFile } = await import('@orgvet/server');
  await runImport(settings, io, (told) => importFile(settings, told));
}

/** What is imported, and where to tell of it. */
interface ImportPlan {
  readonly file: string;
  readonly report_file?: string;
  readonly is_dry_run: boolean;
}

/** @throws if any line was refused */
export async function runImport(
  plan: ImportPlan,
  io: Io,
  work: (told: ImportTold) => Promise<ImportProgress>,
): Promise<void> {
  const print = (line: string) => printLine(io, line);
  const report = new LineReports(openReport(plan), print);
  const bar = new ProgressBar(io.stderr);
  const start_ms = performance.now();
  let done: ImportProgress;
  try {
    done = await work({
      note: (message) => bar.aside(() => print(makeSafe(message))),
      line: (line) => bar.aside(() => report.add(line)),
      progress: ({ part_done, lines_done }) => bar.show(part_done, `${lines_done} lines`),
    });
  } finally {
    bar.end();
    report.close();
  }
  const seconds = ((performance.now() - start_ms) / 1000).toFixed(1);
  print(describeResult(done, plan.is_dry_run, seconds));
  if (done.refused > 0) {
    throw new Error('Some lines were refused.');
  }
}

/** Opens the report before anything is done: one that cannot be written would come too late. */
function openReport({ file, report_file }: ImportPlan): number | undefined {
  if (report_file === undefined) {
    return undefined;
  }
  if (report_file === file) {
    throw new SettingsError('--report names the file that is imported. Give another one.');
  }
  return openSync(report_file, 'w', 0o600);
}

function describeResult(
  { lines_done, created, duplicates, refused }: ImportProgress,
  is_dry_run: boolean,
  seconds: string,
): string {
  const verb = is_dry_run ? 'would be created' : 'created';
  return (
    `${lines_done} lines, ${created} organizations ${verb}, ${duplicates} duplicates, ` +
    `${refused} refused, ${seconds} s.`
  );
}

/** Lines that created nothing: a few on the screen, all in the report file. */
class LineReports {
  readonly #print: Print;
  readonly #file: number | undefined;
  #lines = 0;

  constructor(file: number | undefined, print: Print) {
    this.#print = print;
    this.#file = file;
    this.#write('line,code,message\r\n');
  }

  add({ line, problems }: LineReport): void {
    this.#lines += 1;
    for (const { code, message } of problems) {
      this.#write(`${line},${code},"${message.replaceAll('"', '""')}"\r\n`);
    }
    if (this.#lines <= LINES_SHOWN) {
      const told = problems.map(({ code, message }) => `${code}: ${message}`);
      this.#print(makeSafe(`line ${line}: ${told.join(' ')}`));
    }
  }

  close(): void {
    const more = this.#lines - LINES_SHOWN;
    if (more > 0) {
      const where = this.#file === undefined ? '--report FILE has them all' : 'see the report';
      this.#print(`… and ${more} lines more; ${where}.`);
    }
    if (this.#file !== undefined) {
      closeSync(this.#file);
    }
  }

  #write(text: string): void {
    if (this.#file !== undefined) {
      writeSync(this.#file, text);
    }
  }
}
