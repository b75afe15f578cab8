/** Days of the reader's zone, as fields for a date have them, and the moments that they stand for. */

/** The day that a moment is on: `2026-11-21`. */
export function dayOf(time_ms: number): string {
  const moment = new Date(time_ms);
  const parts = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/** The last second of a day, as the API takes times; empty where no day was given. */
export function endOfDay(day: string): string {
  return day === '' ? '' : momentOf(`${day}T23:59:59`);
}

/** A moment that a field for date and time has, as the API takes times; empty where it has none. */
export function momentOf(local: string): string {
  const moment = new Date(local);
  return Number.isNaN(moment.getTime()) ? '' : `${moment.toISOString().slice(0, 19)}Z`;
}

/** A moment as a field for date and time shows it: `2026-11-21T13:00`. */
export function localOf(time_ms: number): string {
  const moment = new Date(time_ms);
  const time = [moment.getHours(), moment.getMinutes()];
  return `${dayOf(time_ms)}T${time.map((part) => String(part).padStart(2, '0')).join(':')}`;
}
