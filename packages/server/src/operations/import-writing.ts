/**
 * Writes a file that is imported, lot by lot, each in one transaction together with how far the file is
 * done; several side by side, where the database can. What comes of them is what would come of them one
 * behind the other.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Transaction, TransactionConflict } from '../store/database.ts';
import { advanceImport, type StoredImport } from '../store/imports.ts';
import { lockOrganizationByFingerprint } from '../store/organizations.ts';
import { operatorContext } from './accounts.ts';
import { timeOf } from './context.ts';
import { addLot, type DecidedLot, listOriginals } from './import-decisions.ts';
import { countLotRows, insertBelongings, insertOrganizations, takeLotIds } from './import-lots.ts';
import type { SummarizedLot } from './import-plan.ts';
import type { LotRows } from './import-rows.ts';
import {
  decideLot,
  ImportRefused,
  type ImportRun,
  planSettingsOf,
  tellOfLot,
} from './import-run.ts';

/**
 * How often a lot is decided anew because somebody came between. Each time it takes another that brings
 * one of its organizations in the moment between looking and writing.
 */
const DECISIONS_MAX = 20;

/** Long enough for another process to find that SQLite is free between two lots. */
const GAP_MS = 10;

/**
 * Writes the rest of a file.
 *
 * @throws ImportRefused if another process is at the file
 */
export async function writeLots(run: ImportRun): Promise<void> {
  const { planner, sizes, environment } = run;
  let last: LotUnderWay = { settled: Promise.resolve(run.state), told: Promise.resolve() };
  const underWay: LotUnderWay[] = [];
  let next: ReadyLot | undefined;
  const writeNext = async () => {
    while (underWay.length >= environment.store.lots_at_once) {
      await underWay.shift()?.told;
    }
    if (sizes.isBesideOthers) {
      await wait(GAP_MS);
    }
    if (next !== undefined) {
      last = startLot(run, next, last);
      underWay.push(last);
    }
    next = undefined;
  };
  try {
    for await (const lot of planner.planLots(planSettingsOf(run), () => sizes.takeNext())) {
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
}

/** A lot that is decided, and whose rows are being made. */
interface ReadyLot {
  readonly summary: SummarizedLot;
  readonly decided: DecidedLot;
  readonly rows: Promise<LotRows>;
}

/** Decides a lot and has its rows made, without changing anything but taking ids. */
async function prepareLot(run: ImportRun, summary: SummarizedLot): Promise<ReadyLot> {
  const { environment, planner } = run;
  const decided = await decideLot(run, summary.lines);
  const created = decided.created.flatMap(({ index }) => summary.lines[index] ?? []);
  const ids = await environment.store.transaction((tx) => takeLotIds(tx, created));
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
  // Who awaits these is elsewhere; until then a failure must not be nobody's.
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
  const { decided, state } = await writeLot(run, lot, previous, settle);
  tellOfLot(run, lot.summary, decided, state);
  settle(state);
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
    run.sizes.noteVersion(tx.findVersion());
    await insertOrganizations(tx, rows);
    await advance(tx, run, state, { before, told: previous.told });
    await lockOriginals(tx, account.id, listOriginals(summary.lines, decided));
    await countLotRows(tx, operatorContext(environment, account.id), account, container_id, rows);
    // Nobody can wait for a row that this lot is the first to bring.
    if (before.lines_done > 0) {
      settle(state);
    }
    await insertBelongings(tx, rows);
    return state;
  });
}

/**
 * Moves an import on from where the lot before leaves it; waits for the commit of that one, and for
 * another process that imports the same file.
 *
 * @throws ImportRefused if another process has moved it; LotOvertaken if the lot before did otherwise
 */
async function advance(
  tx: Transaction,
  run: ImportRun,
  state: StoredImport,
  { before, told }: { readonly before: StoredImport; readonly told: Promise<void> },
): Promise<void> {
  if (!(await advanceImport(tx, state, before.lines_done))) {
    throw run.state === before
      ? new ImportRefused(
          'The same file is being imported by another process. Let that one finish.',
        )
      : new LotOvertaken('The lot before was not written.');
  }
  // It is: all that is left of it is telling of it, and where that fails this one stays out.
  await told;
  if (run.state !== before) {
    throw new LotOvertaken('The lot before became something else.');
  }
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
