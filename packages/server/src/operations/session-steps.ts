/**
 * Sessions that are on the way, step by step: what was noted in one for its next step. Whatever changes
 * a session, or what its user signs in with, locks the user first, so nothing changes in between.
 */
import { problem } from '@orgvet/contract';
import { RequestRefused } from '../domain/problems.ts';
import { formatNotes, parseNotes, type SessionNotes } from '../domain/session-notes.ts';
import type { Transaction } from '../store/database.ts';
import { updateSessionNotes } from '../store/sessions.ts';
import { lockUser } from '../store/users.ts';
import type { OpenContext } from './context.ts';
import { findSession, readSessionById, type Session } from './sessions.ts';

/** @throws RequestRefused the one answer to whoever is not let in, whatever the reason */
export function refuseSignIn(): never {
  throw new RequestRefused([problem('sign_in_refused')]);
}

/** The session that waits for a second factor. @throws RequestRefused where the browser has none */
export async function getPendingSession(context: OpenContext): Promise<Session> {
  const session = await findSession(context, context.session_token);
  return session?.stage === 'second_factor' ? session : refuseSignIn();
}

/** The session as it is now that its user is locked. @returns undefined where it has ended */
export async function lockSession(tx: Transaction, session: Session): Promise<Session | undefined> {
  const user = await lockUser(tx, session.account_id, session.user_id);
  return user && (await readSessionById(tx, session));
}

/** Changes the notes of a session that `lockSession` gave. @returns those before */
export async function changeNotes(
  tx: Transaction,
  { account_id, id, notes }: Session,
  change: (notes: SessionNotes) => SessionNotes,
): Promise<SessionNotes> {
  const before = parseNotes(notes);
  const text = formatNotes(change(before));
  if (text !== notes) {
    await updateSessionNotes(tx, account_id, id, text);
  }
  return before;
}

/** Notes what a passkey has to sign. @returns whether the session is still there */
export async function noteChallenge(
  context: OpenContext,
  session: Session,
  passkey_challenge: string,
): Promise<boolean> {
  return await context.store.transaction(async (tx) => {
    const current = await lockSession(tx, session);
    if (current === undefined) {
      return false;
    }
    await changeNotes(tx, current, (notes) => ({ ...notes, passkey_challenge }));
    return true;
  });
}

/** Takes what a passkey has to sign, which serves for one try. @returns undefined where nothing was noted */
export async function takeChallenge(
  context: OpenContext,
  session: Session,
): Promise<string | undefined> {
  return await context.store.transaction(async (tx) => {
    const current = await lockSession(tx, session);
    const before =
      current &&
      (await changeNotes(tx, current, ({ passkey_challenge: _taken, ...notes }) => notes));
    return before?.passkey_challenge;
  });
}
