/** Opens a registry for work that needs no server, also beside one that runs. */
import { existsSync } from 'node:fs';
import { type Clock, systemClock } from './clock.ts';
import { openEnvironment } from './environment.ts';
import type { Environment } from './operations/context.ts';
import type { DatabaseLocation } from './settings.ts';
import { SettingsError } from './settings.ts';
import { databaseFileOf } from './store/sqlite.ts';

/** @throws SettingsError where there is none */
export async function withRegistry<Result>(
  database: DatabaseLocation,
  work: (environment: Environment) => Promise<Result>,
  open: (database: DatabaseLocation, clock: Clock) => Promise<Environment> = openEnvironment,
): Promise<Result> {
  refuseUnlessThere(database);
  const environment = await open(database, systemClock);
  try {
    return await work(environment);
  } finally {
    await environment.store.close();
  }
}

/**
 * Opening would make one, and a mistyped path would look like an empty registry.
 *
 * @throws SettingsError where there is none
 */
export function refuseUnlessThere(database: DatabaseLocation): void {
  if (database.kind === 'sqlite' && !existsSync(databaseFileOf(database.directory))) {
    throw new SettingsError(`There is no registry in ${database.directory}.`);
  }
}
