/**
 * The directories of the tests' servers, and who they belong to. A run that is killed cannot stop
 * its servers; the next one finds their directories, stops what is still running there, and removes
 * them.
 */
import {
  chownSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Account } from './binaries.ts';
import { readCommand, readStart, waitForEnd } from './processes.ts';

const PREFIX = 'orgvet-postgres-';
const OWNER_FILE = 'owner.json';

/** A directory without its owner's name has just been made, unless it is older than this. */
const NAMELESS_AGE_MS = 60_000;

const END_TIMEOUT_MS = 10_000;

/** The process that made a directory; its start tells it from a later one with the same id. */
interface Owner {
  readonly pid: number;
  readonly start: string;
  /** The directory of PostgreSQL's data, which may be elsewhere. */
  readonly data: string;
}

/** A new directory for a cluster of this process, in which the account may write. */
export function makeClusterDirectory(
  account: Account | undefined,
  keepsData: string | undefined,
): { readonly directory: string; readonly data: string } {
  const directory = mkdtempSync(join(tmpdir(), PREFIX));
  const data = keepsData ?? join(directory, 'data');
  const owner: Owner = { pid: process.pid, start: readStart(process.pid) ?? '', data };
  writeFileSync(join(directory, OWNER_FILE), JSON.stringify(owner));
  if (account !== undefined) {
    chownSync(directory, account.uid, account.gid);
  }
  return { directory, data };
}

/** Stops and removes what processes that no longer run have left behind. */
export async function removeOrphans(): Promise<void> {
  for (const entry of readdirSync(tmpdir(), { withFileTypes: true })) {
    if (entry.isDirectory() && entry.name.startsWith(PREFIX)) {
      const directory = join(tmpdir(), entry.name);
      try {
        await removeOrphan(directory);
      } catch (error) {
        // Another user's, or another run is removing it right now: not ours in both cases.
        const { code = '' } = error as NodeJS.ErrnoException;
        if (!['EACCES', 'EPERM', 'ENOENT', 'ENOTEMPTY'].includes(code)) {
          throw error;
        }
      }
    }
  }
}

async function removeOrphan(directory: string): Promise<void> {
  const owner = readOwner(directory);
  const isOrphan =
    owner === undefined
      ? Date.now() - statSync(directory).mtimeMs > NAMELESS_AGE_MS
      : readStart(owner.pid) !== owner.start;
  if (isOrphan) {
    // The poolers first: they would go on trying to reach the server.
    for (const file of globSync('*/pgbouncer.pid', { cwd: directory })) {
      await stopOrphan(join(directory, file), 'SIGTERM');
    }
    await stopOrphan(join(owner?.data ?? join(directory, 'data'), 'postmaster.pid'), 'SIGQUIT');
    removeDirectory(directory);
  }
}

function readOwner(directory: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, OWNER_FILE), 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** Stops the server that wrote the file; any other process of its number is left alone. */
async function stopOrphan(pid_file: string, signal: NodeJS.Signals): Promise<void> {
  const pid = readPid(pid_file);
  if (pid === undefined || !readCommand(pid).includes(dirname(pid_file))) {
    return;
  }
  process.kill(pid, signal);
  if (!(await waitForEnd(pid, END_TIMEOUT_MS))) {
    process.kill(pid, 'SIGKILL');
    await waitForEnd(pid, END_TIMEOUT_MS);
  }
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Its programs may write a last line while they end: then once more. */
export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
