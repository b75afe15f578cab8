/**
 * Sessions: from the token in a browser's cookie to whoever is signed in, and how a session begins. They
 * last by the server's clock; what they do, and their events, happen in the time of the account.
 *
 * However somebody signs in, it ends with `startSession`: of stage `full` where nothing is missing, else
 * of a stage that `completeSession` makes `full` later. It says nothing of passwords or second factors.
 */
import { hashSecret, isSecretOf, makeSecret, SECRET_SIZE_BYTES } from '../domain/api-key.ts';
import { isAddressAllowed } from '../domain/ip-address.ts';
import { RESTRICTIONS } from '../domain/permissions.ts';
import {
  formatSignInToken,
  isSessionAlive,
  parseSignInToken,
  type SessionStage,
  type SignInMethod,
  sessionEndOf,
  tidyUserAgent,
} from '../domain/session.ts';
import { formatTime } from '../domain/time.ts';
import type { Handle, Transaction } from '../store/database.ts';
import { listIpRulesFor } from '../store/ip-rules.ts';
import {
  deleteEndedSessions,
  deleteSession,
  findSessionHolder,
  insertSession,
  type SessionHolder,
} from '../store/sessions.ts';
import { lockUser, updateLastLogin } from '../store/users.ts';
import { getStoredAccount } from './account-info.ts';
import {
  clockOf,
  type Environment,
  type OpenContext,
  type Principal,
  recordEvent,
} from './context.ts';
import { NO_HASH } from './keys.ts';
import { readPrincipal } from './principals.ts';
import { remember } from './remembered.ts';
import type { StartedSession } from './session-answer.ts';
import { refuseAsMissingPermission } from './user-parts.ts';

/** A session that lasts, of whatever stage: only one that is `full` may do anything but sign in. */
export interface Session extends SessionHolder {
  readonly account_id: number;
  readonly id: number;
}

/** Finds whoever is signed in. It is remembered; whether the session still lasts is asked every time. */
export interface SessionRing {
  /**
   * @param stages how far the session may have come
   * @returns undefined for what is no token, and for a session of another stage or that no longer lasts
   */
  findPrincipal(token: string, stages: readonly SessionStage[]): Promise<Principal | undefined>;
}

export function createSessionRing(environment: Environment): SessionRing {
  const { store, clock, session_usage: usage } = environment;
  const find = remember(store.reader, async (token) => {
    const session = await readSession(environment, token);
    return session && { session, principal: await readPrincipalOf(environment, session) };
  });
  return {
    async findPrincipal(token, stages) {
      const found = await find(token);
      const now_ms = clock.now_ms();
      if (
        found === undefined ||
        !stages.includes(found.session.stage) ||
        !lastsAt(environment, found.session, now_ms)
      ) {
        return undefined;
      }
      usage.note(found.session.account_id, found.session.id, now_ms);
      return found.principal;
    },
  };
}

/** The session of a token. @returns undefined for what is no token, and for one that no longer lasts */
export async function findSession(
  environment: Environment,
  token: string,
): Promise<Session | undefined> {
  const session = await readSession(environment, token);
  return session !== undefined && lastsAt(environment, session, environment.clock.now_ms())
    ? session
    : undefined;
}

/** Whoever a session is of, as every operation knows them. Of one that is not `full` only to look at. */
export async function readPrincipalOf(
  { store }: Pick<Environment, 'store'>,
  session: Session,
): Promise<Principal> {
  const { account_id, id: session_id } = session;
  const restricted_to_role_id = RESTRICTIONS.none;
  const means = { account_id, api_key_id: 0, session_id, restricted_to_role_id };
  return await readPrincipal(store.reader, session, means);
}

async function readSession({ store }: Environment, text: string): Promise<Session | undefined> {
  const token = parseSignInToken('session', text);
  if (token === undefined) {
    return undefined;
  }
  const session = await readSessionById(store.reader, token);
  const isRight = isSecretOf(token.secret, session?.token_hash ?? NO_HASH);
  return isRight ? session : undefined;
}

/** A session of an active user, whether it still lasts or not. */
export async function readSessionById(
  handle: Handle,
  { account_id, id }: Pick<Session, 'account_id' | 'id'>,
): Promise<Session | undefined> {
  const holder = await findSessionHolder(handle, account_id, id);
  return holder && { ...holder, account_id, id };
}

/** Whether a session lasts at a moment of the server's clock, with what is noted of its use. */
export function lastsAt(
  { session_usage }: Pick<Environment, 'session_usage'>,
  session: Pick<Session, 'account_id' | 'id' | 'stage' | 'expires_at' | 'last_seen_at'>,
  now_ms: number,
): boolean {
  const expires_ms = Date.parse(session.expires_at);
  const last_seen_ms = lastSeenOf({ session_usage }, session);
  return isSessionAlive({ stage: session.stage, expires_ms, last_seen_ms }, now_ms);
}

/** When a session was last used, also where that is not in the database yet. */
export function lastSeenOf(
  { session_usage }: Pick<Environment, 'session_usage'>,
  { account_id, id, last_seen_at }: Pick<Session, 'account_id' | 'id' | 'last_seen_at'>,
): number {
  return Math.max(Date.parse(last_seen_at), session_usage.findLast(account_id, id) ?? 0);
}

/** Who signs in, how, and how far that brings them. */
interface SignIn {
  readonly account_id: number;
  readonly user_id: number;
  readonly method: SignInMethod;
  readonly stage: SessionStage;
}

/**
 * Begins a session. To be called with no user locked but this one.
 *
 * @returns undefined for who cannot sign in: no such user, one who is not active, or a service user
 * @throws RequestRefused where the user may not ask from the address
 */
export async function startSession(
  tx: Transaction,
  context: OpenContext,
  { account_id, user_id, method, stage }: SignIn,
): Promise<StartedSession | undefined> {
  const user = await lockUser(tx, account_id, user_id);
  if (user?.status !== 'active' || user.is_api_only === 1) {
    return undefined;
  }
  const rules = await listIpRulesFor(tx, account_id, user_id, 0);
  if (!isAddressAllowed(rules, context.ip_address)) {
    refuseAsMissingPermission();
  }
  const now_ms = context.clock.now_ms();
  const time = formatTime(now_ms);
  const secret = makeSecret(context.random(SECRET_SIZE_BYTES));
  const expires_ms = sessionEndOf(stage, now_ms);
  await deleteEndedSessions(tx, account_id, user_id, time);
  const id = await insertSession(tx, {
    account_id,
    user_id,
    token_hash: hashSecret(secret),
    stage,
    method,
    created_at: time,
    expires_at: formatTime(expires_ms),
    last_seen_at: time,
    ip_address: context.ip_address,
    user_agent: tidyUserAgent(context.user_agent),
  });
  await recordSignIn(tx, context, { account_id, user_id, method, stage }, id);
  return { token: formatSignInToken('session', { account_id, id, secret }), expires_ms };
}

/**
 * Ends a session that was on the way, and begins a full one in its place: with another token, so that
 * whoever saw the earlier one has nothing of it.
 *
 * @returns undefined where the session has ended meanwhile, and for who cannot sign in any more
 */
export async function completeSession(
  tx: Transaction,
  context: OpenContext,
  { account_id, user_id, id, method }: Session,
): Promise<StartedSession | undefined> {
  const user = await lockUser(tx, account_id, user_id);
  const isThere = await deleteSession(tx, account_id, user_id, id);
  return user !== undefined && isThere
    ? await startSession(tx, context, { account_id, user_id, method, stage: 'full' })
    : undefined;
}

async function recordSignIn(
  tx: Transaction,
  context: OpenContext,
  { account_id, user_id, method, stage }: SignIn,
  session_id: number,
): Promise<void> {
  const clock = clockOf(context.clock, await getStoredAccount(tx, account_id));
  if (stage === 'full') {
    await updateLastLogin(tx, account_id, user_id, formatTime(clock.now_ms()));
  }
  await recordSessionEvent(
    tx,
    { ...context, clock },
    { account_id, user_id },
    {
      action: stage === 'full' ? 'signed_in' : 'sign_in_begun',
      after: { session_id, method, ...(stage !== 'full' && { stage }) },
    },
  );
}

/** The event of what users do with their sessions before they are known by one. */
export async function recordSessionEvent(
  tx: Transaction,
  context: Pick<OpenContext, 'clock' | 'request_id' | 'ip_address'>,
  { account_id, user_id }: { readonly account_id: number; readonly user_id: number },
  change: { readonly action: string; readonly before?: object; readonly after?: object },
): Promise<void> {
  const principal = { account_id, user_id, api_key_id: 0 };
  await recordEvent(
    tx,
    { ...context, principal },
    { ...change, object_type: 'user', object_id: user_id },
  );
}
