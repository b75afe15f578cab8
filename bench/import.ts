/**
 * `npm run bench:import`: loads a file of organizations by `orgvet import`'s own functions, and compares
 * with what the database itself can do: `copy` into the same table on PostgreSQL, plain prepared inserts
 * in one transaction on SQLite. The same rows, the same indexes.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { systemClock } from '../packages/server/src/clock.ts';
import { openEnvironment } from '../packages/server/src/environment.ts';
import { importFile } from '../packages/server/src/main.ts';
import { createFirstAccount } from '../packages/server/src/operations/accounts.ts';
import type { DatabaseLocation } from '../packages/server/src/settings.ts';
import { makeOrganization } from './organizations.ts';
import { query, startPostgres } from './postgres.ts';
import { formatFigure } from './report.ts';

const AIM = 0.5;
const ROWS_AT_ONCE = 10_000;
const CHUNK_CHARACTERS = 1_000_000;

/** What is imported. */
interface Load {
  readonly file: string;
  readonly organizations: number;
  /** What suits the database, if undefined. */
  readonly lot_lines: number | undefined;
}

interface ImportTimes {
  readonly lines_s: number;
  /** For the search index, afterwards. */
  readonly index_s: number;
}

async function writeFile(file: string, organizations: number): Promise<void> {
  const stream = createWriteStream(file);
  let text = '';
  for (let number = 0; number < organizations; number += 1) {
    text += `${JSON.stringify(makeOrganization(number, organizations))}\n`;
    if (text.length > CHUNK_CHARACTERS) {
      if (!stream.write(text)) {
        await once(stream, 'drain');
      }
      text = '';
    }
  }
  stream.end(text);
  await once(stream, 'finish');
}

async function makeAccount(database: DatabaseLocation): Promise<void> {
  const environment = await openEnvironment(database, systemClock);
  await createFirstAccount(environment, randomBytes);
  await environment.store.close();
}

async function measureImport(
  database: DatabaseLocation,
  { file, organizations, lot_lines }: Load,
): Promise<ImportTimes> {
  await makeAccount(database);
  const start_ms = performance.now();
  let lines_ms = 0;
  const done = await importFile(
    {
      ...{ database, file, format: 'jsonl', account_id: 1, is_dry_run: false },
      ...(lot_lines !== undefined && { lot_lines }),
    },
    {
      // The only note there is: the lines are done.
      note: () => {
        lines_ms = performance.now() - start_ms;
      },
      line: () => {},
      progress: () => {},
    },
  );
  if (done.created !== organizations) {
    throw new Error(`${done.created} of ${organizations} organizations were created.`);
  }
  const all_ms = performance.now() - start_ms;
  return { lines_s: lines_ms / 1000, index_s: (all_ms - lines_ms) / 1000 };
}

/** Seconds for plain inserts of the same rows, prepared, in one transaction. */
async function measureInserts(from: string, to: string): Promise<number> {
  await makeAccount({ kind: 'sqlite', directory: to });
  const source = new DatabaseSync(join(from, 'orgvet.db'), { readOnly: true });
  const target = new DatabaseSync(join(to, 'orgvet.db'));
  target.exec(
    `pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
     pragma cache_size = -16384; pragma temp_store = memory`,
  );
  const select = source.prepare('select * from organizations where id > ? order by id limit ?');
  let insert: ReturnType<DatabaseSync['prepare']> | undefined;
  let spent_ms = 0;
  const time = (work: () => void) => {
    const start_ms = performance.now();
    work();
    spent_ms += performance.now() - start_ms;
  };
  time(() => target.exec('begin'));
  for (let last = 0; ; ) {
    const rows = select.all(last, ROWS_AT_ONCE);
    const values = rows.map((row) => Object.values(row) as SQLInputValue[]);
    const [first] = values;
    if (first === undefined) {
      break;
    }
    insert ??= target.prepare(
      `insert into organizations values (${first.map(() => '?').join(', ')})`,
    );
    const prepared = insert;
    time(() => {
      for (const row of values) {
        prepared.run(...row);
      }
    });
    last = Number(rows.at(-1)?.id);
  }
  time(() => target.exec('commit'));
  source.close();
  target.close();
  return spent_ms / 1000;
}

async function compareOnSqlite(
  directory: string,
  load: Load,
): Promise<{ times: ImportTimes; baseline_s: number }> {
  const imported = join(directory, 'imported');
  const times = await measureImport({ kind: 'sqlite', directory: imported }, load);
  return { times, baseline_s: await measureInserts(imported, join(directory, 'inserted')) };
}

async function compareOnPostgres(
  directory: string,
  load: Load,
): Promise<{ times: ImportTimes; baseline_s: number }> {
  const { cluster, url } = await startPostgres(directory);
  try {
    const database = { kind: 'postgres', connections: 10, prepares: true } as const;
    const times = await measureImport({ ...database, url }, load);
    const other = cluster.urlOf(await cluster.createDatabase());
    await makeAccount({ ...database, url: other });
    const rows = join(directory, 'postgres', 'rows.copy');
    await query(url, `copy organizations to '${rows}'`);
    const start_ms = performance.now();
    await query(other, `copy organizations from '${rows}'`);
    return { times, baseline_s: (performance.now() - start_ms) / 1000 };
  } finally {
    await cluster.close();
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      database: { type: 'string', default: 'sqlite' },
      organizations: { type: 'string', default: '100000' },
      'lot-lines': { type: 'string' },
    },
  });
  const organizations = Number(values.organizations);
  const lot_lines = values['lot-lines'] === undefined ? undefined : Number(values['lot-lines']);
  const directory = mkdtempSync(join(tmpdir(), 'orgvet-bench-'));
  chmodSync(directory, 0o711);
  try {
    const file = join(directory, 'organizations.jsonl');
    await writeFile(file, organizations);
    const compare = values.database === 'postgres' ? compareOnPostgres : compareOnSqlite;
    const { times, baseline_s } = await compare(directory, { file, organizations, lot_lines });
    const ratio = baseline_s / times.lines_s;
    console.log(
      `${organizations} organizations: imported in ${formatFigure(times.lines_s)} s, in the search ` +
        `index ${formatFigure(times.index_s)} s later; the database alone ` +
        `${formatFigure(baseline_s)} s. Ratio ${ratio.toFixed(2)} (aim: ${AIM}, ` +
        `${ratio >= AIM ? 'reached' : 'not reached'}).`,
    );
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

await main();
