/** CSV by RFC 4180, made safe to open in a spreadsheet. */

/** A cell that a spreadsheet would run as a formula; some read full-width signs as plain ones. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** A telephone number in international form: it begins as a formula does, and is left alone. */
const TELEPHONE = /^\+[\d ().\-/]*(?:(?:x|ext\.?) *\d+)?$/i;

/** One line, with its end. */
export function renderCsvLine(cells: readonly (string | number | boolean)[]): string {
  return `${cells.map(renderCell).join(',')}\r\n`;
}

function renderCell(value: string | number | boolean): string {
  const text = String(value);
  const isHarmless = typeof value !== 'string' || !FORMULA.test(text) || TELEPHONE.test(text);
  const safe = isHarmless ? text : `'${text}`;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
