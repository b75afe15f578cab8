/**
 * The benchmark's PostgreSQL: a cluster of its own, set up as one that keeps data, and the statements behind a request with the plans that it makes for them.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Handle } from '../packages/server/src/store/database.ts';
import { POSTGRES } from '../packages/server/src/store/dialects.ts';
import { renderPage } from '../packages/server/src/store/organization-list.ts';
import { findOrganizationInfo } from '../packages/server/src/store/organizations.ts';
import type { Statement } from '../packages/server/src/store/statement.ts';
import { type Cluster, startCluster } from '../test/postgres/cluster.ts';
import type { PlannedStatement } from './baseline-postgres.ts';

const DATABASE = 'orgvet';

/** A commit waits for the disk, and as much is kept in memory as a small server has. */
const SETTINGS = {
  fsync: 'on',
  full_page_writes: 'on',
  shared_buffers: '1GB',
  maintenance_work_mem: '256MB',
  max_wal_size: '4GB',
  autovacuum_naptime: '1min',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_statement: 'none',
};

/** Where PostgreSQL keeps the data of a directory. */
export function dataOf(directory: string): string {
  return join(directory, 'postgres');
}

/** Starts PostgreSQL with the data that an earlier run left in a directory, or none. */
export async function startPostgres(directory: string): Promise<{ cluster: Cluster; url: string }> {
  mkdirSync(directory, { recursive: true });
  // PostgreSQL refuses root: whoever it runs as instead must get through.
  chmodSync(directory, 0o711);
  const cluster = await startCluster({
    settings: SETTINGS,
    keepsData: dataOf(directory),
  });
  const [known] = await query(
    cluster.urlOf('postgres'),
    `select 1 from pg_database where datname = '${DATABASE}'`,
  );
  if (known === undefined) {
    await cluster.createDatabase(DATABASE);
  }
  return { cluster, url: cluster.urlOf(DATABASE) };
}

/** Runs a statement by itself. */
export async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** What the statements of a request are asked for. */
export type RequestOfStatements =
  | { readonly kind: 'get' }
  | { readonly kind: 'page'; readonly word?: string; readonly limit: number };

/**
 * The statements that the server runs for a request, without the one for the key: recorded by running
 * the store's own functions. `{n}` stands for the id, or the offset.
 */
export async function recordStatements(
  url: string,
  account_id: number,
  request: RequestOfStatements,
): Promise<PlannedStatement[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  client.setTypeParser(20, Number);
  const recorded: PlannedStatement[] = [];
  const run = async <Args extends object, Row>(statement: Statement<Args, Row>, args: Args) => {
    const compiled = statement.compile(POSTGRES);
    const values = compiled.bind(args);
    recorded.push({ text: compiled.sql, values });
    return (await client.query(compiled.sql, values)).rows as Row[];
  };
  const handle: Handle = {
    dialect: POSTGRES,
    findVersion: () => undefined,
    all: run,
    first: async (statement, args) => (await run(statement, args))[0],
    find: async ({ one }, account_id, id) => (await run(one, { account_id, id }))[0],
  };
  try {
    if (request.kind === 'get') {
      await findOrganizationInfo(handle, account_id, PLACE);
    } else {
      const { word: term_folded, limit } = request;
      const selection =
        term_folded === undefined ? {} : { search: { kind: 'contains', term_folded } as const };
      const order = [
        { property: 'name', is_descending: false },
        { property: 'id', is_descending: false },
      ] as const;
      const offset = term_folded === undefined ? PLACE : 0;
      await renderPage(handle, account_id, selection, order, { limit, offset });
    }
  } finally {
    await client.end();
  }
  return recorded.map(({ text, values }) => ({
    text,
    values: values.map((value) => (value === PLACE ? '{n}' : value)),
  }));
}

/** A number that nothing else in a request has. */
const PLACE = 777;

/** How PostgreSQL carries out statements, as it tells itself. */
export async function explainStatements(
  url: string,
  statements: readonly PlannedStatement[],
  number: number,
): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const plans: string[] = [];
    for (const { text, values } of statements) {
      const bound = values.map((value) => (value === '{n}' ? number : value));
      const { rows } = await client.query(`explain (analyze, buffers, costs off) ${text}`, bound);
      plans.push(rows.map((row) => `    ${row['QUERY PLAN']}`).join('\n'));
    }
    return plans.join('\n    --\n');
  } finally {
    await client.end();
  }
}
