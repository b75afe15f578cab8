/** `orgvet import`: shows how far it is, tells of every line that created nothing, and sums up. */
import { closeSync, openSync, writeSync } from 'node:fs';
import {
  type ImportProgress,
  type ImportSettings,
  importFile,
  type LineReport,
  parseImportSettings,
  SettingsError,
} from '@orgvet/server';

type Environment = Readonly<Record<string, string | undefined>>;
type Print = (line: string) => void;

/** So many lines are told of on the screen; a report file has all. */
const LINES_SHOWN = 20;

const BAR_WIDTH = 30;

/** How often the bar moves. */
const BAR_INTERVAL_MS = 100;

export async function importOrganizations(
  args: readonly string[],
  environment: Environment,
  print: Print,
): Promise<void> {
  const settings = parseImportSettings(args, environment);
  const report = new LineReports(openReport(settings), print);
  const bar = new ProgressBar();
  const start_ms = performance.now();
  let done: ImportProgress;
  try {
    done = await importFile(settings, {
      note: (message) => bar.aside(() => print(message)),
      line: (line) => bar.aside(() => report.add(line)),
      progress: (progress) => bar.show(progress),
    });
  } finally {
    bar.end();
    report.close();
  }
  const seconds = ((performance.now() - start_ms) / 1000).toFixed(1);
  print(describeResult(done, settings.is_dry_run, seconds));
  if (done.refused > 0) {
    throw new Error('Some lines were refused.');
  }
}

/** Opens the report before anything is done: one that cannot be written would come too late. */
function openReport({ file, report_file }: ImportSettings): number | undefined {
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
      this.#print(`line ${line}: ${told.join(' ')}`);
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

/** A line on the terminal that is written again and again; nothing where there is no terminal. */
class ProgressBar {
  readonly #start_ms = performance.now();
  #shown_ms = 0;
  #text = '';

  show({ lines_done, part_done }: ImportProgress & { readonly part_done: number }): void {
    const now_ms = performance.now();
    if (!process.stderr.isTTY || now_ms - this.#shown_ms < BAR_INTERVAL_MS) {
      return;
    }
    this.#shown_ms = now_ms;
    const done = Math.round(part_done * BAR_WIDTH);
    const seconds = (now_ms - this.#start_ms) / 1000;
    const rest = part_done > 0 ? Math.round(seconds / part_done - seconds) : 0;
    const bar = `${'#'.repeat(done)}${'.'.repeat(BAR_WIDTH - done)}`;
    const percent = `${Math.floor(part_done * 100)} %`;
    this.#text = `[${bar}] ${percent}  ${lines_done} lines  ${rest} s to go`;
    this.#draw(this.#text);
  }

  /** Writes something else, and the bar again below it. */
  aside(write: () => void): void {
    this.#draw('');
    write();
    this.#draw(this.#text);
  }

  end(): void {
    this.#draw('');
    this.#text = '';
  }

  #draw(text: string): void {
    if (process.stderr.isTTY && this.#shown_ms > 0) {
      process.stderr.write(`\r\u001B[K${text}`);
    }
  }
}
