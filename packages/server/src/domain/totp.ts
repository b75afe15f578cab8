/**
 * Codes of authenticator apps, as RFC 6238 has them: SHA-1, six digits, half a minute each. Pure; the
 * moment and the key are handed in.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Random bytes of a key: as many as SHA-1 gives (RFC 4226, section 4, R6). */
export const TOTP_SECRET_SIZE_BYTES = 20;

const STEP_MS = 30_000;
const DIGITS = 6;

/** Steps before and after the present one whose codes are taken: clocks differ, people type slowly. */
const TOLERANCE_STEPS = 1;

/** Before every step there is: a key of which no code was taken yet. */
export const NO_STEP = -1;

/** The code of a step, by section 5.3 of RFC 4226. */
export function totpCodeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = digest.readUInt8(digest.length - 1) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The step of a moment. */
export function totpStepAt(now_ms: number): number {
  return Math.floor(now_ms / STEP_MS);
}

/**
 * The step that a code is of, among those around the present that come after the last one taken: no code
 * is taken twice. Compares all of them, so that the time tells nothing.
 *
 * @returns undefined where it is of none
 */
export function findTotpStep(
  secret: Uint8Array,
  code: string,
  now_ms: number,
  last_step: number,
): number | undefined {
  const present = totpStepAt(now_ms);
  const steps = Array.from(
    { length: 2 * TOLERANCE_STEPS + 1 },
    (_, place) => present - TOLERANCE_STEPS + place,
  );
  const matching = steps.filter((step) => step >= 0 && isSameCode(totpCodeAt(secret, step), code));
  return matching.find((step) => step > last_step);
}

function isSameCode(right: string, given: string): boolean {
  const [one, other] = [Buffer.from(right), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** A code as people type it, without the blanks that apps show. @returns undefined for what is none */
export function readTotpCode(text: string): string | undefined {
  const code = text.replaceAll(/\s/g, '');
  return /^\d{6}$/.test(code) ? code : undefined;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes in base32 (RFC 4648, section 6) without padding, as apps take a key. */
export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => BASE32[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/** The URI that an app reads as a QR code. */
export function totpUriOf(secret: Uint8Array, username: string): string {
  const label = `Orgvet:${encodeURIComponent(username)}`;
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=Orgvet`;
}
