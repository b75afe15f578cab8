/**
 * Many rows at once, the fastest way that a database has: one text for all of them, or a prepared
 * statement for each. For bringing in whole files; what a request writes goes through the nouns' own
 * files.
 */
import { type RawBuilder, sql } from 'kysely';
import type { LotTransaction } from './database.ts';
import type { Dialect } from './dialects.ts';
import type { Schema } from './schema.ts';
import { rawStatement, type Statement } from './statement.ts';

/** A row as columns have it: texts and numbers, never null. */
type Row = Readonly<Record<string, string | number>>;

/** How rows of a table are inserted, with the columns that they bring. */
export interface BulkInsert<Inserted extends object> {
  readonly columns: readonly (keyof Inserted & string)[];
  readonly insertOne: Statement<Inserted, unknown>;
  readonly copyCommand: string;
}

/** Rows made ready for a database, which may be done while it is busy with others. */
export interface ReadyRows {
  insert(tx: LotTransaction): Promise<void>;
}

/** Columns that are left out get what the database gives them. */
export function bulkInsert<Inserted extends object>(
  table: keyof Schema,
  columns: readonly (keyof Inserted & string)[],
): BulkInsert<Inserted> {
  const into = sql`${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})`;
  return {
    columns,
    insertOne: rawStatement((args) => {
      const places = columns.map((name) => placeOf(args as Row, name));
      return sql`insert into ${into} values (${sql.join(places)})`;
    }),
    copyCommand: `copy "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) from stdin`,
  };
}

/** Makes rows ready to be inserted. */
export function makeReady<Inserted extends object>(
  { copiesRows }: Dialect,
  { columns, insertOne, copyCommand }: BulkInsert<Inserted>,
  rows: readonly Inserted[],
): ReadyRows {
  if (copiesRows) {
    const text = renderRows(columns, rows as readonly Row[]);
    return {
      insert: async (tx) => {
        if (rows.length > 0) {
          await tx.copyRows(copyCommand, text);
        }
      },
    };
  }
  return {
    insert: async (tx) => {
      for (const row of rows) {
        await tx.run(insertOne, row);
      }
    },
  };
}

function placeOf(row: Row, name: string): RawBuilder<unknown> {
  return sql`${row[name]}`;
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
