/**
 * What people have in hand who change how they sign in: their own session, whether it is full or they are
 * still enrolling, and the proof that it is they who sit there. Knows nothing of what they change.
 */
import { type CurrentSession, fieldProblem, problem } from '@orgvet/contract';
import { RequestRefused } from '../domain/problems.ts';
import type { Transaction } from '../store/database.ts';
import { deleteOtherPendingSessions } from '../store/sessions.ts';
import { findPassword, type StoredPassword } from '../store/user-passwords.ts';
import { findUser, type StoredUser } from '../store/users.ts';
import { type Context, type OpenContext, recordEvent, serverTimeOf } from './context.ts';
import {
  holdsStill,
  matchPassword,
  noteFailure,
  type PasswordProof,
  refuseIfLocked,
} from './password-proofs.ts';
import type { SessionAnswer, StartedSession } from './session-answer.ts';
import { answerWith, describeSession, isBeginningAnew } from './session-description.ts';
import { lockSession } from './session-steps.ts';
import { completeSession, readSessionById, type Session } from './sessions.ts';

export interface OwnSession {
  /** By the server's clock, as sessions are. */
  readonly context: OpenContext;
  readonly session: Session;
  readonly user: StoredUser;
}

/** @throws RequestRefused where the session has ended meanwhile, and for who has none */
export async function getOwnSession(asked: Context): Promise<OwnSession> {
  const { account_id, user_id, session_id: id } = asked.principal;
  const session = await readSessionById(asked.store.reader, { account_id, id });
  const user = await findUser(asked.store.reader, account_id, user_id);
  if (session === undefined || user === undefined) {
    refuseAsSignedOut();
  }
  const context = {
    ...asked,
    clock: { now_ms: () => serverTimeOf(asked) },
    user_agent: session.user_agent,
    session_token: '',
  };
  return { context, session, user };
}

/** Whoever enrols by a link begins with the password. @throws RequestRefused */
export function refuseIfBeginningAnew({ session }: OwnSession): void {
  if (isBeginningAnew(session)) {
    refuseAsWithoutPassword();
  }
}

/** @throws RequestRefused the answer for what takes a password */
export function refuseAsWithoutPassword(): never {
  throw new RequestRefused([problem('password_needed')]);
}

/** The password by which the user signs in; none for who signs in otherwise. */
export async function findOwnPassword({
  context: { store },
  session: { account_id, user_id },
}: OwnSession): Promise<StoredPassword | undefined> {
  return await findPassword(store.reader, account_id, user_id);
}

/**
 * Proves by the password that it is the user who sits there. A wrong one counts as one at signing in.
 *
 * @param field of the body, which has the problem
 * @throws RequestRefused, SignInLocked
 */
export async function proveOwn(
  { context }: OwnSession,
  stored: StoredPassword,
  password: string,
  field: 'password' | 'current_password',
): Promise<PasswordProof> {
  const now_ms = context.clock.now_ms();
  context.sign_in_guard.refuseIfTooMany(context.ip_address, now_ms);
  refuseIfLocked(stored, now_ms);
  const proof = await matchPassword(context, password, stored);
  if (proof === undefined) {
    await noteFailure(context, stored);
    refuseAsWrongPassword(field);
  }
  return proof;
}

/** @throws RequestRefused the answer for a wrong password */
export function refuseAsWrongPassword(field: 'password' | 'current_password'): never {
  throw new RequestRefused([fieldProblem('invalid', field, 'is not the password of the user.')]);
}

/** What a change is made with. */
interface Proven {
  /** Undefined where none was needed. */
  readonly proof: PasswordProof | undefined;
  readonly field: 'password' | 'current_password';
}

/**
 * The session, with its user locked, where all still is as it was when it was proven.
 *
 * @throws RequestRefused otherwise
 */
export async function lockOwnSession(
  tx: Transaction,
  { context, session }: OwnSession,
  proven?: Proven,
): Promise<Session> {
  const current = await lockSession(tx, session);
  if (current === undefined) {
    refuseAsSignedOut();
  }
  if (proven?.proof !== undefined && !(await holdsStill(tx, context, proven.proof))) {
    refuseAsWrongPassword(proven.field);
  }
  return current;
}

/** A session that enrols is full once there is all it takes. @returns undefined for one that was */
export async function completeEnrolment(
  tx: Transaction,
  { context }: OwnSession,
  session: Session,
): Promise<StartedSession | undefined> {
  return session.stage === 'enrolment' ? await completeSession(tx, context, session) : undefined;
}

/** The session as it is since, with its new token where it was completed. */
export async function answerOwn(
  { context, session }: OwnSession,
  started: StartedSession | undefined,
): Promise<CurrentSession | SessionAnswer> {
  if (started !== undefined) {
    return await answerWith(context, started);
  }
  const current = await readSessionById(context.store.reader, session);
  return (current && (await describeSession(context, current))) ?? refuseAsSignedOut();
}

/** Records what users change of how they sign in. */
export async function recordOwnChange(
  tx: Transaction,
  asked: Context,
  change: OwnChange,
): Promise<void> {
  const object_id = asked.principal.user_id;
  await recordEvent(tx, asked, { ...change, object_type: 'user', object_id });
}

interface OwnChange {
  readonly action: string;
  readonly before?: object;
  readonly after?: object;
}

/**
 * As `recordOwnChange`, of a second factor. Others who have the password, and are on the way by what was
 * there before, must not go on: they would get by what has been added, or in by what is gone.
 */
export async function recordFactorChange(
  tx: Transaction,
  asked: Context,
  { account_id, user_id, id }: Session,
  change: OwnChange,
): Promise<void> {
  await deleteOtherPendingSessions(tx, account_id, user_id, id);
  await recordOwnChange(tx, asked, change);
}

/** @throws RequestRefused the answer for a session that has ended */
export function refuseAsSignedOut(): never {
  throw new RequestRefused([problem('access_denied|access_denied_invalid_key')]);
}
