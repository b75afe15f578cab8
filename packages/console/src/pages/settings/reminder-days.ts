/** Days before an end as a list that people type: `90, 30, 0, -7`. */

export function formatDays(days: readonly number[]): string {
  return days.join(', ');
}

/** @returns undefined where there is anything that is no whole number */
export function parseDays(text: string): number[] | undefined {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  return parts.every((part) => /^[-−]?\d{1,6}$/.test(part))
    ? parts.map((part) => Number(part.replace('−', '-')))
    : undefined;
}
