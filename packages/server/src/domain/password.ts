/**
 * Passwords: which can be chosen, and what is made of one. Argon2id gives 64 bytes: the first half proves
 * that the password was right, and only its hash is kept; the second is a key, kept nowhere, that seals
 * what only whoever knows the password is to open (see sealing.ts). Pure, and slow on purpose: whoever
 * derives sees to it that not too many do at once.
 */
import { type Argon2Parameters, argon2, hash, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import {
  fieldProblem,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  type Problem,
} from '@orgvet/contract';
import { fold } from './fold.ts';

/** What a password costs to try. Kept with what was derived, so that it can be raised. */
export interface PasswordCost {
  readonly memory_kib: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** The least that OWASP's Password Storage Cheat Sheet has for Argon2id. */
export const PASSWORD_COST: PasswordCost = { memory_kib: 19_456, passes: 2, parallelism: 1 };

/** Random bytes beside each password. */
export const SALT_SIZE_BYTES = 16;

const VERIFIER_SIZE_BYTES = 32;
const KEY_SIZE_BYTES = 32;

/** What is made of a password. */
export interface DerivedPassword {
  /** To be kept: it tells nothing of the password, nor of the key. */
  readonly verifier_hash: string;
  /** To be kept nowhere. */
  readonly key: Uint8Array;
}

const derive: (name: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer> =
  promisify(argon2);

/** Takes tens of milliseconds, in another thread. */
export async function derivePassword(
  password: string,
  salt: Uint8Array,
  { memory_kib, passes, parallelism }: PasswordCost,
): Promise<DerivedPassword> {
  const derived = await derive('argon2id', {
    message: tidyPassword(password),
    nonce: salt,
    memory: memory_kib,
    passes,
    parallelism,
    tagLength: VERIFIER_SIZE_BYTES + KEY_SIZE_BYTES,
  });
  return {
    verifier_hash: hash('sha256', derived.subarray(0, VERIFIER_SIZE_BYTES), 'base64url'),
    key: new Uint8Array(derived.subarray(VERIFIER_SIZE_BYTES)),
  };
}

/** Whether a password is the one whose verifier was kept; takes the same time either way. */
export function isVerifiedBy({ verifier_hash }: DerivedPassword, kept: string): boolean {
  const [given, wanted] = [Buffer.from(verifier_hash), Buffer.from(kept)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The cost as it is kept. */
export function formatCost({ memory_kib, passes, parallelism }: PasswordCost): string {
  return `argon2id m=${memory_kib},t=${passes},p=${parallelism}`;
}

const COST_FORM = /^argon2id m=(\d+),t=(\d+),p=(\d+)$/;

/** @throws for what this program has not written */
export function parseCost(text: string): PasswordCost {
  const parts = COST_FORM.exec(text);
  if (parts === null) {
    throw new Error('A password was derived in a way that this program does not know.');
  }
  const [, memory_kib, passes, parallelism] = parts.map(Number);
  return { memory_kib: memory_kib ?? 0, passes: passes ?? 0, parallelism: parallelism ?? 0 };
}

/** Whom a password is of: it must not be what everybody knows of them. */
export interface PasswordOwner {
  readonly username: string;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
}

/**
 * Says what is wrong with a new password. Length counts, composition does not (NIST SP 800-63B-4,
 * 3.1.1.2): what is guessed first is refused, and nothing else.
 */
export function checkNewPassword(password: string, owner: PasswordOwner): Problem[] {
  const tidy = tidyPassword(password);
  const length = [...tidy].length;
  if (length < PASSWORD_MIN_LENGTH || length > PASSWORD_MAX_LENGTH) {
    const range = `${PASSWORD_MIN_LENGTH} to ${PASSWORD_MAX_LENGTH}`;
    return [fieldProblem('invalid', 'password', `must have ${range} characters.`)];
  }
  const plain = plainOf(tidy);
  if (listOwnWords(owner).includes(plain)) {
    const detail = 'must not be the user name, the email address or the name of the user.';
    return [fieldProblem('invalid', 'password', detail)];
  }
  if (COMMON_PASSWORDS.has(plain) || isRepetition(plain)) {
    const detail = 'must not be one that is among the first to be guessed.';
    return [fieldProblem('invalid', 'password', detail)];
  }
  return [];
}

/** The same password, however a keyboard composes its characters. */
function tidyPassword(password: string): string {
  return password.normalize('NFKC');
}

/** As `fold`, without what people put between words. */
function plainOf(text: string): string {
  return fold(text).replaceAll(/[\s._-]/g, '');
}

function listOwnWords({ username, email, first_name, last_name }: PasswordOwner): string[] {
  return [username, email, first_name + last_name, last_name + first_name].map(plainOf);
}

/** Whether a text is one short text again and again, as `abcabcabcabc`. */
function isRepetition(plain: string): boolean {
  return /^(.{1,4})\1+$/su.test(plain);
}

/** Long ones from the top of lists of what was really used; short ones are refused anyway. */
const COMMON_PASSWORDS: ReadonlySet<string> = new Set([
  '123456789012',
  '1234567890123',
  '12345678901234',
  '1234567890qwerty',
  '123456789abc',
  '123456789abcd',
  '1q2w3e4r5t6y',
  '1q2w3e4r5t6y7u8i',
  '1qaz2wsx3edc',
  '1qaz2wsx3edc4rfv',
  'abcdefghijkl',
  'abcdefghijklm',
  'adminadminadmin',
  'administrator',
  'administrator1',
  'changemenow123',
  'changethispassword',
  'correcthorsebatterystaple',
  'iloveyou1234',
  'iloveyouforever',
  'letmeinletmein',
  'letmeinplease',
  'mypassword123',
  'mypassword1234',
  'password1234',
  'password12345',
  'password123456',
  'password123!',
  'passwordpassword',
  'qwerty123456',
  'qwerty1234567',
  'qwerty12345678',
  'qwertyqwerty',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyuiop1234',
  'qwertyuiopasdfghjkl',
  'qwertyuiopasdfghjklzxcvbnm',
  'thisismypassword',
  'trustno1trustno1',
  'unbelievable',
  'welcome12345',
  'welcome123456',
  'zaq12wsxcde3',
]);
