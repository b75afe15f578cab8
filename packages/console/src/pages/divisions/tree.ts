/** Divisions as the tree that they are: one list, in which each stands behind the one above it. */
import type { ResponseOf } from '@orgvet/contract';

export type Division = ResponseOf<'listContainers'>['containers'][number];

export interface TreeRow {
  readonly division: Division;
  /** How far down it is among those that are shown: 0 for the highest. */
  readonly depth: number;
  /** What it is below, from the highest on. */
  readonly above: readonly Division[];
}

/** All divisions that somebody sees. One whose parent is out of sight stands at the top. */
export function listTree(divisions: readonly Division[], language: string): TreeRow[] {
  const known = new Set(divisions.map(({ id }) => id));
  const names = new Intl.Collator(language);
  const sorted = divisions.toSorted((one, other) => names.compare(one.name, other.name));
  const children = Map.groupBy(sorted, ({ parent_id }) => (known.has(parent_id) ? parent_id : 0));
  const listBelow = (parent_id: number, above: readonly Division[]): TreeRow[] =>
    (children.get(parent_id) ?? []).flatMap((division) => [
      { division, depth: above.length, above },
      ...listBelow(division.id, [...above, division]),
    ]);
  return listBelow(0, []);
}

/** Everything below a division, however far down. */
export function listBelow(divisions: readonly Division[], division_id: number): Division[] {
  const children = divisions.filter(({ parent_id }) => parent_id === division_id);
  return children.flatMap((child) => [child, ...listBelow(divisions, child.id)]);
}
