/** All that a database holds, as text: for tests of what must stand nowhere. */
import { sql } from 'kysely';
import { rawStatement } from '../src/store/statement.ts';
import { COPIED_TABLES } from '../src/store/tables.ts';
import type { TestServer } from './harness.ts';

/** The rows of every table of a registry as JSON, by the name of the table. */
export async function readTables({ app }: TestServer): Promise<Map<string, string>> {
  const tables = new Map<string, string>();
  for (const { name } of COPIED_TABLES) {
    const rows = rawStatement<object, unknown>(() => sql`select * from ${sql.table(name)}`);
    tables.set(name, JSON.stringify(await app.environment.store.reader.all(rows, {})));
  }
  return tables;
}
