/** The options of `orgvet import`: what is imported, whose it becomes, and how. */
import { extname, resolve } from 'node:path';
import {
  type DatabaseLocation,
  type Given,
  parseDatabase,
  parseId,
  parseOptions,
  parseWord,
  readValues,
} from './settings.ts';
import { SettingsError } from './settings-error.ts';

/** What is imported, and how. */
export interface ImportSettings {
  readonly file: string;
  readonly format: 'csv' | 'jsonl';
  readonly database: DatabaseLocation;
  readonly account_id: number;
  /** The account's root container if absent. */
  readonly container_id?: number;
  readonly is_dry_run: boolean;
  /** Where every line that created nothing is told of, as CSV. */
  readonly report_file?: string;
  /** How many lines are written together at most; what suits the database if absent. */
  readonly lot_lines?: number;
}

const IMPORT_USAGE =
  'Usage: orgvet import FILE --account ID [--container ID] [--format csv|jsonl] [--dry-run] ' +
  '[--report FILE] [--lot-lines N] [--data DIR | --database URL]';

/**
 * @param args the command line behind `import`
 * @throws SettingsError
 */
export function parseImportSettings(args: readonly string[], environment: Given): ImportSettings {
  const [file, ...rest] = args;
  if (file === undefined || file.startsWith('-')) {
    throw new SettingsError(IMPORT_USAGE);
  }
  const is_dry_run = rest.includes('--dry-run');
  const given = parseOptions(
    rest.filter((option) => option !== '--dry-run'),
    [
      ...['account', 'container', 'format', 'report', 'lot-lines'],
      ...['data', 'database', 'database-connections', 'prepared-statements'],
    ],
  );
  if (given.account === undefined) {
    throw new SettingsError(`Say whose organizations they become. ${IMPORT_USAGE}`);
  }
  return {
    file: resolve(file),
    format: findFileFormat(file, given.format),
    database: parseDatabase(given, environment, readValues(given, environment)),
    account_id: parseId('--account', given.account),
    ...(given.container !== undefined && {
      container_id: parseId('--container', given.container),
    }),
    is_dry_run,
    ...(given.report !== undefined && { report_file: resolve(given.report) }),
    ...(given['lot-lines'] !== undefined && { lot_lines: parseLotLines(given['lot-lines']) }),
  };
}

/** More would take a great deal of memory, and nothing would be faster. */
const LOT_LINES_MAX = 50_000;

function parseLotLines(text: string): number {
  const lines = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (lines < 1 || lines > LOT_LINES_MAX) {
    throw new SettingsError(
      `--lot-lines must be a number from 1 to ${LOT_LINES_MAX}, not ${text}.`,
    );
  }
  return lines;
}

/**
 * The format of a file of organizations: as it is given, else by the file's ending.
 *
 * @throws SettingsError for a format that nobody knows
 */
export function findFileFormat(file: string, given: string | undefined): ImportSettings['format'] {
  const format = given ?? (extname(file).toLowerCase() === '.csv' ? 'csv' : 'jsonl');
  return parseWord('--format', format, ['csv', 'jsonl']) as ImportSettings['format'];
}
