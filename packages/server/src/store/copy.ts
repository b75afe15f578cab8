/**
 * Rows of whole tables, read and written in the order of their keys, by the same statements for every
 * table. It knows nothing of what the rows mean, and of no account: a registry is moved as a whole.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { rawStatement, type Statement } from './statement.ts';
import { COPIED_TABLES, type CopiedTable, ROWS_AT_ONCE } from './tables.ts';

type Value = string | number;

/** The values of a row, or of a key, in the order of the table's columns. */
export type Values = readonly Value[];

/** Rows that one statement inserts: the widest table stays far below the places that a statement has. */
const ROWS_PER_INSERT = 100;

/** Below every key: each begins with an id, and no id is negative. */
const FIRST_VALUE = -1;

const SEARCH_QUEUE: CopiedTable = {
  name: 'organization_search_queue',
  columns: ['account_id', 'organization_id'],
  key: ['account_id', 'organization_id'],
  rows_at_once: ROWS_AT_ONCE,
};

/** Reads the rows that follow a key; without one the first. @returns at most `rows_at_once` */
export async function readRows(
  handle: Handle,
  table: CopiedTable,
  after: Values | undefined,
): Promise<Values[]> {
  const { columns, key } = table;
  const rows = await handle.all(statementsOf(table).read, after ?? key.map(() => FIRST_VALUE));
  return rows.map((row) => pickValues(row, columns));
}

/** The key of a row of `readRows`. */
export function keyOf({ columns, key }: CopiedTable, row: Values): Values {
  return key.map((column) => row[columns.indexOf(column)] ?? FIRST_VALUE);
}

/** The key of the last row, or undefined for an empty table. */
export async function findLastKey(handle: Handle, table: CopiedTable): Promise<Values | undefined> {
  const row = await handle.first(statementsOf(table).findLast, {});
  return row && pickValues(row, table.key);
}

export async function insertRows(
  tx: Transaction,
  table: CopiedTable,
  rows: readonly Values[],
): Promise<void> {
  const { insertMany, insertOne } = statementsOf(table);
  const rest = rows.length % ROWS_PER_INSERT;
  for (let start = 0; start < rows.length - rest; start += ROWS_PER_INSERT) {
    await tx.run(insertMany, rows.slice(start, start + ROWS_PER_INSERT).flat());
  }
  for (const row of rows.slice(rows.length - rest)) {
    await tx.run(insertOne, row);
  }
}

/** Puts the names of organizations that were inserted by `insertRows` on the way into the index. */
export async function queueInsertedNames(
  tx: Transaction,
  organizations: CopiedTable,
  rows: readonly Values[],
): Promise<void> {
  await insertRows(
    tx,
    SEARCH_QUEUE,
    rows.map((row) => keyOf(organizations, row)),
  );
}

export async function countRows(handle: Handle, table: CopiedTable): Promise<number> {
  const row = await handle.first(statementsOf(table).count, {});
  return row?.rows ?? 0;
}

export async function countQueuedNames(handle: Handle): Promise<number> {
  return await countRows(handle, SEARCH_QUEUE);
}

/** What a table holds: two of the same digest have the same rows, in whatever database. */
export interface TableDigest {
  readonly rows: number;
  /** SHA-256, hexadecimal, over the rows by key, each as a JSON array in a line of its own. */
  readonly digest: string;
}

/** @param report is told how many rows have been read */
export async function digestTable(
  handle: Handle,
  table: CopiedTable,
  report: (rows: number) => void = () => {},
): Promise<TableDigest> {
  const hash = createHash('sha256');
  let count = 0;
  let after: Values | undefined;
  do {
    const rows: Values[] = await readRows(handle, table, after);
    hash.update(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    count += rows.length;
    const last = rows.at(-1);
    after = rows.length === table.rows_at_once && last ? keyOf(table, last) : undefined;
    report(count);
  } while (after !== undefined);
  return { rows: count, digest: hash.digest('hex') };
}

type Row = Readonly<Record<string, Value>>;

function pickValues(row: Row, columns: readonly string[]): Values {
  return columns.map((column) => getValue(row, column));
}

/** @throws for what no column may hold, and no digest could tell from something else */
function getValue(row: Row, column: string): Value {
  const value: unknown = row[column];
  if (typeof value !== 'string' && !Number.isSafeInteger(value)) {
    throw new Error(`The column ${column} holds neither a text nor a whole number.`);
  }
  return value as Value;
}

interface TableStatements {
  readonly read: Statement<Values, Row>;
  readonly findLast: Statement<object, Row>;
  readonly count: Statement<object, { rows: number }>;
  readonly insertOne: Statement<Values, unknown>;
  readonly insertMany: Statement<Values, unknown>;
}

const STATEMENTS = new Map(
  [...COPIED_TABLES, SEARCH_QUEUE].map((table) => [table.name, writeStatements(table)]),
);

function statementsOf({ name }: CopiedTable): TableStatements {
  const statements = STATEMENTS.get(name);
  if (statements === undefined) {
    throw new Error(`The table ${name} is not copied.`);
  }
  return statements;
}

function writeStatements({ name, columns, key, rows_at_once }: CopiedTable): TableStatements {
  const table = sql.table(name);
  const keyColumns = sql.join(key.map((column) => sql.ref(column)));
  const fromLast = sql.join(key.map((column) => sql`${sql.ref(column)} desc`));
  const allColumns = sql.join(columns.map((column) => sql.ref(column)));
  return {
    // The limit is written out: PostgreSQL would plan for a tenth of the table, and sort all of it.
    read: rawStatement(
      (args) => sql`select ${allColumns} from ${table}
        where (${keyColumns}) > (${joinPlaces(args, 0, key.length)})
        order by ${keyColumns} limit ${sql.lit(rows_at_once)}`,
    ),
    findLast: rawStatement(
      () => sql`select ${keyColumns} from ${table} order by ${fromLast} limit 1`,
    ),
    count: rawStatement(() => sql`select count(*) as ${sql.ref('rows')} from ${table}`),
    insertOne: writeInsert(name, columns, 1),
    insertMany: writeInsert(name, columns, ROWS_PER_INSERT),
  };
}

/** Binds the values of all rows, one row behind the other. */
function writeInsert(
  name: string,
  columns: readonly string[],
  rows: number,
): Statement<Values, unknown> {
  return rawStatement((args) => {
    const tuples = Array.from(
      { length: rows },
      (_, row) => sql`(${joinPlaces(args, row * columns.length, columns.length)})`,
    );
    const names = sql.join(columns.map((column) => sql.ref(column)));
    return sql`insert into ${sql.table(name)} (${names}) values ${sql.join(tuples)}`;
  });
}

function joinPlaces(args: Values, start: number, length: number) {
  return sql.join(Array.from({ length }, (_, index) => args[start + index]));
}
