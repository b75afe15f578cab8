/** The table that a person reads. */
import type { ComparedResult, MeasuredResult } from './measure.ts';

const HEADINGS = [
  'measurement',
  'requests/s',
  'p50 ms',
  'p99 ms',
  'CPU µs',
  'baseline',
  'its CPU µs or rate',
  'ratio',
  'by rate',
  'aim',
  'reached',
];

/** One line for each measurement and baseline, in columns. */
export function renderTable(results: readonly MeasuredResult[]): string {
  const rows = results.flatMap((result) =>
    result.comparisons.map((comparison, index) => [
      ...(index === 0 ? describeLoad(result) : ['', '', '', '', '']),
      ...describeComparison(comparison),
    ]),
  );
  const lines = [HEADINGS, ...rows];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  const isText = (column: number) => column === 0 || column === 5;
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return isText(column) ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A figure with three digits that count, and thousands set apart. */
export function formatFigure(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** Two digits that count, also of what is far from one. */
function formatRatio(ratio: number): string {
  return ratio.toFixed(ratio >= 0.1 ? 2 : ratio >= 0.01 ? 3 : 4);
}

function describeLoad({ name, requests_per_s, p50_ms, p99_ms, cpu_us }: MeasuredResult): string[] {
  return [name, ...[requests_per_s, p50_ms, p99_ms, cpu_us].map(formatFigure)];
}

function describeComparison(comparison: ComparedResult): string[] {
  const { baseline, cpu_us, per_s, ratio, throughput_ratio, aim, reached } = comparison;
  const sign = baseline === 'SQLite' ? '≤' : '≥';
  return [
    baseline,
    cpu_us === undefined ? `${formatFigure(per_s ?? 0)}/s` : formatFigure(cpu_us),
    formatRatio(ratio),
    throughput_ratio === undefined ? '' : formatRatio(throughput_ratio),
    aim === undefined ? '' : `${sign} ${aim}`,
    reached === undefined ? '' : reached ? 'yes' : 'no',
  ];
}
