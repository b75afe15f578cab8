/**
 * Sealing: what stands in the database so that only whoever has the key can open it. AES-256-GCM, with
 * what it belongs to as a label: what was sealed for one place cannot be opened in another. Pure.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const KEY_SIZE_BYTES = 32;
const TAG_SIZE_BYTES = 16;

/** Random bytes for each sealing; with one key never the same twice. */
export const NONCE_SIZE_BYTES = 12;

/** @param label what it belongs to; to open it takes the same */
export function seal(plain: Uint8Array, key: Uint8Array, nonce: Uint8Array, label: string): string {
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(label));
  const sealed = [cipher.update(plain), cipher.final(), cipher.getAuthTag()];
  return Buffer.concat([nonce, ...sealed]).toString('base64url');
}

/** @throws for a wrong key or label, and for what was changed */
export function unseal(sealed: string, key: Uint8Array, label: string): Uint8Array {
  const bytes = Buffer.from(sealed, 'base64url');
  const nonce = bytes.subarray(0, NONCE_SIZE_BYTES);
  const content = bytes.subarray(NONCE_SIZE_BYTES, -TAG_SIZE_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_SIZE_BYTES })
    .setAAD(Buffer.from(label))
    .setAuthTag(bytes.subarray(-TAG_SIZE_BYTES));
  return new Uint8Array(Buffer.concat([decipher.update(content), decipher.final()]));
}

/** A key out of a secret that is random already, for one purpose (HKDF, RFC 5869). */
export function deriveKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', purpose, KEY_SIZE_BYTES));
}
