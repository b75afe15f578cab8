/** Signing in by a passkey, which is the second step. What it has to sign serves for one try. */
import { PasskeySignInRequest, readBody } from '@orgvet/contract';
import { FORMATS } from '../domain/formats.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { formatTime } from '../domain/time.ts';
import type { Transaction } from '../store/database.ts';
import { listPasskeys, type StoredPasskey, updatePasskeyUse } from '../store/second-factors.ts';
import { findPassword } from '../store/user-passwords.ts';
import type { OpenContext } from './context.ts';
import { askForPasskey, type CredentialUse, verifyPasskey } from './passkey-ceremonies.ts';
import { forgetFailures, refuseIfLocked } from './password-proofs.ts';
import type { SessionAnswer, StartedSession } from './session-answer.ts';
import { answerWith } from './session-description.ts';
import {
  getPendingSession,
  lockSession,
  noteChallenge,
  refuseSignIn,
  takeChallenge,
} from './session-steps.ts';
import { completeSession, type Session } from './sessions.ts';

export async function startPasskeySignIn(context: OpenContext): Promise<object> {
  const session = await getPendingSession(context);
  const passkeys = await listPasskeysOf(context, session);
  if (passkeys.length === 0) {
    refuseSignIn();
  }
  const { options, challenge } = await askForPasskey(context, passkeys);
  return (await noteChallenge(context, session, challenge)) ? options : refuseSignIn();
}

export async function signInByPasskey(
  context: OpenContext,
  { body }: { readonly body: unknown },
): Promise<SessionAnswer> {
  const { problems, value } = readBody(PasskeySignInRequest, body, FORMATS);
  refuseIfAny(problems);
  const session = await getPendingSession(context);
  const challenge = await takeChallenge(context, session);
  const shown: { readonly id?: unknown } = value.response;
  const passkey = (await listPasskeysOf(context, session)).find(
    ({ credential_id }) => credential_id === shown.id,
  );
  const use =
    challenge !== undefined &&
    passkey &&
    (await verifyPasskey(context, challenge, passkey, value.response));
  const started =
    use &&
    (await context.store.transaction((tx) => complete(tx, context, session, { passkey, use })));
  return await answerWith(context, started || refuseSignIn());
}

async function listPasskeysOf(
  { store }: OpenContext,
  { account_id, user_id }: Session,
): Promise<StoredPasskey[]> {
  return await listPasskeys(store.reader, account_id, user_id);
}

/** @returns undefined where the session has ended, or the passkey was removed or used meanwhile */
async function complete(
  tx: Transaction,
  context: OpenContext,
  pending: Session,
  { passkey, use }: { readonly passkey: StoredPasskey; readonly use: CredentialUse },
): Promise<StartedSession | undefined> {
  const session = await lockSession(tx, pending);
  const { account_id, user_id } = pending;
  const password = await findPassword(tx, account_id, user_id);
  if (session === undefined || password === undefined) {
    return undefined;
  }
  const now_ms = context.clock.now_ms();
  refuseIfLocked(password, now_ms);
  const { id, counter: counter_before } = passkey;
  const last_used_at = formatTime(now_ms);
  const noted = { account_id, user_id, id, counter_before, ...use, last_used_at };
  if (!(await updatePasskeyUse(tx, noted))) {
    return undefined;
  }
  await forgetFailures(tx, account_id, user_id);
  return await completeSession(tx, context, session);
}
