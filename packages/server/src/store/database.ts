/**
 * What the rest of the store, and the operations, know of a database: handles that run statements, and
 * transactions. Which database it is stands in sqlite.ts and dialects.ts and nowhere else.
 */
import type { Dialect } from './dialects.ts';
import type { Statement } from './statement.ts';

/** Runs statements. Handed to every store function; nothing keeps one. */
export interface Handle {
  readonly dialect: Dialect;
  /**
   * A number that is another one after every commit, by whatever process: what was read under the same
   * number is still so. Undefined where the database has no such number.
   */
  findVersion(): number | undefined;
  /** Every row. */
  all<Args extends object, Row>(statement: Statement<Args, Row>, args: Args): Promise<Row[]>;
  /** The first row, or undefined. */
  first<Args extends object, Row>(
    statement: Statement<Args, Row>,
    args: Args,
  ): Promise<Row | undefined>;
}

/** A handle inside a transaction: the only kind that may write. */
export interface Transaction extends Handle {
  /** Runs a statement for its effect. @returns the number of rows that it changed */
  run<Args extends object, Row>(statement: Statement<Args, Row>, args: Args): Promise<number>;
}

/** A database that is open. */
export interface Store {
  /** Reads what is committed. */
  readonly reader: Handle;
  /**
   * Runs `work` in a transaction. It is committed, and on disk, when the promise resolves; if `work`
   * throws, nothing of it stays and the promise rejects with the same error. `work` awaits nothing but
   * the transaction: others wait for it.
   */
  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}
