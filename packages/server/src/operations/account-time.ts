/** The time of an account, for what is not asked for by a key: a test account's clock may be ahead. */
import { findAccount } from '../store/accounts.ts';
import { clockOf, type Environment } from './context.ts';

/** The same environment with the clock of an account; the clock as it is where there is no such account. */
export async function inTimeOf<Place extends Environment>(
  environment: Place,
  account_id: number,
): Promise<Place> {
  const account = await findAccount(environment.store.reader, account_id);
  return account === undefined
    ? environment
    : { ...environment, clock: clockOf(environment.clock, account) };
}
