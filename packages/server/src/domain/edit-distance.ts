/** How far apart two spellings are. Pure. */

/**
 * How many letters must be changed, added, left out, or swapped with their neighbour, to make one text
 * of the other (Damerau-Levenshtein, no part edited twice).
 */
export function countEdits(one: string, other: string): number {
  const from = [...one];
  const to = [...other];
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [row, letter] of from.entries()) {
    const current = [row + 1];
    for (const [column, wanted] of to.entries()) {
      const at = (line: readonly number[], index: number) =>
        line[index] ?? Number.POSITIVE_INFINITY;
      let edits = Math.min(
        at(last, column) + (letter === wanted ? 0 : 1),
        at(last, column + 1) + 1,
        at(current, column) + 1,
      );
      if (row > 0 && column > 0 && letter === to[column - 1] && from[row - 1] === wanted) {
        edits = Math.min(edits, at(beforeLast, column - 1) + 1);
      }
      current.push(edits);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
