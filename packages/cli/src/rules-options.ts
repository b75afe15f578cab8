/** Options that commands about rules share: at which moment to look, and how to print. */
import { type OptionSpecs, UsageError } from './command.ts';
import { LIST_OUTPUT_OPTIONS } from './output.ts';

export const AT_OPTION = {
  at: { kind: 'text', value: 'DATE', help: 'as of this day or moment, 2026-03-15; now without it' },
} as const satisfies OptionSpecs;

/** No server sends anything here. */
export const RULES_OUTPUT_OPTIONS = {
  ...LIST_OUTPUT_OPTIONS,
  json: { kind: 'flag', help: 'one JSON document' },
} as const satisfies OptionSpecs;

/** @returns milliseconds since 1970 */
export function parseMoment(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const isMoment = /^\d{4}-\d{2}-\d{2}(T[\d:]+(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const time_ms = isMoment ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time_ms)) {
    throw new UsageError(`--at must be a day as 2026-03-15, or a moment, not ${text}.`);
  }
  return time_ms;
}
