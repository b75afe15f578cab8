/**
 * The embedded database: SQLite through `node:sqlite`, one file, one process.
 *
 * Two connections: one reads what is committed, one writes. Transactions that arrive together share one
 * commit, each behind its own savepoint, because a commit costs a disk sync and hardly anything else
 * does. A transaction is acknowledged only after that commit. Statements are synchronous underneath;
 * the promises are there so that callers are the same for every database.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type LotTransaction,
  type ReadyRows,
  type Store,
  StoreUnavailable,
  type Transaction,
  TransactionConflict,
  type Writes,
} from './database.ts';
import { SQLITE } from './dialects.ts';
import type { Lookup } from './lookups.ts';
import type { CompiledStatement, Statement } from './statement.ts';
import { type Failure, tryAgain } from './transient.ts';

const DATABASE_FILE = 'orgvet.db';

/** Where the database of a data directory is. */
export function databaseFileOf(directory: string): string {
  return join(directory, DATABASE_FILE);
}

/** How long another process that holds the database is waited for. */
export const BUSY_TIMEOUT_MS = 10_000;

/** How often it is looked whether another process still holds it: who writes a great deal leaves small gaps. */
const BUSY_POLL_MS = 4;

/** Transactions that share a commit at most: bounds how long the first of them waits. */
const COMMIT_BATCH_MAX = 256;

/** Statements kept ready on a connection. Lists have as many shapes as clients think of. */
const PREPARED_STATEMENTS_MAX = 500;

/** What a connection may use. */
interface Room {
  readonly cache_kib: number;
  /** Pages in the log after which a commit brings them into the file. */
  readonly checkpoint_pages: number;
  /** What is kept of the log's file when it begins anew: to make it grow again costs more than to write over it. */
  readonly log_bytes: number;
}

/** For pages that reads come back to. It commits nothing. */
const READING: Room = { cache_kib: 49_152, checkpoint_pages: 4000, log_bytes: 67_108_864 };

/** For what is written: single requests, or lots of rows, each of which changes most pages of an index. */
const WRITING = {
  requests: { cache_kib: 16_384, checkpoint_pages: 4000, log_bytes: 67_108_864 },
  lots: { cache_kib: 131_072, checkpoint_pages: 65_536, log_bytes: 536_870_912 },
} as const satisfies Record<Writes, Room>;

/**
 * Opens the database of a data directory, making both if they are not there.
 *
 * @throws if the directory cannot be made or the file is no database
 */
export function openSqliteStore(
  directory: string,
  writes: Writes = 'requests',
  busy_timeout_ms = BUSY_TIMEOUT_MS,
): Store {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = databaseFileOf(directory);
  const writer = new Connection(file, WRITING[writes], busy_timeout_ms);
  // It holds hashes of keys and personal data: nobody else on the machine may read it.
  chmodSync(file, 0o600);
  return new SqliteStore(writer, new Reader(file, READING, busy_timeout_ms), busy_timeout_ms);
}

interface Job {
  run(tx: LotTransaction): Promise<() => void>;
  reject(error: unknown): void;
}

class SqliteStore implements Store {
  readonly reader: Reader;
  readonly lots_at_once = 1;
  readonly #writer: Connection;
  readonly #busy_timeout_ms: number;
  readonly #queue: Job[] = [];
  #flushing: Promise<void> | undefined;

  constructor(writer: Connection, reader: Reader, busy_timeout_ms: number) {
    this.#writer = writer;
    this.reader = reader;
    this.#busy_timeout_ms = busy_timeout_ms;
    // SQLite itself waits in this thread, which has others to answer meanwhile: see `#beginAlone`.
    writer.execute('pragma busy_timeout = 0');
  }

  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.lotTransaction(work);
  }

  lotTransaction<Result>(work: (tx: LotTransaction) => Promise<Result>): Promise<Result> {
    return tryAgain(() => this.#queueJob(work), judgeFailure, false);
  }

  #queueJob<Result>(work: (tx: LotTransaction) => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#queue.push({
        run: async (tx) => {
          const result = await work(tx);
          return () => resolve(result);
        },
        reject,
      });
      this.#flushing ??= this.#flushSoon();
    });
  }

  async close(): Promise<void> {
    while (this.#flushing !== undefined) {
      await this.#flushing;
    }
    this.reader.close();
    this.#writer.close();
  }

  /** Waits until the requests that are already here have queued their work, then commits it together. */
  async #flushSoon(): Promise<void> {
    while (this.#queue.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.#flush();
    }
    this.#flushing = undefined;
  }

  async #flush(): Promise<void> {
    const settle: (() => void)[] = [];
    let jobs: readonly Job[] = [];
    try {
      await this.#beginAlone();
      jobs = this.#queue.splice(0, COMMIT_BATCH_MAX);
      for (const job of jobs) {
        // One that is alone is taken back as a whole: a savepoint would copy each page that it changes.
        settle.push(
          jobs.length === 1 ? await job.run(this.#writer) : await this.#runInSavepoint(job),
        );
      }
      this.#writer.execute('commit');
      // Whoever is told of the commit now must see it.
      this.reader.endSnapshot();
    } catch (error) {
      this.#writer.rollBackIfOpen();
      const reason = reportBusy(error);
      // Where it could not even begin, those who have waited for that.
      const failed = jobs.length > 0 ? jobs : this.#queue.splice(0, COMMIT_BATCH_MAX);
      for (const job of failed) {
        job.reject(reason);
      }
      return;
    }
    for (const done of settle) {
      done();
    }
  }

  /** Begins a transaction when no other process has the database; reads are answered meanwhile. */
  async #beginAlone(): Promise<void> {
    const end_ms = performance.now() + this.#busy_timeout_ms;
    for (;;) {
      try {
        this.#writer.execute('begin immediate');
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() >= end_ms) {
          throw error;
        }
      }
      await wait(BUSY_POLL_MS);
    }
  }

  /** Runs one of the transactions of a commit. @returns what tells its caller, after the commit */
  async #runInSavepoint(job: Job): Promise<() => void> {
    this.#writer.execute('savepoint job');
    try {
      const done = await job.run(this.#writer);
      this.#writer.execute('release job');
      return done;
    } catch (error) {
      this.#writer.execute('rollback to job');
      this.#writer.execute('release job');
      return () => job.reject(error);
    }
  }
}

/** One connection with its prepared statements. */
class Connection implements LotTransaction {
  readonly dialect = SQLITE;
  /** Transactions never run side by side here. */
  readonly slot = 0;
  readonly #database: DatabaseSync;
  readonly #prepared = new Map<CompiledStatement<never>, StatementSync>();
  readonly #commands = new Map<string, StatementSync>();
  readonly #dataVersion: StatementSync;

  constructor(
    file: string,
    { cache_kib, checkpoint_pages, log_bytes }: Room,
    busy_timeout_ms: number,
  ) {
    this.#database = new DatabaseSync(file, { timeout: busy_timeout_ms });
    // FULL: a commit is on disk when it returns, also after a power cut.
    this.#database.exec(
      `pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
       pragma cache_size = -${cache_kib}; pragma temp_store = memory;
       pragma wal_autocheckpoint = ${checkpoint_pages}; pragma journal_size_limit = ${log_bytes}`,
    );
    this.#dataVersion = this.#database.prepare('pragma data_version');
  }

  /**
   * Changes when another connection has committed: for the reader that is every commit there is, for the
   * writer every one of another process.
   */
  findVersion(): number | undefined {
    const row = this.#dataVersion.get();
    return row === undefined ? undefined : Number(row.data_version);
  }

  all<Args extends object, Row>(statement: Statement<Args, Row>, args: Args): Promise<Row[]> {
    return settled(() => {
      const { prepared, values } = this.#prepare(statement, args);
      return prepared.all(...values) as Row[];
    });
  }

  first<Args extends object, Row>(
    statement: Statement<Args, Row>,
    args: Args,
  ): Promise<Row | undefined> {
    return settled(() => {
      const { prepared, values } = this.#prepare(statement, args);
      return prepared.get(...values) as Row | undefined;
    });
  }

  find<Row>({ one }: Lookup<Row>, account_id: number, id: number): Promise<Row | undefined> {
    return this.first(one, { account_id, id });
  }

  async run<Args extends object, Row>(statement: Statement<Args, Row>, args: Args): Promise<void> {
    await this.change(statement, args);
  }

  change<Args extends object, Row>(statement: Statement<Args, Row>, args: Args): Promise<number> {
    return settled(() => {
      const { prepared, values } = this.#prepare(statement, args);
      return Number(prepared.run(...values).changes);
    });
  }

  async insertRows(rows: ReadyRows): Promise<void> {
    if (rows.kind !== 'inserted') {
      throw new Error('SQLite takes rows one by one.');
    }
    const { command, width, values } = rows;
    await settled(() => {
      const prepared = this.#prepareCommand(command);
      for (let start = 0; start < values.length; start += width) {
        prepared.run(...values.slice(start, start + width));
      }
    });
  }

  /** Runs a command that has no arguments and no rows. */
  execute(command: string): void {
    this.#prepareCommand(command).run();
  }

  rollBackIfOpen(): void {
    if (this.#database.isTransaction) {
      this.#database.exec('rollback');
    }
  }

  close(): void {
    this.#database.close();
  }

  /** Of these there are a few, whatever clients ask for. */
  #prepareCommand(command: string): StatementSync {
    const prepared = this.#commands.get(command) ?? this.#database.prepare(command);
    this.#commands.set(command, prepared);
    return prepared;
  }

  #prepare<Args extends object, Row>(
    statement: Statement<Args, Row>,
    args: Args,
  ): { prepared: StatementSync; values: SQLInputValue[] } {
    const compiled = statement.compile(this.dialect);
    const values = compiled.bind(args);
    const known = this.#prepared.get(compiled as CompiledStatement<never>);
    if (known !== undefined) {
      return { prepared: known, values };
    }
    if (this.#prepared.size >= PREPARED_STATEMENTS_MAX) {
      this.#prepared.clear();
    }
    const prepared = this.#database.prepare(compiled.sql);
    this.#prepared.set(compiled as CompiledStatement<never>, prepared);
    return { prepared, values };
  }
}

/**
 * The connection that reads what is committed. All reads of one turn of the event loop share a snapshot:
 * a request sees one state of the database however many statements it takes, and the file's locks, which
 * cost more than a look-up does, are taken once.
 */
class Reader extends Connection {
  #hasSnapshot = false;
  #version: number | undefined;

  override findVersion(): number | undefined {
    this.#beginSnapshot();
    this.#version ??= super.findVersion();
    return this.#version;
  }

  override all<Args extends object, Row>(
    statement: Statement<Args, Row>,
    args: Args,
  ): Promise<Row[]> {
    this.#beginSnapshot();
    return super.all(statement, args);
  }

  override first<Args extends object, Row>(
    statement: Statement<Args, Row>,
    args: Args,
  ): Promise<Row | undefined> {
    this.#beginSnapshot();
    return super.first(statement, args);
  }

  /** What is read from now on is what is committed by now. */
  endSnapshot(): void {
    if (this.#hasSnapshot) {
      this.#hasSnapshot = false;
      this.execute('commit');
    }
  }

  override close(): void {
    this.endSnapshot();
    super.close();
  }

  #beginSnapshot(): void {
    if (!this.#hasSnapshot) {
      this.execute('begin');
      this.#hasSnapshot = true;
      this.#version = undefined;
      setImmediate(() => this.endSnapshot());
    }
  }
}

/** A promise of what a synchronous call returns or throws. */
function settled<Value>(call: () => Value): Promise<Value> {
  try {
    return Promise.resolve(call());
  } catch (error) {
    return Promise.reject(reportBusy(error));
  }
}

/** SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY: what was looked at before has changed. */
const CONFLICT_CODES = [2067, 1555];

function judgeFailure(error: unknown): Failure {
  const { errcode } = error as { errcode?: number };
  const isConflict =
    error instanceof TransactionConflict ||
    (errcode !== undefined && CONFLICT_CODES.includes(errcode));
  return isConflict ? 'conflict' : 'final';
}

/** SQLITE_BUSY, SQLITE_LOCKED and SQLITE_FULL: waiting for another process or for room may cure them. */
const PASSING_CODES = [5, 6, 13];
const PRIMARY_CODE_MASK = 0xff;
const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  const { errcode = 0 } = error as { errcode?: number };
  return (errcode & PRIMARY_CODE_MASK) === SQLITE_BUSY;
}

/** A failure as its caller is told of it. */
function reportBusy(error: unknown): unknown {
  const { errcode } = error as { errcode?: number };
  return errcode !== undefined && PASSING_CODES.includes(errcode & PRIMARY_CODE_MASK)
    ? new StoreUnavailable('The database is busy or its disk is full.', { cause: error })
    : error;
}
