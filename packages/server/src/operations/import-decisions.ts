/**
 * What becomes of the lines of a file that is imported: which create an organization, which duplicate one,
 * which are refused. Decides and changes nothing; what the registry has is looked up by whoever asks.
 */
import { type Problem, problem } from '@orgvet/contract';
import type { StoredImport } from '../store/imports.ts';
import type { LotDecision, SummarizedLine } from './import-plan.ts';

/** What came of a line that created nothing. */
export interface LineReport {
  readonly line: number;
  readonly problems: readonly Problem[];
}

/** What becomes of a lot. */
export interface DecidedLot {
  readonly created: LotDecision['created'];
  readonly reports: readonly LineReport[];
  readonly duplicates: number;
}

/** Fingerprints with the lines that have them. */
export type SeenLines = Map<string, number>;

/** What lines may duplicate. */
export interface KnownOrganizations {
  /** Ids of the registry's by their fingerprints. */
  readonly existing: ReadonlyMap<string, number>;
  /** Lines that the registry does not show yet. */
  readonly earlier: readonly SeenLines[];
  /** The lot's own; filled. */
  readonly seen: SeenLines;
}

/** @param known its `seen` gets the lines that create an organization */
export function planLot(lines: readonly SummarizedLine[], known: KnownOrganizations): DecidedLot {
  const { existing, earlier, seen } = known;
  const created: LotDecision['created'][number][] = [];
  const reports: LineReport[] = [];
  const before = [...earlier, seen];
  let duplicates = 0;
  for (const [index, { number, problems, fingerprint, skips_duplicate_check }] of lines.entries()) {
    if (problems.length > 0) {
      reports.push({ line: number, problems });
      continue;
    }
    const duplicate = findDuplicate(fingerprint, before, existing);
    if (duplicate === undefined || skips_duplicate_check) {
      created.push({ index, is_duplicate: duplicate !== undefined });
      seen.set(fingerprint, seen.get(fingerprint) ?? number);
    } else {
      duplicates += 1;
      reports.push({ line: number, problems: [duplicate] });
    }
  }
  return { created, reports, duplicates };
}

/** How far an import is when a lot is done. */
export function addLot(
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

/** Fingerprints of originals outside of a lot that its organizations duplicate. */
export function listOriginals(
  lines: readonly SummarizedLine[],
  { created }: DecidedLot,
): Set<string> {
  const fingerprintsOf = (wanted: boolean) =>
    created
      .filter(({ is_duplicate }) => is_duplicate === wanted)
      .map(({ index }) => lines[index]?.fingerprint ?? '');
  return new Set(fingerprintsOf(true)).difference(new Set(fingerprintsOf(false)));
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
