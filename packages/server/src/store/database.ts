/**
 * What the rest of the store, and the operations, know of a database: handles that run statements, and
 * transactions. Which database it is stands in sqlite.ts and dialects.ts and nowhere else.
 */
import type { Dialect } from './dialects.ts';
import type { Lookup } from './lookups.ts';
import type { Statement } from './statement.ts';

/** Runs statements. Handed to every store function; nothing keeps one. */
export interface Handle {
  readonly dialect: Dialect;
  /**
   * A number that is another one after every commit, by whatever process: what was read under the same
   * number is still so. In a transaction, after every commit of another process, which perhaps waits for
   * this one. Undefined where the database has no such number.
   */
  findVersion(): number | undefined;
  /** Every row. */
  all<Args extends object, Row>(statement: Statement<Args, Row>, args: Args): Promise<Row[]>;
  /** The first row, or undefined. */
  first<Args extends object, Row>(
    statement: Statement<Args, Row>,
    args: Args,
  ): Promise<Row | undefined>;
  /** The row of an id. Others who look for such rows at the same moment may share the statement. */
  find<Row>(lookup: Lookup<Row>, account_id: number, id: number): Promise<Row | undefined>;
}

/** A handle inside a transaction: the only kind that may write. */
export interface Transaction extends Handle {
  /**
   * Which of the rows that share a count this transaction writes to: transactions of other numbers do
   * not wait for it there.
   */
  readonly slot: number;
  /**
   * Runs a statement for its effect. It may still be under way when the promise resolves; if it fails,
   * so does whatever is read next, or the transaction.
   */
  run<Args extends object, Row>(statement: Statement<Args, Row>, args: Args): Promise<void>;
  /** Runs a statement for its effect. @returns the number of rows that it changed */
  change<Args extends object, Row>(statement: Statement<Args, Row>, args: Args): Promise<number>;
}

/** Rows made ready for `copy … from stdin`, in its text format. */
export interface CopiedRows {
  readonly kind: 'copied';
  readonly command: string;
  readonly text: Uint8Array<ArrayBuffer>;
}

/** Rows made ready for a command that inserts one, with a place for each of its values. */
interface InsertedRows {
  readonly kind: 'inserted';
  readonly command: string;
  /** The values of one row. */
  readonly width: number;
  /** Of all rows, one row behind the other. */
  readonly values: readonly (string | number)[];
}

/** Rows made ready for a database: texts, numbers and bytes alone, so that a thread can hand them over. */
export type ReadyRows = CopiedRows | InsertedRows;

/** A transaction that brings many rows. */
export interface LotTransaction extends Transaction {
  /** @param rows made ready as the dialect wants them (`copiesRows`) */
  insertRows(rows: ReadyRows): Promise<void>;
}

/** The database cannot be asked now; whether anything was done is told by asking again later. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** What a transaction stood on has changed under it: the store runs it again from its beginning. */
export class TransactionConflict extends Error {
  override readonly name = 'TransactionConflict';
}

/** What a process is going to write: single requests, or a great many rows. */
export type Writes = 'requests' | 'lots';

/** A database that is open. */
export interface Store {
  /** Reads what is committed. */
  readonly reader: Handle;
  /** At least 1. */
  readonly lots_at_once: number;
  /**
   * Runs `work` in a transaction. It is committed, and on disk, when the promise resolves; if `work`
   * throws, nothing of it stays and the promise rejects with the same error. `work` awaits nothing but
   * the transaction: others wait for it. It may run more than once, where another transaction came
   * between; only the run that is committed counts.
   *
   * @throws StoreUnavailable if the database cannot be reached, or was lost before it said that the
   *   commit is done: then it may be done all the same
   */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /**
   * As `transaction`, for many rows at a time; `lots_at_once` of these at a time, beside others. Each
   * sees what is committed as it goes on, whatever the database gives to other transactions.
   */
  lotTransaction<Result>(work: (tx: LotTransaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}
