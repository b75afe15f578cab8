/** Whom OpenID providers know users as: to look at, and to be forgotten. */
import type { UserIdentityList } from '@orgvet/contract';
import { deleteSession, listSessionsOfUser } from '../store/sessions.ts';
import { deleteIdentitiesOfUser, listIdentitiesOfUser } from '../store/user-identities.ts';
import { findUser, lockUser } from '../store/users.ts';
import { type Context, recordEvent } from './context.ts';
import { refuseUnlessMayEdit, refuseUnlessUserVisible } from './user-parts.ts';

type OneUser = { readonly params: { readonly user_id: number } };

export async function listUserIdentities(
  { store, principal }: Context,
  { params: { user_id } }: OneUser,
): Promise<UserIdentityList> {
  const { account_id } = principal;
  const user = await findUser(store.reader, account_id, user_id);
  await refuseUnlessUserVisible(store.reader, principal, user);
  return { identities: await listIdentitiesOfUser(store.reader, account_id, user_id) };
}

/** Takes the links away, and whoever came in by one out of the sessions that it began. */
export async function removeUserIdentities(
  context: Context,
  { params: { user_id } }: OneUser,
): Promise<void> {
  const { store, principal } = context;
  const { account_id } = principal;
  await store.transaction(async (tx) => {
    const locked = await lockUser(tx, account_id, user_id);
    refuseUnlessMayEdit(principal, await refuseUnlessUserVisible(tx, principal, locked));
    const linked = await listIdentitiesOfUser(tx, account_id, user_id);
    if (linked.length === 0) {
      return;
    }
    await deleteIdentitiesOfUser(tx, account_id, user_id);
    const identities = linked.map(({ issuer, subject }) => ({ issuer, subject }));
    const sessions = await listSessionsOfUser(tx, account_id, user_id);
    const session_ids = sessions.filter(({ method }) => method === 'openid').map(({ id }) => id);
    for (const id of session_ids) {
      await deleteSession(tx, account_id, user_id, id);
    }
    await recordEvent(tx, context, {
      action: 'identity_unlinked',
      object_type: 'user',
      object_id: user_id,
      before: { identities, session_ids },
    });
  });
}
