/**
 * `npm run test:all`: every test on SQLite, and then those that touch a database on PostgreSQL, on a
 * server that is started here: as it is, and then in the most awkward way to have it. Names of suites as
 * arguments run only those; file globs after `--` run only those files.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConsole } from '../scripts/console-build.ts';
import { runTestFiles, type Tally } from './jobs.ts';
import { keepTemporaryFilesInMemory } from './memory.ts';
import { type Cluster, startCluster } from './postgres/cluster.ts';
import { findPgbouncer, type Pgbouncer, startPgbouncer } from './postgres/pgbouncer.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** All but those that are about PostgreSQL. */
const EMBEDDED_FILES = [
  'packages/*/src/**/*.test.ts',
  'packages/*/test/*.test.ts',
  'test/**/*.test.ts',
];

/** Those that touch a database. All others would only repeat what the first suite has shown. */
const SERVER_FILES = ['packages/server/test/**/*.test.ts'];

/** What reaches the database from outside of the server, and is most unlike what the server does. */
const OUTSIDE_FILES = ['test/cli-import.test.ts'];

/**
 * What happens at the same moment, and what conflicts and a pooler can harm most. The rest is the same
 * statements as on the plain server.
 */
const WRITING_FILES = [
  'packages/server/test/{confirmations,due-work,duplicates,mail-delivery,vetting-races}.test.ts',
  'packages/server/test/postgres/{restart,several-servers}.test.ts',
];

/** Of the server's those that are about what comes before a database: settings, headers, forms, rules. */
const ABOUT_REQUESTS =
  /\/(bad-input|certificate-subjects|client-habits|countries|csv|error-codes|mail-settings|mail-start|openid|openid-settings|pages|passkeys|proxies|rate-limits|read-only-members|rounds|rules-list|rules-start|settings|smtp-transport|sqlite|wire-aliases)\.test\.ts$/;

const SUITES = {
  sqlite: EMBEDDED_FILES,
  postgres: [
    ...globSync(SERVER_FILES, { cwd: ROOT }).filter((file) => !ABOUT_REQUESTS.test(file)),
    ...OUTSIDE_FILES,
  ],
  'postgres-serializable': SERVER_FILES,
  pgbouncer: SERVER_FILES,
  'pgbouncer-serializable': SERVER_FILES,
  writes: WRITING_FILES,
} satisfies Record<string, readonly string[]>;

type SuiteName = keyof typeof SUITES;

/**
 * What runs where nothing is asked for. The last is two ways at once, a pooler and serializable
 * transactions, for part of the files: all of them are run by the names of the other suites, which also
 * tell apart what fails.
 */
const EVERY_TIME: readonly SuiteName[] = ['sqlite', 'postgres', 'writes'];

/** In place of what a machine without PgBouncer cannot run. */
const WITHOUT_POOLER: readonly SuiteName[] = ['sqlite', 'postgres', 'postgres-serializable'];

/** Every test file is a process that loads most of the program: compiled once is enough. */
const NODE_COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'orgvet-tests');

/** Looks through what the server was asked in the suites before it, and expects them whole. */
const STATEMENTS_CHECK = 'test/portability/statements.check.ts';

/** Makes the databases that servers begin with. */
const TEMPLATE_MAKER = 'packages/server/test/templates.ts';

interface Arguments {
  readonly suites: readonly SuiteName[];
  /** Instead of each suite's own. */
  readonly files?: readonly string[];
}

interface Result extends Omit<Tally, 'isGood'> {
  readonly suite: string;
  readonly isPassed: boolean;
  readonly duration_ms: number;
}

/** What cannot be run at all, told without where in this file that was found. */
class RunRefused extends Error {}

try {
  const results = await run(readArguments(process.argv.slice(2)));
  console.log(`\n${formatResults(results)}`);
  process.exitCode = results.every(({ isPassed }) => isPassed) ? 0 : 1;
} catch (error) {
  console.error(error instanceof RunRefused ? error.message : error);
  process.exitCode = 1;
}

function readArguments(args: readonly string[]): Arguments {
  const end = args.indexOf('--');
  const names = end === -1 ? args : args.slice(0, end);
  const files = end === -1 ? [] : args.slice(end + 1);
  for (const name of names) {
    if (!isSuite(name)) {
      const known = Object.keys(SUITES).join(', ');
      throw new RunRefused(`There is no suite ${name}. There are: ${known}. Files come after --.`);
    }
  }
  const isAll = names.length === 0;
  return {
    suites: listSuites(isAll ? EVERY_TIME : names.filter(isSuite), isAll),
    ...(files.length > 0 && { files }),
  };
}

function isSuite(name: string): name is SuiteName {
  return Object.hasOwn(SUITES, name);
}

/** Without what this machine cannot run, which may be only if nobody insists on it. */
function listSuites(suites: readonly SuiteName[], isAll: boolean): readonly SuiteName[] {
  if (!suites.some(isPooled) || findPgbouncer() !== undefined) {
    return suites;
  }
  const message = 'PgBouncer is not installed (Debian: apt-get install pgbouncer)';
  if (!isAll || isCi()) {
    throw new RunRefused(`${message}; the tests through a pooler need it.`);
  }
  console.log(`${message}: nothing is tested through a pooler.`);
  return WITHOUT_POOLER;
}

/** The way in which servers of a suite get at their database. */
function kindOf(suite: SuiteName): Exclude<SuiteName, 'writes'> {
  return suite === 'writes' ? 'pgbouncer-serializable' : suite;
}

function isPooled(suite: SuiteName): boolean {
  return kindOf(suite).startsWith('pgbouncer');
}

function isCi(): boolean {
  return Boolean(process.env.CI);
}

async function run({ suites, files }: Arguments): Promise<Result[]> {
  keepTemporaryFilesInMemory();
  await buildConsole();
  const cluster = await startCluster();
  const pgbouncer = suites.some(isPooled) ? await startPgbouncer(cluster) : undefined;
  const templates = mkdtempSync(join(tmpdir(), 'orgvet-templates-'));
  const results: Result[] = [];
  for (const suite of suites) {
    const environment = formatEnvironment(suite, cluster, pgbouncer);
    // Made without a pooler: it would keep its connections, and a database in use is not copied.
    const direct = formatEnvironment('postgres', cluster, undefined);
    const ORGVET_TEST_TEMPLATES = makeTemplates(
      suite === 'sqlite' ? environment : direct,
      templates,
    );
    const places = { ...environment, ORGVET_TEST_TEMPLATES };
    results.push(await runTests(suite, files ?? SUITES[suite], places));
  }
  rmSync(templates, { recursive: true });
  await pgbouncer?.close();
  // Stopped before its log is read, so that it is all there.
  await cluster.stop();
  if (files === undefined && suites.some((suite) => suite !== 'sqlite')) {
    results.push(await checkStatements(cluster));
  }
  await cluster.close();
  return results;
}

/** What the tests' harness goes by: which database, and where there is a PostgreSQL. */
function formatEnvironment(
  suite: SuiteName,
  cluster: Cluster,
  pgbouncer: Pgbouncer | undefined,
): Record<string, string> {
  const { host, port, user } = isPooled(suite) && pgbouncer ? pgbouncer : cluster;
  return {
    ORGVET_TEST_DATABASE: kindOf(suite),
    ORGVET_TEST_POSTGRES: JSON.stringify({ host, port, user, direct_port: cluster.port }),
  };
}

/** Makes the databases that the servers of a suite begin with. @returns what names them, for tests */
function makeTemplates(environment: Record<string, string>, directory: string): string {
  const { stdout, status, stderr } = spawnSync(process.execPath, [TEMPLATE_MAKER, directory], {
    cwd: ROOT,
    env: { NODE_COMPILE_CACHE, ...process.env, ...environment },
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new RunRefused(`The databases to begin with could not be made.\n${stderr}`);
  }
  return stdout.trim();
}

async function checkStatements({ log_directory }: Cluster): Promise<Result> {
  const suite = 'statements';
  if (!existsSync(join(ROOT, STATEMENTS_CHECK))) {
    console.log(`\n${suite}: there is no ${STATEMENTS_CHECK}`);
    return { suite, passed: 0, failed: 0, skipped: 0, isPassed: !isCi(), duration_ms: 0 };
  }
  return await runTests(suite, [STATEMENTS_CHECK], { ORGVET_TEST_STATEMENTS: log_directory });
}

async function runTests(
  suite: string,
  files: readonly string[],
  environment: Record<string, string>,
): Promise<Result> {
  console.log(`\n${suite}: ${files.length > 20 ? `${files.length} files` : files.join(' ')}`);
  const start_ms = performance.now();
  const { isGood, ...counts } = await runTestFiles(files, ROOT, {
    NODE_COMPILE_CACHE,
    ...process.env,
    ...environment,
  });
  return { suite, ...counts, isPassed: isGood, duration_ms: performance.now() - start_ms };
}

function formatResults(results: readonly Result[]): string {
  const width = Math.max(...results.map(({ suite }) => suite.length));
  const lines = results.map(({ suite, isPassed, passed, failed, skipped, duration_ms }) => {
    const seconds = (duration_ms / 1000).toFixed(1).padStart(7);
    const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
    return `${suite.padEnd(width)}  ${isPassed ? 'good' : 'BAD'}  ${seconds} s  ${counts}`;
  });
  const sum = (count: (result: Result) => number) =>
    results.reduce((total, result) => total + count(result), 0);
  // Alone on its line, for whoever reads only the end.
  const total = `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`;
  return [...lines, `tests: ${total}, ${sum(({ skipped }) => skipped)} skipped`].join('\n');
}
