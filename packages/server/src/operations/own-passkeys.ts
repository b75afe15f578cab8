/** Adding passkeys of one's own, and taking them away. */
import { type CurrentSession, fieldProblem } from '@orgvet/contract';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { checkPasskeyAdd, checkPasskeyStart } from '../domain/sign-in-requests.ts';
import { formatTime } from '../domain/time.ts';
import { deletePasskey, insertPasskeyOnce, listPasskeys } from '../store/second-factors.ts';
import type { StoredPassword } from '../store/user-passwords.ts';
import { type Context, refuseAsNotFound } from './context.ts';
import {
  answerOwn,
  completeEnrolment,
  findOwnPassword,
  getOwnSession,
  lockOwnSession,
  type OwnSession,
  proveOwn,
  recordFactorChange,
  refuseAsSignedOut,
  refuseIfBeginningAnew,
} from './own-session.ts';
import { refuseIfNoFactorStays } from './own-totp.ts';
import { askForNewPasskey, verifyNewPasskey } from './passkey-ceremonies.ts';
import type { PasswordProof } from './password-proofs.ts';
import type { SessionAnswer } from './session-answer.ts';
import { noteChallenge, takeChallenge } from './session-steps.ts';

interface Asked {
  readonly body: unknown;
}

export async function startPasskey(asked: Context, { body }: Asked): Promise<object> {
  const own = await getOwnSession(asked);
  refuseIfBeginningAnew(own);
  const stored = await findPasswordToShow(own);
  const { problems, request } = checkPasskeyStart(body, stored !== undefined);
  refuseIfAny(problems);
  await proveIfNeeded(own, stored, request);
  const { account_id, user_id } = own.session;
  const existing = await listPasskeys(asked.store.reader, account_id, user_id);
  const { options, challenge } = await askForNewPasskey(asked, own.user, existing);
  const isNoted = await noteChallenge(own.context, own.session, challenge);
  return isNoted ? options : refuseAsSignedOut();
}

export async function addPasskey(
  asked: Context,
  { body }: Asked,
): Promise<CurrentSession | SessionAnswer> {
  const own = await getOwnSession(asked);
  refuseIfBeginningAnew(own);
  const stored = await findPasswordToShow(own);
  const { problems, request } = checkPasskeyAdd(body, stored !== undefined);
  refuseIfAny(problems);
  const proof = await proveIfNeeded(own, stored, request);
  const challenge = await takeChallenge(own.context, own.session);
  const credential =
    challenge === undefined
      ? undefined
      : await verifyNewPasskey(asked, challenge, request.response);
  if (credential === undefined) {
    refuseResponse('is not what the browser was asked for, or came too late.');
  }
  const { name } = request;
  const started = await asked.store.transaction(async (tx) => {
    const session = await lockOwnSession(tx, own, { proof, field: 'current_password' });
    const { account_id, user_id } = session;
    const created_at = formatTime(own.context.clock.now_ms());
    const passkey = { ...credential, account_id, user_id, name, created_at };
    const passkey_id = await insertPasskeyOnce(tx, passkey);
    if (passkey_id === undefined) {
      refuseResponse('is of a passkey that was added already.');
    }
    const after = { passkey_id, name };
    await recordFactorChange(tx, asked, session, { action: 'passkey_added', after });
    return await completeEnrolment(tx, own, session);
  });
  return await answerOwn(own, started);
}

export async function removePasskey(
  asked: Context,
  { params: { passkey_id } }: { readonly params: { readonly passkey_id: number } },
): Promise<void> {
  const own = await getOwnSession(asked);
  refuseIfBeginningAnew(own);
  await asked.store.transaction(async (tx) => {
    const session = await lockOwnSession(tx, own);
    const { account_id, user_id } = session;
    const passkeys = await listPasskeys(tx, account_id, user_id);
    const { name } = passkeys.find(({ id }) => id === passkey_id) ?? refuseAsNotFound('passkey');
    await deletePasskey(tx, account_id, user_id, passkey_id);
    await refuseIfNoFactorStays(tx, own);
    const before = { passkey_id, name };
    await recordFactorChange(tx, asked, session, { action: 'passkey_removed', before });
  });
}

/** Whoever enrols has chosen a password, or shown it, a moment ago; all others show it now. */
async function findPasswordToShow(own: OwnSession): Promise<StoredPassword | undefined> {
  return own.session.stage === 'full' ? await findOwnPassword(own) : undefined;
}

async function proveIfNeeded(
  own: OwnSession,
  stored: StoredPassword | undefined,
  { current_password = '' }: { readonly current_password?: string },
): Promise<PasswordProof | undefined> {
  return stored && (await proveOwn(own, stored, current_password, 'current_password'));
}

function refuseResponse(detail: string): never {
  throw new RequestRefused([fieldProblem('invalid', 'response', detail)]);
}
