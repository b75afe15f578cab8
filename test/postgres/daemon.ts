/**
 * A program that runs behind the tests, and the promise that none outlives them: whoever starts one
 * registers how it is closed, which then happens at the latest when this process ends.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { constants } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Account } from './binaries.ts';
import { blockUntilEnd } from './processes.ts';

export interface Daemon {
  /** Fulfilled when the process has ended. */
  readonly ended: Promise<void>;
  readonly pid: number | undefined;
  /** Lets this process come to its end although the daemon runs, as it will be closed then. */
  release(): void;
  isRunning(): boolean;
  /** How it ended: 0 if well; undefined while it runs. */
  code(): number | string | undefined;
  /** What it wrote to its standard output and error so far. */
  output(): string;
  /** Ends it by the signal, and by force if that takes too long. */
  end(signal: NodeJS.Signals): Promise<void>;
  /** The same without waiting for anything but the end, for the exit of this process. */
  endNow(signal: NodeJS.Signals): void;
}

/** PostgreSQL itself kills those of its processes that ignore SIGQUIT, after five seconds. */
const END_TIMEOUT_MS = 30_000;
const END_NOW_TIMEOUT_MS = 6_000;

/** For the output of a process that has ended, which a process of its own may still be writing. */
const OUTPUT_TIMEOUT_MS = 5_000;

export function startDaemon(
  program: string,
  args: readonly string[],
  directory: string,
  account: Account | undefined,
): Daemon {
  const child = spawn(program, args, {
    ...account,
    cwd: directory,
    // Of its own, so that the terminal's Ctrl-C does not end it before those who use it.
    detached: true,
    // Without what a developer has set for a PostgreSQL of their own.
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let code: number | string | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const ended = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      code ??= 'error';
      resolve();
    });
    child.on('exit', (status, signal) => {
      code = status ?? signal ?? 'unknown';
      resolve();
    });
  }).then(() => Promise.race([closed, wait(OUTPUT_TIMEOUT_MS, undefined, { ref: false })]));
  return {
    ended,
    pid: child.pid,
    release: () => setReference(child, false),
    isRunning: () => code === undefined,
    code: () => code,
    output: () => output,
    async end(signal) {
      setReference(child, true);
      child.kill(signal);
      const force = setTimeout(() => child.kill('SIGKILL'), END_TIMEOUT_MS);
      await ended;
      clearTimeout(force);
    },
    endNow(signal) {
      if (code === undefined && child.pid !== undefined) {
        child.kill(signal);
        if (!blockUntilEnd(child.pid, END_NOW_TIMEOUT_MS)) {
          child.kill('SIGKILL');
        }
      }
    },
  };
}

/** Whether this process stays alive for the child. */
function setReference(child: ChildProcess, isKept: boolean): void {
  for (const handle of [child, child.stdout as Socket, child.stderr as Socket]) {
    if (isKept) {
      handle.ref();
    } else {
      handle.unref();
    }
  }
}

export interface Closable {
  close(): Promise<void>;
  /** Closes without awaiting anything. */
  closeNow(): void;
}

const open = new Set<Closable>();
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
let isClosing = false;

/** Sees to it that it is closed when this process ends. */
export function closeAtExit(closable: Closable): void {
  if (open.size === 0) {
    process.on('exit', closeAllNow);
    for (const signal of SIGNALS) {
      process.on(signal, closeAllAndExit);
    }
  }
  open.add(closable);
}

/** Tells that it is closed already. */
export function forgetAtExit(closable: Closable): void {
  open.delete(closable);
  if (open.size === 0 && !isClosing) {
    process.off('exit', closeAllNow);
    for (const signal of SIGNALS) {
      process.off(signal, closeAllAndExit);
    }
  }
}

function closeAllNow(): void {
  for (const closable of open) {
    closable.closeNow();
  }
}

function closeAllAndExit(signal: NodeJS.Signals): void {
  const code = 128 + constants.signals[signal];
  // Whoever asks twice does not want to wait.
  if (isClosing) {
    process.exit(code);
  }
  isClosing = true;
  void Promise.allSettled([...open].map((closable) => closable.close())).then(() =>
    process.exit(code),
  );
}
