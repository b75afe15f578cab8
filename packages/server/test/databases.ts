/**
 * The databases that tests run on. Which kind is told by the environment, so that one suite serves all
 * of them; a test that is about one kind asks for it by name. A PostgreSQL is there already where the
 * runner started one, else the first test that needs it starts its own.
 */
import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import pg from 'pg';
import { startCluster } from '../../../test/postgres/cluster.ts';
import type { DatabaseLocation } from '../src/settings.ts';
import { databaseFileOf } from '../src/store/sqlite.ts';

const DATABASE_KINDS = [
  'sqlite',
  'postgres',
  'postgres-serializable',
  'pgbouncer',
  'pgbouncer-serializable',
] as const;
export type DatabaseKind = (typeof DATABASE_KINDS)[number];

/** The kind that this run of the suite is for. */
export const SUITE: DatabaseKind = findSuite(process.env.ORGVET_TEST_DATABASE);

function findSuite(name = 'sqlite'): DatabaseKind {
  const kind = DATABASE_KINDS.find((known) => known === name);
  if (kind === undefined) {
    throw new Error(`ORGVET_TEST_DATABASE is ${name}, not one of ${DATABASE_KINDS.join(', ')}.`);
  }
  return kind;
}

/**
 * Of the examples that a property is tried with, those of this run. The first run tries all; in the
 * others the answers are the same, and only the way of the statements is another.
 */
const SHARES: Readonly<Record<DatabaseKind, number>> = {
  sqlite: 1,
  postgres: 1 / 4,
  'postgres-serializable': 1 / 5,
  pgbouncer: 1 / 5,
  'pgbouncer-serializable': 1 / 5,
};

/** How many examples to try a property with. @param count on the embedded database */
export function examplesOf(count: number): number {
  return Math.ceil(count * SHARES[SUITE]);
}

/** How to reach a PostgreSQL: the way that servers take, and the way to make databases. */
interface PostgresServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly direct_port: number;
}

/**
 * A new, empty database; it goes with the PostgreSQL, or the directory with the test file.
 *
 * @param template what to begin with instead of an empty one: the name of a PostgreSQL database, or the
 *   directory of an embedded one
 */
export async function makeDatabase(
  kind: DatabaseKind = SUITE,
  template?: string,
): Promise<DatabaseLocation> {
  if (kind === 'sqlite') {
    const directory = await makeDirectory();
    if (template !== undefined) {
      await copyFile(databaseFileOf(template), databaseFileOf(directory));
    }
    return { kind: 'sqlite', directory };
  }
  const server = await getPostgres();
  const name = `test_${randomBytes(6).toString('hex')}`;
  // Copied as files: through the log of changes it takes longer.
  const origin = template === undefined ? '' : ` template ${template} strategy file_copy`;
  await runDirectly(server, `create database ${name}${origin}`);
  if (kind.endsWith('-serializable')) {
    // Of the database, not of the connection: a pooler hands every transaction another one.
    const isolation = `default_transaction_isolation = 'serializable'`;
    await runDirectly(server, `alter database ${name} set ${isolation}`);
  }
  return {
    kind: 'postgres',
    url: `postgres://${server.user}@${server.host}:${server.port}/${name}`,
    connections: 10,
    prepares: !kind.startsWith('pgbouncer'),
  };
}

/** Databases to begin with, by what is in them: the schema alone, or the demo as of when tests begin. */
export type Templates = Readonly<Record<'schema' | 'demo', string>>;

/**
 * A new database for a server: with the schema or the demo in it already where the runner has made one to
 * begin with, since making them takes most of a server's start.
 */
export async function makeServerDatabase(content: keyof Templates): Promise<DatabaseLocation> {
  const given = process.env.ORGVET_TEST_TEMPLATES;
  const templates: Templates | undefined = given ? JSON.parse(given) : undefined;
  return await makeDatabase(SUITE, templates?.[content]);
}

/** Removes a database that nobody uses any more, to save room. */
export async function dropDatabase(location: DatabaseLocation): Promise<void> {
  if (location.kind === 'postgres') {
    const name = new URL(location.url).pathname.slice(1);
    await runDirectly(await getPostgres(), `drop database if exists ${name} with (force)`);
  }
}

/** The options that tell the command line of a database. */
export function optionsOf(location: DatabaseLocation): string[] {
  return location.kind === 'sqlite'
    ? ['--data', location.directory]
    : ['--database', location.url, '--prepared-statements', location.prepares ? 'on' : 'off'];
}

/** A directory that is removed after the test file. */
export async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'orgvet-test-'));
  after(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

let ownServer: Promise<PostgresServer> | undefined;

async function getPostgres(): Promise<PostgresServer> {
  const given = process.env.ORGVET_TEST_POSTGRES;
  if (given) {
    return JSON.parse(given);
  }
  ownServer ??= startOwn();
  return await ownServer;
}

/** It is closed when the process ends, as every cluster is: after what tests registered to do last. */
async function startOwn(): Promise<PostgresServer> {
  const { host, port, user } = await startCluster();
  return { host, port, user, direct_port: port };
}

async function runDirectly(server: PostgresServer, text: string): Promise<void> {
  const { host, user, direct_port } = server;
  const client = new pg.Client({ host, user, port: direct_port, database: 'postgres' });
  await client.connect();
  await client.query(text);
  await client.end();
}
