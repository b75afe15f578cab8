/** Months and counts by type, as they are drawn and told. */
import { VALIDATION_TYPE_NAMES, type ValidationTypeName } from '@orgvet/contract';
import type { Texts } from '../../texts/texts.ts';

/** How many end, by type; types of which none does may be left out. */
type Counts = Readonly<Partial<Record<ValidationTypeName, number>>>;

export interface Month {
  /** `2026-11` */
  readonly month: string;
  readonly counts: Counts;
}

export function sumOf(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** The types of which there are any, in the order in which they are told everywhere. */
export function listTypes(all: readonly Counts[]): ValidationTypeName[] {
  return VALIDATION_TYPE_NAMES.filter((type) => all.some((counts) => (counts[type] ?? 0) > 0));
}

/** The first day that is not in the month any more. */
export function findDayAfter(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}

export function formatMonth(
  language: string,
  month: string,
  format: Intl.DateTimeFormatOptions = { month: 'long', year: 'numeric' },
): string {
  const months = new Intl.DateTimeFormat(language, { ...format, timeZone: 'UTC' });
  return months.format(new Date(`${month}-01`));
}

/** `OV 3, EV 1` */
export function describeCounts(counts: Counts, texts: Texts): string {
  const numbers = new Intl.NumberFormat(texts.language);
  const parts = listTypes([counts]).map((type) =>
    texts.expiring.count(texts.words.validation_types[type], numbers.format(counts[type] ?? 0)),
  );
  return new Intl.ListFormat(texts.language, { type: 'unit' }).format(parts);
}
