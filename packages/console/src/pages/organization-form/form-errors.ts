/** What a refusal says of each field, for as long as the field says what was refused. */
import { describeFieldErrors } from '../../problems.ts';

/** Fields that are refused together: other words in one may mend the other. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  name: ['name', 'assumed_name'],
  assumed_name: ['name', 'assumed_name'],
  country: ['country', 'state'],
  state: ['country', 'state'],
};

/**
 * @param labels what fields are called on the page, by their names
 * @param sent what was sent last
 * @param draft what the form says now
 * @returns what is wrong with a field, for people; undefined where nothing is known to be
 */
export function describeFormErrors(
  error: unknown,
  labels: Readonly<Record<string, string>>,
  sent: object | undefined,
  draft: object,
): (field: string) => string | undefined {
  const errors = describeFieldErrors(error, Object.keys(labels), labels);
  const before = new Map<string, unknown>(Object.entries(sent ?? {}));
  const now = new Map<string, unknown>(Object.entries(draft));
  return (field) => {
    const isAsSent = (TOGETHER[field] ?? [field]).every((one) => before.get(one) === now.get(one));
    return isAsSent ? errors[field] : undefined;
  };
}
