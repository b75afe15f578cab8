/** Takes one measurement: checks an answer, drives the server, then its baselines, and compares. */
import type { BaselineDiskPlan, BaselineDiskResult } from './baseline-disk.ts';
import type { BaselineHttpPlan } from './baseline-http.ts';
import type { BaselinePostgresPlan, BaselinePostgresResult } from './baseline-postgres.ts';
import type { BaselineSqlitePlan, BaselineSqliteResult } from './baseline-sqlite.ts';
import type { LoadPlan, LoadResult } from './load.ts';
import {
  type BaselineName,
  type Comparison,
  LIST_PATH,
  type Measurement,
  PAGE_LIMIT,
} from './measurements.ts';
import { makeCreatedOrganization } from './organizations.ts';
import { explainStatements, recordStatements } from './postgres.ts';
import { getDatabaseFile, type PreparedRegistry } from './prepare.ts';
import { type RunningServer, runToEnd, startServer } from './processes.ts';

type Load = Exclude<LoadResult, { failure: string }>;

/** What a measurement came to beside one baseline. */
export interface ComparedResult {
  readonly baseline: BaselineName;
  /** What the baseline cost for one request, or did in a second. */
  readonly cpu_us?: number;
  readonly per_s?: number;
  /** By CPU per request: baseline to Orgvet; to SQLite, Orgvet to baseline; to the disk, by rate. */
  readonly ratio: number;
  /** Orgvet's requests in a second to the baseline's. */
  readonly throughput_ratio?: number;
  readonly aim?: number;
  readonly reached?: boolean;
  readonly details?: object;
}

export interface MeasuredResult extends Load {
  readonly name: string;
  readonly answer_size_bytes: number;
  readonly comparisons: readonly ComparedResult[];
}

/** Where and how long is measured. */
export interface Bench {
  readonly registry: PreparedRegistry;
  readonly server: RunningServer;
  readonly directory: string;
  /** Where the registry is in PostgreSQL. */
  readonly postgres?: BenchPostgres;
  readonly duration_ms: number;
}

/** PostgreSQL as the measurements need it. */
export interface BenchPostgres {
  readonly url: string;
  /** Connections of the server, and of the bare client. */
  readonly connections: number;
  /** Where its data is. */
  readonly data: string;
}

/**
 * Until the server's code is compiled, and the database's pages are where they will be: a server that
 * has just started takes twice as long for a get. Baselines get the same.
 */
const WARM_UP_MS = 4000;

/** Times that the server and a bare client have their turn; the middle one counts. */
const ROUNDS = 3;

/** Takes a measurement; with a bare client some, each beside the client's. */
export async function measure(bench: Bench, measurement: Measurement): Promise<MeasuredResult> {
  const isCompared = measurement.comparisons.some(({ baseline }) => baseline === 'pg');
  const rounds: MeasuredResult[] = [];
  for (let round = 0; round < (isCompared ? ROUNDS : 1); round += 1) {
    rounds.push(await measureOnce(bench, measurement));
  }
  const ratioOf = ({ comparisons }: MeasuredResult) =>
    comparisons.find(({ baseline }) => baseline === 'pg')?.ratio ?? 0;
  rounds.sort((one, other) => ratioOf(one) - ratioOf(other));
  const middle = rounds[Math.floor(rounds.length / 2)];
  if (middle === undefined) {
    throw new Error('Nothing was measured.');
  }
  return middle;
}

async function measureOnce(bench: Bench, measurement: Measurement): Promise<MeasuredResult> {
  const answer = await fetchAnswer(bench, measurement);
  const syncs = measurement.comparisons.some(({ baseline }) => baseline === 'disk syncs')
    ? await measureDisk(bench)
    : undefined;
  const load = await driveLoad(bench, measurement, bench.server);
  const comparisons: ComparedResult[] = [];
  for (const comparison of measurement.comparisons) {
    comparisons.push(await compare(bench, measurement, comparison, { answer, load, syncs }));
  }
  const { name } = measurement;
  return { name, answer_size_bytes: Buffer.byteLength(answer), ...load, comparisons };
}

/** The total of a list of all organizations, and the highest id there is. */
export async function readRegistryState({
  server,
  registry,
}: Bench): Promise<{ total: number; highest_id: number }> {
  const text = await send(server, registry.key, 'GET', `${LIST_PATH}?sort=-id&limit=1`);
  const { organizations, page } = JSON.parse(text) as ListAnswer;
  return { total: page.total, highest_id: organizations[0]?.id ?? 0 };
}

interface ListAnswer {
  readonly organizations: readonly { id: number; name: string }[];
  readonly page: { total: number };
}

/** One answer, whose size the baselines have; lists are checked against what was generated. */
async function fetchAnswer(bench: Bench, measurement: Measurement): Promise<string> {
  const { server, registry } = bench;
  const { kind, name, path, expected, word } = measurement;
  if (kind === 'create') {
    const { highest_id } = await readRegistryState(bench);
    const body = JSON.stringify(makeCreatedOrganization(firstNumber(highest_id) - 1));
    return await send(server, registry.key, 'POST', path, body);
  }
  const middle = Math.floor((measurement.first + measurement.end) / 2);
  const text = await send(server, registry.key, 'GET', path.replace('{n}', String(middle)));
  if (expected !== undefined) {
    const { organizations, page } = JSON.parse(text) as ListAnswer;
    const isMatch = organizations.every(({ name: found }) =>
      found.toLowerCase().includes(word ?? ''),
    );
    if (organizations.length !== expected.rows || page.total !== expected.total || !isMatch) {
      throw new Error(
        `${name}: the answer has ${organizations.length} organizations of ${page.total}, ` +
          `not ${expected.rows} of ${expected.total}.`,
      );
    }
  }
  return text;
}

/** Above every number used so far: ids are given in order, and some numbers may have got none. */
function firstNumber(highest_id: number): number {
  return highest_id * 2;
}

async function send(
  { port }: RunningServer,
  key: string,
  method: string,
  path: string,
  body?: string,
): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { 'X-DC-DEVKEY': key },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path} was answered ${response.status}: ${text.slice(0, 500)}`);
  }
  return text;
}

/**
 * The same load on one server, and half of it on each of two.
 *
 * @returns requests a second, of one and of both together
 */
export async function measureTwoServers(
  bench: Bench,
  measurement: Measurement,
  other: RunningServer,
): Promise<{ one: number; two: number }> {
  const half = { ...measurement, connections: measurement.connections / 2 };
  // Before anything is counted, so that both are warm.
  await driveLoad(bench, measurement, other);
  const one = await driveLoad(bench, measurement, bench.server);
  const loads = await Promise.all([
    driveLoad(bench, half, bench.server),
    driveLoad(bench, half, other),
  ]);
  const two = loads.reduce((sum, { requests_per_s }) => sum + requests_per_s, 0);
  return { one: one.requests_per_s, two };
}

async function driveLoad(
  bench: Bench,
  { kind, name, path, first, end, connections, status }: Measurement,
  { pid, port }: RunningServer,
): Promise<Load> {
  const { key } = bench.registry;
  const create = async () => firstNumber((await readRegistryState(bench)).highest_id);
  const plan: LoadPlan = {
    port,
    pid,
    connections,
    ...(bench.postgres !== undefined && { postgres_data: bench.postgres.data }),
    polls: bench.postgres === undefined,
    status,
    key,
    warm_up_ms: WARM_UP_MS,
    duration_ms: bench.duration_ms,
    request: kind === 'create' ? { kind, path, first: await create() } : { kind, path, first, end },
  };
  const result = await runToEnd<LoadResult>('./load.ts', plan);
  if (result.failure !== undefined) {
    throw new Error(`${name}: ${result.failure}`);
  }
  return result;
}

async function compare(
  bench: Bench,
  measurement: Measurement,
  { baseline, aim }: Comparison,
  { answer, load, syncs }: { answer: string; load: Load; syncs: BaselineDiskResult | undefined },
): Promise<ComparedResult> {
  const judge = (reached: boolean) => (aim === undefined ? {} : { aim, reached });
  if (baseline === 'disk syncs') {
    const per_s = syncs?.appends_per_s ?? 0;
    const ratio = load.requests_per_s / per_s;
    return { baseline, per_s, ratio, ...judge(ratio >= (aim ?? 0)), details: { ...syncs } };
  }
  if (baseline === 'SQLite') {
    const details = await measureStatement(bench, measurement);
    const ratio = load.cpu_us / details.best_us;
    return { baseline, cpu_us: details.best_us, ratio, ...judge(ratio <= (aim ?? 0)), details };
  }
  if (baseline === 'pg') {
    const details = await measureBareClient(bench, measurement);
    const ratio = details.cpu_us / load.cpu_us;
    const { requests_per_s: per_s, cpu_us } = details;
    const throughput_ratio = load.requests_per_s / per_s;
    return {
      baseline,
      cpu_us,
      per_s,
      ratio,
      throughput_ratio,
      ...judge(ratio >= (aim ?? 0)),
      details,
    };
  }
  const details = await driveBaseline(bench, measurement, answer, baseline === 'JSON.stringify');
  const ratio = details.cpu_us / load.cpu_us;
  const throughput_ratio = load.requests_per_s / details.requests_per_s;
  return {
    baseline,
    cpu_us: details.cpu_us,
    per_s: details.requests_per_s,
    ratio,
    throughput_ratio,
    ...judge(ratio >= (aim ?? 0)),
    details,
  };
}

async function driveBaseline(
  bench: Bench,
  measurement: Measurement,
  body: string,
  stringifies: boolean,
): Promise<Load> {
  const plan: BaselineHttpPlan = { status: measurement.status, body, stringifies };
  const server = await startServer('./baseline-http.ts', plan);
  try {
    return await driveLoad(bench, measurement, server);
  } finally {
    await server.stop();
  }
}

async function measureStatement(
  { directory, registry, duration_ms }: Bench,
  { name, first, word, expected }: Measurement,
): Promise<BaselineSqliteResult> {
  const plan: BaselineSqlitePlan = {
    database_file: getDatabaseFile(directory),
    account_id: registry.account_id,
    ...(word !== undefined && { word }),
    limit: PAGE_LIMIT,
    offset: first,
    duration_ms: duration_ms / 2,
  };
  const result = await runToEnd<BaselineSqliteResult>('./baseline-sqlite.ts', plan);
  if (result.total !== expected?.total || result.rows !== expected.rows) {
    throw new Error(`${name}: the bare statement found ${result.rows} of ${result.total}.`);
  }
  return result;
}

/** The same statements by a bare client, with its CPU and PostgreSQL's. */
async function measureBareClient(
  { postgres, registry, duration_ms }: Bench,
  { statements, first, end, connections }: Measurement,
): Promise<BaselinePostgresResult & { plans: string }> {
  if (postgres === undefined || statements === undefined) {
    throw new Error('There is no PostgreSQL to compare with.');
  }
  const { url, data } = postgres;
  const recorded = await recordStatements(url, registry.account_id, statements);
  const plans = await explainStatements(url, recorded, first);
  const plan: BaselinePostgresPlan = {
    ...{ url, data },
    connections: postgres.connections,
    concurrency: connections,
    statements: recorded,
    ...{ first, end, duration_ms },
    warm_up_ms: WARM_UP_MS,
  };
  const result = await runToEnd<BaselinePostgresResult>('./baseline-postgres.ts', plan);
  return { ...result, plans };
}

async function measureDisk({ directory, duration_ms }: Bench): Promise<BaselineDiskResult> {
  const plan: BaselineDiskPlan = { directory, duration_ms };
  return await runToEnd('./baseline-disk.ts', plan);
}
