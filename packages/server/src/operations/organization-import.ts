/**
 * Importing organizations from a file: each line as a create would take it, many in one transaction. How
 * far the file is done stands in the database, in the same transaction as what it brought, so an import
 * that was interrupted goes on with the next line. Knows nothing of files and their formats.
 */
import { saveImport } from '../store/imports.ts';
import { type Environment, timeOf } from './context.ts';
import { addLot } from './import-decisions.ts';
import {
  decideLot,
  type FilePlanner,
  type ImportFile,
  type ImportOptions,
  type ImportProgress,
  type ImportRun,
  type ImportTarget,
  planSettingsOf,
  progressOf,
  startRun,
  tellOfLot,
} from './import-run.ts';
import { writeLots } from './import-writing.ts';

export type { LineReport } from './import-decisions.ts';
export type { FilePlanner, ImportFile, ImportProgress } from './import-run.ts';

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
  if (options.is_dry_run) {
    await lookThrough(run);
    return progressOf(run.state);
  }
  await writeLots(run);
  if (run.state.finished_at === '') {
    run.state = { ...run.state, finished_at: timeOf(environment) };
    await environment.store.transaction((tx) => saveImport(tx, run.state));
  }
  return progressOf(run.state);
}

/** Decides every lot and writes none. */
async function lookThrough(run: ImportRun): Promise<void> {
  const { planner, sizes } = run;
  for await (const lot of planner.planLots(planSettingsOf(run), () => sizes.takeNext())) {
    const decided = await decideLot(run, lot.lines);
    tellOfLot(run, lot, decided, addLot(run.state, lot.lines, decided));
  }
}
