/**
 * Importing organizations from a file: each line as a create would take it, many in one transaction. How
 * far the file is done stands in the database, in the same transaction as what it brought, so an import
 * that was interrupted goes on with the next line. Knows nothing of files and their formats.
 */
import { type Problem, problem } from '@orgvet/contract';
import { namesNonUsers } from '../domain/validation.ts';
import { findAccount, type StoredAccount } from '../store/accounts.ts';
import { findContainer } from '../store/containers.ts';
import { type Store, type Transaction, TransactionConflict } from '../store/database.ts';
import type { Dialect } from '../store/dialects.ts';
import { advanceImport, findImport, type StoredImport, saveImport } from '../store/imports.ts';
import { listIdsByFingerprint, lockOrganizationByFingerprint } from '../store/organizations.ts';
import { operatorContext } from './accounts.ts';
import { type Environment, timeOf } from './context.ts';
import { type ImportLine, type PlannedLine, planLine } from './import-line.ts';
import {
  insertLotRows,
  type LotIds,
  type LotRows,
  planLotRows,
  takeLotIds,
} from './import-rows.ts';

/** Where imported organizations go. */
export interface ImportTarget {
  readonly account_id: number;
  /** The container that they belong to; the account's root where none is given. */
  readonly container_id?: number;
}

/** A file as the registry remembers it. */
export interface ImportFile {
  /** Of its bytes: a file with the same is the same file. */
  readonly digest: string;
  readonly name: string;
}

/** What came of a line that created nothing. */
export interface LineReport {
  readonly line: number;
  readonly problems: readonly Problem[];
}

/** The import cannot be done as it was asked for; the message says why. */
class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}

/** How far an import is. */
export interface ImportProgress {
  readonly lines_done: number;
  readonly created: number;
  readonly duplicates: number;
  readonly refused: number;
}

export interface ImportOptions {
  /** Only looks: nothing is changed. */
  readonly is_dry_run: boolean;
  /** Told of lines that created nothing, in their order. */
  reportLine(line: LineReport): void;
  /** Told how far it is, after every lot. */
  reportProgress(progress: ImportProgress): void;
}

/** Lines that are planned before whatever else waits has its turn. */
const LINES_AT_A_TIME = 50;

/**
 * Imports a file, from the line after the last one that an earlier run did.
 *
 * @param lots the file's lines, in order, from its beginning, in lots: each is one transaction
 * @returns how far it is, together with earlier runs
 * @throws ImportRefused if there is no such account or container, or another process is at the file
 */
export async function importOrganizations(
  environment: Environment,
  target: ImportTarget,
  file: ImportFile,
  lots: AsyncIterable<readonly ImportLine[]>,
  options: ImportOptions,
): Promise<ImportProgress> {
  const run = await startRun(environment, target, file, options);
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const lot of lots) {
      const fresh = lot.filter(({ number }) => number > run.state.lines_done);
      if (fresh.length > 0) {
        // The lot before is written while this one is made ready.
        const ready = await prepareLot(run, await planLines(run, fresh));
        await writing;
        writing = finishLot(run, ready);
        // Whoever awaits it is further down; until then a failure must not be nobody's.
        writing.catch(() => {});
      }
    }
  } finally {
    // Also where the file ends in a fault: what was begun is told of.
    await writing;
  }
  if (!options.is_dry_run && run.state.finished_at === '') {
    run.state = { ...run.state, finished_at: timeOf(environment) };
    await environment.store.transaction((tx) => saveImport(tx, run.state));
  }
  return progressOf(run.state);
}

/** An import on its way. */
interface ImportRun {
  readonly environment: Environment;
  readonly account: StoredAccount;
  readonly container_id: number;
  readonly options: ImportOptions;
  /**
   * Fingerprints with their lines that the registry does not show yet: in a dry run of the whole file,
   * else of the lot that is being written.
   */
  seen: Map<string, number>;
  state: StoredImport;
}

async function startRun(
  environment: Environment,
  { account_id, container_id }: ImportTarget,
  { digest, name: file_name }: ImportFile,
  options: ImportOptions,
): Promise<ImportRun> {
  const { reader } = environment.store;
  const account = await findAccount(reader, account_id);
  const container =
    account && (await findContainer(reader, account_id, container_id ?? account.root_container_id));
  if (account === undefined || container === undefined) {
    throw new ImportRefused(
      account === undefined
        ? `There is no account ${account_id}.`
        : `Account ${account_id} has no container ${container_id}.`,
    );
  }
  const fresh: StoredImport = {
    account_id,
    digest,
    file_name,
    lines_done: 0,
    created: 0,
    duplicates: 0,
    refused: 0,
    started_at: timeOf(environment),
    finished_at: '',
  };
  const known = options.is_dry_run ? undefined : await findImport(reader, account_id, digest);
  const state = known ?? fresh;
  return { environment, account, container_id: container.id, options, seen: new Map(), state };
}

async function planLines(run: ImportRun, lines: readonly ImportLine[]): Promise<PlannedLine[]> {
  const planned: PlannedLine[] = [];
  for (const [index, line] of lines.entries()) {
    planned.push(refuseNonUsers(run, planLine(line)));
    if (index % LINES_AT_A_TIME === LINES_AT_A_TIME - 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return planned;
}

/** A file names people, never users: the account must allow that (Create organization). */
function refuseNonUsers({ account }: ImportRun, line: PlannedLine): PlannedLine {
  const isRefused =
    account.allow_non_user_verified_contacts === 0 && namesNonUsers(line.record.validations);
  const refusal = problem('non_user_verified_contacts_not_allowed');
  return isRefused ? { ...line, problems: [...line.problems, refusal] } : line;
}

/** A lot that is decided; in a dry run without rows. */
interface ReadyLot {
  readonly lines: readonly PlannedLine[];
  readonly decided: DecidedLot;
  readonly rows?: LotRows;
}

/** Decides a lot and makes its rows ready, without changing anything but taking ids. */
async function prepareLot(run: ImportRun, lines: readonly PlannedLine[]): Promise<ReadyLot> {
  const { environment, options } = run;
  const { store } = environment;
  const decided = decideLot(run, lines, await findExisting(run, store.reader, lines));
  if (options.is_dry_run) {
    return { lines, decided };
  }
  const ids = await store.transaction((tx) => takeLotIds(tx, decided.created));
  return { lines, decided, rows: planRows(run, store.reader.dialect, decided, ids) };
}

function planRows(
  { environment, account, container_id }: ImportRun,
  dialect: Dialect,
  { created }: DecidedLot,
  ids: LotIds,
): LotRows {
  const context = operatorContext(environment, account.id);
  return planLotRows(dialect, context, container_id, created, ids);
}

/** Writes a lot, and tells of it. */
async function finishLot(run: ImportRun, lot: ReadyLot): Promise<void> {
  const { environment, options } = run;
  const { decided, state } = options.is_dry_run
    ? { decided: lot.decided, state: addLot(run.state, lot.lines, lot.decided) }
    : await writeLot(run, environment.store, lot);
  run.state = state;
  for (const report of decided.reports) {
    options.reportLine(report);
  }
  options.reportProgress(progressOf(state));
}

async function writeLot(
  run: ImportRun,
  store: Store,
  { lines, decided: expected, rows }: ReadyLot,
): Promise<{ decided: DecidedLot; state: StoredImport }> {
  let isFirst = true;
  return await store.lotTransaction(async (tx) => {
    let [decided, ready] = [expected, rows];
    if (!isFirst || ready === undefined) {
      // Somebody came between: what is there now decides.
      decided = decideLot({ ...run, seen: new Map() }, lines, await findExisting(run, tx, lines));
      ready = planRows(run, tx.dialect, decided, await takeLotIds(tx, decided.created));
    }
    isFirst = false;
    const state = addLot(run.state, lines, decided);
    // First: another process that imports the same file waits here, and finds that it was overtaken.
    if (!(await advanceImport(tx, state, run.state.lines_done))) {
      throw new ImportRefused(
        'The same file is being imported by another process. Let that one finish.',
      );
    }
    await lockOriginals(tx, run.account.id, decided);
    await insertLotRows(tx, operatorContext(run.environment, run.account.id), run.account, ready);
    return { decided, state };
  });
}

/** A line that creates an organization, beside another like it or not. */
export interface DecidedLine extends PlannedLine {
  readonly is_duplicate: boolean;
}

/** What becomes of a lot: a plan, nothing is changed by making it. */
interface DecidedLot {
  readonly created: readonly DecidedLine[];
  readonly reports: readonly LineReport[];
  readonly duplicates: number;
}

function decideLot(
  run: ImportRun,
  lines: readonly PlannedLine[],
  existing: ReadonlyMap<string, number>,
): DecidedLot {
  const created: DecidedLine[] = [];
  const reports: LineReport[] = [];
  // A dry run writes nothing that the next lot would find: it remembers the whole file.
  const seen = run.options.is_dry_run ? run.seen : new Map<string, number>();
  let duplicates = 0;
  for (const line of lines) {
    if (line.problems.length > 0) {
      reports.push({ line: line.number, problems: line.problems });
      continue;
    }
    const duplicate =
      findDuplicate(line.fingerprint, run.seen, existing) ??
      findDuplicate(line.fingerprint, seen, existing);
    if (duplicate === undefined || line.skips_duplicate_check) {
      created.push({ ...line, is_duplicate: duplicate !== undefined });
      seen.set(line.fingerprint, seen.get(line.fingerprint) ?? line.number);
    } else {
      duplicates += 1;
      reports.push({ line: line.number, problems: [duplicate] });
    }
  }
  run.seen = seen;
  return { created, reports, duplicates };
}

/** How far an import is when a lot is done. */
function addLot(
  state: StoredImport,
  lines: readonly PlannedLine[],
  { created, reports, duplicates }: DecidedLot,
): StoredImport {
  return {
    ...state,
    lines_done: lines.at(-1)?.number ?? state.lines_done,
    created: state.created + created.length,
    duplicates: state.duplicates + duplicates,
    refused: state.refused + reports.length - duplicates,
  };
}

/** The problem of a line whose organization is there already, in the registry or further up. */
function findDuplicate(
  fingerprint: string,
  seen: ReadonlyMap<string, number>,
  existing: ReadonlyMap<string, number>,
): Problem | undefined {
  const existing_organization_id = existing.get(fingerprint);
  if (existing_organization_id !== undefined) {
    const known = problem('duplicate_organization', { existing_organization_id });
    return { ...known, existing_organization_id };
  }
  const line = seen.get(fingerprint);
  return line === undefined
    ? undefined
    : problem('duplicate_organization', { existing_organization_id: `line ${line}` });
}

/** The organizations that have fingerprints of a lot already. */
async function findExisting(
  { account }: ImportRun,
  handle: Transaction | Environment['store']['reader'],
  lines: readonly PlannedLine[],
): Promise<Map<string, number>> {
  const fingerprints = lines
    .filter(({ problems }) => problems.length === 0)
    .map(({ fingerprint }) => fingerprint);
  const rows = await listIdsByFingerprint(handle, account.id, fingerprints);
  return new Map(rows.map(({ id, fingerprint }) => [fingerprint, id]));
}

/** What others are duplicates of must stay until they are there. */
async function lockOriginals(
  tx: Transaction,
  account_id: number,
  { created }: DecidedLot,
): Promise<void> {
  const inLot = new Set(
    created.filter((line) => !line.is_duplicate).map((line) => line.fingerprint),
  );
  for (const { fingerprint, is_duplicate } of created) {
    if (is_duplicate && !inLot.has(fingerprint)) {
      const id = await lockOrganizationByFingerprint(tx, account_id, fingerprint);
      if (id === undefined) {
        throw new TransactionConflict('An organization went while others like it were imported.');
      }
    }
  }
}

function progressOf({ lines_done, created, duplicates, refused }: StoredImport): ImportProgress {
  return { lines_done, created, duplicates, refused };
}
