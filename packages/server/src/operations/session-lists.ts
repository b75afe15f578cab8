/** Where users are signed in, and signing them out there: themselves, and whoever sees to users. */
import type { SessionList } from '@orgvet/contract';
import { formatTime } from '../domain/time.ts';
import { deleteSession, listSessionsOfUser } from '../store/sessions.ts';
import { deleteSessionsOfUser } from '../store/sign-in-of-user.ts';
import { findUser, lockUser } from '../store/users.ts';
import { type Context, recordEvent, refuseAsNotFound, serverTimeOf } from './context.ts';
import { lastSeenOf, lastsAt } from './sessions.ts';
import { refuseUnlessMayEdit, refuseUnlessUserVisible } from './user-parts.ts';

type OneUser = { readonly params: { readonly user_id: number } };

/** Those of whoever asks. */
export async function listSessions(context: Context): Promise<SessionList> {
  return await describeSessions(context, context.principal.user_id);
}

/** Ends one of whoever asks. */
export async function endSession(
  context: Context,
  { params: { session_id } }: { readonly params: { readonly session_id: number } },
): Promise<void> {
  const { account_id, user_id } = context.principal;
  await context.store.transaction(async (tx) => {
    if (!(await deleteSession(tx, account_id, user_id, session_id))) {
      refuseAsNotFound('session');
    }
    await recordEvent(tx, context, {
      action: 'session_ended',
      object_type: 'user',
      object_id: user_id,
      before: { session_id },
    });
  });
}

export async function listUserSessions(
  context: Context,
  { params: { user_id } }: OneUser,
): Promise<SessionList> {
  const { store, principal } = context;
  const user = await findUser(store.reader, principal.account_id, user_id);
  await refuseUnlessUserVisible(store.reader, principal, user);
  return await describeSessions(context, user_id);
}

/** Signs a user out everywhere, and takes away the links by which the user would be back in. */
export async function endUserSessions(
  context: Context,
  { params: { user_id } }: OneUser,
): Promise<void> {
  const { store, principal } = context;
  const { account_id } = principal;
  await store.transaction(async (tx) => {
    const locked = await lockUser(tx, account_id, user_id);
    refuseUnlessMayEdit(principal, await refuseUnlessUserVisible(tx, principal, locked));
    const sessions = await listSessionsOfUser(tx, account_id, user_id);
    if ((await deleteSessionsOfUser(tx, account_id, user_id)) > 0) {
      await recordEvent(tx, context, {
        action: 'session_ended',
        object_type: 'user',
        object_id: user_id,
        before: { session_ids: sessions.map(({ id }) => id) },
      });
    }
  });
}

/** Those of a user who is signed in by them, and that last. */
async function describeSessions(context: Context, user_id: number): Promise<SessionList> {
  const { store, principal } = context;
  const stored = await listSessionsOfUser(store.reader, principal.account_id, user_id);
  const now_ms = serverTimeOf(context);
  const lasting = stored.filter((one) => one.stage === 'full' && lastsAt(context, one, now_ms));
  return {
    sessions: lasting.map((session) => ({
      id: session.id,
      is_current: session.id === principal.session_id,
      method: session.method,
      created_at: session.created_at,
      last_seen_at: formatTime(lastSeenOf(context, session)),
      expires_at: session.expires_at,
      ip_address: session.ip_address,
      user_agent: session.user_agent,
    })),
  };
}
