/**
 * The temporary directory in memory, for what tests make and throw away: hundreds of databases, each of
 * hundreds of files. Only where a machine has room for it; else they lie where all temporary files do.
 */
import { readFileSync, statfsSync } from 'node:fs';

/** Linux has files in memory here. */
const PLACE = '/dev/shm';

/** Several times as much as a run has ever needed: 0.4 GiB. */
const FREE_BYTES_MIN = 3 * 1024 ** 3;

/**
 * Makes it the temporary directory of this process and of all that it starts. Always the same: there a
 * run finds what one that was killed has left running.
 */
export function keepTemporaryFilesInMemory(): void {
  if (process.env.TMPDIR === undefined && hasRoom()) {
    process.env.TMPDIR = PLACE;
  }
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(PLACE);
    return bavail * bsize >= FREE_BYTES_MIN && runsPrograms();
  } catch {
    return false;
  }
}

/** Containers often have it without: the browser that npm brings is unpacked into the directory. */
function runsPrograms(): boolean {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n');
  const options = mounts.map((line) => line.split(' ')).find(([, place]) => place === PLACE)?.[3];
  return options !== undefined && !options.split(',').includes('noexec');
}
