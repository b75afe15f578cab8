/** The keys of authenticator apps: sealed by the password of their user, or by the token of a session. */
import { deriveKey, NONCE_SIZE_BYTES, seal, unseal } from '../domain/sealing.ts';
import type { Environment } from './context.ts';

interface Owner {
  readonly account_id: number;
  readonly user_id: number;
}

/** What the key of an app is sealed for: that of one user opens for no other. */
function labelOf({ account_id, user_id }: Owner): string {
  return `totp ${account_id} ${user_id}`;
}

/** @param key of the user's password */
export function sealByPassword(
  { random }: Pick<Environment, 'random'>,
  owner: Owner,
  secret: Uint8Array,
  key: Uint8Array,
): string {
  return seal(secret, key, random(NONCE_SIZE_BYTES), labelOf(owner));
}

/** What `sealByPassword` sealed. @throws for another password */
export function unsealByPassword(owner: Owner, sealed: string, key: Uint8Array): Uint8Array {
  return unseal(sealed, key, labelOf(owner));
}

const PURPOSE = 'orgvet: key of an authenticator app in a session';

/** @param token of the session, which only its browser has */
export function sealForSession(
  { random }: Pick<Environment, 'random'>,
  owner: Owner,
  secret: Uint8Array,
  token: string,
): string {
  return seal(secret, deriveKey(token, PURPOSE), random(NONCE_SIZE_BYTES), labelOf(owner));
}

/** What `sealForSession` sealed. @throws for another session */
export function unsealForSession(owner: Owner, sealed: string, token: string): Uint8Array {
  return unseal(sealed, deriveKey(token, PURPOSE), labelOf(owner));
}
