/**
 * The server's public entry: serve until told to stop, and what an operator does to the database
 * without a server. The executable `orgvet` calls it.
 */
import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { type AccountSettingsRequest, BASE_PATH } from '@orgvet/contract';
import type { App } from './app.ts';
import { type Clock, systemClock } from './clock.ts';
import type { LinkPurpose } from './domain/session.ts';
import { openEnvironment, openForCopy, openForImport } from './environment.ts';
import { openFilePlanner } from './files/file-planner.ts';
import type { ImportSettings } from './import-settings.ts';
import { changeSettingsAsOperator } from './operations/account-settings.ts';
import { listAccounts } from './operations/accounts.ts';
import type { Environment } from './operations/context.ts';
import {
  type CopiedTableDigest,
  type CopyProgress,
  copyRegistry as copyRows,
} from './operations/copy.ts';
import { DEMO_PEOPLE } from './operations/demo.ts';
import {
  type ImportProgress,
  importOrganizations,
  type LineReport,
} from './operations/organization-import.ts';
import {
  type ImpactPage,
  type ImpactScope,
  type RulesCompared,
  readImpact,
} from './operations/rules-impact.ts';
import { indexNames, stopIndexingNames } from './operations/search-index.ts';
import { makeAdministratorLink, makeSignInLink } from './operations/sign-in-links.ts';
import { refuseUnlessThere, withRegistry } from './registry.ts';
import {
  type CopySettings,
  type DatabaseLocation,
  describeLocation,
  type ServeSettings,
  SettingsError,
} from './settings.ts';
import { VERSION } from './version.ts';
import { type ConsolePage, renderWelcome } from './welcome.ts';

export { backUpRegistry, noteRegistryBackup } from './backup.ts';
export type { CopiedTableDigest, CopyProgress } from './operations/copy.ts';
export type { ImportProgress, LineReport } from './operations/organization-import.ts';
export type { ImpactedValidation } from './operations/rules-impact.ts';
export { type OperatorApi, withOperatorApi } from './operator-api.ts';

/**
 * Serves until SIGINT or SIGTERM. Resolves when everything is closed.
 *
 * @param print writes a line for a person
 */
export async function serve(settings: ServeSettings, print: (line: string) => void): Promise<void> {
  const { ready_file } = settings;
  if (ready_file !== undefined) {
    // One of an earlier run would say that this server is ready.
    rmSync(ready_file, { force: true });
  }
  // Loaded where it is wanted: whoever works beside a server needs nothing of HTTP.
  const { buildApp } = await import('./app.ts');
  const app = await buildApp(settings, systemClock);
  try {
    const origin = await listen(app, settings, print);
    // Before anybody is told that the server is ready: they may stop it at once.
    const signal = untilSignal();
    const console_pages = await listConsolePages(app, settings);
    if (ready_file !== undefined) {
      writeReadyFile(ready_file, origin, app, console_pages[0]);
    }
    print(renderWelcome(origin, app, settings, VERSION, console_pages));
    await signal;
    print('Stopping.');
  } finally {
    await app.close();
    if (ready_file !== undefined) {
      rmSync(ready_file, { force: true });
    }
  }
}

/** The accounts of a registry, for its operator. */
export async function listRegistryAccounts(database: DatabaseLocation) {
  return await withRegistry(database, listAccounts);
}

/** Changes settings of an account. @returns whether there is such an account */
export async function changeAccountSettings(
  database: DatabaseLocation,
  account_id: number,
  changes: AccountSettingsRequest,
): Promise<boolean> {
  return await withRegistry(database, (environment) =>
    changeSettingsAsOperator(environment, account_id, changes),
  );
}

/** For whom a link is made, what for, and where people reach the server. */
export interface LinkWanted {
  readonly account_id: number;
  readonly user_id: number;
  readonly purpose: LinkPurpose;
  readonly origin: string;
}

/**
 * Makes a link by which a user signs in once, or chooses how to sign in.
 *
 * @returns undefined for who cannot: no such user, one who is not active, or a service user
 */
export async function makeLinkForUser(
  database: DatabaseLocation,
  { account_id, user_id, purpose, origin }: LinkWanted,
): Promise<string | undefined> {
  const face = { findOrigin: () => origin, mail_sender: '' };
  const open = (place: DatabaseLocation, clock: Clock) =>
    openEnvironment(place, clock, undefined, face);
  const make = async (environment: Environment) => {
    const accounts = await listAccounts(environment);
    return accounts.some(({ id }) => id === account_id)
      ? await makeSignInLink(environment, account_id, user_id, purpose)
      : undefined;
  };
  return await withRegistry(database, make, open);
}

/**
 * Copies a registry into an empty database, or goes on with a copy that was interrupted.
 *
 * @returns every table with its digest, which is the same on both sides
 * @throws CopyRefused
 */
export async function copyRegistry(
  { from, to }: CopySettings,
  report: (progress: CopyProgress) => void,
): Promise<CopiedTableDigest[]> {
  const source = describeLocation(from);
  if (source === describeLocation(to)) {
    throw new SettingsError('--from and --to are the same database.');
  }
  const copyFrom = async (original: Environment) => {
    const copy = await openForCopy(to, systemClock);
    try {
      return await copyRows(original, copy, source, report);
    } finally {
      await copy.store.close();
    }
  };
  return await withRegistry(from, copyFrom, openForCopy);
}

/** What an import tells on its way. */
export interface ImportTold {
  /** Something a person should know. */
  note(message: string): void;
  /** A line that created nothing. */
  line(report: LineReport): void;
  progress(progress: ImportProgress & { readonly part_done: number }): void;
}

/**
 * Lines that are written together at most. With each commit SQLite writes every page anew that changed, and
 * most pages of an index change with a thousand lines: the more lines, the less for each. PostgreSQL is
 * asked a dozen times for each lot, and gains little by more.
 */
const LOT_LINES = { sqlite: 25_000, postgres: 4000 };

/**
 * Imports a file of organizations. Run again after an interruption it goes on where it was.
 *
 * @throws FileError for a CSV file whose columns are not known
 */
export async function importFile(
  { database, file, format, is_dry_run, lot_lines, ...target }: ImportSettings,
  told: ImportTold,
): Promise<ImportProgress> {
  refuseUnlessThere(database);
  const opening = openFilePlanner({ file, format }, told.note);
  // The registry is opened meanwhile; a fault of the file is told of behind that.
  opening.catch(() => {});
  const work = async (environment: Environment) => {
    const planner = await opening;
    const done = await importOrganizations(environment, target, planner.file, planner, {
      is_dry_run,
      lot_lines: lot_lines ?? LOT_LINES[database.kind],
      reportLine: told.line,
      reportProgress: (progress) => told.progress({ ...progress, part_done: planner.readPart() }),
    });
    if (!is_dry_run) {
      told.note('Names enter the search index.');
      await indexAllNames(environment);
    }
    return done;
  };
  try {
    return await withRegistry(database, work, openForImport);
  } finally {
    await opening.then(
      (planner) => planner.close(),
      () => {},
    );
  }
}

/** Nobody waits behind an import, so that more than a server would take at once. */
const NAMES_AT_ONCE = 2000;

/** As far as no server does it. */
async function indexAllNames(environment: Environment): Promise<void> {
  const holder = randomUUID();
  while (await indexNames(environment, holder, NAMES_AT_ONCE)) {
    // Each lot makes the queue shorter.
  }
  await stopIndexingNames(environment, holder);
}

/**
 * Which validations would end sooner by other rules.
 *
 * @param report is told page by page, and awaited
 */
export async function findRulesImpact(
  database: DatabaseLocation,
  rules: RulesCompared,
  scope: ImpactScope,
  report: (page: ImpactPage) => Promise<void>,
): Promise<void> {
  await withRegistry(database, async (environment) => {
    for await (const page of readImpact(environment, rules, scope)) {
      await report(page);
    }
  });
}

/** Listens; a demo whose port is taken goes to a free one. @returns `http://host:port` */
async function listen(
  { server }: App,
  { host, port, seed }: ServeSettings,
  print: (line: string) => void,
): Promise<string> {
  try {
    return originOf(await server.listen({ host, port }), host);
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (!isTaken || seed !== 'demo') {
      throw isTaken ? new Error(`Port ${port} is in use. Choose another with --port.`) : error;
    }
    print(`Port ${port} is in use; taking a free one.`);
    return originOf(await server.listen({ host, port: 0 }), host);
  }
}

/** Fastify names every address of a wildcard by the first it finds; a person gets what was asked for. */
function originOf(address: string, host: string): string {
  const { port } = new URL(address);
  const isWildcard = host === '0.0.0.0' || host === '::';
  const name = isWildcard ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/**
 * Where people open the console: by links, where this start may hand some out. The demo's sign in; of a
 * registry that has just been made, its first administrator chooses by one how to sign in.
 */
async function listConsolePages(
  { environment, accounts: [account], is_first_start }: App,
  { seed }: ServeSettings,
): Promise<[ConsolePage, ...ConsolePage[]]> {
  const page: ConsolePage = { label: 'Console', url: `${environment.face.findOrigin()}/` };
  if (account === undefined) {
    return [page];
  }
  const { account_id } = account;
  if (seed === 'demo') {
    const [first = page, ...others] = await listDemoPages(environment, account_id);
    return [first, ...others];
  }
  const purpose = 'enrolment';
  const url = is_first_start && (await makeAdministratorLink(environment, account_id, purpose));
  return [url ? { ...page, url, purpose } : page];
}

const DEMO_LABELS = {
  administrator: 'Console',
  specialist: 'Specialist',
  reviewer: 'Reviewer',
} as const;

/** As each of the people of the demo; those of an earlier version may not be there. */
async function listDemoPages(environment: Environment, account_id: number): Promise<ConsolePage[]> {
  const pages: ConsolePage[] = [];
  for (const { id, role } of DEMO_PEOPLE) {
    const url = await makeSignInLink(environment, account_id, id, 'demo');
    if (url !== undefined) {
      pages.push({ label: DEMO_LABELS[role], url, purpose: 'demo' });
    }
  }
  return pages;
}

/** Written whole or not at all, and readable by its owner only: it may hold keys, and a link. */
function writeReadyFile(
  file: string,
  origin: string,
  { accounts }: App,
  { url: console_url }: ConsolePage,
): void {
  const content = { base_url: `${origin}${BASE_PATH}`, console_url, accounts };
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  renameSync(unfinished, file);
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => resolve());
    }
  });
}
