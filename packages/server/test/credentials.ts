/** People with passwords and second factors for tests, and what they do to sign in, as pages do it. */
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import type { Credentials, CurrentSession, TotpSecret } from '@orgvet/contract';
import {
  type DerivedPassword,
  derivePassword,
  formatCost,
  PASSWORD_COST,
  type PasswordCost,
} from '../src/domain/password.ts';
import { totpCodeAt, totpStepAt } from '../src/domain/totp.ts';
import { sealByPassword } from '../src/operations/totp-secrets.ts';
import { replaceTotp } from '../src/store/second-factors.ts';
import { replacePassword, updateTries } from '../src/store/user-passwords.ts';
import type { Answer, TestServer } from './harness.ts';
import { createUser } from './people.ts';
import { type Browser, browserOf, OWN_PAGE } from './sign-ins.ts';

/** The password of everybody who is given one here. */
export const PASSWORD = 'orange battery violin';
export const WRONG_PASSWORD = 'orange battery fiddle';
/** One that somebody chooses. */
export const NEW_PASSWORD = 'silver kettle mountain';

/** The key of the app of everybody who is given one here. */
export const TOTP_SECRET = Buffer.from('12345678901234567890');

const SALT = Buffer.from(hash('sha256', 'salt'), 'hex').subarray(0, 16);
const CHANGED_AT = '2026-11-01T00:00:00+00:00';

/** Derived once: it takes as long as production has it. */
const READY = await derivePassword(PASSWORD, SALT, PASSWORD_COST);

/** Somebody as makers know them. */
export interface Person {
  readonly id: number;
  readonly account_id: number;
  readonly username: string;
}

/** Gives a user the password, as if it had been chosen earlier. */
export async function givePassword(server: TestServer, person: Person): Promise<void> {
  await insertPassword(server, person, READY, PASSWORD_COST);
}

/** As `givePassword`, as if it had been chosen when passwords cost less to try. */
export async function giveCheapPassword(server: TestServer, person: Person): Promise<void> {
  const cost = { memory_kib: 64, passes: 1, parallelism: 1 };
  await insertPassword(server, person, await derivePassword(PASSWORD, SALT, cost), cost);
}

async function insertPassword(
  { app }: TestServer,
  { id: user_id, account_id }: Person,
  { verifier_hash }: DerivedPassword,
  cost: PasswordCost,
): Promise<void> {
  await app.environment.store.transaction((tx) =>
    replacePassword(tx, {
      account_id,
      user_id,
      salt: SALT.toString('base64url'),
      parameters: formatCost(cost),
      verifier_hash,
      changed_at: CHANGED_AT,
      failed_attempts: 0,
      locked_until: '',
    }),
  );
}

/** Has somebody with a password failed so often in a row, without the time that it takes. */
export async function giveFailures(
  { app }: TestServer,
  { id: user_id, account_id }: Person,
  failed_attempts: number,
): Promise<void> {
  const tries = { account_id, user_id, failed_attempts, locked_until: '' };
  await app.environment.store.transaction((tx) => updateTries(tx, tries));
}

/** Gives a user with the password an authenticator app. */
export async function giveTotp(
  { app }: TestServer,
  { id: user_id, account_id }: Person,
): Promise<void> {
  const owner = { account_id, user_id };
  const sealed_secret = sealByPassword(app.environment, owner, TOTP_SECRET, READY.key);
  const row = { ...owner, sealed_secret, confirmed_at: CHANGED_AT, last_step: 0 };
  await app.environment.store.transaction((tx) => replaceTotp(tx, row));
}

let people = 0;

/** Makes somebody whose name and address nobody else has. */
export async function createPerson(
  server: TestServer,
  changes: Record<string, unknown> = {},
): Promise<Person> {
  people += 1;
  const username = `person.${people}`;
  const body = { username, email: `${username}@example.com`, ...changes };
  return { id: await createUser(server, body), account_id: 1, username: body.username };
}

/** Makes somebody who signs in by the password and the app. */
export async function createEnrolled(
  server: TestServer,
  changes: Record<string, unknown> = {},
): Promise<Person> {
  const person = await createPerson(server, changes);
  await givePassword(server, person);
  await giveTotp(server, person);
  return person;
}

/** Sends a request as a page of the server's own does before anybody is signed in. */
export async function ask(
  server: TestServer,
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const all = { ...OWN_PAGE, ...headers };
  return await server.send('POST', path, { key: null, headers: all, body });
}

/** Sends a name and a password. */
export async function sendPassword(
  server: TestServer,
  username: string,
  password: string = PASSWORD,
  more: object = {},
): Promise<Answer> {
  return await ask(server, '/access/v1/sign-in/password', { username, password, ...more });
}

/** The browser of somebody who has given the right password. */
export async function beginSignIn(
  server: TestServer,
  { username }: Person,
  password: string = PASSWORD,
): Promise<Browser> {
  const answer = await sendPassword(server, username, password);
  assert.equal(answer.status, 200, answer.text);
  return browserOf(server, answer);
}

/** The code that an app shows so many steps from now. */
export function codeAt(
  { clock }: TestServer,
  secret: Uint8Array = TOTP_SECRET,
  steps_later = 0,
): string {
  return totpCodeAt(secret, totpStepAt(clock.now_ms()) + steps_later);
}

/** A code that the app shows at none of the steps around now. */
export function wrongCodeAt(server: TestServer): string {
  const shown = [-1, 0, 1].map((steps) => codeAt(server, TOTP_SECRET, steps));
  const wrong = ['000000', '000001', '000002', '000003'].find((code) => !shown.includes(code));
  return wrong ?? '';
}

export async function sendCode(browser: Browser, code: string): Promise<Answer> {
  return await browser.send('POST', '/access/v1/sign-in/totp', { body: { code } });
}

/** Signs somebody in by the password and the app. */
export async function signInFully(server: TestServer, person: Person): Promise<Browser> {
  const answer = await sendCode(await beginSignIn(server, person), codeAt(server));
  assert.equal(answer.status, 200, answer.text);
  return browserOf(server, answer);
}

/** The session of a browser. */
export async function sessionOf(browser: Browser): Promise<CurrentSession> {
  return (await browser.send('GET', '/access/v1/session')).json<CurrentSession>();
}

/** Sets up an app, as a page does. @returns the answer to its first code, and its key */
export async function addApp(
  server: TestServer,
  browser: Browser,
  password: string = PASSWORD,
): Promise<{ answer: Answer; secret: Buffer }> {
  const started = await browser.send('POST', '/access/v1/totp', { body: { password } });
  assert.equal(started.status, 200, started.text);
  const secret = fromBase32(started.json<TotpSecret>().secret);
  const body = { password, code: codeAt(server, secret) };
  return { answer: await browser.send('PUT', '/access/v1/totp', { body }), secret };
}

/** What an app makes of the key that it is given. */
export function fromBase32(text: string): Buffer {
  const bits = [...text]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter))
    .map((value) => value.toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** Sets a password, with the one so far where it is given. */
export async function setPassword(
  browser: Browser,
  password: string,
  current_password?: string,
): Promise<Answer> {
  const body = { password, ...(current_password !== undefined && { current_password }) };
  return await browser.send('PUT', '/access/v1/password', { body });
}

/** What somebody signs in with, as a page shows it. */
export async function credentialsOf(browser: Browser): Promise<Credentials> {
  return (await browser.send('GET', '/access/v1/credentials')).json<Credentials>();
}

let addresses = 0;

/** An address that no other test has: every failure counts for the one that it is from. */
export function nextAddress(): string {
  addresses += 1;
  return `192.0.2.${addresses}`;
}

/** A server that trusts its proxies, as it is reached from an address. */
export function reachFrom(server: TestServer, ip_address: string = nextAddress()): TestServer {
  const forwarded = { 'x-forwarded-for': ip_address };
  return {
    ...server,
    send: (method, path, options = {}) =>
      server.send(method, path, { ...options, headers: { ...forwarded, ...options.headers } }),
  };
}

/** The one answer to all that is wrong with signing in. */
export function assertRefused(answer: Answer): void {
  assert.deepEqual([answer.status, answer.codes()], [403, ['sign_in_refused']]);
  assert.equal(answer.headers['set-cookie'], undefined);
}

export function assertLocked(answer: Answer, retry_after_s: number): void {
  assert.deepEqual([answer.status, answer.codes()], [429, ['sign_in_locked']]);
  assert.equal(answer.headers['retry-after'], String(retry_after_s));
}
