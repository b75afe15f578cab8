/**
 * Many rows at once, the fastest way that a database has: one statement for all of them, or a prepared
 * one for each. For bringing in whole files; what a request writes goes through the nouns' own files.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from './database.ts';
import { arrayOf, type ColumnType } from './dialects.ts';
import type { Schema } from './schema.ts';
import { rawStatement, type Statement } from './statement.ts';

/** Columns of a table with their types. */
type Columns = Readonly<Record<string, ColumnType>>;

/** A row for columns: numbers where they are numbers. */
type RowOf<Table extends Columns> = {
  readonly [Column in keyof Table]: Table[Column] extends 'text' ? string : number;
};

/** How rows of a table are inserted, with the columns that they bring. */
export interface BulkInsert<Table extends Columns> {
  readonly columns: Table;
  readonly one: Statement<RowOf<Table>, unknown>;
  /** Its arguments are arrays as PostgreSQL writes them. */
  readonly many: Statement<Record<string, string>, unknown>;
}

/** Columns that are left out get what the database gives them. */
export function bulkInsert<const Table extends Columns>(
  table: keyof Schema,
  columns: Table,
): BulkInsert<Table> {
  const names = Object.keys(columns);
  const into = sql`insert into ${sql.table(table)} (${sql.join(names.map((name) => sql.ref(name)))})`;
  return {
    columns,
    one: rawStatement(
      (args) => sql`${into} values (${sql.join(names.map((name) => placeOf(args as Row, name)))})`,
    ),
    many: rawStatement((args, dialect) => {
      const arrays = names.map((name) => ({
        array: args[name] as string,
        type: columns[name] as ColumnType,
      }));
      return sql`${into} select * from ${dialect.rowsFromArrays?.(arrays) ?? sql``}`;
    }, true),
  };
}

export async function insertRows<Table extends Columns>(
  tx: Transaction,
  { columns, one, many }: BulkInsert<Table>,
  rows: readonly RowOf<Table>[],
): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  if (tx.dialect.rowsFromArrays === undefined) {
    for (const row of rows) {
      await tx.run(one, row);
    }
    return;
  }
  const arrays = Object.entries(columns).map(([name, type]) => {
    const values = rows.map((row) => (row as Row)[name]);
    return [
      name,
      type === 'text' ? arrayOfTexts(values as string[]) : arrayOf(values as number[]),
    ] as const;
  });
  await tx.run(many, Object.fromEntries(arrays));
}

type Row = Readonly<Record<string, string | number>>;

function placeOf(row: Row, name: string): RawBuilder<unknown> {
  return sql`${row[name]}`;
}

/** Texts as PostgreSQL writes an array of them. */
function arrayOfTexts(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
