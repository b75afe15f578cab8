/**
 * What the system tells of processes that are not necessarily children of this one: whether one
 * still runs, since when, and as what. Linux tells in /proc; elsewhere `ps` does, as far as needed.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const IS_LINUX = process.platform === 'linux';

const POLL_MS = 10;

/**
 * A text that differs between two processes that had the same id one after the other; undefined if
 * there is none of that id. Where the system has no /proc it is always the same text.
 */
export function readStart(pid: number): string | undefined {
  if (!IS_LINUX) {
    return exists(pid) ? '' : undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses, and may itself contain any of them.
    const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // One that has ended but was not waited for yet, maybe never will, runs no longer.
    return 'ZX'.includes(state) ? undefined : fields[18];
  } catch {
    return undefined;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** How a process was called, its arguments included; empty if there is none. */
export function readCommand(pid: number): string {
  try {
    return IS_LINUX
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Waits until the process has ended; false if it has not in that time. */
export async function waitForEnd(pid: number, timeout_ms: number): Promise<boolean> {
  const deadline_ms = Date.now() + timeout_ms;
  while (readStart(pid) !== undefined) {
    if (Date.now() > deadline_ms) {
      return false;
    }
    await wait(POLL_MS);
  }
  return true;
}

/** The same for the last moments of this process, when nothing can be awaited any more. */
export function blockUntilEnd(pid: number, timeout_ms: number): boolean {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  const deadline_ms = Date.now() + timeout_ms;
  while (readStart(pid) !== undefined) {
    if (Date.now() > deadline_ms) {
      return false;
    }
    Atomics.wait(sleeper, 0, 0, POLL_MS);
  }
  return true;
}
