/** Setting up the own authenticator app, and taking it away. The password seals its key. */
import {
  type CurrentSession,
  fieldProblem,
  problem,
  readBody,
  type TotpSecret,
  TotpStartRequest,
} from '@orgvet/contract';
import { FORMATS } from '../domain/formats.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { parseNotes } from '../domain/session-notes.ts';
import { checkTotpConfirm } from '../domain/sign-in-requests.ts';
import { formatTime } from '../domain/time.ts';
import {
  findTotpStep,
  NO_STEP,
  TOTP_SECRET_SIZE_BYTES,
  toBase32,
  totpUriOf,
} from '../domain/totp.ts';
import type { Transaction } from '../store/database.ts';
import { deleteTotp, findTotp, listPasskeys, replaceTotp } from '../store/second-factors.ts';
import { findPassword } from '../store/user-passwords.ts';
import type { Context } from './context.ts';
import {
  answerOwn,
  completeEnrolment,
  findOwnPassword,
  getOwnSession,
  lockOwnSession,
  type OwnSession,
  proveOwn,
  recordFactorChange,
  refuseAsWithoutPassword,
  refuseIfBeginningAnew,
} from './own-session.ts';
import type { PasswordProof } from './password-proofs.ts';
import type { SessionAnswer } from './session-answer.ts';
import { changeNotes } from './session-steps.ts';
import type { Session } from './sessions.ts';
import { sealByPassword, unsealByPassword } from './totp-secrets.ts';

interface Asked {
  readonly body: unknown;
}

/** Makes a key, which counts for nothing until a code of it has come. */
export async function startTotp(asked: Context, { body }: Asked): Promise<TotpSecret> {
  const own = await getOwnSession(asked);
  refuseIfBeginningAnew(own);
  const { problems, value } = readBody(TotpStartRequest, body, FORMATS);
  refuseIfAny(problems);
  const proof = await proveByPassword(own, value.password);
  const secret = asked.random(TOTP_SECRET_SIZE_BYTES);
  await asked.store.transaction(async (tx) => {
    const session = await lockOwnSession(tx, own, { proof, field: 'password' });
    const new_totp_secret = sealByPassword(asked, session, secret, proof.key);
    await changeNotes(tx, session, (notes) => ({ ...notes, new_totp_secret }));
  });
  return { secret: toBase32(secret), uri: totpUriOf(secret, own.user.username) };
}

/** Takes the key into use, in the place of an earlier one. */
export async function confirmTotp(
  asked: Context,
  { body }: Asked,
): Promise<CurrentSession | SessionAnswer> {
  const own = await getOwnSession(asked);
  refuseIfBeginningAnew(own);
  const { problems, request } = checkTotpConfirm(body);
  refuseIfAny(problems);
  const proof = await proveByPassword(own, request.password);
  const started = await asked.store.transaction(async (tx) => {
    const session = await lockOwnSession(tx, own, { proof, field: 'password' });
    const confirmed = confirmSecret(own, session, proof, request.code);
    await replaceTotp(tx, confirmed);
    await changeNotes(tx, session, ({ new_totp_secret: _kept, ...notes }) => notes);
    await recordFactorChange(tx, asked, session, { action: 'totp_added' });
    return await completeEnrolment(tx, own, session);
  });
  return await answerOwn(own, started);
}

/** The row of an app that has shown its first code. @throws RequestRefused */
function confirmSecret(
  { context }: OwnSession,
  session: Session,
  proof: PasswordProof,
  code: string,
) {
  const { account_id, user_id } = session;
  const { new_totp_secret: sealed_secret } = parseNotes(session.notes);
  if (sealed_secret === undefined) {
    const detail = 'must be of a key that was made just before.';
    throw new RequestRefused([fieldProblem('invalid', 'code', detail)]);
  }
  const secret = unsealByPassword(session, sealed_secret, proof.key);
  const now_ms = context.clock.now_ms();
  const last_step = findTotpStep(secret, code, now_ms, NO_STEP);
  if (last_step === undefined) {
    throw new RequestRefused([fieldProblem('invalid', 'code', 'is not what the app shows now.')]);
  }
  const confirmed_at = formatTime(now_ms);
  return { account_id, user_id, sealed_secret, confirmed_at, last_step };
}

/** Taking away what is not there is no fault. */
export async function removeTotp(asked: Context): Promise<void> {
  const own = await getOwnSession(asked);
  refuseIfBeginningAnew(own);
  await asked.store.transaction(async (tx) => {
    const session = await lockOwnSession(tx, own);
    if (!(await deleteTotp(tx, session.account_id, session.user_id))) {
      return;
    }
    await refuseIfNoFactorStays(tx, own);
    await recordFactorChange(tx, asked, session, { action: 'totp_removed' });
  });
}

/** To be asked after a second factor was taken away. @throws RequestRefused for the last of a password */
export async function refuseIfNoFactorStays(
  tx: Transaction,
  { session: { account_id, user_id } }: OwnSession,
): Promise<void> {
  if (
    (await findPassword(tx, account_id, user_id)) !== undefined &&
    (await findTotp(tx, account_id, user_id)) === undefined &&
    (await listPasskeys(tx, account_id, user_id)).length === 0
  ) {
    throw new RequestRefused([problem('second_factor_needed')]);
  }
}

/** There is no app without a password. @throws RequestRefused */
async function proveByPassword(own: OwnSession, password: string): Promise<PasswordProof> {
  const stored = (await findOwnPassword(own)) ?? refuseAsWithoutPassword();
  return await proveOwn(own, stored, password, 'password');
}
