/** What may be set of an account. Pure. */
import {
  AccountSettingsRequest,
  fieldProblem,
  type Problem,
  type Reading,
  readBody,
} from '@orgvet/contract';
import { FORMATS } from './formats.ts';

/** Reads changes of settings; the days of reminders come back in the order in which they fall due. */
export function checkAccountSettings(
  body: unknown,
): Pick<Reading<AccountSettingsRequest>, 'problems' | 'value'> {
  const { problems, value } = readBody(AccountSettingsRequest, body, FORMATS);
  const { reminder_days } = value;
  if (reminder_days === undefined) {
    return { problems, value };
  }
  const sorted = reminder_days.toSorted((one, other) => other - one);
  return {
    problems: [...problems, ...findRepeated(reminder_days)],
    value: { ...value, reminder_days: sorted },
  };
}

/** A number of days that stands there again, each time. */
function findRepeated(days: readonly number[]): Problem[] {
  return days.flatMap((one, index) =>
    Number.isInteger(one) && days.indexOf(one) < index
      ? [fieldProblem('invalid', `reminder_days[${index}]`, 'must be given only once.')]
      : [],
  );
}
