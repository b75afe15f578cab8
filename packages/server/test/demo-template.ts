/**
 * Makes the database that servers of tests begin with: migrated, with the demo as of when tests begin.
 * Run by the test runner for each suite on PostgreSQL; prints the name of the database.
 */
import { buildApp } from '../src/app.ts';
import { makeDatabase } from './databases.ts';
import { holdClock } from './harness.ts';

const database = await makeDatabase();
const app = await buildApp({ seed: 'demo', database, log_level: 'silent' }, holdClock());
await app.close();
if (database.kind === 'postgres') {
  console.log(new URL(database.url).pathname.slice(1));
}
