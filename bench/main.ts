/**
 * `npm run bench`: prepares a registry, starts the real server on it, drives it from another process, and
 * tells what each request costs as a ratio to baselines that are measured in the same run.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { DatabaseLocation } from '../packages/server/src/settings.ts';
import {
  type Bench,
  type BenchPostgres,
  type MeasuredResult,
  measure,
  measureTwoServers,
  readRegistryState,
} from './measure.ts';
import {
  listMeasurements,
  listPostgresMeasurements,
  type Measurement,
  PROCESS_AIMS,
} from './measurements.ts';
import { dataOf, query, startPostgres } from './postgres.ts';
import { measureDatabase, type PreparedRegistry, prepareRegistry } from './prepare.ts';
import { type RunningOrgvet, readBusyShare, readMemory, startOrgvet } from './processes.ts';
import { formatFigure, renderTable } from './report.ts';

const HELP = `Usage: npm run bench -- [options]
  --database NAME    sqlite or postgres (sqlite)
  --organizations N  organizations in the registry, at least 5000 (100000)
  --seconds S        time of each measurement (3)
  --data DIR         keep the prepared registry there, and use it again
  --json FILE        write everything that was measured there, not to the terminal
  --only TEXT        only measurements whose name contains it
  --profile DIR      write the server's CPU profile there when it ends`;

/** Fewer would not have deep pages and common words. */
const ORGANIZATIONS_MIN = 5000;

/** Starts whose middle one counts. */
const STARTS = 3;

/** Of the server to PostgreSQL, and of the bare client that it is compared with. */
const CONNECTIONS = 10;

interface Settings {
  readonly database: 'sqlite' | 'postgres';
  readonly organizations: number;
  readonly duration_ms: number;
  readonly directory: string;
  readonly is_kept: boolean;
  readonly json?: string;
  readonly only: string;
  readonly node_options: readonly string[];
}

interface ProcessResult {
  readonly ready_ms: number;
  readonly start_rss_mb: number;
  readonly end_rss_mb: number;
  readonly peak_mb: number;
}

function parseSettings(): Settings {
  const { values } = parseArgs({
    options: {
      database: { type: 'string', default: 'sqlite' },
      organizations: { type: 'string', default: '100000' },
      seconds: { type: 'string', default: '3' },
      data: { type: 'string' },
      json: { type: 'string' },
      only: { type: 'string', default: '' },
      profile: { type: 'string' },
    },
  });
  const organizations = Number(values.organizations);
  const duration_ms = Number(values.seconds) * 1000;
  if (!Number.isInteger(organizations) || organizations < ORGANIZATIONS_MIN) {
    throw new Error(`--organizations must be at least ${ORGANIZATIONS_MIN}.`);
  }
  if (!(duration_ms >= 100 && duration_ms <= 600_000)) {
    throw new Error('--seconds must be from 0.1 to 600.');
  }
  const { data, database, json, only, profile } = values;
  if (database !== 'sqlite' && database !== 'postgres') {
    throw new Error('--database must be sqlite or postgres.');
  }
  return {
    database,
    organizations,
    duration_ms,
    // In the system's directory of temporary files even if that is in memory: --data names a disk.
    directory: data === undefined ? mkdtempSync(join(tmpdir(), 'orgvet-bench-')) : resolve(data),
    is_kept: data !== undefined,
    ...(json !== undefined && { json }),
    only,
    node_options: profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`],
  };
}

/** The database that is measured, and how its server is told of it. */
interface Database {
  readonly location: DatabaseLocation;
  readonly options: readonly string[];
  readonly postgres?: BenchPostgres;
  measureSize(): Promise<number>;
  close(): Promise<void>;
}

async function openDatabase({ database, directory }: Settings): Promise<Database> {
  if (database === 'sqlite') {
    return {
      location: { kind: 'sqlite', directory },
      options: ['--data', directory],
      measureSize: async () => measureDatabase(directory),
      close: async () => {},
    };
  }
  const { cluster, url } = await startPostgres(directory);
  return {
    location: { kind: 'postgres', url, connections: CONNECTIONS, prepares: true },
    options: ['--database', url, '--database-connections', String(CONNECTIONS)],
    postgres: { url, data: dataOf(directory), connections: CONNECTIONS },
    measureSize: async () => {
      const [row] = await query(url, 'select pg_database_size(current_database()) as size');
      return Number(row?.size);
    },
    close: () => cluster.close(),
  };
}

async function run(settings: Settings): Promise<void> {
  const database = await openDatabase(settings);
  try {
    await measureAll(settings, database);
  } finally {
    await database.close();
  }
}

async function measureAll(settings: Settings, database: Database): Promise<void> {
  const { directory, organizations } = settings;
  const { location, postgres } = database;
  console.log(`Preparing ${organizations} organizations in ${directory}`);
  const registry = await prepareRegistry(directory, location, organizations, console.log);
  if (postgres !== undefined) {
    // As autovacuum would have done by the time that anybody measures.
    await query(postgres.url, 'vacuum analyze');
  }
  const database_mb = Math.round((await database.measureSize()) / 1e6);
  console.log(`Prepared in ${registry.prepare_s} s; the database has ${database_mb} MB.`);
  const results: MeasuredResult[] = [];
  const busy_shares: number[] = [];
  const measured = await withServer(settings, database, async (server) => {
    const { duration_ms } = settings;
    const bench: Bench = {
      ...{ registry, server, directory, duration_ms },
      ...(postgres !== undefined && { postgres }),
    };
    const { total } = await readRegistryState(bench);
    const list = postgres === undefined ? listMeasurements : listPostgresMeasurements;
    const chosen = list(registry, total).filter(({ name }) => name.includes(settings.only));
    for (const measurement of chosen) {
      busy_shares.push(await readBusyShare());
      console.log(`Measuring ${measurement.name}`);
      const result = await measure(bench, measurement);
      results.push(result);
      printPlans(result);
    }
    if (postgres !== undefined) {
      await compareServers(bench, database, chosen);
    }
  });
  const other_work = Math.max(...busy_shares);
  console.log(`\n${renderTable(results)}\n\n${renderProcess(measured)}`);
  console.log(
    `Other work had up to ${Math.round(other_work * 100)} % of the CPUs between the measurements; ` +
      'figures are to be trusted only where that is next to nothing.',
  );
  const json = renderJson(registry, { database_mb, other_work, ...measured, results });
  if (settings.json === undefined) {
    console.log(json);
  } else {
    writeFileSync(settings.json, json);
  }
}

/** What a second server on the same database brings, for gets and pages. */
async function compareServers(
  bench: Bench,
  { options }: Database,
  measurements: readonly Measurement[],
): Promise<void> {
  const other = await startOrgvet(options, join(bench.directory, 'ready-2.json'), []);
  try {
    for (const measurement of measurements.slice(0, 2)) {
      if (measurement.kind === 'create') {
        continue;
      }
      const { one, two } = await measureTwoServers(bench, measurement, other);
      console.log(
        `Two servers, ${measurement.name}: ${formatFigure(two)} requests/s, ` +
          `${(two / one).toFixed(2)} of one (aim: 1.5).`,
      );
    }
  } finally {
    await other.stop();
  }
}

/** How PostgreSQL carries out the statements of a measurement. */
function printPlans({ comparisons }: MeasuredResult): void {
  for (const { details } of comparisons) {
    if (details !== undefined && 'plans' in details) {
      console.log(details.plans);
    }
  }
}

/** Starts the server some times, keeps the last, and stops it when the work is done. */
async function withServer(
  { directory, node_options }: Settings,
  { options }: Database,
  work: (server: RunningOrgvet) => Promise<void>,
): Promise<ProcessResult> {
  const ready_file = join(directory, 'ready.json');
  const starts_ms: number[] = [];
  for (let start = 1; start < STARTS; start += 1) {
    const server = await startOrgvet(options, ready_file, []);
    starts_ms.push(server.ready_ms);
    await server.stop();
  }
  const server = await startOrgvet(options, ready_file, node_options);
  try {
    starts_ms.push(server.ready_ms);
    starts_ms.sort((a, b) => a - b);
    const { rss_mb: start_rss_mb } = readMemory(server.pid);
    await work(server);
    const { rss_mb: end_rss_mb, peak_mb } = readMemory(server.pid);
    const ready_ms = starts_ms[Math.floor(STARTS / 2)] ?? 0;
    return { ready_ms, start_rss_mb, end_rss_mb, peak_mb };
  } finally {
    await server.stop();
  }
}

function renderProcess({ ready_ms, start_rss_mb, end_rss_mb, peak_mb }: ProcessResult): string {
  const judge = (isReached: boolean) => (isReached ? 'reached' : 'not reached');
  const { ready_ms: ready_aim_ms, memory_mb } = PROCESS_AIMS;
  return [
    'CPU is of the serving process, PostgreSQL included, for each request. Ratio: baseline to Orgvet by',
    'CPU; to SQLite,',
    'Orgvet to the bare statements; to the disk, creates to syncs by rate.',
    `Ready in ${formatFigure(ready_ms)} ms (aim: under ${ready_aim_ms} ms, ${judge(ready_ms < ready_aim_ms)}).`,
    `Memory: ${start_rss_mb} MB at the start, ${end_rss_mb} MB after the load, ${peak_mb} MB at most ` +
      `(aim: under ${memory_mb} MB, ${judge(peak_mb < memory_mb)}).`,
  ].join('\n');
}

function renderJson(
  { organizations, matches, prepare_s }: PreparedRegistry,
  measured: object,
): string {
  const [cpu, ...others] = cpus();
  const machine = {
    cpu: cpu?.model ?? '',
    cores: others.length + 1,
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
  const measured_at = new Date().toISOString();
  const content = { measured_at, machine, organizations, matches, prepare_s, ...measured };
  return `${JSON.stringify(content, null, 2)}\n`;
}

async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    console.log(HELP);
    return;
  }
  const settings = parseSettings();
  try {
    await run(settings);
  } finally {
    if (!settings.is_kept) {
      rmSync(settings.directory, { recursive: true, force: true });
    }
  }
}

try {
  await main();
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
