/**
 * The server's public entry: serve until told to stop, and what an operator does to the database
 * without a server. The executable `orgvet` calls it.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import {
  type AccountSettingsRequest,
  BASE_PATH,
  type OperationName,
  type RequestOf,
  type ResponseOf,
  ROUTES,
  type Route,
  readParams,
} from '@orgvet/contract';
import { type App, buildApp, loadRules, openEnvironment, openForCopy, VERSION } from './app.ts';
import { type Clock, systemClock } from './clock.ts';
import { refuseIfAny } from './domain/problems.ts';
import { openOrganizationFile } from './files/organization-file.ts';
import { changeSettingsAsOperator } from './operations/account-settings.ts';
import { listAccounts, operatorContext } from './operations/accounts.ts';
import { type Context, clockOf, type Environment } from './operations/context.ts';
import {
  type CopiedTableDigest,
  type CopyProgress,
  copyRegistry as copyRows,
} from './operations/copy.ts';
import { FileContent } from './operations/file-content.ts';
import { FileStream } from './operations/file-stream.ts';
import { exportCsv, hasCsv, type OperationRequest, perform } from './operations/index.ts';
import { JsonLines } from './operations/json-lines.ts';
import { JsonText } from './operations/json-text.ts';
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
import {
  type CopySettings,
  type DatabaseLocation,
  describeLocation,
  type ImportSettings,
  type ServeSettings,
  SettingsError,
} from './settings.ts';
import { renderWelcome } from './welcome.ts';

export { loadRules, VERSION } from './app.ts';
export { AuditLogFault, AuditLogVerifier } from './domain/audit-verification.ts';
export { MANIFEST_NAME } from './domain/bundle.ts';
export { checkBundle } from './domain/bundle-check.ts';
export { renderCsvLine } from './domain/csv.ts';
export { RequestRefused } from './domain/problems.ts';
export { createRulebookWithout, listChangeDays } from './domain/rules/change-days.ts';
export { listDifferences, type RuleDifference } from './domain/rules/differences.ts';
export {
  type CheckOverview,
  listCheckOverviews,
  listRulesOverviews,
  type RulesOverview,
} from './domain/rules/overview.ts';
export { type Rulebook, RulesRefused } from './domain/rules/rulebook.ts';
export { SHIPPED_PACKS } from './domain/rules/shipped.ts';
export { readArchive } from './files/archive-file.ts';
export { openOrganizationFile } from './files/organization-file.ts';
export { readRuleFiles } from './files/rule-files.ts';
export { StoreUnavailable } from './operations/context.ts';
export type { CopiedTableDigest, CopyProgress } from './operations/copy.ts';
export type { ImportProgress, LineReport } from './operations/organization-import.ts';
export { combineRuleFiles, type RuleFile } from './operations/rule-files.ts';
export type { ImpactedValidation } from './operations/rules-impact.ts';
export type { DatabaseLocation, ImportSettings } from './settings.ts';
export {
  describeLocation,
  findFileFormat,
  parseCopySettings,
  parseImportSettings,
  parseServeSettings,
  SERVE_OPTIONS,
  SettingsError,
} from './settings.ts';

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
  const app = await buildApp(settings, systemClock);
  try {
    const origin = await listen(app, settings, print);
    // Before anybody is told that the server is ready: they may stop it at once.
    const signal = untilSignal();
    if (ready_file !== undefined) {
      writeReadyFile(ready_file, origin, app);
    }
    print(renderWelcome(origin, app, settings, VERSION));
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
 * Imports a file of organizations. Run again after an interruption it goes on where it was.
 *
 * @throws FileError for a CSV file whose columns are not known
 */
export async function importFile(
  { database, file, format, is_dry_run, ...target }: ImportSettings,
  told: ImportTold,
): Promise<ImportProgress> {
  const opened = await openOrganizationFile(file, format, told.note);
  return await withRegistry(database, async (environment) => {
    const done = await importOrganizations(environment, target, opened, opened.lots(), {
      is_dry_run,
      reportLine: told.line,
      reportProgress: (progress) =>
        told.progress({ ...progress, part_done: opened.readBytes() / opened.size_bytes }),
    });
    if (!is_dry_run) {
      told.note('Names enter the search index.');
      await indexAllNames(environment);
    }
    return done;
  });
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

/** The operations on an account, as the client has them, without a server and a key. */
export interface OperatorApi {
  /** @throws RequestRefused */
  call<Name extends OperationName>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>>;
  /** As `call`, with the answer as lines of CSV. @throws RequestRefused */
  callCsv(name: OperationName, request: AnyRequest): Promise<AsyncIterable<string>>;
  /** As `call`, with the answer as lines of JSON. @throws RequestRefused */
  callLines(name: OperationName, request: AnyRequest): Promise<AsyncIterable<string>>;
  /** As `call`, with the bytes of a file in pieces. @throws RequestRefused */
  callFile(name: OperationName, request: AnyRequest): Promise<AsyncIterable<Uint8Array>>;
}

interface AnyRequest {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Works on an account as its operator, who may do everything in it and is no user of it. */
export async function withOperatorApi<Result>(
  database: DatabaseLocation,
  account_id: number,
  work: (api: OperatorApi) => Promise<Result>,
  rule_files: readonly string[] = [],
): Promise<Result> {
  const rules = await loadRules(rule_files);
  const open = (place: DatabaseLocation, clock: Clock) =>
    openEnvironment(place, clock, undefined, undefined, rules);
  const workOnAccount = async (environment: Environment) => {
    const context = await findAccountContext(environment, account_id);
    if (context === undefined) {
      throw new Error(`There is no account ${account_id} in ${describeLocation(database)}.`);
    }
    return await work({
      async call<Name extends OperationName>(name: Name, request: RequestOf<Name>) {
        const result = await perform(name, context, operationRequest(name, request));
        return answerOf(name, result) as ResponseOf<Name>;
      },
      async callCsv(name, request) {
        if (!hasCsv(name)) {
          throw new Error(`${name} does not answer CSV.`);
        }
        return await exportCsv(name, context, operationRequest(name, request));
      },
      async callLines(name, request) {
        const result = await perform(name, context, operationRequest(name, request));
        if (!(result instanceof JsonLines)) {
          throw new Error(`${name} does not answer in lines.`);
        }
        return result.pieces;
      },
      async callFile(name, request) {
        const result = await perform(name, context, operationRequest(name, request));
        if (result instanceof FileStream) {
          return result.pieces;
        }
        if (!(result instanceof FileContent)) {
          throw new Error(`${name} does not answer a file.`);
        }
        return Readable.from([result.bytes]);
      },
    });
  };
  return await withRegistry(database, workOnAccount, open);
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

/** The operator belongs to the root container: what is made in no other is made there. */
async function findAccountContext(
  environment: Environment,
  account_id: number,
): Promise<Context | undefined> {
  const account = (await listAccounts(environment)).find(({ id }) => id === account_id);
  if (account === undefined) {
    return undefined;
  }
  const context = operatorContext(environment, account_id);
  const { mode, duplicate_policy, primary_organization_id, root_container_id } = account;
  const { clock_offset_ms } = account;
  const principal = {
    ...context.principal,
    ...{ mode, clock_offset_ms, duplicate_policy, primary_organization_id },
    container_id: root_container_id,
  };
  return { ...context, clock: clockOf(context.clock, principal), principal };
}

/** A request as it would come over the wire: texts in its query, nothing undefined in its body. */
function operationRequest(name: OperationName, request: AnyRequest): OperationRequest {
  const route: Route = ROUTES[name];
  const { params = {}, query = {}, body } = request;
  const reading = route.params && readParams(route.params, textsOf(params));
  refuseIfAny(reading?.problems ?? []);
  return {
    params: reading?.value as never,
    query: textsOf(query),
    body: body === undefined ? undefined : JSON.parse(JSON.stringify(body)),
  };
}

function textsOf(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** An answer as it would come over the wire. */
function answerOf(name: OperationName, result: unknown): unknown {
  const { success }: Route = ROUTES[name];
  if (success.schema === undefined) {
    return undefined;
  }
  const text =
    result instanceof JsonText
      ? result.pieces.map((piece) => Buffer.from(piece).toString()).join('')
      : JSON.stringify(result);
  return JSON.parse(text);
}

async function withRegistry<Result>(
  database: DatabaseLocation,
  work: (environment: Environment) => Promise<Result>,
  open: (database: DatabaseLocation, clock: Clock) => Promise<Environment> = openEnvironment,
): Promise<Result> {
  if (database.kind === 'sqlite' && !existsSync(database.directory)) {
    // Opening would make one, and a mistyped path would look like an empty registry.
    throw new SettingsError(`There is no registry in ${database.directory}.`);
  }
  const environment = await open(database, systemClock);
  try {
    return await work(environment);
  } finally {
    await environment.store.close();
  }
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

/** Written whole or not at all, and readable by its owner only: it may hold keys. */
function writeReadyFile(file: string, origin: string, { accounts }: App): void {
  const content = { base_url: `${origin}${BASE_PATH}`, accounts };
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
