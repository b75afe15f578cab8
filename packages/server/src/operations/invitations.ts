/** Inviting users to choose how they sign in, which also mends a password or a second factor that was lost. */
import { type Invitation, problem } from '@orgvet/contract';
import { RequestRefused } from '../domain/problems.ts';
import { lockUser } from '../store/users.ts';
import type { Context } from './context.ts';
import { findReasonAgainst, insertRecordedLink } from './sign-in-links.ts';
import { refuseUnlessMayEdit, refuseUnlessUserVisible } from './user-parts.ts';

/** Whoever has the link is taken for the user, so it is shown once, to whoever asked for it. */
export async function inviteUser(
  context: Context,
  { params: { user_id } }: { readonly params: { readonly user_id: number } },
): Promise<Invitation> {
  const { store, principal } = context;
  return await store.transaction(async (tx) => {
    const locked = await lockUser(tx, principal.account_id, user_id);
    const user = await refuseUnlessUserVisible(tx, principal, locked);
    refuseUnlessMayEdit(principal, user);
    const reason = findReasonAgainst(user, 'enrolment') ?? '';
    const invitation = await insertRecordedLink(tx, context, user_id, 'enrolment');
    if (invitation === undefined) {
      throw new RequestRefused([problem('user_cannot_sign_in', { reason })]);
    }
    return invitation;
  });
}
