/** Choosing a password and an authenticator app over HTTP, changing them, and taking them away. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findTotp } from '../src/store/second-factors.ts';
import { findPassword } from '../src/store/user-passwords.ts';
import {
  addApp,
  assertLocked,
  assertRefused,
  beginSignIn,
  codeAt,
  createEnrolled,
  createPerson,
  credentialsOf,
  giveFailures,
  givePassword,
  NEW_PASSWORD,
  PASSWORD,
  reachFrom,
  sendCode,
  sendPassword,
  sessionOf,
  setPassword,
  signInFully,
  TOTP_SECRET,
  WRONG_PASSWORD,
  wrongCodeAt,
} from './credentials.ts';
import { startServer } from './harness.ts';
import { INVALID_KEY, listEvents, runSql } from './people.ts';
import { type Browser, browserOf, signIn } from './sign-ins.ts';

const server = await startServer({ trusted_proxies: ['127.0.0.1'] });

const statusFor = async (browser: Browser) => (await browser.send('GET', '/user/me')).status;

test('who has a password and nothing beside it chooses a second factor, and can do nothing else', async () => {
  const person = await createPerson(server);
  await givePassword(server, person);
  const enrolling = await beginSignIn(server, person);
  const { stage, enrolment_needs, second_factors } = await sessionOf(enrolling);
  assert.deepEqual(
    [stage, enrolment_needs, second_factors],
    ['enrolment', ['second_factor'], undefined],
  );
  assert.equal(await statusFor(enrolling), 403);
  assert.deepEqual((await setPassword(enrolling, NEW_PASSWORD)).codes(), [
    'missing_current_password',
  ]);
  const { answer, secret } = await addApp(server, enrolling);
  assert.equal(answer.status, 200, answer.text);
  const browser = browserOf(server, answer);
  assert.equal((await sessionOf(browser)).stage, 'full');
  assert.equal((await sessionOf(enrolling)).stage, 'signed_out');
  const next = await beginSignIn(server, person);
  // The code that confirmed it has been used.
  assert.equal((await sendCode(next, codeAt(server, secret))).status, 400);
  assert.equal((await sendCode(next, codeAt(server, secret, 1))).status, 200);
});

test('an app counts only after a first code of it, and until then the one before', async () => {
  const person = await createEnrolled(server);
  const browser = await signInFully(server, person);
  const early = await browser.send('PUT', '/access/v1/totp', {
    body: { password: PASSWORD, code: codeAt(server) },
  });
  assert.deepEqual(early.codes(), ['invalid_code']);
  const start = () => browser.send('POST', '/access/v1/totp', { body: { password: PASSWORD } });
  const { secret, uri } = (await start()).json<{ secret: string; uri: string }>();
  assert.match(secret, /^[A-Z2-7]{32}$/);
  assert.equal(uri, `otpauth://totp/Orgvet:${person.username}?secret=${secret}&issuer=Orgvet`);
  const body = { password: PASSWORD, code: wrongCodeAt(server) };
  assert.deepEqual((await browser.send('PUT', '/access/v1/totp', { body })).codes(), [
    'invalid_code',
  ]);
  const pending = await beginSignIn(server, person);
  assert.equal((await sendCode(pending, codeAt(server, TOTP_SECRET, 1))).status, 200);
  const added = await addApp(server, browser);
  assert.equal(added.answer.status, 200, added.answer.text);
  const replaced = await beginSignIn(server, person);
  assert.equal((await sendCode(replaced, wrongCodeAt(server))).status, 400);
  assert.equal((await sendCode(replaced, codeAt(server, added.secret, 1))).status, 200);
});

test('setting up an app takes the right password, and there is none without a password', async () => {
  const browser = await signInFully(server, await createEnrolled(server));
  for (const [method, more] of [
    ['POST', {}],
    ['PUT', { code: '123456' }],
  ] as const) {
    const body = { password: WRONG_PASSWORD, ...more };
    const answer = await browser.send(method, '/access/v1/totp', { body });
    assert.deepEqual([answer.status, answer.codes()], [400, ['invalid_password']]);
  }
  const without = await signIn(server, (await createPerson(server)).id);
  const answer = await without.send('POST', '/access/v1/totp', { body: { password: PASSWORD } });
  assert.deepEqual(answer.codes(), ['password_needed']);
});

test('whoever is on the way by the password alone must not go on once there is a second factor', async () => {
  const person = await createPerson(server);
  await givePassword(server, person);
  const [thief, owner] = [await beginSignIn(server, person), await beginSignIn(server, person)];
  assert.equal((await addApp(server, owner)).answer.status, 200);
  assert.equal((await sessionOf(thief)).stage, 'signed_out');
  const answer = await thief.send('POST', '/access/v1/totp', { body: { password: PASSWORD } });
  assert.deepEqual(answer.codes(), [INVALID_KEY]);
});

test('a new password takes the one so far, ends all other sessions, and keeps the app', async () => {
  const person = await createEnrolled(server);
  const browser = await signInFully(server, person);
  const other = await signIn(server, person.id);
  const pending = await beginSignIn(server, person);
  const missing = await setPassword(browser, NEW_PASSWORD);
  assert.deepEqual([missing.status, missing.codes()], [400, ['missing_current_password']]);
  const wrong = await setPassword(browser, NEW_PASSWORD, WRONG_PASSWORD);
  assert.deepEqual([wrong.status, wrong.codes()], [400, ['invalid_current_password']]);
  assert.equal(await statusFor(other), 200);
  const changed = await setPassword(browser, NEW_PASSWORD, PASSWORD);
  assert.deepEqual([changed.status, changed.json<{ stage: string }>().stage], [200, 'full']);
  assert.equal((await sessionOf(pending)).stage, 'signed_out');
  assert.deepEqual([await statusFor(browser), await statusFor(other)], [200, 403]);
  assertRefused(await sendPassword(server, person.username));
  const next = await beginSignIn(server, person, NEW_PASSWORD);
  assert.equal((await sendCode(next, codeAt(server, TOTP_SECRET, 1))).status, 200);
  const { password_changed_at, totp_confirmed_at } = await credentialsOf(browser);
  assert.deepEqual(
    [password_changed_at, totp_confirmed_at],
    ['2026-11-21T12:00:00+00:00', '2026-11-01T00:00:00+00:00'],
  );
});

test('wrong passwords of who is signed in count as those of who signs in', async () => {
  const person = await createEnrolled(server);
  const browser = await signInFully(reachFrom(server), person);
  await giveFailures(server, person, 9);
  const answer = await setPassword(browser, NEW_PASSWORD, WRONG_PASSWORD);
  assert.deepEqual(answer.codes(), ['invalid_current_password']);
  assertLocked(await setPassword(browser, NEW_PASSWORD, PASSWORD), 900);
  assertLocked(await sendPassword(server, person.username), 900);
});

test('what everybody would guess is no password, and the reason is told', async () => {
  const { id, username } = await createPerson(server, {
    username: 'jane.doe.the.second',
    email: 'jane.doe@example.com',
    first_name: 'Jane Alexandra',
    last_name: 'Doe',
  });
  const browser = await signIn(server, id);
  for (const [password, reason] of [
    ['eleven char', 'characters'],
    [username.toUpperCase(), 'user name'],
    ['Jane.Doe@example.com', 'email'],
    ['jane alexandra doe', 'name'],
    ['Password-1234', 'guessed'],
    ['abcabcabcabcabc', 'guessed'],
  ] as const) {
    const answer = await setPassword(browser, password);
    assert.deepEqual([answer.status, answer.codes()], [400, ['invalid_password']], password);
    assert.match(answer.text, new RegExp(reason));
  }
  assert.deepEqual((await setPassword(browser, 'x'.repeat(257))).codes(), ['password_too_long']);
  assert.deepEqual(await credentialsOf(browser), { has_password: false, passkeys: [] });
});

test('who is signed in by a link and has no password chooses one without another', async () => {
  const person = await createPerson(server);
  const browser = await signIn(server, person.id);
  assert.equal((await setPassword(browser, NEW_PASSWORD)).status, 200);
  assert.deepEqual((await setPassword(browser, PASSWORD)).codes(), ['missing_current_password']);
  const { stage } = await sessionOf(await beginSignIn(server, person, NEW_PASSWORD));
  assert.equal(stage, 'enrolment');
});

test('who signs in through a provider only chooses no password', async () => {
  const { id } = await createPerson(server, { is_saml_sso_only: true });
  const answer = await setPassword(await signIn(server, id), NEW_PASSWORD);
  assert.deepEqual(answer.codes(), ['access_denied|missing_permission']);
});

test('an app is taken away only from who has another second factor, or no password', async () => {
  const person = await createEnrolled(server);
  const browser = await signInFully(server, person);
  const remove = () => browser.send('DELETE', '/access/v1/totp');
  assert.deepEqual((await remove()).codes(), ['second_factor_needed']);
  const pending = await beginSignIn(server, person);
  await runSql(
    server,
    `insert into passkeys (account_id, user_id, credential_id, public_key, counter, transports, name,
       created_at, last_used_at, is_backed_up)
     values (1, ${person.id}, 'x', 'x', 0, '[]', 'x', '', '', 0)`,
  );
  assert.equal((await remove()).status, 204);
  assert.equal((await remove()).status, 204);
  assertRefused(await sendCode(pending, codeAt(server, TOTP_SECRET, 1)));
  const { second_factors } = await sessionOf(await beginSignIn(server, person));
  assert.deepEqual(second_factors, ['passkey']);
  const removals = (await listEvents(server, 'user', person.id)).filter(
    ({ action }) => action === 'totp_removed',
  );
  assert.equal(removals.length, 1);
});

test('nothing that is stored, recorded or answered later has a password, a key or a code in it', async () => {
  const person = await createPerson(server);
  const browser = await signIn(server, person.id);
  await setPassword(browser, NEW_PASSWORD);
  const { answer, secret } = await addApp(server, browser, NEW_PASSWORD);
  assert.equal(answer.status, 200, answer.text);
  const { reader } = server.app.environment.store;
  const stored = JSON.stringify([
    await findPassword(reader, 1, person.id),
    await findTotp(reader, 1, person.id),
    await listEvents(server, 'user', person.id),
    await credentialsOf(browser),
  ]);
  for (const kept of [NEW_PASSWORD, ...['base64url', 'hex', 'latin1'].map(encodeSecret)]) {
    assert.ok(!stored.includes(kept));
  }
  const events = await listEvents(server, 'user', person.id);
  assert.deepEqual(
    events.slice(-2).map(({ action, after }) => [action, after]),
    [
      ['password_set', JSON.stringify({ stage: 'full', method: 'link' })],
      ['totp_added', ''],
    ],
  );
  function encodeSecret(encoding: string): string {
    return secret.toString(encoding as BufferEncoding);
  }
});
