/** Signing in by a link and signing out. Nobody need be known to ask. */
import { problem } from '@orgvet/contract';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { checkLinkSignIn } from '../domain/sign-in-requests.ts';
import { deleteSession } from '../store/sessions.ts';
import { clockOf, type OpenContext } from './context.ts';
import { SessionAnswer } from './session-answer.ts';
import { answerWith } from './session-description.ts';
import { findSession, recordSessionEvent, startSession } from './sessions.ts';
import { findUsableLink, useLink } from './sign-in-links.ts';

/** The same refusal for a link that is wrong, was used, or is too old. */
export async function signInByLink(
  context: OpenContext,
  { body }: { readonly body: unknown },
): Promise<SessionAnswer> {
  const { problems, request } = checkLinkSignIn(body);
  refuseIfAny(problems);
  const link = await findUsableLink(context, request.token);
  const started =
    link &&
    (await context.store.transaction(async (tx) => {
      const { account_id, user_id, purpose } = link;
      const stage = purpose === 'enrolment' ? 'enrolment' : 'full';
      const who = { account_id, user_id, method: 'link', stage } as const;
      return (await useLink(tx, context, link)) ? await startSession(tx, context, who) : undefined;
    }));
  if (started === undefined) {
    throw new RequestRefused([problem('sign_in_link_invalid')]);
  }
  return await answerWith(context, started);
}

/** Ends the session of the cookie, if there is one. */
export async function signOut(context: OpenContext): Promise<SessionAnswer> {
  const session = await findSession(context, context.session_token);
  if (session !== undefined) {
    const { account_id, user_id, id } = session;
    const clock = clockOf(context.clock, session);
    await context.store.transaction(async (tx) => {
      if (await deleteSession(tx, account_id, user_id, id)) {
        const before = { session_id: id };
        await recordSessionEvent(tx, { ...context, clock }, session, {
          action: 'signed_out',
          before,
        });
      }
    });
  }
  return new SessionAnswer(undefined, 'ended');
}
