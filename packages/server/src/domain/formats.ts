/** What the contract's `format` words mean, for reading bodies. Pure. */
import { type Formats, findLanguage } from '@orgvet/contract';
import { parseDuration } from './duration.ts';
import { isEmailAddress } from './email.ts';
import { isCountry } from './subdivision.ts';

export const FORMATS: Formats = {
  email: isEmailAddress,
  'iso-3166-1-alpha-2': isCountry,
  language: (value) => findLanguage(value) !== undefined,
  'date-time': isMoment,
  date: isDay,
  duration: (value) => parseDuration(value) !== undefined,
};

/** A day, a time of day as precise as `Date` can hold it, and a zone. */
const MOMENT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Whether a text is a moment that `Date` reads as what it says. */
function isMoment(value: string): boolean {
  const local = MOMENT.exec(value)?.[1];
  return local !== undefined && printsAs(`${local}Z`, local) && printsAs(value, '');
}

/** Whether a text is a day that there is, as `2018-10-09`. */
function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && printsAs(value, value);
}

/** Whether a time can be read and is printed, in UTC and with a year of four digits, with a beginning. */
function printsAs(time: string, beginning: string): boolean {
  const time_ms = Date.parse(time);
  // `Date` takes 30 February for 2 March: that is seen only when it is printed.
  const printed = Number.isNaN(time_ms) ? '' : new Date(time_ms).toISOString();
  return /^\d{4}-/.test(printed) && printed.startsWith(beginning);
}
