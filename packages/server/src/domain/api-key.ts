/**
 * API keys: their form, and what is kept of them.
 *
 * `orgvet_test_12_7_<secret>_<checksum>`: a prefix that secret scanners and people recognize, the mode of
 * the account, the account and the key (so that a look-up needs no index over secrets), 256 random bits,
 * and a checksum that tells a mistyped key from a wrong one without a look-up. Only a hash of the secret
 * is kept; being random, it needs no salt.
 */
import { hash, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

export type AccountMode = 'test' | 'live';

export interface ApiKey {
  readonly mode: AccountMode;
  readonly account_id: number;
  readonly id: number;
  readonly secret: string;
}

/** Random bytes that a secret is made of. */
export const SECRET_SIZE_BYTES = 32;

const KEY_FORM = /^(orgvet_(test|live)_(\d{1,15})_(\d{1,15})_([A-Za-z0-9-]{43}))_([0-9a-f]{8})$/;

/** Random bytes as the secret of a key. */
export function makeSecret(random: Uint8Array): string {
  // The underscore parts a key, so the other character of base64url takes its place.
  return Buffer.from(random).toString('base64url').replaceAll('_', '0');
}

/** The key as its owner gets it, once. */
export function formatApiKey({ mode, account_id, id, secret }: ApiKey): string {
  const body = `orgvet_${mode}_${account_id}_${id}_${secret}`;
  return `${body}_${checksum(body)}`;
}

/** @returns undefined for anything that is no key, or is mistyped */
export function parseApiKey(text: string): ApiKey | undefined {
  const parts = KEY_FORM.exec(text);
  if (parts === null) {
    return undefined;
  }
  const [, body = '', mode, account_id, id, secret = '', sum] = parts;
  if (sum !== checksum(body)) {
    return undefined;
  }
  return { mode: mode as AccountMode, account_id: Number(account_id), id: Number(id), secret };
}

/** What is kept of a secret. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Whether a secret is the one that a hash was made of; takes the same time either way. */
export function isSecretOf(secret: string, secret_hash: string): boolean {
  const given = Buffer.from(hashSecret(secret));
  const kept = Buffer.from(secret_hash);
  return given.length === kept.length && timingSafeEqual(given, kept);
}

function checksum(body: string): string {
  return crc32(body).toString(16).padStart(8, '0');
}
