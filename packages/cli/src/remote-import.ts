/**
 * Importing through a server: each line of a file is a create like any other. There is nothing to go on
 * from after an interruption, and no need of it: what is there already is told of as a duplicate.
 */
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiError } from '@orgvet/client/errors';
import type { OrganizationCreateRequest, Problem } from '@orgvet/contract';
import type { ImportProgress, ImportTold } from '@orgvet/server';
import { findFileFormat } from '@orgvet/server/light';
import type { openOrganizationFile } from '@orgvet/server/offline';
import { type Io, UsageError } from './command.ts';
import type { Api } from './connection.ts';
import { runImport } from './import.ts';

/** Requests that are under way at once. */
const REQUESTS_AT_ONCE = 8;

/** Lines that are sent before those that created nothing are told of, in order. */
const LINES_AT_ONCE = 200;

/** How often a line is sent again to a server that asks for time. */
const TRIES_MAX = 20;

interface RemoteImportOptions {
  readonly format: string | undefined;
  readonly report: string | undefined;
  readonly container: number | undefined;
  readonly 'dry-run': true | undefined;
}

export async function importThroughServer(
  api: Api,
  name: string,
  { format, report, container, 'dry-run': is_dry_run }: RemoteImportOptions,
  io: Io,
): Promise<void> {
  if (container !== undefined || is_dry_run) {
    throw new UsageError(
      '--container and --dry-run are for a registry on this machine: a server takes each line as a ' +
        'create, and puts it where the key belongs.',
    );
  }
  const file = resolve(name);
  const plan = {
    file,
    is_dry_run: false,
    ...(report !== undefined && { report_file: resolve(report) }),
  };
  const { openOrganizationFile } = await import('@orgvet/server/offline');
  await runImport(plan, io, async (told) => {
    const opened = await openOrganizationFile(file, findFileFormat(file, format), told.note);
    const progress = { lines_done: 0, created: 0, duplicates: 0, refused: 0 };
    for await (const lot of opened.lots()) {
      for (let start = 0; start < lot.length; start += LINES_AT_ONCE) {
        await sendLines(api, lot.slice(start, start + LINES_AT_ONCE), progress, told);
        told.progress({ ...progress, part_done: opened.readBytes() / opened.size_bytes });
      }
    }
    return progress;
  });
}

type Line =
  Awaited<ReturnType<typeof openOrganizationFile>> extends {
    lots(): AsyncIterable<readonly (infer Each)[]>;
  }
    ? Each
    : never;
type Counts = { -readonly [Name in keyof ImportProgress]: ImportProgress[Name] };

/** Sends some lines side by side, and tells of those that created nothing in their order. */
async function sendLines(
  api: Api,
  lines: readonly Line[],
  counts: Counts,
  told: ImportTold,
): Promise<void> {
  const results = new Map<number, readonly Problem[]>();
  const waiting = lines.values();
  const work = async () => {
    for (const line of waiting) {
      results.set(line.number, await sendLine(api, line));
    }
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, work));
  for (const { number } of lines) {
    const problems = results.get(number) ?? [];
    counts.lines_done = number;
    if (problems.length === 0) {
      counts.created += 1;
      continue;
    }
    const isDuplicate = problems.every(({ code }) => code === 'duplicate_organization');
    counts[isDuplicate ? 'duplicates' : 'refused'] += 1;
    told.line({ line: number, problems });
  }
}

/** @returns what is wrong with the line; nothing if it created an organization */
async function sendLine(api: Api, { content }: Line): Promise<readonly Problem[]> {
  if ('fault' in content) {
    const message = `The request is malformed: ${content.fault}.`;
    return [{ code: 'bad_request_format', message }];
  }
  for (let tries = 1; ; tries += 1) {
    try {
      // Whatever the line holds: the server says what is wrong with it.
      const body = content.body as OrganizationCreateRequest;
      await api.call('createOrganization', { body });
      return [];
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      if (error.status === 400) {
        return error.problems;
      }
      // A key that may not, or is none, is none for the next line either.
      if (error.retry_after_s === undefined || tries === TRIES_MAX) {
        throw error;
      }
      await wait(error.retry_after_s * 1000);
    }
  }
}
