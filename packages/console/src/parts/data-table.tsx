/**
 * A table of a list: a native one, whose columns sort where the API can sort by them, and whose rows
 * stack on narrow screens.
 */
import type { ComponentProps, ReactNode } from 'react';
import { directionOf } from '../list-state.ts';
import { useTexts } from '../texts/index.ts';

export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  /** The property of the API's `sort`; left out where the API cannot sort by it. */
  readonly sort?: string;
  render(row: Row): ReactNode;
}

export interface DataTableProps<Row> {
  /** What the table is about, for those who hear it. */
  readonly caption: string;
  /** The first one names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  keyOf(row: Row): string | number;
  /** As the API has it: a property, or with `-` before it for descending. */
  readonly sort?: string;
  onSort?(sort: string): void;
  /** What else a row has: where the keys of a page go from row to row. */
  rowProps?(row: Row): ComponentProps<'tr'>;
  /** Whether newer rows are on their way. */
  readonly isBusy?: boolean;
}

export function DataTable<Row>({
  caption,
  columns,
  rows,
  keyOf,
  sort = '',
  onSort,
  rowProps,
  isBusy = false,
}: DataTableProps<Row>) {
  return (
    // A frame that scrolls must be reachable by keyboard, and so it must have a name.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls.
    <section className="table-frame" aria-label={caption} tabIndex={0}>
      <table className="table" data-stacks aria-busy={isBusy}>
        <caption className="only-read-aloud">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} {...rowProps?.(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.key} scope="row">
                    {column.render(row)}
                  </th>
                ) : (
                  <td key={column.key} data-label={column.label}>
                    {column.render(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function HeadCell<Row>({
  column: { label, sort: property },
  sort,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly sort: string;
  readonly onSort: ((sort: string) => void) | undefined;
}) {
  const { parts } = useTexts();
  if (property === undefined || onSort === undefined) {
    return <th scope="col">{label}</th>;
  }
  const direction = directionOf(sort, property);
  return (
    <th scope="col" aria-sort={direction}>
      <button
        type="button"
        className="sort"
        title={parts.sort_by(label)}
        onClick={() => onSort(direction === 'ascending' ? `-${property}` : property)}
      >
        {label}
        <svg viewBox="0 0 10 10" aria-hidden="true" fill="currentColor">
          {direction !== 'descending' && <path d="M5 0 8.5 4h-7z" opacity={opacityOf(direction)} />}
          {direction !== 'ascending' && <path d="M5 10 1.5 6h7z" opacity={opacityOf(direction)} />}
        </svg>
      </button>
    </th>
  );
}

/** The arrows of a column that does not sort are only hinted at. */
function opacityOf(direction: string): number {
  return direction === 'none' ? 0.45 : 1;
}
