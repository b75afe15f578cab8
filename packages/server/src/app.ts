/** The one place where things are built and wired together. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import packageJson from '../package.json' with { type: 'json' };
import { startIndexing } from './background/search-index.ts';
import type { Clock } from './clock.ts';
import { formatTime } from './domain/time.ts';
import { buildHttpServer } from './http/server.ts';
import { type AccountKeys, createFirstAccount, listAccounts } from './operations/accounts.ts';
import type { Environment } from './operations/context.ts';
import { seedDemo } from './operations/demo.ts';
import type { ServeSettings } from './settings.ts';
import { migrate } from './store/migrations.ts';
import { openSqliteStore } from './store/sqlite.ts';

export const VERSION = packageJson.version;

/** An Orgvet that is built: its database is open and migrated, its server not listening yet. */
export interface App {
  readonly environment: Environment;
  readonly server: FastifyInstance;
  /** The accounts, with the keys that may be shown: the demo's, or those of a first start. */
  readonly accounts: readonly AccountKeys[];
  /** Whether this start made the first account. */
  readonly is_first_start: boolean;
  /** Answers what has been asked, stops the background work and closes the database. */
  close(): Promise<void>;
}

/**
 * @throws if the database cannot be opened, is from a newer program, or the demo is asked for in a
 *   registry that is none
 */
export async function buildApp(
  { data, seed, log_level }: Pick<ServeSettings, 'data' | 'seed' | 'log_level'>,
  clock: Clock,
): Promise<App> {
  const environment = await openEnvironment(data, clock);
  try {
    const { accounts, is_first_start } = await prepareAccounts(environment, seed);
    // On stderr: stdout is for what a person is told at the start.
    const log = pino({ level: log_level }, pino.destination(2));
    const server = await buildHttpServer(environment, { version: VERSION, log });
    const indexing = startIndexing(environment, (error) =>
      log.error({ err: error }, 'Names could not enter the search index.'),
    );
    const close = async () => {
      await server.close();
      await indexing.stop();
      await environment.store.close();
    };
    return { environment, server, accounts, is_first_start, close };
  } catch (error) {
    await environment.store.close();
    throw error;
  }
}

/** Opens the database of a data directory, at the schema that this program knows. */
export async function openEnvironment(data: string, clock: Clock): Promise<Environment> {
  const store = openSqliteStore(data);
  try {
    await migrate(store, formatTime(clock.now_ms()));
  } catch (error) {
    await store.close();
    throw error;
  }
  return { store, clock };
}

async function prepareAccounts(
  environment: Environment,
  seed: ServeSettings['seed'],
): Promise<{ accounts: readonly AccountKeys[]; is_first_start: boolean }> {
  if (seed === 'demo') {
    const accounts = await seedDemo(environment);
    if (accounts === undefined) {
      throw new Error(
        'The data directory holds a registry that is not the demo. Start without --seed demo, or ' +
          'give the demo a directory of its own with --data.',
      );
    }
    return { accounts, is_first_start: false };
  }
  const first = await createFirstAccount(environment, randomBytes);
  if (first !== undefined) {
    return { accounts: [first], is_first_start: true };
  }
  const accounts = await listAccounts(environment);
  return {
    accounts: accounts.map(({ id, mode }) => ({ account_id: id, mode, keys: {} })),
    is_first_start: false,
  };
}
