/**
 * PostgreSQL: a pool of connections, shared with other servers.
 *
 * Reads share a few connections, on which they follow one another without waiting for answers. A
 * transaction has a connection to itself; statements that only have an effect do not wait there either,
 * their failures come out at the next read or at the commit. What failures mean is judged in
 * postgres-failures.ts.
 */
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Handle, LotTransaction, ReadyRows, Store, Transaction, Writes } from './database.ts';
import { POSTGRES } from './dialects.ts';
import { JointLookups, type Lookup } from './lookups.ts';
import { judgeFailure, reportLoss } from './postgres-failures.ts';
import type { CompiledStatement, Statement } from './statement.ts';
import { tryAgain } from './transient.ts';

export interface PostgresSettings {
  /** `postgres://user:password@host:port/database`, with the parameters that `pg` knows. */
  readonly url: string;
  /** Connections at most; at least 3: for reads, for transactions, and for many rows at a time. */
  readonly connections: number;
  /**
   * Whether connections keep prepared statements. Not through a pooler that hands every transaction
   * another connection.
   */
  readonly prepares: boolean;
  /** What this process is going to write. */
  readonly writes: Writes;
  /** Told of connections that were lost while nobody used them. */
  readonly report?: (error: unknown) => void;
}

const CONNECT_TIMEOUT_MS = 5_000;

/** A statement that has not answered by then is given up with its connection. */
const QUERY_TIMEOUT_MS = 60_000;

/** Statements that a connection keeps prepared. Lists have as many shapes as clients think of. */
const PREPARED_STATEMENTS_MAX = 500;

/** So many transactions can write side by side without waiting for each other's counts. */
const SLOTS = 16;

/**
 * Of all connections, those for many rows at a time. PostgreSQL works for each with one processor, and who
 * brings a great deal waits for nothing else.
 */
const LOT_CONNECTIONS = { requests: 1, lots: 2 } as const satisfies Record<Writes, number>;

/** What is left at least: a connection for reads, and one for transactions. */
const OTHER_CONNECTIONS_MIN = 2;

const INT8_OID = 20;

/** Opens a store. Connections are made when they are needed. */
export function openPostgresStore(settings: PostgresSettings): Store {
  const lots_at_once = Math.min(
    LOT_CONNECTIONS[settings.writes],
    settings.connections - OTHER_CONNECTIONS_MIN,
  );
  const connections = settings.connections - lots_at_once;
  const pool = makePool(settings, { max: connections, pipeline: true });
  // Rows as one text cannot go down a connection on which statements follow one another unanswered.
  const lotPool = makePool(settings, { max: lots_at_once, pipeline: false });
  const names = new StatementNames(settings.prepares);
  return new PostgresStore({ pool, lotPool, names, connections, lots_at_once });
}

function makePool(
  { url, report }: PostgresSettings,
  { max, pipeline }: { max: number; pipeline: boolean },
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'orgvet',
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    keepAlive: true,
    pipeline,
    types: { getTypeParser },
  });
  // Without listeners, a connection that is lost while nobody waits for an answer would end the process.
  pool.on('error', (error) => report?.(error));
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Whole numbers of 64 bits as numbers: ours are all far below what a number holds exactly. */
function getTypeParser(oid: number, format?: 'text' | 'binary') {
  return oid === INT8_OID ? Number : pg.types.getTypeParser(oid, format ?? 'text');
}

interface StoreParts {
  readonly pool: pg.Pool;
  readonly lotPool: pg.Pool;
  readonly names: StatementNames;
  readonly connections: number;
  readonly lots_at_once: number;
}

class PostgresStore implements Store {
  readonly reader: Reader;
  readonly lots_at_once: number;
  readonly #parts: StoreParts;
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(parts: StoreParts) {
    const { pool, names, connections, lots_at_once } = parts;
    this.#parts = parts;
    this.lots_at_once = lots_at_once;
    this.reader = new Reader(pool, names, Math.max(1, Math.floor(connections / 2)));
  }

  transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.#track(() => this.#runOnce(this.#parts.pool, work));
  }

  lotTransaction<Result>(work: (tx: LotTransaction) => Promise<Result>): Promise<Result> {
    return this.#track(() => this.#runOnce(this.#parts.lotPool, work));
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#underWay);
    this.reader.close();
    await Promise.all([this.#parts.pool.end(), this.#parts.lotPool.end()]);
  }

  /** Runs until done or refused; what is under way is waited for when the store closes. */
  async #track<Result>(run: () => Promise<Result>): Promise<Result> {
    const result = reportLoss(() => tryAgain(run, judgeFailure, false));
    this.#underWay.add(result);
    try {
      return await result;
    } finally {
      this.#underWay.delete(result);
    }
  }

  async #runOnce<Result>(
    pool: pg.Pool,
    work: (tx: LotTransaction) => Promise<Result>,
  ): Promise<Result> {
    const client = await pool.connect();
    const tx = new PostgresTransaction(client, this.#parts.names, pool === this.#parts.pool);
    try {
      await tx.begin();
      const result = await work(tx);
      await tx.commit();
      client.release();
      return result;
    } catch (error) {
      // A connection of which it is not sure that the transaction has ended is of no use to others, nor
      // is one to a server that has become another.
      const hasEnded = await tx.rollBack();
      client.release(!hasEnded || judgeFailure(error) === 'lost');
      throw error;
    }
  }
}

/** Gives prepared statements their names, up to a number: a connection never forgets one. */
class StatementNames {
  readonly #prepares: boolean;
  readonly #names = new Map<CompiledStatement<never>, string>();

  constructor(prepares: boolean) {
    this.#prepares = prepares;
  }

  /** What `pg` is told to run. */
  query<Args extends object, Row>(statement: Statement<Args, Row>, args: Args): pg.QueryConfig {
    const compiled = statement.compile(POSTGRES);
    const query = { text: compiled.sql, values: compiled.bind(args) };
    const name = compiled.isForLots
      ? undefined
      : this.#findName(compiled as CompiledStatement<never>);
    return name === undefined ? query : { ...query, name };
  }

  #findName(compiled: CompiledStatement<never>): string | undefined {
    const known = this.#names.get(compiled);
    if (known !== undefined || !this.#prepares || this.#names.size >= PREPARED_STATEMENTS_MAX) {
      return known;
    }
    const name = `s${this.#names.size + 1}`;
    this.#names.set(compiled, name);
    return name;
  }
}

class PostgresTransaction implements LotTransaction {
  readonly dialect = POSTGRES;
  readonly slot = Math.floor(Math.random() * SLOTS);
  readonly #client: pg.PoolClient;
  readonly #names: StatementNames;
  readonly #isPipelined: boolean;
  readonly #underWay: Promise<unknown>[] = [];

  constructor(client: pg.PoolClient, names: StatementNames, isPipelined: boolean) {
    this.#client = client;
    this.#names = names;
    this.#isPipelined = isPipelined;
  }

  findVersion(): undefined {
    return undefined;
  }

  async begin(): Promise<void> {
    // Many rows are brought while others are committed that they stand on: where transactions see what was
    // there as they began (default_transaction_isolation), each would have to be repeated.
    const text = this.#isPipelined ? 'begin' : 'begin isolation level read committed';
    await this.#send({ text });
  }

  async all<Args extends object, Row>(statement: Statement<Args, Row>, args: Args) {
    return (await this.#ask(this.#names.query(statement, args))).rows as Row[];
  }

  async first<Args extends object, Row>(statement: Statement<Args, Row>, args: Args) {
    return (await this.#ask(this.#names.query(statement, args))).rows[0] as Row | undefined;
  }

  async find<Row>({ one }: Lookup<Row>, account_id: number, id: number) {
    return await this.first(one, { account_id, id });
  }

  async run<Args extends object, Row>(statement: Statement<Args, Row>, args: Args) {
    await this.#send(this.#names.query(statement, args));
  }

  async change<Args extends object, Row>(statement: Statement<Args, Row>, args: Args) {
    return (await this.#ask(this.#names.query(statement, args))).rowCount ?? 0;
  }

  /** @throws what a statement failed with that nobody has waited for; then nothing is committed */
  async commit(): Promise<void> {
    const { command } = await this.#ask({ text: 'commit' });
    await Promise.all(this.#underWay);
    if (command !== 'COMMIT') {
      throw new Error(`The database answered a commit with ${command}.`);
    }
  }

  /** @returns whether the transaction has surely ended */
  async rollBack(): Promise<boolean> {
    try {
      await Promise.allSettled(this.#underWay);
      await this.#client.query('rollback');
      return true;
    } catch {
      return false;
    }
  }

  async insertRows(rows: ReadyRows): Promise<void> {
    if (rows.kind !== 'copied') {
      throw new Error('PostgreSQL takes rows as one text.');
    }
    if (rows.text.length > 0) {
      const stream = this.#client.query(copyFrom(rows.command));
      stream.end(rows.text);
      await finished(stream);
    }
  }

  /** Resolves when the statement is on its way; where statements wait for one another, when it is done. */
  async #send(query: pg.QueryConfig): Promise<void> {
    const answer = this.#client.query(query);
    if (!this.#isPipelined) {
      await answer;
      return;
    }
    // Whoever reads or commits next hears of a failure; until then nobody is listening.
    answer.catch(() => {});
    this.#underWay.push(answer);
  }

  /** What fails because something failed before it fails with that. */
  async #ask(query: pg.QueryConfig): Promise<pg.QueryResult> {
    try {
      return await this.#client.query(query);
    } catch (error) {
      await Promise.all(this.#underWay);
      throw error;
    }
  }
}

/** A connection that reads share, and how many of them wait for its answers. */
interface Lane {
  readonly client: Promise<pg.PoolClient>;
  waiting: number;
}

/** Reads what is committed, over a few connections that are made as they are needed. */
class Reader implements Handle {
  readonly dialect = POSTGRES;
  readonly #pool: pg.Pool;
  readonly #names: StatementNames;
  readonly #lanesMax: number;
  readonly #lookups = new JointLookups((statement, args) => this.all(statement, args));
  #lanes: Lane[] = [];

  constructor(pool: pg.Pool, names: StatementNames, lanesMax: number) {
    this.#pool = pool;
    this.#names = names;
    this.#lanesMax = lanesMax;
  }

  findVersion(): undefined {
    return undefined;
  }

  async all<Args extends object, Row>(statement: Statement<Args, Row>, args: Args) {
    return (await this.#read(this.#names.query(statement, args))).rows as Row[];
  }

  async first<Args extends object, Row>(statement: Statement<Args, Row>, args: Args) {
    return (await this.#read(this.#names.query(statement, args))).rows[0] as Row | undefined;
  }

  async find<Row>(lookup: Lookup<Row>, account_id: number, id: number) {
    return await this.#lookups.find(lookup, account_id, id);
  }

  /** Gives the connections back; those that still answer end with the pool. */
  close(): void {
    for (const lane of this.#lanes) {
      this.#drop(lane, false);
    }
  }

  async #read(query: pg.QueryConfig): Promise<pg.QueryResult> {
    return await reportLoss(() => tryAgain(() => this.#readOnce(query), judgeFailure, true));
  }

  async #readOnce(query: pg.QueryConfig): Promise<pg.QueryResult> {
    const lane = this.#chooseLane();
    lane.waiting += 1;
    try {
      const client = await lane.client;
      return await client.query(query);
    } catch (error) {
      if (judgeFailure(error) === 'lost') {
        this.#drop(lane, true);
      }
      throw error;
    } finally {
      lane.waiting -= 1;
    }
  }

  /** The one where the fewest wait; a further one while all are busy and there may be more. */
  #chooseLane(): Lane {
    const best = this.#lanes.reduce<Lane | undefined>(
      (least, lane) => (least === undefined || lane.waiting < least.waiting ? lane : least),
      undefined,
    );
    if (best !== undefined && (best.waiting === 0 || this.#lanes.length >= this.#lanesMax)) {
      return best;
    }
    const lane: Lane = { client: this.#pool.connect(), waiting: 0 };
    this.#lanes.push(lane);
    lane.client.then(
      (client) => client.on('error', () => this.#drop(lane, true)),
      () => this.#drop(lane, true),
    );
    return lane;
  }

  /** Takes a connection out of use. @param isBroken whether the pool must make a new one instead */
  #drop(lane: Lane, isBroken: boolean): void {
    if (this.#lanes.includes(lane)) {
      this.#lanes = this.#lanes.filter((other) => other !== lane);
      lane.client.then(
        (client) => client.release(isBroken),
        () => {},
      );
    }
  }
}
