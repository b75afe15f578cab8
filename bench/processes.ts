/** Child processes of a benchmark: starting and stopping them, and what the kernel tells of them. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** In which `/proc` counts CPU time: Linux has it at a hundredth of a second everywhere. */
const CLOCK_TICK_MS = 10;

/** Long enough for clock ticks to tell a tenth from nothing. */
const BUSY_SAMPLE_MS = 300;

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;

/** A server that runs as a child process. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  stop(): Promise<void>;
}

/** The Orgvet server, with how long it took from its process's start until it was ready. */
export interface RunningOrgvet extends RunningServer {
  readonly ready_ms: number;
}

/** CPU time that a process has used, in all its threads, user and system. */
export function readCpuTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name before may hold anything, parentheses too; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * CLOCK_TICK_MS;
}

/**
 * CPU time of a PostgreSQL's processes so far; those that have ended count with their parent.
 *
 * @param data the directory of its data
 */
export function readPostgresCpuTime(data: string): number {
  const [pid = ''] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => readParent(name) === pid);
  if (children.length === 0) {
    throw new Error(`PostgreSQL in ${data} has no processes.`);
  }
  const ended = readEndedCpuTime(Number(pid));
  return [pid, ...children].reduce((sum, process) => sum + findCpuTime(Number(process)), ended);
}

/** CPU time of a process's children that have ended. */
function readEndedCpuTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) * CLOCK_TICK_MS;
}

/** Of a process that may have ended since it was listed. */
function findCpuTime(pid: number): number {
  try {
    return readCpuTime(pid);
  } catch {
    return 0;
  }
}

function readParent(pid: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return undefined;
  }
}

/** Memory of a process that is in RAM now, and at most so far. */
export function readMemory(pid: number): { rss_mb: number; peak_mb: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const read = (name: string) =>
    Math.round(Number(new RegExp(`^${name}:\\s*(\\d+) kB`, 'm').exec(status)?.[1]) / 102.4) / 10;
  return { rss_mb: read('VmRSS'), peak_mb: read('VmHWM') };
}

/** The share of all CPUs that is used during a moment in which nothing is measured. */
export async function readBusyShare(): Promise<number> {
  const before = readCpuTotals();
  await wait(BUSY_SAMPLE_MS);
  const after = readCpuTotals();
  return 1 - (after.idle - before.idle) / Math.max(1, after.all - before.all);
}

/** Clock ticks of all CPUs since the machine started. */
function readCpuTotals(): { all: number; idle: number } {
  const [line = ''] = readFileSync('/proc/stat', 'latin1').split('\n');
  // user, nice, system, idle, iowait, irq, softirq, steal; what follows is within user.
  const ticks = line.split(/ +/).slice(1, 9).map(Number);
  const all = ticks.reduce((sum, value) => sum + value, 0);
  return { all, idle: (ticks[3] ?? 0) + (ticks[4] ?? 0) };
}

/**
 * Starts the real server, as an operator would.
 *
 * @param database the options that name it
 */
export async function startOrgvet(
  database: readonly string[],
  ready_file: string,
  nodeOptions: readonly string[],
): Promise<RunningOrgvet> {
  const main = fileURLToPath(new URL('../packages/cli/src/main.ts', import.meta.url));
  // Its account is live, and a driver sends more in a second than a key may.
  const unlimited = ['--rate-limits', 'off'];
  const place = ['--port', '0', '--ready-file', ready_file];
  const options = ['--seed', 'none', ...unlimited, ...database, ...place];
  // A server that was ended by force leaves its own behind.
  rmSync(ready_file, { force: true });
  const start_ms = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, main, 'serve', ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: process.env,
  });
  while (!existsSync(ready_file)) {
    if (child.exitCode !== null || performance.now() - start_ms > START_TIMEOUT_MS) {
      await stop(child);
      throw new Error('The server did not become ready.');
    }
    await wait(2);
  }
  const ready_ms = performance.now() - start_ms;
  const { base_url } = JSON.parse(readFileSync(ready_file, 'utf8')) as { base_url: string };
  return {
    pid: child.pid ?? 0,
    port: Number(new URL(base_url).port),
    ready_ms,
    stop: () => stop(child),
  };
}

/** Starts a module of this directory that serves; its first message is its port. */
export async function startServer(file: string, plan: object): Promise<RunningServer> {
  const child = forkModule(file);
  child.send(plan);
  const { port } = await firstMessage<{ port: number }>(child, file);
  return { pid: child.pid ?? 0, port, stop: () => stop(child) };
}

/** Runs a module of this directory that is given one message and answers with one. */
export async function runToEnd<Result>(file: string, plan: object): Promise<Result> {
  const child = forkModule(file);
  try {
    child.send(plan);
    return await firstMessage<Result>(child, file);
  } finally {
    await stop(child);
  }
}

function forkModule(file: string): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv: [] });
}

async function firstMessage<Message>(child: ChildProcess, file: string): Promise<Message> {
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${file} ended without a result.`);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message as Message;
}

/** Asks a child to end, and ends it if it does not. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}
