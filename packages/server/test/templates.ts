/**
 * Makes the databases that servers of tests begin with: one with the schema, and one with the demo as of
 * when tests begin. Run by the test runner for each suite, with a directory for embedded ones; prints where
 * they are.
 */
import { join } from 'node:path';
import { buildApp } from '../src/app.ts';
import { openEnvironment } from '../src/environment.ts';
import { sealNextEvents, stopSealingEvents } from '../src/operations/audit-log.ts';
import { indexNames, stopIndexingNames } from '../src/operations/search-index.ts';
import type { DatabaseLocation } from '../src/settings.ts';
import { makeDatabase, SUITE, type Templates } from './databases.ts';
import { holdClock } from './harness.ts';

const templates: Templates = { schema: await makeSchema(), demo: await makeDemo() };
console.log(JSON.stringify(templates));

async function makeSchema(): Promise<string> {
  const database = await makeEmpty('schema');
  const { store } = await openEnvironment(database, holdClock());
  await store.close();
  return nameOf(database);
}

async function makeDemo(): Promise<string> {
  const database = await makeEmpty('demo');
  const app = await buildApp({ seed: 'demo', database, log_level: 'silent' }, holdClock());
  // What servers do in the background is done once here, instead of by each that begins with a copy.
  while ((await sealNextEvents(app.environment, 'template', 0)) !== undefined) {}
  while (await indexNames(app.environment, 'template')) {}
  await stopSealingEvents(app.environment, 'template');
  await stopIndexingNames(app.environment, 'template');
  await app.close();
  return nameOf(database);
}

/** Not a test's own, which would go with this process. */
async function makeEmpty(name: keyof Templates): Promise<DatabaseLocation> {
  const [directory = ''] = process.argv.slice(2);
  return SUITE === 'sqlite'
    ? { kind: 'sqlite', directory: join(directory, name) }
    : await makeDatabase();
}

function nameOf(database: DatabaseLocation): string {
  return database.kind === 'postgres'
    ? new URL(database.url).pathname.slice(1)
    : database.directory;
}
