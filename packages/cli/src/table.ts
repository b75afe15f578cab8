/** Tables on a terminal: columns of the width that they need, or less where the terminal has less. */
import { cutToWidth, makeSafe, padToWidth, widthOf } from './width.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Whether the column is of no use when it is cut, as an id is. */
  readonly is_whole?: boolean;
}

const GAP = '  ';

/**
 * Renders lines that never wrap: columns shrink, the widest first, where they would not fit.
 *
 * @param width of the terminal; without one nothing shrinks
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width?: number,
): string[] {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => row.map(makeSafe))];
  const needed = columns.map((_, index) =>
    Math.max(...lines.map((line) => widthOf(line[index] ?? ''))),
  );
  const widths = width === undefined ? needed : shrink(columns, needed, width);
  return lines.map((line) => {
    const cells = columns.map(({ align = 'left' }, index) => {
      const room = widths[index] ?? 0;
      return padToWidth(cutToWidth(line[index] ?? '', room), room, align);
    });
    const text = cells.join(GAP).trimEnd();
    return width === undefined ? text : cutToWidth(text, width);
  });
}

/** The widths that fit together: no column is cut that is narrower than one that is not. */
function shrink(columns: readonly Column[], needed: readonly number[], width: number): number[] {
  const whole = columns.map(({ is_whole = false }) => is_whole);
  const room = width - GAP.length * (columns.length - 1);
  const cutTo = (most: number) =>
    needed.map((own, index) => (whole[index] ? own : Math.min(own, most)));
  let most = Math.max(...needed);
  while (most > 1 && sumOf(cutTo(most)) > room) {
    most -= 1;
  }
  const widths = cutTo(most);
  let left = room - sumOf(widths);
  for (const [index, own] of needed.entries()) {
    // What the rounding left over goes to columns that were cut.
    if (left > 0 && (widths[index] ?? 0) < own) {
      widths[index] = (widths[index] ?? 0) + 1;
      left -= 1;
    }
  }
  return widths;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
