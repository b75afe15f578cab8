/**
 * An import on its way: what it is told, how far it is, what it has seen, and how it decides a lot. How lots
 * are written is in import-writing.ts.
 */
import { findAccount, type StoredAccount } from '../store/accounts.ts';
import { findContainer } from '../store/containers.ts';
import { findImport, type StoredImport } from '../store/imports.ts';
import { listIdsByFingerprint } from '../store/organizations.ts';
import { operatorContext } from './accounts.ts';
import { type Environment, timeOf } from './context.ts';
import { type DecidedLot, type LineReport, planLot, type SeenLines } from './import-decisions.ts';
import { LotSizes } from './import-lot-sizes.ts';
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
  /** Its lots, in order. @param nextLines asked before each lot how many lines it may have */
  planLots(settings: PlanSettings, nextLines: () => number): AsyncIterable<SummarizedLot>;
  renderLot(decision: LotDecision): Promise<LotRows>;
  forgetLot(lot: number): void;
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
  /** Lines that are written together at most. */
  readonly lot_lines: number;
  /** Told of lines that created nothing, in their order. */
  reportLine(line: LineReport): void;
  /** Told how far it is, after every lot. */
  reportProgress(progress: ImportProgress): void;
}

/** The import cannot be done as it was asked for; the message says why. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}

/** An import on its way. */
export interface ImportRun {
  readonly environment: Environment;
  readonly account: StoredAccount;
  readonly container_id: number;
  readonly planner: FilePlanner;
  readonly options: ImportOptions;
  readonly sizes: LotSizes;
  /**
   * Of lines that the registry does not show yet: in a dry run of the whole file, else of the lots that
   * are being written.
   */
  seen: readonly SeenLines[];
  /** What is written and told of. */
  state: StoredImport;
}

/** @throws ImportRefused if there is no such account or container */
export async function startRun(
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
  return {
    ...{ environment, account, container_id: container.id, planner, options },
    sizes: new LotSizes(options.lot_lines),
    seen: [],
    state,
  };
}

/** What planning its file must know. */
export function planSettingsOf({
  environment,
  account,
  container_id,
  state,
}: ImportRun): PlanSettings {
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

/** Decides a lot by what the registry shows and what is on the way there. */
export async function decideLot(
  run: ImportRun,
  lines: readonly SummarizedLine[],
): Promise<DecidedLot> {
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

/** Tells of a lot that is done. @param state how far the import is with it */
export function tellOfLot(
  run: ImportRun,
  { lot }: SummarizedLot,
  decided: DecidedLot,
  state: StoredImport,
): void {
  const { planner, options } = run;
  planner.forgetLot(lot);
  run.state = state;
  for (const report of decided.reports) {
    options.reportLine(report);
  }
  options.reportProgress(progressOf(state));
}

export function progressOf({
  lines_done,
  created,
  duplicates,
  refused,
}: StoredImport): ImportProgress {
  return { lines_done, created, duplicates, refused };
}
