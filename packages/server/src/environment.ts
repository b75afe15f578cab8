/** Opens the database where a registry is kept, with what every operation on it needs. It needs no server. */
import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { Rulebook } from './domain/rules/rulebook.ts';
import { createShippedRulebook } from './domain/rules/shipped.ts';
import { formatTime } from './domain/time.ts';
import type { Environment, PublicFace } from './operations/context.ts';
import { refuseUnfinishedCopy } from './operations/copy.ts';
import { createUsage } from './operations/key-usage.ts';
import { createSignInGuard } from './operations/sign-in-guard.ts';
import type { DatabaseLocation } from './settings.ts';
import type { Store, Writes } from './store/database.ts';
import { migrate } from './store/migrations.ts';
import { openPostgresStore } from './store/postgres.ts';
import { openSqliteStore } from './store/sqlite.ts';
import { VERSION } from './version.ts';

/** Of a process that serves nobody: its mail waits for one that does. */
export const NO_FACE: PublicFace = {
  findOrigin() {
    throw new Error('Only a server has an address that a mail could link to.');
  },
  mail_sender: '',
};

/**
 * Opens the database where a registry is kept, at the schema that this program knows.
 *
 * @param report is told of connections that were lost while nobody used them
 * @throws CopyRefused if a registry is still being copied into it
 */
export async function openEnvironment(
  database: DatabaseLocation,
  clock: Clock,
  report: (error: unknown) => void = () => {},
  face: PublicFace = NO_FACE,
  rules: Rulebook = createShippedRulebook(),
): Promise<Environment> {
  return await openMigrated(openStore(database, report), clock, refuseUnfinishedCopy, face, rules);
}

/** As `openEnvironment`, also where a copy is not finished: only to go on with it. */
export async function openForCopy(database: DatabaseLocation, clock: Clock): Promise<Environment> {
  return await openMigrated(openStore(database), clock, async () => {});
}

/** As `openEnvironment`, with the memory to write a great deal at once. */
export async function openForImport(
  database: DatabaseLocation,
  clock: Clock,
): Promise<Environment> {
  const store = openStore(database, () => {}, 'lots');
  return await openMigrated(store, clock, refuseUnfinishedCopy);
}

async function openMigrated(
  store: Store,
  clock: Clock,
  check: (environment: Environment) => Promise<void>,
  face: PublicFace = NO_FACE,
  rules: Rulebook = createShippedRulebook(),
): Promise<Environment> {
  const environment: Environment = {
    store,
    clock,
    random: randomBytes,
    key_usage: createUsage(),
    session_usage: createUsage(),
    sign_in_guard: createSignInGuard(),
    face,
    rules,
    version: VERSION,
    node_version: process.versions.node,
    started_at: formatTime(clock.now_ms()),
  };
  try {
    await migrate(environment.store, formatTime(clock.now_ms()));
    await check(environment);
  } catch (error) {
    await environment.store.close();
    throw error;
  }
  return environment;
}

/**
 * Opens a database, with whatever schema it has.
 *
 * @param writes what this process is going to write
 */
export function openStore(
  database: DatabaseLocation,
  report: (error: unknown) => void = () => {},
  writes: Writes = 'requests',
): Store {
  return database.kind === 'sqlite'
    ? openSqliteStore(database.directory, writes)
    : openPostgresStore({ ...database, writes, report });
}
