/**
 * Proving by a password who somebody is, and counting how often that fails. A password is derived outside
 * of any transaction, since that takes long: whoever goes on asks `holdsStill`, with the user locked,
 * whether it is still the same password and has not failed too often meanwhile.
 */
import { type DerivedPassword, isVerifiedBy, parseCost } from '../domain/password.ts';
import { countFailure, lockedFor, type TryCount } from '../domain/sign-in-lock.ts';
import { formatTime } from '../domain/time.ts';
import type { Transaction } from '../store/database.ts';
import { findPassword, type StoredPassword, updateTries } from '../store/user-passwords.ts';
import { lockUser } from '../store/users.ts';
import { getStoredAccount } from './account-info.ts';
import { clockOf, type OpenContext } from './context.ts';
import { recordSessionEvent } from './sessions.ts';
import { SignInLocked } from './sign-in-guard.ts';

/** A password that was right. */
export interface PasswordProof {
  readonly stored: StoredPassword;
  /** Opens what the password seals. */
  readonly key: DerivedPassword['key'];
}

/** @returns undefined for a wrong password */
export async function matchPassword(
  { sign_in_guard }: Pick<OpenContext, 'sign_in_guard'>,
  password: string,
  stored: StoredPassword,
): Promise<PasswordProof | undefined> {
  const derived = await sign_in_guard.derive({
    password,
    salt: Buffer.from(stored.salt, 'base64url'),
    cost: parseCost(stored.parameters),
  });
  return isVerifiedBy(derived, stored.verifier_hash) ? { stored, key: derived.key } : undefined;
}

/** For how long the user does not sign in still; 0 for not locked. */
export function lockedForUser(stored: StoredPassword, now_ms: number): number {
  return lockedFor(triesOf(stored), now_ms);
}

/** @throws SignInLocked */
export function refuseIfLocked(stored: StoredPassword, now_ms: number): void {
  const wait_ms = lockedForUser(stored, now_ms);
  if (wait_ms > 0) {
    throw new SignInLocked(wait_ms);
  }
}

/**
 * Whether a password that was right still is, with its user locked.
 *
 * @throws SignInLocked where others have failed too often meanwhile
 */
export async function holdsStill(
  tx: Transaction,
  { clock }: Pick<OpenContext, 'clock'>,
  { stored: { account_id, user_id, verifier_hash } }: PasswordProof,
): Promise<boolean> {
  const current = await findPassword(tx, account_id, user_id);
  if (current?.verifier_hash !== verifier_hash) {
    return false;
  }
  refuseIfLocked(current, clock.now_ms());
  return true;
}

/** As `countFailureOf`, in a transaction of its own. @throws SignInLocked */
export async function noteFailure(
  context: OpenContext,
  { account_id, user_id }: Pick<StoredPassword, 'account_id' | 'user_id'>,
): Promise<void> {
  context.sign_in_guard.noteFailure(context.ip_address, context.clock.now_ms());
  await context.store.transaction(async (tx) => {
    await lockUser(tx, account_id, user_id);
    const current = await findPassword(tx, account_id, user_id);
    if (current !== undefined) {
      await countFailureOf(tx, context, current);
    }
  });
}

/**
 * Counts a failure of a user who is locked in the transaction.
 *
 * @throws SignInLocked where others have failed too often meanwhile: what this one tried tells nothing
 */
export async function countFailureOf(
  tx: Transaction,
  context: OpenContext,
  stored: StoredPassword,
): Promise<void> {
  const now_ms = context.clock.now_ms();
  refuseIfLocked(stored, now_ms);
  const { account_id, user_id } = stored;
  const tries = countFailure(triesOf(stored), now_ms);
  const locked_until = tries.locked_until_ms === 0 ? '' : formatTime(tries.locked_until_ms);
  const { failed_attempts } = tries;
  await updateTries(tx, { account_id, user_id, failed_attempts, locked_until });
  if (locked_until !== '') {
    const clock = clockOf(context.clock, await getStoredAccount(tx, account_id));
    const event = { action: 'sign_in_locked', after: { locked_until } };
    await recordSessionEvent(tx, { ...context, clock }, stored, event);
  }
}

/** Forgets the failures before a success, with the user locked. */
export async function forgetFailures(
  tx: Transaction,
  account_id: number,
  user_id: number,
): Promise<void> {
  await updateTries(tx, { account_id, user_id, failed_attempts: 0, locked_until: '' });
}

function triesOf({ failed_attempts, locked_until }: StoredPassword): TryCount {
  const locked_until_ms = locked_until === '' ? 0 : Date.parse(locked_until);
  return { failed_attempts, locked_until_ms };
}
