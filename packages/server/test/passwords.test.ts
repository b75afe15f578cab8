/** Signing in by passwords and codes over HTTP, and guessing them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROUTES, type SessionList } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { createSignInGuard } from '../src/operations/sign-in-guard.ts';
import { listSessionsOfUser } from '../src/store/sessions.ts';
import {
  ask,
  assertLocked,
  assertRefused,
  beginSignIn,
  codeAt,
  createEnrolled,
  createPerson,
  giveCheapPassword,
  giveFailures,
  givePassword,
  NEW_PASSWORD,
  nextAddress,
  PASSWORD,
  type Person,
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
import { startServer, type TestServer } from './harness.ts';
import { INVALID_KEY, listEvents, RESEARCH_ID, runSql } from './people.ts';
import { type Browser, browserOf, OWN_PAGE, signIn } from './sign-ins.ts';

const server = await startServer({ trusted_proxies: ['127.0.0.1'] });

const statusFor = async (browser: Browser) => (await browser.send('GET', '/user/me')).status;

async function failOften(reached: TestServer, username: string, times: number): Promise<void> {
  for (let tries = 0; tries < times; tries += 1) {
    assertRefused(await sendPassword(reached, username, WRONG_PASSWORD));
  }
}

test('a password is the first step and a code the second, each with a token of its own', async () => {
  const person = await createEnrolled(server);
  const answer = await sendPassword(server, person.username);
  assert.ok(Value.Check(ROUTES.signInByPassword.success.schema, answer.json()), answer.text);
  const pending = browserOf(server, answer);
  const { stage, user, second_factors, permissions } = await sessionOf(pending);
  assert.deepEqual(
    [stage, user?.username, second_factors, permissions],
    ['second_factor', person.username, ['totp'], undefined],
  );
  assert.equal(await statusFor(pending), 403);
  const signed = await sendCode(pending, codeAt(server));
  assert.equal(signed.status, 200, signed.text);
  const browser = browserOf(server, signed);
  assert.notEqual(browser.cookie, pending.cookie);
  assert.deepEqual([await statusFor(browser), await statusFor(pending)], [200, 403]);
  const { sessions } = (await browser.send('GET', '/access/v1/session/list')).json<SessionList>();
  assert.deepEqual(
    sessions.map(({ method }) => method),
    ['password'],
  );
  assert.deepEqual(
    (await listEvents(server, 'user', person.id)).slice(-2).map(({ action }) => action),
    ['sign_in_begun', 'signed_in'],
  );
});

test('a user name signs in however it is written, and so does the email address', async () => {
  const person = await createEnrolled(server, { email: 'Vera.Roth@Example.com' });
  for (const name of [person.username.toUpperCase(), ' vera.roth@example.COM ']) {
    const { user } = await sessionOf(browserOf(server, await sendPassword(server, name)));
    assert.equal(user?.id, person.id);
  }
});

test('a password may be typed in another composition of its characters', async () => {
  const person = await createPerson(server);
  const browser = await signIn(server, person.id);
  assert.equal((await setPassword(browser, 'Grüße an Zoë ﬁne')).status, 200);
  const decomposed = 'Gru\u0308ße an Zoe\u0308 fine';
  assert.equal((await sendPassword(server, person.username, decomposed)).status, 200);
});

test('unknown names, wrong passwords, and users who cannot sign in by one get the same answer', async () => {
  const reached = reachFrom(server);
  const [known, inactive, none, provided] = [
    await createEnrolled(server),
    await createEnrolled(server),
    await createPerson(server),
    await createEnrolled(server, { is_saml_sso_only: true }),
  ];
  await runSql(server, `update users set status = 'inactive' where id = ${inactive.id}`);
  const wrong = await sendPassword(reached, known.username, WRONG_PASSWORD);
  assertRefused(wrong);
  for (const { username } of [inactive, none, provided, { username: 'nobody.at.all' }]) {
    const answer = await sendPassword(reached, username);
    assert.deepEqual([answer.status, answer.text], [wrong.status, wrong.text]);
  }
  const elsewhere = await sendPassword(reached, known.username, PASSWORD, { account_id: 2 });
  assert.deepEqual([elsewhere.status, elsewhere.text], [wrong.status, wrong.text]);
});

test('a request without a name or a password is told so, and counts as no try', async () => {
  const answer = await ask(server, '/access/v1/sign-in/password', { account_id: 0 });
  assert.equal(answer.status, 400);
  assert.deepEqual(answer.codes(), ['missing_username', 'missing_password', 'invalid_account_id']);
});

test('where name and password fit several users, the account says which', async () => {
  const email = 'in.two.accounts@example.com';
  const here = await createEnrolled(server, { email });
  const body = {
    username: 'elsewhere',
    email,
    first_name: 'Else',
    last_name: 'Where',
    access_roles: [{ id: 5 }],
  };
  const made = await server.send('POST', '/user', { key: server.other, body });
  const there: Person = { id: made.json<{ id: number }>().id, account_id: 2, username: email };
  await givePassword(server, there);
  const both = await sendPassword(server, email);
  assert.deepEqual([both.status, both.codes()], [409, ['sign_in_ambiguous']]);
  for (const [account_id, stage] of [
    [here.account_id, 'second_factor'],
    [2, 'enrolment'],
  ] as const) {
    const answer = await sendPassword(server, email, PASSWORD, { account_id });
    const session = await sessionOf(browserOf(server, answer));
    assert.deepEqual([session.stage, session.account?.id], [stage, account_id]);
  }
  // Two who chose differently are told apart by that.
  await setPassword(await signIn(server, there.id, 2), NEW_PASSWORD, PASSWORD);
  assert.equal((await sessionOf(await beginSignIn(server, there))).user?.id, here.id);
  const { user } = await sessionOf(await beginSignIn(server, there, NEW_PASSWORD));
  assert.equal(user?.id, there.id);
});

test('after ten failures in a row a name is locked for a quarter of an hour, whether anybody has it or not', async () => {
  const own = await startServer();
  const person = await createEnrolled(own);
  for (const { username } of [person, { username: 'Nobody.at.all' }]) {
    await failOften(own, username, 10);
    assertLocked(await sendPassword(own, username), 900);
    assertLocked(await sendPassword(own, username.toUpperCase(), WRONG_PASSWORD), 900);
  }
  own.clock.moveTo('2026-11-21T12:14:59Z');
  assertLocked(await sendPassword(own, person.username), 1);
  own.clock.moveTo('2026-11-21T12:15:00Z');
  assertRefused(await sendPassword(own, 'nobody.at.all'));
  const pending = await beginSignIn(own, person);
  assert.equal((await sendCode(pending, codeAt(own))).status, 200);
  const locks = (await listEvents(own, 'user', person.id)).filter(
    ({ action }) => action === 'sign_in_locked',
  );
  assert.deepEqual(
    locks.map(({ after, ip_address }) => [after, ip_address]),
    [[JSON.stringify({ locked_until: '2026-11-21T12:15:00+00:00' }), '127.0.0.1']],
  );
});

test('only a whole sign-in forgets the failures before it', async () => {
  const reached = reachFrom(server);
  const person = await createEnrolled(server);
  await giveFailures(server, person, 9);
  await signInFully(server, person);
  await failOften(reached, person.username, 1);
  await giveFailures(server, person, 9);
  // Half of one does not.
  await beginSignIn(server, person);
  await failOften(reached, person.username, 1);
  assertLocked(await sendPassword(reached, person.username), 900);
});

test('of many tries at once no more than ten count, and what the others tried tells nothing', async () => {
  const person = await createEnrolled(server);
  const reached = reachFrom(server);
  await giveFailures(server, person, 7);
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => sendPassword(reached, person.username, WRONG_PASSWORD)),
  );
  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [403, 403, 403, 429, 429, 429, 429, 429]);
});

test('who is signed in stays so while the name is locked', async () => {
  const person = await createEnrolled(server);
  const browser = await signInFully(server, person);
  await giveFailures(server, person, 9);
  await failOften(reachFrom(server), person.username, 1);
  assertLocked(await sendPassword(server, person.username), 900);
  assert.equal(await statusFor(browser), 200);
});

test('an address that has failed thirty times waits, and nobody else does', async () => {
  const ip_address = nextAddress();
  const reached = reachFrom(server, ip_address);
  const { sign_in_guard, clock } = server.app.environment;
  for (let failures = 0; failures < 28; failures += 1) {
    sign_in_guard.noteFailure(ip_address, clock.now_ms());
  }
  await failOften(reached, 'address.one', 1);
  await failOften(reached, 'address.two', 1);
  const person = await createEnrolled(server);
  const refused = await sendPassword(reached, person.username);
  assert.deepEqual([refused.status, refused.codes()], [429, ['request_limit_exceeded']]);
  assert.equal(refused.headers['retry-after'], '900');
  assert.equal((await sendPassword(reachFrom(server), person.username)).status, 200);
});

test('two passwords are derived at once, forty more wait, and whoever comes then is sent away', async () => {
  const { derive } = createSignInGuard();
  const cost = { memory_kib: 8, passes: 1, parallelism: 1 };
  const derivation = { password: PASSWORD, salt: new Uint8Array(16), cost };
  const results = await Promise.allSettled(Array.from({ length: 45 }, () => derive(derivation)));
  const refused = results.filter(({ status }) => status === 'rejected');
  assert.equal(refused.length, 3);
  const [{ reason }] = refused as [PromiseRejectedResult];
  assert.equal(reason.message, 'service_unavailable');
  // Places are handed on: once they are done, others come.
  assert.ok((await derive(derivation)).verifier_hash);
});

test('a code counts once, also where several come at once', async () => {
  const own = await startServer();
  const person = await createEnrolled(own);
  const code = codeAt(own);
  const browsers = await Promise.all(
    Array.from({ length: 4 }, async () => await beginSignIn(own, person)),
  );
  const answers = await Promise.all(browsers.map((browser) => sendCode(browser, code)));
  const codes = answers.map((answer) => (answer.status === 200 ? [] : answer.codes()));
  assert.deepEqual(codes.sort(), [[], ['invalid_code'], ['invalid_code'], ['invalid_code']]);
  // Nor does one from before: only what the app shows next.
  const again = await beginSignIn(own, person);
  const before = await sendCode(again, codeAt(own, TOTP_SECRET, -1));
  assert.deepEqual([before.status, before.codes()], [400, ['invalid_code']]);
  assert.equal((await sendCode(again, codeAt(own, TOTP_SECRET, 1))).status, 200);
});

test('a code counts for half a minute, and half a minute before and after', async () => {
  const person = await createEnrolled(server);
  for (const [steps, status] of [
    [-2, 400],
    [2, 400],
    [-1, 200],
  ] as const) {
    const pending = await beginSignIn(server, person);
    const answer = await sendCode(pending, codeAt(server, TOTP_SECRET, steps));
    assert.equal(answer.status, status, `${steps} steps`);
  }
});

test('the fifth wrong code ends the session, and ten of them lock the name', async () => {
  const reached = reachFrom(server);
  const person = await createEnrolled(server);
  for (const sessions of [1, 2]) {
    const pending = await beginSignIn(reached, person);
    for (let tries = 1; tries < 5; tries += 1) {
      const wrong = await sendCode(pending, wrongCodeAt(server));
      assert.deepEqual([wrong.status, wrong.codes()], [400, ['invalid_code']]);
    }
    assert.deepEqual((await sendCode(pending, 'abcdef')).codes(), ['invalid_code']);
    assertRefused(await sendCode(pending, wrongCodeAt(server)));
    assert.equal((await sessionOf(pending)).stage, 'signed_out', `session ${sessions}`);
    assertRefused(await sendCode(pending, codeAt(server)));
  }
  assertLocked(await sendPassword(reached, person.username), 900);
});

test('who waits for the second step can do nothing else', async () => {
  const pending = await beginSignIn(server, await createEnrolled(server));
  for (const [method, path, body] of [
    ['GET', '/access/v1/credentials', undefined],
    ['GET', '/access/v1/session/list', undefined],
    ['PUT', '/access/v1/password', { password: NEW_PASSWORD }],
    ['POST', '/access/v1/totp', { password: PASSWORD }],
    ['DELETE', '/access/v1/totp', undefined],
  ] as const) {
    const answer = await pending.send(method, path, { ...(body && { body }) });
    assert.deepEqual([answer.status, answer.codes()], [403, [INVALID_KEY]], path);
  }
});

test('the second step is over after a quarter of an hour', async () => {
  const own = await startServer();
  const pending = await beginSignIn(own, await createEnrolled(own));
  own.clock.moveTo('2026-11-21T12:15:00Z');
  assertRefused(await sendCode(pending, codeAt(own)));
});

test('other sites cannot make a browser try passwords', async () => {
  const person = await createEnrolled(server);
  const body = { username: person.username, password: PASSWORD };
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://example.net' }]) {
    const answer = await server.send('POST', '/access/v1/sign-in/password', {
      key: null,
      headers,
      body,
    });
    assert.deepEqual(answer.codes(), ['cross_site_request']);
  }
});

test('a rule about addresses holds for who knows the password, and uses nothing up', async () => {
  const own = await startServer({ trusted_proxies: ['127.0.0.1'] });
  const person = await createEnrolled(own);
  const rule = { user_id: person.id, ip_address: '192.0.2.200', ip_address_end: '192.0.2.200' };
  await own.send('POST', '/container/4/ip/rules', { body: rule });
  const refused = await sendPassword(own, person.username);
  assert.deepEqual(refused.codes(), ['access_denied|missing_permission']);
  const body = { username: person.username, password: PASSWORD };
  const there = { ...OWN_PAGE, 'x-forwarded-for': '192.0.2.200' };
  const answer = await ask(own, '/access/v1/sign-in/password', body, there);
  assert.equal(answer.status, 200, answer.text);
});

test('sessions that wait, or enrol, are in no list, and end with the others', async () => {
  const person = await createEnrolled(server, { container_id_assignments: [RESEARCH_ID] });
  const browser = await signInFully(server, person);
  await beginSignIn(server, person);
  const { sessions } = (await browser.send('GET', '/access/v1/session/list')).json<SessionList>();
  assert.equal(sessions.length, 1);
  await server.send('DELETE', `/access/v1/user/${person.id}/session`);
  const { reader } = server.app.environment.store;
  assert.deepEqual(await listSessionsOfUser(reader, 1, person.id), []);
});

test('a password from when it cost less to try still signs in', async () => {
  const person = await createPerson(server);
  await giveCheapPassword(server, person);
  const { stage } = await sessionOf(await beginSignIn(server, person));
  assert.equal(stage, 'enrolment');
  assertRefused(await sendPassword(server, person.username, WRONG_PASSWORD));
});
