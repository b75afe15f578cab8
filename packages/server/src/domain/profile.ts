/** The profile of an organization: what a request says was found out about it. Pure. */
import { fieldProblem, type Problem, ProfileRequest, readBody } from '@orgvet/contract';
import { FORMATS } from './formats.ts';

/**
 * Reads a profile: every problem that needs no look at the account, or the profile, with its country in
 * upper case.
 *
 * @param time now, as on the wire
 */
export function checkProfile(
  body: unknown,
  time: string,
): { problems: Problem[]; profile: ProfileRequest } {
  const { problems, faulty, value } = readBody(ProfileRequest, body, FORMATS);
  const { formed_on = '', jurisdiction_country } = value;
  const today = time.slice(0, 10);
  if (formed_on > today && !faulty.has('formed_on')) {
    problems.push(fieldProblem('invalid', 'formed_on', `must not be after ${today}, today.`));
  }
  const profile: ProfileRequest = {
    ...value,
    ...(jurisdiction_country && { jurisdiction_country: jurisdiction_country.toUpperCase() }),
  };
  return { problems, profile };
}
