/**
 * From whom a provider says somebody is to a session. The first time by an address that the provider has
 * confirmed, and that one user alone has; from then on by the provider's own name for them, whatever
 * becomes of the address.
 */
import { fold } from '../domain/fold.ts';
import { formatTime } from '../domain/time.ts';
import type { Handle } from '../store/database.ts';
import {
  insertIdentity,
  listPeopleByEmail,
  listUsersOfIdentity,
} from '../store/user-identities.ts';
import { lockUser } from '../store/users.ts';
import { getStoredAccount } from './account-info.ts';
import { clockOf, type OpenContext } from './context.ts';
import type { Identity } from './openid-provider.ts';
import type { StartedSession } from './session-answer.ts';
import { recordSessionEvent, startSession } from './sessions.ts';

interface KnownUser {
  readonly account_id: number;
  readonly user_id: number;
  /** Whether it is to be remembered whom the provider knows them as. */
  readonly isNew: boolean;
}

/**
 * @returns undefined where nobody is meant by it, more than one may be, or who is meant cannot sign in
 * @throws RequestRefused where the user may not ask from the address
 */
export async function signInByIdentity(
  context: OpenContext,
  identity: Identity,
): Promise<StartedSession | undefined> {
  const found = await findUserOf(context.store.reader, identity);
  if (found === undefined) {
    return undefined;
  }
  const { account_id, user_id } = found;
  return await context.store.transaction(async (tx) => {
    const user = await lockUser(tx, account_id, user_id);
    // A link may have been removed or made meanwhile: now that the user is locked it stays as it is.
    const known = await findUserOf(tx, identity);
    if (known?.account_id !== account_id || known.user_id !== user_id) {
      return undefined;
    }
    const { isNew } = known;
    const account = await getStoredAccount(tx, account_id);
    // Who administers a live account may give its users other addresses, and validates nothing for all that.
    if (isNew && account.mode === 'live' && user?.has_appointments === 1) {
      return undefined;
    }
    const who = { account_id, user_id, method: 'openid', stage: 'full' } as const;
    const started = await startSession(tx, context, who);
    if (started !== undefined && isNew) {
      const { issuer, subject } = identity;
      const linked_at = formatTime(context.clock.now_ms());
      await insertIdentity(tx, { account_id, issuer, subject, user_id, linked_at });
      const clock = clockOf(context.clock, account);
      const after = { issuer, subject };
      await recordSessionEvent(tx, { ...context, clock }, known, {
        action: 'identity_linked',
        after,
      });
    }
    return started;
  });
}

async function findUserOf(
  handle: Handle,
  { issuer, subject, verified_email }: Identity,
): Promise<KnownUser | undefined> {
  const [known, ...others] = await listUsersOfIdentity(handle, issuer, subject);
  if (known !== undefined) {
    return others.length === 0 ? { ...known, isNew: false } : undefined;
  }
  if (verified_email === '') {
    return undefined;
  }
  const [person, ...namesakes] = await listPeopleByEmail(handle, fold(verified_email));
  return person === undefined || namesakes.length > 0
    ? undefined
    : { account_id: person.account_id, user_id: person.id, isNew: true };
}
