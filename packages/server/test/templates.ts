/**
 * Makes the database that servers of tests begin with: migrated, with the demo as of when tests begin.
 * Run by the test runner for each suite on PostgreSQL; prints the name of the database.
 */
import { buildApp } from '../src/app.ts';
import { sealNextEvents, stopSealingEvents } from '../src/operations/audit-log.ts';
import { indexNames, stopIndexingNames } from '../src/operations/search-index.ts';
import { makeDatabase } from './databases.ts';
import { holdClock } from './harness.ts';

const database = await makeDatabase();
const app = await buildApp({ seed: 'demo', database, log_level: 'silent' }, holdClock());
// What servers do in the background is done once here, instead of by each that begins with a copy.
while ((await sealNextEvents(app.environment, 'template', 0)) !== undefined) {}
while (await indexNames(app.environment, 'template')) {}
await stopSealingEvents(app.environment, 'template');
await stopIndexingNames(app.environment, 'template');
await app.close();
if (database.kind === 'postgres') {
  console.log(new URL(database.url).pathname.slice(1));
}
