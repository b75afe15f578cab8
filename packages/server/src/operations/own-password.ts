/** Choosing the own password, and looking at what one signs in with. */
import type { Credentials, CurrentSession } from '@orgvet/contract';
import { formatCost, PASSWORD_COST, SALT_SIZE_BYTES } from '../domain/password.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { checkPasswordRequest } from '../domain/sign-in-requests.ts';
import { formatTime } from '../domain/time.ts';
import type { Transaction } from '../store/database.ts';
import { findTotp, listPasskeys, updateSealedSecret } from '../store/second-factors.ts';
import { deleteOtherSessionsOfUser, deleteSecondFactorsOfUser } from '../store/sign-in-of-user.ts';
import { findPassword, replacePassword } from '../store/user-passwords.ts';
import type { Context } from './context.ts';
import {
  answerOwn,
  findOwnPassword,
  getOwnSession,
  lockOwnSession,
  type OwnSession,
  proveOwn,
  recordOwnChange,
  refuseAsWrongPassword,
} from './own-session.ts';
import type { PasswordProof } from './password-proofs.ts';
import type { SessionAnswer } from './session-answer.ts';
import { isEnrollingByLink } from './session-description.ts';
import { changeNotes } from './session-steps.ts';
import { sealByPassword, unsealByPassword } from './totp-secrets.ts';
import { refuseAsMissingPermission } from './user-parts.ts';

export async function listCredentials({ store, principal }: Context): Promise<Credentials> {
  const { account_id, user_id } = principal;
  const password = await findPassword(store.reader, account_id, user_id);
  const totp = await findTotp(store.reader, account_id, user_id);
  const passkeys = await listPasskeys(store.reader, account_id, user_id);
  return {
    has_password: password !== undefined,
    ...(password && { password_changed_at: password.changed_at }),
    ...(totp && { totp_confirmed_at: totp.confirmed_at }),
    passkeys: passkeys.map(({ id, name, created_at, last_used_at }) => ({
      id,
      name,
      created_at,
      ...(last_used_at !== '' && { last_used_at }),
    })),
  };
}

export async function setPassword(
  asked: Context,
  { body }: { readonly body: unknown },
): Promise<CurrentSession | SessionAnswer> {
  const own = await getOwnSession(asked);
  if (own.user.is_saml_sso_only === 1) {
    refuseAsMissingPermission();
  }
  const isReplacing = isEnrollingByLink(own.session);
  const stored = isReplacing ? undefined : await findOwnPassword(own);
  const { problems, request } = checkPasswordRequest(body, own.user, stored !== undefined);
  refuseIfAny(problems);
  const { password, current_password = '' } = request;
  const proof = stored && (await proveOwn(own, stored, current_password, 'current_password'));
  const salt = asked.random(SALT_SIZE_BYTES);
  const { verifier_hash, key } = await asked.sign_in_guard.derive({
    password,
    salt,
    cost: PASSWORD_COST,
  });
  const { account_id, user_id } = own.session;
  await asked.store.transaction(async (tx) => {
    const session = await lockOwnSession(tx, own, { proof, field: 'current_password' });
    if (isReplacing) {
      await deleteSecondFactorsOfUser(tx, account_id, user_id);
    } else if (proof === undefined) {
      await refuseIfSetMeanwhile(tx, own);
    } else {
      await resealSecret(tx, own, proof, key);
    }
    await replacePassword(tx, {
      account_id,
      user_id,
      salt: Buffer.from(salt).toString('base64url'),
      parameters: formatCost(PASSWORD_COST),
      verifier_hash,
      changed_at: formatTime(own.context.clock.now_ms()),
      failed_attempts: 0,
      locked_until: '',
    });
    await deleteOtherSessionsOfUser(tx, account_id, user_id, session.id);
    // An app that is being set up has its key sealed by the password so far.
    await changeNotes(tx, session, ({ new_totp_secret: _lost, ...notes }) => ({
      ...notes,
      ...(isReplacing && { has_new_password: true }),
    }));
    const { stage, method } = session;
    await recordOwnChange(tx, asked, { action: 'password_set', after: { stage, method } });
  });
  return await answerOwn(own, undefined);
}

/** Somebody who had no password, and has one now that was not shown. @throws RequestRefused */
async function refuseIfSetMeanwhile(
  tx: Transaction,
  { session: { account_id, user_id } }: OwnSession,
): Promise<void> {
  if ((await findPassword(tx, account_id, user_id)) !== undefined) {
    refuseAsWrongPassword('current_password');
  }
}

/** What the earlier password sealed is sealed by the new one. */
async function resealSecret(
  tx: Transaction,
  { context, session: { account_id, user_id } }: OwnSession,
  proof: PasswordProof,
  key: Uint8Array,
): Promise<void> {
  const totp = await findTotp(tx, account_id, user_id);
  if (totp !== undefined) {
    const secret = unsealByPassword(totp, totp.sealed_secret, proof.key);
    const sealed = sealByPassword(context, totp, secret, key);
    await updateSealedSecret(tx, account_id, user_id, sealed);
  }
}
