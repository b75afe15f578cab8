/**
 * Importing organizations from a file: each line as a create would take it, many in one transaction. How
 * far the file is done stands in the database, in the same transaction as what it brought, so an import
 * that was interrupted goes on with the next line. Knows nothing of files and their formats.
 */
import { type Problem, problem } from '@orgvet/contract';
import { findAccount, type StoredAccount } from '../store/accounts.ts';
import { findContainer } from '../store/containers.ts';
import { type Transaction, TransactionConflict } from '../store/database.ts';
import { advanceImport, findImport, type StoredImport, saveImport } from '../store/imports.ts';
import { listIdsByFingerprint, lockOrganizationByFingerprint } from '../store/organizations.ts';
import { operatorContext } from './accounts.ts';
import { type Environment, timeOf } from './context.ts';
import { insertLotRows, takeLotIds } from './import-lots.ts';
import type { LotDecision, PlanSettings, SummarizedLine, SummarizedLot } from './import-plan.ts';
import type { LotRows } from './import-rows.ts';

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

/** A file that is planned beside the writing; see `LotPlanner`. */
export interface FilePlanner {
  /** Its lots, in order. */
  planLots(settings: PlanSettings): AsyncIterable<SummarizedLot>;
  renderLot(decision: LotDecision): Promise<LotRows>;
  forgetLot(lot: number): void;
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

/**
 * How often a lot is decided anew because somebody came between. Each time it takes another that brings
 * one of its organizations in the moment between looking and writing.
 */
const DECISIONS_MAX = 20;

/**
 * Imports a file, from the line after the last one that an earlier run did.
 *
 * @param planner looks at the file's lines and makes their rows, in lots: each is one transaction
 * @returns how far it is, together with earlier runs
 * @throws ImportRefused if there is no such account or container, or another process is at the file
 */
export async function importOrganizations(
  environment: Environment,
  target: ImportTarget,
  file: ImportFile,
  planner: FilePlanner,
  options: ImportOptions,
): Promise<ImportProgress> {
  const run = await startRun(environment, target, file, planner, options);
  let writing: Promise<void> = Promise.resolve();
  let next: ReadyLot | undefined;
  const writeNext = async () => {
    await writing;
    writing = next === undefined ? writing : finishLot(run, next);
    next = undefined;
    // Whoever awaits it is further down; until then a failure must not be nobody's.
    writing.catch(() => {});
  };
  try {
    for await (const lot of planner.planLots(planSettingsOf(run))) {
      // While one lot is written, the rows of the next are made, and the one behind is decided.
      const ready = await prepareLot(run, lot);
      await writeNext();
      next = ready;
    }
  } finally {
    // Also where the file ends in a fault: what was begun is written and told of.
    await writeNext();
    await writing;
  }
  if (!options.is_dry_run && run.state.finished_at === '') {
    run.state = { ...run.state, finished_at: timeOf(environment) };
    await environment.store.transaction((tx) => saveImport(tx, run.state));
  }
  return progressOf(run.state);
}

/** Fingerprints with the lines that have them. */
type SeenLines = Map<string, number>;

/** An import on its way. */
interface ImportRun {
  readonly environment: Environment;
  readonly account: StoredAccount;
  readonly container_id: number;
  readonly planner: FilePlanner;
  readonly options: ImportOptions;
  /**
   * Of lines that the registry does not show yet: in a dry run of the whole file, else of the lots that
   * are being written.
   */
  seen: readonly SeenLines[];
  state: StoredImport;
}

/** Lots that may be on their way to the database while another is decided. */
const UNWRITTEN_LOTS = 2;

async function startRun(
  environment: Environment,
  { account_id, container_id }: ImportTarget,
  { digest, name: file_name }: ImportFile,
  planner: FilePlanner,
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
  return { environment, account, container_id: container.id, planner, options, seen: [], state };
}

function planSettingsOf({ environment, account, container_id, state }: ImportRun): PlanSettings {
  const { principal, request_id, ip_address } = operatorContext(environment, account.id);
  const { user_id, api_key_id } = principal;
  return {
    account_id: account.id,
    container_id,
    actor: { user_id, api_key_id, request_id, ip_address },
    copiesRows: environment.store.reader.dialect.copiesRows,
    allows_non_users: account.allow_non_user_verified_contacts === 1,
    after_line: state.lines_done,
  };
}

/** A lot that is decided, and whose rows are being made; in a dry run it has none. */
interface ReadyLot {
  readonly summary: SummarizedLot;
  readonly decided: DecidedLot;
  readonly rows?: Promise<LotRows>;
}

/** Decides a lot and has its rows made, without changing anything but taking ids. */
async function prepareLot(run: ImportRun, summary: SummarizedLot): Promise<ReadyLot> {
  const { environment, planner, options } = run;
  const { store } = environment;
  const decided = decideLot(run, summary.lines, await findExisting(run, summary.lines));
  if (options.is_dry_run) {
    return { summary, decided };
  }
  const created = decided.created.flatMap(({ index }) => summary.lines[index] ?? []);
  const ids = await store.transaction((tx) => takeLotIds(tx, created));
  const { lot } = summary;
  const time = timeOf(environment);
  const rows = planner.renderLot({ lot, created: decided.created, ids, time });
  // Awaited when their turn comes; until then a failure must not be nobody's.
  rows.catch(() => {});
  return { summary, decided, rows };
}

/** Writes a lot, and tells of it. */
async function finishLot(run: ImportRun, lot: ReadyLot): Promise<void> {
  const { planner, options } = run;
  const { lines } = lot.summary;
  const { decided, state } = options.is_dry_run
    ? { decided: lot.decided, state: addLot(run.state, lines, lot.decided) }
    : await writeLot(run, lot);
  planner.forgetLot(lot.summary.lot);
  run.state = state;
  for (const report of decided.reports) {
    options.reportLine(report);
  }
  options.reportProgress(progressOf(state));
}

/** What a lot was decided by has changed: it is to be decided again. */
class LotOvertaken extends Error {
  override readonly name = 'LotOvertaken';
}

async function writeLot(
  run: ImportRun,
  lot: ReadyLot,
): Promise<{ decided: DecidedLot; state: StoredImport }> {
  let ready = lot;
  for (let decisions = 1; ; decisions += 1) {
    try {
      return { decided: ready.decided, state: await writeOnce(run, ready) };
    } catch (error) {
      if (!(error instanceof LotOvertaken) || decisions === DECISIONS_MAX) {
        throw error;
      }
      // Everything before it is written: what is there now decides.
      ready = await prepareLot({ ...run, seen: [] }, lot.summary);
    }
  }
}

/** @throws LotOvertaken if somebody came between */
async function writeOnce(run: ImportRun, ready: ReadyLot): Promise<StoredImport> {
  const { environment, account, container_id, state: before } = run;
  const { summary, decided } = ready;
  const rows = await ready.rows;
  const state = addLot(before, summary.lines, decided);
  let isFirst = true;
  return await environment.store.lotTransaction(async (tx) => {
    if (!isFirst) {
      throw new LotOvertaken('Others changed what an import was about to write.');
    }
    isFirst = false;
    // First: another process that imports the same file waits here, and finds that it was overtaken.
    if (!(await advanceImport(tx, state, before.lines_done))) {
      throw new ImportRefused(
        'The same file is being imported by another process. Let that one finish.',
      );
    }
    await lockOriginals(tx, account.id, summary.lines, decided);
    if (rows !== undefined) {
      const context = operatorContext(environment, account.id);
      await insertLotRows(tx, context, account, container_id, rows);
    }
    return state;
  });
}

/** What becomes of a lot: a plan, nothing is changed by making it. */
interface DecidedLot {
  readonly created: LotDecision['created'];
  readonly reports: readonly LineReport[];
  readonly duplicates: number;
}

function decideLot(
  run: ImportRun,
  lines: readonly SummarizedLine[],
  existing: ReadonlyMap<string, number>,
): DecidedLot {
  const created: LotDecision['created'][number][] = [];
  const reports: LineReport[] = [];
  // A dry run writes nothing that a later lot would find: it remembers the whole file.
  const remembered = run.options.is_dry_run ? run.seen[0] : undefined;
  const seen: SeenLines = remembered ?? new Map();
  const all = remembered === undefined ? [...run.seen, seen] : run.seen;
  let duplicates = 0;
  for (const [index, { number, problems, fingerprint, skips_duplicate_check }] of lines.entries()) {
    if (problems.length > 0) {
      reports.push({ line: number, problems });
      continue;
    }
    const duplicate = findDuplicate(fingerprint, all, existing);
    if (duplicate === undefined || skips_duplicate_check) {
      created.push({ index, is_duplicate: duplicate !== undefined });
      seen.set(fingerprint, seen.get(fingerprint) ?? number);
    } else {
      duplicates += 1;
      reports.push({ line: number, problems: [duplicate] });
    }
  }
  run.seen = all.slice(-UNWRITTEN_LOTS);
  return { created, reports, duplicates };
}

/** How far an import is when a lot is done. */
function addLot(
  state: StoredImport,
  lines: readonly SummarizedLine[],
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
  earlier: readonly SeenLines[],
  existing: ReadonlyMap<string, number>,
): Problem | undefined {
  const existing_organization_id = existing.get(fingerprint);
  if (existing_organization_id !== undefined) {
    const known = problem('duplicate_organization', { existing_organization_id });
    return { ...known, existing_organization_id };
  }
  const line = earlier.find((seen) => seen.has(fingerprint))?.get(fingerprint);
  return line === undefined
    ? undefined
    : problem('duplicate_organization', { existing_organization_id: `line ${line}` });
}

/** The organizations that have fingerprints of a lot already. */
async function findExisting(
  { account, environment }: ImportRun,
  lines: readonly SummarizedLine[],
): Promise<Map<string, number>> {
  const fingerprints = lines
    .filter(({ problems }) => problems.length === 0)
    .map(({ fingerprint }) => fingerprint);
  const rows = await listIdsByFingerprint(environment.store.reader, account.id, fingerprints);
  return new Map(rows.map(({ id, fingerprint }) => [fingerprint, id]));
}

/** What others are duplicates of must stay until they are there. */
async function lockOriginals(
  tx: Transaction,
  account_id: number,
  lines: readonly SummarizedLine[],
  { created }: DecidedLot,
): Promise<void> {
  const fingerprintOf = (index: number) => lines[index]?.fingerprint ?? '';
  const originals = created.filter(({ is_duplicate }) => !is_duplicate);
  const inLot = new Set(originals.map(({ index }) => fingerprintOf(index)));
  for (const { index, is_duplicate } of created) {
    const fingerprint = fingerprintOf(index);
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
