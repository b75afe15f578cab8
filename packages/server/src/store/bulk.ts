/**
 * Many rows at once, the fastest way that a database has: one text for all of them, or one prepared
 * statement for each. Rows are made ready without the database, also in another thread. For bringing in
 * whole files; what a request writes goes through the nouns' own files.
 */
import type { CopiedRows, ReadyRows } from './database.ts';
import type { Schema } from './schema.ts';

/** A row as columns have it: texts and numbers, never null. */
type Row = Readonly<Record<string, string | number>>;

/** How rows of a table are copied, with the columns that they bring. */
export interface BulkCopy<Inserted extends object> {
  readonly columns: readonly (keyof Inserted & string)[];
  readonly copyCommand: string;
}

/** How rows of a table are inserted, in whichever way the database has. */
export interface BulkInsert<Inserted extends object> extends BulkCopy<Inserted> {
  readonly insertCommand: string;
}

/** Columns that are left out get what the database gives them. */
export function bulkInsert<Inserted extends object>(
  table: keyof Schema,
  columns: readonly (keyof Inserted & string)[],
): BulkInsert<Inserted> {
  const into = `"${table}" (${columns.map((name) => `"${name}"`).join(', ')})`;
  const places = columns.map(() => '?').join(', ');
  return {
    columns,
    insertCommand: `insert into ${into} values (${places})`,
    copyCommand: `copy ${into} from stdin`,
  };
}

/**
 * Makes rows ready to be inserted.
 *
 * @param copiesRows the dialect's
 */
export function makeReady<Inserted extends object>(
  copiesRows: boolean,
  bulk: BulkInsert<Inserted>,
  rows: readonly Inserted[],
): ReadyRows {
  if (copiesRows) {
    return makeCopied(bulk, rows);
  }
  const { columns, insertCommand: command } = bulk;
  const values = listValues(columns, rows as readonly Row[]);
  return { kind: 'inserted', command, width: columns.length, values };
}

/** Makes rows ready for a database that takes them as one text. */
export function makeCopied<Inserted extends object>(
  { columns, copyCommand: command }: BulkCopy<Inserted>,
  rows: readonly Inserted[],
): CopiedRows {
  const text = renderRows(columns, rows as readonly Row[]);
  return { kind: 'copied', command, text: new TextEncoder().encode(text) };
}

/** The values of all rows, one row behind the other. */
function listValues(columns: readonly string[], rows: readonly Row[]): (string | number)[] {
  const values: (string | number)[] = [];
  for (const row of rows) {
    for (const column of columns) {
      values.push(row[column] ?? '');
    }
  }
  return values;
}

/** What has a meaning of its own in the text format of `copy` (PostgreSQL, COPY, File Formats). */
const MEANINGFUL = /[\\\t\n\r]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
};

/** Rows in the text format of `copy`: tabs between cells, a new line behind each row. */
function renderRows(columns: readonly string[], rows: readonly Row[]): string {
  let text = '';
  for (const row of rows) {
    let separator = '';
    for (const column of columns) {
      text += separator + renderCell(row[column] ?? '');
      separator = '\t';
    }
    text += '\n';
  }
  return text;
}

function renderCell(value: string | number): string {
  if (typeof value === 'number') {
    return String(value);
  }
  return MEANINGFUL.test(value)
    ? value.replaceAll(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character)
    : value;
}
