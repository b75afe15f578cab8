/**
 * How results are shown: as tables for people, as JSON as the server sent it, as CSV. Results go to
 * stdout; what is said about them goes to stderr, so that results can be kept.
 */
import { renderCsvLine } from '@orgvet/server/light';
import { type Call, type Io, type OptionSpecs, type OptionValues, UsageError } from './command.ts';
import { type Column, renderTable } from './table.ts';
import { makeSafe } from './width.ts';

export const JSON_OPTION = {
  json: { kind: 'flag', help: 'one JSON document, as the server sent it' },
} as const satisfies OptionSpecs;

export const LIST_OUTPUT_OPTIONS = {
  ...JSON_OPTION,
  csv: { kind: 'flag', help: 'CSV (RFC 4180)' },
} as const satisfies OptionSpecs;

type ListOutput = OptionValues<typeof LIST_OUTPUT_OPTIONS>;

/** A column of a list, with how its cells come out of an item. */
export interface ListColumn<Item> extends Column {
  cell(item: Item): string | number | undefined;
}

export function refuseTwoFormats({ json, csv }: ListOutput): void {
  if (json && csv) {
    throw new UsageError('Give --json or --csv, not both.');
  }
}

export function printLine({ stdout }: Pick<Io, 'stdout'>, line: string): void {
  stdout.write(`${line}\n`);
}

/** Says something about results, or to a person. */
export function printNote({ stderr }: Pick<Io, 'stderr'>, note: string): void {
  stderr.write(`${makeSafe(note)}\n`);
}

/** Writes text of several lines, and waits until there is room for more. */
export async function writePiece({ stdout }: Pick<Io, 'stdout'>, text: string): Promise<void> {
  const shown = stdout.isTTY ? text.replaceAll(/[^\r\n]+/g, (line) => makeSafe(line)) : text;
  await new Promise<void>((resolve, reject) => {
    stdout.write(shown, (error) => (error ? reject(error) : resolve()));
  });
}

/** Writes text that comes in pieces. */
export async function printPieces(io: Io, pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) {
    await writePiece(io, piece);
  }
}

/** Characters that JSON allows in texts and terminals act upon. */
const UNSAFE_IN_JSON = /[\u007f-\u009f\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g;

/** JSON on one line, the same document to whoever parses it, and harmless to a terminal. */
export function renderJson(document: unknown): string {
  return JSON.stringify(document).replaceAll(
    UNSAFE_IN_JSON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Prints a list in the format that was asked for. @param document what was answered, whole */
export async function printList<Item>(
  { options, io }: Pick<Call<ListOutput>, 'options' | 'io'>,
  document: unknown,
  items: readonly Item[],
  columns: readonly ListColumn<Item>[],
): Promise<void> {
  if (options.json) {
    return printLine(io, renderJson(document));
  }
  const rows = items.map((item) => columns.map(({ cell }) => cell(item) ?? ''));
  if (options.csv) {
    const names = columns.map(({ title }) => title.toLowerCase().replaceAll(' ', '_'));
    return await writePiece(io, [names, ...rows].map(renderCsvLine).join(''));
  }
  const texts = rows.map((row) => row.map(String));
  for (const line of renderTable(columns, texts, terminalWidth(io))) {
    printLine(io, line);
  }
}

const RECORD_COLUMNS: readonly Column[] = [{ title: 'MEMBER', is_whole: true }, { title: 'VALUE' }];

/** Prints one object: each of its members on a line, or as JSON. */
export function printRecord(
  { options, io }: Pick<Call<OptionValues<typeof JSON_OPTION>>, 'options' | 'io'>,
  record: unknown,
): void {
  if (options.json) {
    printLine(io, renderJson(record));
    return;
  }
  for (const line of renderTable(RECORD_COLUMNS, listMembers(record, ''), terminalWidth(io))) {
    printLine(io, line);
  }
}

/** Prints what was made: its id alone, or as JSON. What it is goes to stderr. */
export function printCreated(
  { options, io }: Pick<Call<OptionValues<typeof JSON_OPTION>>, 'options' | 'io'>,
  created: { readonly id: number },
  what: string,
): void {
  printLine(io, options.json ? renderJson(created) : String(created.id));
  printNote(io, `${what} ${created.id}.`);
}

/** Prints a key, on stdout alone. */
export function printKey(
  { options, io }: Pick<Call<OptionValues<typeof JSON_OPTION>>, 'options' | 'io'>,
  created: { readonly id: number; readonly api_key: string },
  what: string,
): void {
  printLine(io, options.json ? renderJson(created) : created.api_key);
  printNote(io, `${what} ${created.id}. The key is shown this once: keep it where nobody sees it.`);
}

/** Every member with its path: `contacts[0].email`. */
function listMembers(value: unknown, path: string): [string, string][] {
  if (typeof value !== 'object' || value === null) {
    return [[path, String(value)]];
  }
  if (Array.isArray(value)) {
    const isPlain = value.every((item) => typeof item !== 'object');
    return isPlain
      ? [[path, value.join(', ')]]
      : value.flatMap((item, index) => listMembers(item, `${path}[${index}]`));
  }
  return Object.entries(value).flatMap(([name, member]) =>
    listMembers(member, path === '' ? name : `${path}.${name}`),
  );
}

/** What there is room for, where somebody looks at it. */
function terminalWidth({ stdout }: Io): number | undefined {
  return stdout.isTTY ? (stdout.columns ?? 80) : undefined;
}
