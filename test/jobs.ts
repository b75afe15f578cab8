/**
 * Runs test files in processes, several files in each: loading the program costs a process more than
 * most files do. Files that start programs, or take servers away, have a process of their own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { globSync } from 'node:fs';

/** Processes at once; more than the cores, since each waits for its database now and then. */
const PROCESSES = 4;

/** Few enough that what their servers keep open until the end of the process does no harm. */
const FILES_IN_PROCESS = 4;

/** They wait for their browser most of the time, and share it. */
const BROWSER = /\.browser\.test\.ts$/;

/** Of those that start no server. */
const PURE = /^packages\/\w+\/src\//;
const PURE_FILES_IN_PROCESS = 16;

/**
 * What has something to do with processes, or with a database as a whole, or puts something of its own in
 * the place of what all others in its process would use.
 */
const ALONE = /^test\/|^packages\/server\/test\/postgres\/|\/store\/transient\.test\.ts$/;

/** How many tests there were. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Whether every process said of itself that all went well. */
  readonly isGood: boolean;
}

const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0, isGood: true };

/**
 * @param patterns globs, relative to `directory`
 * @throws if no file matches one of them: a suite that tests nothing is a mistake
 */
export async function runTestFiles(
  patterns: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Tally> {
  const files = patterns.map((pattern) => globSync(pattern, { cwd: directory }).sort());
  const missing = patterns.find((_, index) => files[index]?.length === 0);
  if (missing !== undefined) {
    throw new Error(`No test file is ${missing}.`);
  }
  const waiting = planProcesses([...new Set(files.flat())]);
  let total = NOTHING;
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      // Read after the wait: others have added theirs meanwhile.
      const tally = await runProcess(next, directory, environment);
      total = add(total, tally);
    }
  };
  await Promise.all(Array.from({ length: PROCESSES }, work));
  return total;
}

/** Which files share a process. The long ones come first. */
function planProcesses(files: readonly string[]): string[][] {
  const { browser = [], alone = [], pure = [], server = [] } = Object.groupBy(files, judgeFile);
  return [
    ...deal(browser, FILES_IN_PROCESS),
    ...alone.map((file) => [file]),
    ...deal(server, FILES_IN_PROCESS),
    ...deal(pure, PURE_FILES_IN_PROCESS),
  ];
}

function judgeFile(file: string): 'browser' | 'alone' | 'pure' | 'server' {
  if (BROWSER.test(file)) {
    return 'browser';
  }
  if (ALONE.test(file)) {
    return 'alone';
  }
  return PURE.test(file) ? 'pure' : 'server';
}

/** Dealt out like cards: neighbours in the alphabet are alike, and so the long ones are spread. */
function deal(files: readonly string[], size: number): string[][] {
  const count = Math.ceil(files.length / size);
  return Array.from({ length: count }, (_, first) =>
    files.filter((_file, index) => index % count === first),
  );
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) {
    child.kill();
  }
});

/** Prints what the process said when it has ended, so that no two are mixed up. */
async function runProcess(
  files: readonly string[],
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Tally> {
  const child = spawn(
    process.execPath,
    ['--test', '--test-isolation=none', '--test-reporter=spec', ...files],
    { cwd: directory, env: environment, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.add(child);
  const pieces: Buffer[] = [];
  child.stdout.on('data', (piece) => pieces.push(piece));
  child.stderr.on('data', (piece) => pieces.push(piece));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  running.delete(child);
  const output = Buffer.concat(pieces).toString();
  const tally = readTally(output, code);
  console.log(`\n${files.join(' ')}\n${output.trimEnd()}`);
  return tally;
}

/** From the closing lines of the reporter. A process that tells of no test is one that went wrong. */
function readTally(output: string, code: number | null): Tally {
  const count = (name: string) => Number(new RegExp(`^ℹ ${name} (\\d+)$`, 'm').exec(output)?.[1]);
  const [passed, failed, skipped] = [count('pass'), count('fail'), count('skipped')];
  const isTold = [passed, failed, skipped].every(Number.isInteger) && passed + skipped > 0;
  return isTold ? { passed, failed, skipped, isGood: code === 0 } : { ...NOTHING, isGood: false };
}

function add(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    isGood: one.isGood && other.isGood,
  };
}
