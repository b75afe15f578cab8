/**
 * Importing organizations from a file: each line as a create would take it, many in one transaction. How
 * far the file is done stands in the database, in the same transaction as what it brought, so an import
 * that was interrupted goes on with the next line. Knows nothing of files and their formats.
 */
import { findAccount, type StoredAccount } from '../store/accounts.ts';
import { findContainer } from '../store/containers.ts';
import { type Transaction, TransactionConflict } from '../store/database.ts';
import { advanceImport, findImport, type StoredImport, saveImport } from '../store/imports.ts';
import { listIdsByFingerprint, lockOrganizationByFingerprint } from '../store/organizations.ts';
import { operatorContext } from './accounts.ts';
import { type Environment, timeOf } from './context.ts';
import {
  addLot,
  type DecidedLot,
  type LineReport,
  listOriginals,
  planLot,
  type SeenLines,
} from './import-decisions.ts';
import { countLotRows, insertBelongings, insertOrganizations, takeLotIds } from './import-lots.ts';
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

export type { LineReport } from './import-decisions.ts';

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
  let last: LotUnderWay = { settled: Promise.resolve(run.state), told: Promise.resolve() };
  const underWay: LotUnderWay[] = [];
  let next: ReadyLot | undefined;
  const writeNext = async () => {
    while (underWay.length >= environment.store.lots_at_once) {
      await underWay.shift()?.told;
    }
    if (next !== undefined) {
      last = startLot(run, next, last);
      underWay.push(last);
    }
    next = undefined;
  };
  try {
    for await (const lot of planner.planLots(planSettingsOf(run))) {
      // While lots are written, the rows of the next are made, and the one behind is decided.
      const ready = await prepareLot(run, lot);
      await writeNext();
      next = ready;
    }
  } finally {
    // Also where the file ends in a fault: what was begun is written and told of.
    await writeNext();
    await last.told;
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
  readonly planner: FilePlanner;
  readonly options: ImportOptions;
  /**
   * Of lines that the registry does not show yet: in a dry run of the whole file, else of the lots that
   * are being written.
   */
  seen: readonly SeenLines[];
  /** What is written and told of. */
  state: StoredImport;
}

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
  const decided = await decideLot(run, summary.lines);
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

/** A lot that is being written. The next one waits for it at these two points. */
interface LotUnderWay {
  /**
   * How far the import is with it, as soon as nothing that it still does can wait for anybody: the next
   * may begin, and take what this one would have had to wait for.
   */
  readonly settled: Promise<StoredImport>;
  /** Resolves when it is written and told of. */
  readonly told: Promise<void>;
}

function startLot(run: ImportRun, lot: ReadyLot, previous: LotUnderWay): LotUnderWay {
  const settled = Promise.withResolvers<StoredImport>();
  const told = finishLot(run, lot, previous, settled.resolve);
  // Who awaits these is further down; until then a failure must not be nobody's.
  told.catch(settled.reject);
  settled.promise.catch(() => {});
  return { settled: settled.promise, told };
}

/** Writes a lot, and tells of it. @param settle called with what it comes to, perhaps more than once */
async function finishLot(
  run: ImportRun,
  lot: ReadyLot,
  previous: LotUnderWay,
  settle: (state: StoredImport) => void,
): Promise<void> {
  const { planner, options } = run;
  const { decided, state } = options.is_dry_run
    ? {
        decided: lot.decided,
        state: addLot(await previous.settled, lot.summary.lines, lot.decided),
      }
    : await writeLot(run, lot, previous, settle);
  settle(state);
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
  previous: LotUnderWay,
  settle: (state: StoredImport) => void,
): Promise<{ decided: DecidedLot; state: StoredImport }> {
  let ready = lot;
  let before = previous;
  for (let decisions = 1; ; decisions += 1) {
    try {
      return { decided: ready.decided, state: await writeOnce(run, ready, before, settle) };
    } catch (error) {
      if (!(error instanceof LotOvertaken) || decisions === DECISIONS_MAX) {
        throw error;
      }
      // When everything before it is written, what is there decides.
      await previous.told;
      before = { settled: Promise.resolve(run.state), told: Promise.resolve() };
      ready = await prepareLot({ ...run, seen: [] }, lot.summary);
    }
  }
}

/**
 * Everything that may have to wait for others comes before the lot is settled, in an order in which the
 * database sees who waits for whom; it ends such waits when they go in a circle.
 *
 * @throws LotOvertaken if somebody came between
 */
async function writeOnce(
  run: ImportRun,
  ready: ReadyLot,
  previous: LotUnderWay,
  settle: (state: StoredImport) => void,
): Promise<StoredImport> {
  const { environment, account, container_id } = run;
  const { summary, decided } = ready;
  const before = await previous.settled;
  const rows = await ready.rows;
  const state = addLot(before, summary.lines, decided);
  let isFirst = true;
  return await environment.store.lotTransaction(async (tx) => {
    if (!isFirst) {
      throw new LotOvertaken('Others changed what an import was about to write.');
    }
    isFirst = false;
    if (rows !== undefined) {
      await insertOrganizations(tx, rows);
    }
    // Waits for the commit of the lot before, and for another process that imports the same file.
    if (!(await advanceImport(tx, state, before.lines_done))) {
      throw run.state === before
        ? new ImportRefused(
            'The same file is being imported by another process. Let that one finish.',
          )
        : new LotOvertaken('The lot before was not written.');
    }
    // It is: all that is left of it is telling of it, and where that fails this one stays out.
    await previous.told;
    if (run.state !== before) {
      throw new LotOvertaken('The lot before became something else.');
    }
    await lockOriginals(tx, account.id, listOriginals(summary.lines, decided));
    if (rows !== undefined) {
      const context = operatorContext(environment, account.id);
      await countLotRows(tx, context, account, container_id, rows);
      // Nobody can wait for a row that this lot is the first to bring.
      if (before.lines_done > 0) {
        settle(state);
      }
      await insertBelongings(tx, rows);
    }
    return state;
  });
}

/** Decides a lot by what the registry shows and what is on the way there. */
async function decideLot(run: ImportRun, lines: readonly SummarizedLine[]): Promise<DecidedLot> {
  const existing = await findExisting(run, lines);
  const { seen, options, environment } = run;
  // A dry run writes nothing that a later lot would find: it remembers the whole file.
  const own: SeenLines = (options.is_dry_run ? seen[0] : undefined) ?? new Map();
  const decided = planLot(lines, {
    existing,
    earlier: seen.filter((lot) => lot !== own),
    seen: own,
  });
  // Not shown when the next but one is decided: those under way, and this one.
  run.seen = options.is_dry_run
    ? [own]
    : [...seen, own].slice(-(environment.store.lots_at_once + 1));
  return decided;
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
  fingerprints: Iterable<string>,
): Promise<void> {
  for (const fingerprint of fingerprints) {
    if ((await lockOrganizationByFingerprint(tx, account_id, fingerprint)) === undefined) {
      throw new TransactionConflict('An organization went while others like it were imported.');
    }
  }
}

function progressOf({ lines_done, created, duplicates, refused }: StoredImport): ImportProgress {
  return { lines_done, created, duplicates, refused };
}
