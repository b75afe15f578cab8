/** A child process that is the baseline of the disk: one file, and a sync after each write. */
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface BaselineDiskPlan {
  readonly directory: string;
  readonly duration_ms: number;
}

export interface BaselineDiskResult {
  /** Each write makes the file longer. */
  readonly appends_per_s: number;
  /** Each write falls on what was written before, which spares the file system its own journal. */
  readonly overwrites_per_s: number;
}

/** About what a create writes of an organization. */
const WRITE_SIZE_BYTES = 700;

process.once('message', ({ directory, duration_ms }: BaselineDiskPlan) => {
  const file = join(directory, 'bench-sync.tmp');
  const descriptor = openSync(file, 'w', 0o600);
  try {
    const appended = measureSyncs(descriptor, duration_ms, Number.POSITIVE_INFINITY);
    const overwritten = measureSyncs(descriptor, duration_ms, appended.writes);
    const result: BaselineDiskResult = {
      appends_per_s: appended.writes_per_s,
      overwrites_per_s: overwritten.writes_per_s,
    };
    process.send?.(result, () => process.disconnect());
  } finally {
    closeSync(descriptor);
    rmSync(file);
  }
});

/** Writes in a row, from the file's start and again from there after `places` writes. */
function measureSyncs(
  descriptor: number,
  duration_ms: number,
  places: number,
): { writes: number; writes_per_s: number } {
  const bytes = Buffer.alloc(WRITE_SIZE_BYTES, 'x');
  const start_ms = performance.now();
  let writes = 0;
  while (writes === 0 || performance.now() - start_ms < duration_ms) {
    writeSync(descriptor, bytes, 0, bytes.length, (writes % places) * bytes.length);
    fdatasyncSync(descriptor);
    writes += 1;
  }
  return { writes, writes_per_s: (writes * 1000) / (performance.now() - start_ms) };
}
