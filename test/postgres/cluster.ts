/**
 * A PostgreSQL that tests start for themselves, on a free port of this machine, and throw away: its
 * settings are fast rather than safe from a power cut, and it logs every statement.
 */
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { escapeIdentifier } from 'pg';
import { type Account, type Binaries, findAccount, findBinaries } from './binaries.ts';
import { type Address, findFreePort, runStatement, waitUntilAnswers } from './connections.ts';
import { type Closable, closeAtExit, type Daemon, forgetAtExit, startDaemon } from './daemon.ts';
import { makeClusterDirectory, removeDirectory, removeOrphans } from './orphans.ts';

export interface ClusterOptions {
  /** Settings of the server, beside and before those that fit tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A directory for the data that stays when the cluster is closed; what it has is used again. */
  readonly keepsData?: string;
}

/** How it ends: fast ends transactions in order, immediate is a crash that it recovers from. */
type ShutdownMode = 'fast' | 'immediate';

export interface Cluster extends Address {
  readonly directory: string;
  /** Has the logs in JSON, every statement included. */
  readonly log_directory: string;
  /** A connection string; the settings are those of its sessions. */
  urlOf(database: string, settings?: Readonly<Record<string, string>>): string;
  /** Makes an empty database and tells its name, which is a random one unless given. */
  createDatabase(name?: string): Promise<string>;
  /** Also ends the connections to it. */
  dropDatabase(name: string): Promise<void>;
  /** Starts it again after `stop`, on the same port. */
  start(): Promise<void>;
  stop(mode?: ShutdownMode): Promise<void>;
  restart(mode: ShutdownMode): Promise<void>;
  /** Stops it and removes everything. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const USER = 'postgres';

const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** How long the log may be behind. */
const LAST_WORDS_TIMEOUT_MS = 5_000;
const START_TIMEOUT_MS = 60_000;
const PORTS_TRIED_MAX = 10;
/** Until the port that the cluster has to have is tried again. */
const PORT_PAUSE_MS = 100;

/** Of the log, in what a failed start says. */
const MESSAGES_MAX = 30;

/** Text of UTF-8 with Unicode's letters, ordered by code point: the same on every machine. */
const INITDB_ARGS = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=trust',
  `--username=${USER}`,
  '--no-sync',
  '--no-instructions',
];

/** Starts a cluster, after ending those that killed runs have left. */
export async function startCluster(options: ClusterOptions = {}): Promise<Cluster> {
  await removeOrphans();
  const cluster = new LocalCluster(options);
  closeAtExit(cluster);
  try {
    await cluster.initialize();
    await cluster.start();
    return cluster;
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

class LocalCluster implements Cluster, Closable {
  readonly host = HOST;
  readonly user = USER;
  readonly directory: string;
  readonly log_directory: string;
  readonly #data: string;
  readonly #account: Account | undefined;
  readonly #binaries: Binaries;
  readonly #settings: Readonly<Record<string, string>>;
  #port = 0;
  #hasAnswered = false;
  #daemon: Daemon | undefined;
  #closing: Promise<void> | undefined;

  constructor({ settings = {}, keepsData }: ClusterOptions) {
    this.#account = findAccount();
    const place = makeClusterDirectory(this.#account, keepsData && resolve(keepsData));
    this.directory = place.directory;
    this.#data = place.data;
    this.log_directory = join(this.directory, 'log');
    try {
      this.#binaries = findBinaries(this.#account, this.directory);
    } catch (error) {
      removeDirectory(this.directory);
      throw error;
    }
    this.#settings = {
      listen_addresses: HOST,
      unix_socket_directories: '',
      fsync: 'off',
      full_page_writes: 'off',
      max_connections: '200',
      shared_buffers: '64MB',
      // Tables of tests grow from nothing within seconds: they are to be known as soon.
      autovacuum_naptime: '1s',
      jit: 'off',
      log_destination: 'jsonlog',
      logging_collector: 'on',
      log_directory: this.log_directory,
      log_statement: 'all',
      log_min_duration_statement: '-1',
      ...settings,
    };
  }

  get port(): number {
    return this.#port;
  }

  /** Makes the files of an empty cluster, unless they are there from an earlier time. */
  async initialize(): Promise<void> {
    if (existsSync(join(this.#data, 'PG_VERSION'))) {
      return;
    }
    mkdirSync(this.#data, { recursive: true, mode: 0o700 });
    if (this.#account !== undefined) {
      chownSync(this.#data, this.#account.uid, this.#account.gid);
    }
    const initdb = this.#spawn(this.#binaries.initdb, ['-D', this.#data, ...INITDB_ARGS]);
    await initdb.ended;
    if (initdb.code() !== 0) {
      throw new Error(`initdb ended with ${initdb.code()}: ${initdb.output()}`);
    }
  }

  async start(): Promise<void> {
    const deadline_ms = Date.now() + START_TIMEOUT_MS;
    for (let tried = 1; ; tried += 1) {
      if (!this.#hasAnswered) {
        this.#port = await findFreePort(HOST);
      }
      const daemon = this.#spawn(this.#binaries.postgres, this.#listArguments());
      if (await waitUntilAnswers(daemon, this, deadline_ms)) {
        this.#hasAnswered = true;
        daemon.release();
        return;
      }
      await this.#waitForLastWords(daemon);
      const isWorthTrying = this.#hasAnswered ? Date.now() < deadline_ms : tried < PORTS_TRIED_MAX;
      if (this.#closing !== undefined || !this.#isPortTaken(daemon) || !isWorthTrying) {
        throw new Error(
          [
            `PostgreSQL ended with ${daemon.code()} before it answered:`,
            daemon.output(),
            ...this.#readLog().slice(-MESSAGES_MAX),
          ].join('\n'),
        );
      }
      if (this.#hasAnswered) {
        await wait(PORT_PAUSE_MS);
      }
    }
  }

  async stop(mode: ShutdownMode = 'fast'): Promise<void> {
    const daemon = this.#daemon;
    if (daemon?.isRunning()) {
      await daemon.end(SIGNALS[mode]);
    }
  }

  async restart(mode: ShutdownMode): Promise<void> {
    await this.stop(mode);
    await this.start();
  }

  close(): Promise<void> {
    this.#closing ??= this.stop('immediate').then(() => {
      removeDirectory(this.directory);
      forgetAtExit(this);
    });
    return this.#closing;
  }

  closeNow(): void {
    this.#daemon?.endNow(SIGNALS.immediate);
    removeDirectory(this.directory);
  }

  urlOf(database: string, settings: Readonly<Record<string, string>> = {}): string {
    const url = `postgres://${this.user}@${this.host}:${this.port}/${encodeURIComponent(database)}`;
    const options = Object.entries(settings).map(
      ([name, value]) => `-c ${name}=${value.replace(/[\s\\]/g, '\\$&')}`,
    );
    return options.length === 0 ? url : `${url}?options=${encodeURIComponent(options.join(' '))}`;
  }

  async createDatabase(name = `orgvet_${randomBytes(8).toString('hex')}`): Promise<string> {
    // Copying files is the faster way here, as nothing waits for the disk.
    await runStatement(this, `CREATE DATABASE ${escapeIdentifier(name)} STRATEGY file_copy`);
    return name;
  }

  async dropDatabase(name: string): Promise<void> {
    await runStatement(this, `DROP DATABASE ${escapeIdentifier(name)} WITH (FORCE)`);
  }

  #spawn(program: string, args: readonly string[]): Daemon {
    if (this.#closing !== undefined) {
      throw new Error('The cluster is closed.');
    }
    this.#daemon = startDaemon(program, args, this.directory, this.#account);
    return this.#daemon;
  }

  #listArguments(): string[] {
    const settings = Object.entries({ port: String(this.#port), ...this.#settings });
    return ['-D', this.#data, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  }

  /** The collector writes the log a moment after the server has ended, if the server said anything. */
  async #waitForLastWords(daemon: Daemon): Promise<void> {
    const deadline_ms = Date.now() + LAST_WORDS_TIMEOUT_MS;
    const isTold = () =>
      [daemon.output(), ...this.#readLog(daemon.pid)].some((text) => text.includes('FATAL'));
    while (!isTold() && Date.now() < deadline_ms) {
      await wait(PORT_PAUSE_MS);
    }
  }

  #isPortTaken(daemon: Daemon): boolean {
    const texts = [daemon.output(), ...this.#readLog(daemon.pid)];
    return texts.some((text) => text.includes('Address already in use'));
  }

  /** Messages of the newest log, of one process or all: there PostgreSQL tells why it fails. */
  #readLog(pid?: number): string[] {
    const files = existsSync(this.log_directory) ? readdirSync(this.log_directory) : [];
    const newest = files
      .filter((file) => file.endsWith('.json'))
      .sort()
      .at(-1);
    if (newest === undefined) {
      return [];
    }
    return readFileSync(join(this.log_directory, newest), 'utf8')
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as { pid: number; error_severity: string; message: string })
      .filter((entry) => pid === undefined || entry.pid === pid)
      .map(({ error_severity, message }) => `${error_severity}: ${message}`);
  }
}
