/** Signing in by a code of an authenticator app, which is the second step. */
import { fieldProblem } from '@orgvet/contract';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { parseNotes } from '../domain/session-notes.ts';
import { WRONG_CODES_MAX } from '../domain/sign-in-lock.ts';
import { checkTotpSignIn } from '../domain/sign-in-requests.ts';
import { findTotpStep } from '../domain/totp.ts';
import type { Transaction } from '../store/database.ts';
import { findTotp, takeTotpStep } from '../store/second-factors.ts';
import { deleteSession } from '../store/sessions.ts';
import { findPassword } from '../store/user-passwords.ts';
import type { OpenContext } from './context.ts';
import { countFailureOf, forgetFailures, refuseIfLocked } from './password-proofs.ts';
import type { SessionAnswer, StartedSession } from './session-answer.ts';
import { answerWith } from './session-description.ts';
import { changeNotes, getPendingSession, lockSession, refuseSignIn } from './session-steps.ts';
import { completeSession, type Session } from './sessions.ts';
import { unsealForSession } from './totp-secrets.ts';

export async function signInByTotp(
  context: OpenContext,
  { body }: { readonly body: unknown },
): Promise<SessionAnswer> {
  const { problems, code } = checkTotpSignIn(body);
  refuseIfAny(problems);
  const { sign_in_guard: guard, ip_address, clock } = context;
  guard.refuseIfTooMany(ip_address, clock.now_ms());
  const session = await getPendingSession(context);
  const result = await context.store.transaction((tx) => tryCode(tx, context, session, code));
  if (result === 'wrong' || result === 'wrong too often') {
    guard.noteFailure(ip_address, clock.now_ms());
  }
  if (result === 'wrong') {
    const detail = 'is not what the app shows now, or was used already.';
    throw new RequestRefused([fieldProblem('invalid', 'code', detail)]);
  }
  return await answerWith(
    context,
    result === undefined || result === 'wrong too often' ? refuseSignIn() : result,
  );
}

type Result = StartedSession | 'wrong' | 'wrong too often' | undefined;

/**
 * @returns undefined where no code could be right: the session has ended, or there is no app any more
 * @throws SignInLocked
 */
async function tryCode(
  tx: Transaction,
  context: OpenContext,
  pending: Session,
  code: string,
): Promise<Result> {
  const session = await lockSession(tx, pending);
  const { account_id, user_id } = pending;
  const password = await findPassword(tx, account_id, user_id);
  const totp = await findTotp(tx, account_id, user_id);
  const { totp_secret, wrong_codes = 0 } = parseNotes(session?.notes ?? '');
  if (!session || !password || !totp || totp_secret === undefined) {
    return undefined;
  }
  const now_ms = context.clock.now_ms();
  refuseIfLocked(password, now_ms);
  const secret = unsealForSession(totp, totp_secret, context.session_token);
  const step = findTotpStep(secret, code, now_ms, totp.last_step);
  if (step !== undefined && (await takeTotpStep(tx, account_id, user_id, step))) {
    await forgetFailures(tx, account_id, user_id);
    return await completeSession(tx, context, session);
  }
  await countFailureOf(tx, context, password);
  if (wrong_codes + 1 < WRONG_CODES_MAX) {
    await changeNotes(tx, session, (notes) => ({ ...notes, wrong_codes: wrong_codes + 1 }));
    return 'wrong';
  }
  await deleteSession(tx, account_id, user_id, session.id);
  return 'wrong too often';
}
