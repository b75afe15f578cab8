/** Passkeys over HTTP: adding them, signing in by them, and what of all that is refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Authenticator, type CreationOptions, type RequestOptions } from './authenticator.ts';
import {
  assertLocked,
  assertRefused,
  beginSignIn,
  createEnrolled,
  createPerson,
  credentialsOf,
  giveFailures,
  givePassword,
  PASSWORD,
  type Person,
  sendCode,
  sessionOf,
  signInFully,
  WRONG_PASSWORD,
  wrongCodeAt,
} from './credentials.ts';
import { type Answer, startServer } from './harness.ts';
import { listEvents } from './people.ts';
import { type Browser, browserOf, signIn } from './sign-ins.ts';

const PUBLIC_URL = 'https://orgvet.example.com';
const server = await startServer({ public_url: PUBLIC_URL });

const current_password = PASSWORD;

async function askForNew(browser: Browser, proof: object = {}): Promise<CreationOptions> {
  const answer = await browser.send('POST', '/access/v1/passkey/options', { body: proof });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<CreationOptions>();
}

async function sendNew(browser: Browser, response: object, more: object = {}): Promise<Answer> {
  const body = { name: 'Laptop', response, ...more };
  return await browser.send('POST', '/access/v1/passkey', { body });
}

async function askForOne(browser: Browser): Promise<RequestOptions & CreationRequest> {
  const answer = await browser.send('POST', '/access/v1/sign-in/passkey/options');
  assert.equal(answer.status, 200, answer.text);
  return answer.json();
}
interface CreationRequest {
  readonly allowCredentials: readonly { id: string; transports?: string[] }[];
}

const show = (browser: Browser, response: object): Promise<Answer> =>
  browser.send('POST', '/access/v1/sign-in/passkey', { body: { response } });

/** Somebody who has enrolled with a passkey. */
async function createWithPasskey(authenticator = new Authenticator(PUBLIC_URL)) {
  const person = await createPerson(server);
  await givePassword(server, person);
  const enrolling = await beginSignIn(server, person);
  const options = await askForNew(enrolling);
  const answer = await sendNew(enrolling, authenticator.create(options));
  assert.equal(answer.status, 200, answer.text);
  return { person, authenticator, browser: browserOf(server, answer), enrolling };
}

/** Signs in by password and passkey. */
async function signInBy(authenticator: Authenticator, person: Person): Promise<Answer> {
  const browser = await beginSignIn(server, person);
  const options = await askForOne(browser);
  authenticator.counter += 1;
  return await show(browser, authenticator.get(options));
}

test('who adds a passkey to a password is signed in, and signs in by both from then on', async () => {
  const { person, authenticator, browser, enrolling } = await createWithPasskey();
  assert.equal((await sessionOf(browser)).stage, 'full');
  assert.equal((await sessionOf(enrolling)).stage, 'signed_out');
  server.clock.moveTo('2026-11-21T12:05:00Z');
  const pending = await beginSignIn(server, person);
  const { stage, second_factors } = await sessionOf(pending);
  assert.deepEqual([stage, second_factors], ['second_factor', ['passkey']]);
  const answer = await signInBy(authenticator, person);
  assert.equal(answer.status, 200, answer.text);
  const { passkeys, has_password, totp_confirmed_at } = await credentialsOf(
    browserOf(server, answer),
  );
  assert.deepEqual(
    passkeys.map(({ id: _id, ...rest }) => rest),
    [
      {
        name: 'Laptop',
        created_at: '2026-11-21T12:00:00+00:00',
        last_used_at: '2026-11-21T12:05:00+00:00',
      },
    ],
  );
  assert.deepEqual([has_password, totp_confirmed_at], [true, undefined]);
});

test('the browser is asked for the passkeys of the user, on the public host, with another challenge each time', async () => {
  const { person, authenticator } = await createWithPasskey();
  await createWithPasskey();
  const pending = await beginSignIn(server, person);
  const [first, second] = [await askForOne(pending), await askForOne(pending)];
  assert.equal(first.rpId, 'orgvet.example.com');
  assert.deepEqual(
    first.allowCredentials.map(({ id, transports }) => [id, transports]),
    [[authenticator.id, ['internal']]],
  );
  assert.notEqual(first.challenge, second.challenge);
  assert.ok(Buffer.from(first.challenge, 'base64url').length >= 16);
  // Only the last one counts.
  authenticator.counter += 1;
  assertRefused(await show(pending, authenticator.get(first)));
});

test('a challenge serves for one try, right or wrong', async () => {
  const { person, authenticator } = await createWithPasskey();
  const pending = await beginSignIn(server, person);
  const options = await askForOne(pending);
  assertRefused(await show(pending, { id: authenticator.id }));
  authenticator.counter += 1;
  assertRefused(await show(pending, authenticator.get(options)));
  assert.equal((await sessionOf(pending)).stage, 'second_factor');
});

test('of several answers to one challenge at once, one signs in', async () => {
  const { person, authenticator } = await createWithPasskey();
  const pending = await beginSignIn(server, person);
  const options = await askForOne(pending);
  authenticator.counter += 1;
  const response = authenticator.get(options);
  const answers = await Promise.all(Array.from({ length: 6 }, () => show(pending, response)));
  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, 403, 403, 403, 403, 403]);
});

test('what was signed on another page, for another host or for something else is refused', async () => {
  const { person, authenticator } = await createWithPasskey();
  const pending = await beginSignIn(server, person);
  for (const astray of [
    { origin: 'https://orgvet.example.net' },
    { origin: 'http://orgvet.example.com' },
    { rp_id: 'example.com' },
    { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' },
    { type: 'webauthn.create' },
  ]) {
    const options = await askForOne(pending);
    authenticator.counter += 1;
    assertRefused(await show(pending, authenticator.get(options, astray)));
  }
  const answer = await signInBy(authenticator, person);
  assert.equal(answer.status, 200, answer.text);
});

test('the passkey of somebody else signs nobody in', async () => {
  const [one, other] = [await createWithPasskey(), await createWithPasskey()];
  const pending = await beginSignIn(server, one.person);
  other.authenticator.counter += 1;
  assertRefused(await show(pending, other.authenticator.get(await askForOne(pending))));
  // Nor does another key under the name of the right one.
  const forged = other.authenticator.get(await askForOne(pending));
  const { id } = one.authenticator;
  assertRefused(await show(pending, { ...forged, id, rawId: id }));
});

test('a counter that does not rise betrays a copy; one that never counts is none', async () => {
  const { person, authenticator } = await createWithPasskey();
  assert.equal((await signInBy(authenticator, person)).status, 200);
  authenticator.counter -= 1;
  assertRefused(await signInBy(authenticator, person));
  authenticator.counter += 5;
  assert.equal((await signInBy(authenticator, person)).status, 200);
  const still = await createWithPasskey(new Authenticator(PUBLIC_URL, 0));
  for (let times = 0; times < 2; times += 1) {
    still.authenticator.counter = -1;
    assert.equal((await signInBy(still.authenticator, still.person)).status, 200);
  }
});

test('the second step is refused to whoever has not taken the first', async () => {
  const { authenticator, browser } = await createWithPasskey();
  const nobody = { cookie: '', headers: browser.headers, send: browser.send };
  for (const one of [nobody, browser, await signIn(server)]) {
    assertRefused(await one.send('POST', '/access/v1/sign-in/passkey/options'));
    assertRefused(await show(one, authenticator.get({ challenge: 'x', rpId: 'x' })));
  }
});

test('who is signed in shows the password before a passkey is added', async () => {
  const person = await createEnrolled(server);
  const browser = await signInFully(server, person);
  const authenticator = new Authenticator(PUBLIC_URL);
  const path = '/access/v1/passkey/options';
  const missing = await browser.send('POST', path, { body: {} });
  assert.deepEqual(missing.codes(), ['missing_current_password']);
  const wrong = await browser.send('POST', path, { body: { current_password: WRONG_PASSWORD } });
  assert.deepEqual([wrong.status, wrong.codes()], [400, ['invalid_current_password']]);
  const response = authenticator.create(await askForNew(browser, { current_password }));
  assert.deepEqual((await sendNew(browser, response)).codes(), ['missing_current_password']);
  const added = await sendNew(browser, response, { current_password });
  assert.equal(added.status, 200, added.text);
  assert.equal(added.headers['set-cookie'], undefined);
  assert.equal((await credentialsOf(browser)).passkeys.length, 1);
  const pending = await beginSignIn(server, person);
  assert.deepEqual((await sessionOf(pending)).second_factors, ['passkey', 'totp']);
});

test('a passkey that was made for something else, or is there already, is not added', async () => {
  const { browser, authenticator } = await createWithPasskey();
  const other = new Authenticator(PUBLIC_URL);
  const proof = { current_password };
  const tries: ((options: CreationOptions) => object)[] = [
    (options) => other.create(options, { origin: 'https://orgvet.example.net' }),
    (options) => other.create(options, { rp_id: 'example.com' }),
    (options) => other.create(options, { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }),
    (options) => other.create(options, { type: 'webauthn.get' }),
    (options) => other.get({ ...options, rpId: options.rp.id }),
    () => ({ response: { clientDataJSON: 7 } }),
    (options) => authenticator.create(options),
  ];
  for (const make of tries) {
    const answer = await sendNew(browser, make(await askForNew(browser, proof)), proof);
    assert.deepEqual([answer.status, answer.codes()], [400, ['invalid_response']]);
  }
  const early = await sendNew(browser, other.create({ challenge: 'x', rp: { id: 'x' } }), proof);
  assert.deepEqual(early.codes(), ['invalid_response']);
  assert.equal((await credentialsOf(browser)).passkeys.length, 1);
});

test('a passkey that is removed signs in no more, and the last second factor stays', async () => {
  const { person, authenticator, browser } = await createWithPasskey();
  const other = new Authenticator(PUBLIC_URL);
  const proof = { current_password };
  const response = other.create(await askForNew(browser, proof));
  assert.equal((await sendNew(browser, response, { ...proof, name: 'Key ring' })).status, 200);
  const [first, second] = (await credentialsOf(browser)).passkeys;
  const pending = await beginSignIn(server, person);
  const options = await askForOne(pending);
  const path = (passkey_id: number | undefined) => `/access/v1/passkey/${passkey_id}`;
  assert.equal((await browser.send('DELETE', path(first?.id))).status, 204);
  authenticator.counter += 1;
  assertRefused(await show(pending, authenticator.get(options)));
  const again = await browser.send('DELETE', path(first?.id));
  assert.deepEqual([again.status, again.codes()], [404, ['not_found|passkey']]);
  const last = await browser.send('DELETE', path(second?.id));
  assert.deepEqual([last.status, last.codes()], [400, ['second_factor_needed']]);
  assert.equal((await signInBy(other, person)).status, 200);
  const stranger = await createWithPasskey();
  const theirs = await stranger.browser.send('DELETE', path(second?.id));
  assert.deepEqual([theirs.status, theirs.text], [404, again.text]);
});

test('nobody signs in by a passkey while the name is locked', async () => {
  const { person, authenticator, browser } = await createWithPasskey();
  const pending = await beginSignIn(server, person);
  const options = await askForOne(pending);
  await giveFailures(server, person, 9);
  const body = { current_password: WRONG_PASSWORD };
  await browser.send('POST', '/access/v1/passkey/options', { body });
  authenticator.counter += 1;
  const answer = await show(pending, authenticator.get(options));
  assertLocked(answer, 900);
});

test('what becomes of passkeys is recorded, without what they are', async () => {
  const { person, browser } = await createWithPasskey();
  const proof = { current_password };
  const other = new Authenticator(PUBLIC_URL);
  const response = other.create(await askForNew(browser, proof));
  await sendNew(browser, response, { ...proof, name: 'Key ring' });
  const [, second] = (await credentialsOf(browser)).passkeys;
  await browser.send('DELETE', `/access/v1/passkey/${second?.id}`);
  const events = (await listEvents(server, 'user', person.id)).slice(-2);
  const named = JSON.stringify({ passkey_id: second?.id, name: 'Key ring' });
  assert.deepEqual(
    events.map(({ action, before, after, actor_user_id }) => [
      action,
      before,
      after,
      actor_user_id,
    ]),
    [
      ['passkey_added', '', named, person.id],
      ['passkey_removed', named, '', person.id],
    ],
  );
});

test('on the own machine passkeys are for its name, since none can be for its address', async () => {
  const own = await startServer();
  const { port } = new URL(own.origin);
  const browser = await signIn(own);
  const options = await askForNew(browser);
  assert.equal(options.rp.id, 'localhost');
  const byAddress = new Authenticator(own.origin).create(options);
  assert.deepEqual((await sendNew(browser, byAddress)).codes(), ['invalid_response']);
  const byName = new Authenticator(`http://localhost:${port}`).create(await askForNew(browser));
  assert.equal((await sendNew(browser, byName)).status, 200);
});

test('a code of an app and a passkey stand beside each other in the second step', async () => {
  const person = await createEnrolled(server);
  const browser = await signInFully(server, person);
  const authenticator = new Authenticator(PUBLIC_URL);
  const proof = { current_password };
  await sendNew(browser, authenticator.create(await askForNew(browser, proof)), proof);
  const pending = await beginSignIn(server, person);
  const options = await askForOne(pending);
  assert.deepEqual((await sendCode(pending, wrongCodeAt(server))).codes(), ['invalid_code']);
  authenticator.counter += 1;
  assert.equal((await show(pending, authenticator.get(options))).status, 200);
});
