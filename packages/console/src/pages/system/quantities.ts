/** How long and how much, as people say it. */

import { describeLength } from '../../durations.ts';
import type { Texts } from '../../texts/texts.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** Clocks that differ a little make no time less than nothing. */
export function describeDuration(duration_ms: number, { system, language }: Texts): string {
  return duration_ms < MINUTE_MS
    ? system.less_than_a_minute
    : describeLength(Math.floor(duration_ms / SECOND_MS), language);
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function describeBytes(bytes: number, language: string): string {
  const power = bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3);
  const step = Math.min(power, UNITS.length - 1);
  const number = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[step] ?? 'byte',
    maximumFractionDigits: 1,
  });
  return number.format(bytes / 1000 ** step);
}
