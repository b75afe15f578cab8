/**
 * Signing in by name and password, which is the first step. All that is wrong gets one answer, after the
 * same work: nobody is told whether there is such a user. What follows is told by what else the user has.
 */
import { PasswordSignInRequest, problem, readBody } from '@orgvet/contract';
import { fold } from '../domain/fold.ts';
import { FORMATS } from '../domain/formats.ts';
import { PASSWORD_COST, SALT_SIZE_BYTES } from '../domain/password.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { parseSignInToken } from '../domain/session.ts';
import { formatNotes } from '../domain/session-notes.ts';
import type { Transaction } from '../store/database.ts';
import { findTotp, listPasskeys, type StoredTotp } from '../store/second-factors.ts';
import { updateSessionNotes } from '../store/sessions.ts';
import { listPasswordsByName, type StoredPassword } from '../store/user-passwords.ts';
import { lockUser } from '../store/users.ts';
import type { OpenContext } from './context.ts';
import {
  forgetFailures,
  holdsStill,
  lockedForUser,
  matchPassword,
  noteFailure,
  type PasswordProof,
} from './password-proofs.ts';
import type { SessionAnswer, StartedSession } from './session-answer.ts';
import { answerWith } from './session-description.ts';
import { refuseSignIn } from './session-steps.ts';
import { startSession } from './sessions.ts';
import { SignInLocked } from './sign-in-guard.ts';
import { sealForSession, unsealByPassword } from './totp-secrets.ts';

export async function signInByPassword(
  context: OpenContext,
  { body }: { readonly body: unknown },
): Promise<SessionAnswer> {
  const { problems, value: request } = readBody(PasswordSignInRequest, body, FORMATS);
  refuseIfAny(problems);
  context.sign_in_guard.refuseIfTooMany(context.ip_address, context.clock.now_ms());
  const proof = await getProof(context, request);
  const started = await context.store.transaction((tx) => beginSession(tx, context, proof));
  return await answerWith(context, started ?? refuseSignIn());
}

/** Finds the one user whom a name and a password fit. @throws RequestRefused */
async function getProof(
  context: OpenContext,
  { username, password, account_id = 0 }: PasswordSignInRequest,
): Promise<PasswordProof> {
  const name_folded = fold(username.trim());
  const candidates = await listPasswordsByName(context.store.reader, name_folded, account_id);
  if (candidates.length === 0) {
    await refuseStranger(context, name_folded, password);
  }
  const proofs: PasswordProof[] = [];
  const tried = listUnlocked(context, candidates);
  for (const stored of tried) {
    const proof = await matchPassword(context, password, stored);
    if (proof !== undefined) {
      proofs.push(proof);
    }
  }
  const [proof, another] = proofs;
  if (another !== undefined) {
    throw new RequestRefused([problem('sign_in_ambiguous')]);
  }
  if (proof === undefined) {
    for (const stored of tried) {
      await noteFailure(context, stored);
    }
    refuseSignIn();
  }
  return proof;
}

/** @throws SignInLocked where all of them are */
function listUnlocked(
  { clock }: OpenContext,
  candidates: readonly StoredPassword[],
): StoredPassword[] {
  const now_ms = clock.now_ms();
  const waits_ms = candidates.map((stored) => lockedForUser(stored, now_ms));
  if (!waits_ms.includes(0)) {
    throw new SignInLocked(Math.min(...waits_ms));
  }
  return candidates.filter((_, place) => waits_ms[place] === 0);
}

/** Refuses a name that nobody has as it would a wrong password: after as long, and as often. */
async function refuseStranger(
  context: OpenContext,
  name_folded: string,
  password: string,
): Promise<never> {
  const { sign_in_guard: guard, clock, random, ip_address } = context;
  guard.refuseIfStrangerLocked(name_folded, clock.now_ms());
  await guard.derive({ password, salt: random(SALT_SIZE_BYTES), cost: PASSWORD_COST });
  // Others may have tried meanwhile.
  guard.refuseIfStrangerLocked(name_folded, clock.now_ms());
  guard.noteStranger(name_folded, clock.now_ms());
  guard.noteFailure(ip_address, clock.now_ms());
  refuseSignIn();
}

/** @returns undefined where the password, or the user, is none any more */
async function beginSession(
  tx: Transaction,
  context: OpenContext,
  proof: PasswordProof,
): Promise<StartedSession | undefined> {
  const { account_id, user_id } = proof.stored;
  await lockUser(tx, account_id, user_id);
  if (!(await holdsStill(tx, context, proof))) {
    return undefined;
  }
  const totp = await findTotp(tx, account_id, user_id);
  const passkeys = await listPasskeys(tx, account_id, user_id);
  const stage = totp === undefined && passkeys.length === 0 ? 'enrolment' : 'second_factor';
  const who = { account_id, user_id, method: 'password', stage } as const;
  const started = await startSession(tx, context, who);
  if (started !== undefined && stage === 'enrolment') {
    await forgetFailures(tx, account_id, user_id);
  }
  if (started !== undefined && totp !== undefined) {
    await handSecretOn(tx, context, started, { proof, totp });
  }
  return started;
}

/** The second step has no password to open the key of the app with: it has the token of the session. */
async function handSecretOn(
  tx: Transaction,
  context: OpenContext,
  { token }: StartedSession,
  { proof, totp }: { readonly proof: PasswordProof; readonly totp: StoredTotp },
): Promise<void> {
  const { account_id } = totp;
  const secret = unsealByPassword(totp, totp.sealed_secret, proof.key);
  const totp_secret = sealForSession(context, totp, secret, token);
  const id = parseSignInToken('session', token)?.id ?? 0;
  await updateSessionNotes(tx, account_id, id, formatNotes({ totp_secret }));
}
