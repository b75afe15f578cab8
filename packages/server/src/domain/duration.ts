/** Lengths of time as ISO 8601 writes them, without years and months, whose length differs. */

const FORM =
  /^P(?!$)(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?!$)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/;

const UNITS_MS = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000] as const;

/** @returns milliseconds; undefined for what is no such length */
export function parseDuration(text: string): number | undefined {
  const match = FORM.exec(text);
  if (match === null) {
    return undefined;
  }
  return UNITS_MS.reduce((sum, unit_ms, index) => sum + Number(match[index + 1] ?? 0) * unit_ms, 0);
}
