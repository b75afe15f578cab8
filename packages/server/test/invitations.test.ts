/** Invitations over HTTP: the way from a link to a password and a second factor, and who hands one out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Invitation, ROUTES } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { withOperatorApi } from '../src/main.ts';
import {
  addApp,
  beginSignIn,
  codeAt,
  createEnrolled,
  createPerson,
  credentialsOf,
  NEW_PASSWORD,
  PASSWORD,
  sendCode,
  sendPassword,
  sessionOf,
  setPassword,
  signInFully,
} from './credentials.ts';
import { makeDatabase } from './databases.ts';
import { holdClock, startServer, type TestServer } from './harness.ts';
import { createHolder, listEvents, MISSING_PERMISSION, RESEARCH_ID, runSql } from './people.ts';
import { type Browser, browserOf, makeToken, signIn, useToken } from './sign-ins.ts';
import { appointmentsOf } from './vetting.ts';

const server = await startServer();

const invite = (on: TestServer, user_id: number, key: string = on.administrator) =>
  on.send('POST', `/access/v1/user/${user_id}/invitation`, { key });

/** The token of an invitation. */
async function tokenFor(on: TestServer, user_id: number): Promise<string> {
  const answer = await invite(on, user_id);
  assert.equal(answer.status, 201, answer.text);
  return new URL(answer.json<Invitation>().link).hash.slice(1);
}

async function enrol(on: TestServer, user_id: number): Promise<Browser> {
  const answer = await useToken(on, await tokenFor(on, user_id));
  assert.equal(answer.status, 200, answer.text);
  return browserOf(on, answer);
}

test('whoever is invited chooses a password, then a second factor, and is signed in', async () => {
  const person = await createPerson(server);
  const invited = await invite(server, person.id);
  assert.ok(Value.Check(ROUTES.inviteUser.success.schema, invited.json()), invited.text);
  const { link, expires_at } = invited.json<Invitation>();
  assert.equal(new URL(link).origin, server.origin);
  assert.equal(expires_at, '2026-11-24T12:00:00+00:00');
  const enrolling = browserOf(server, await useToken(server, new URL(link).hash.slice(1)));
  const { stage, enrolment_needs } = await sessionOf(enrolling);
  assert.deepEqual([stage, enrolment_needs], ['enrolment', ['password', 'second_factor']]);
  const chosen = await setPassword(enrolling, NEW_PASSWORD);
  assert.deepEqual(chosen.json<{ enrolment_needs: string[] }>().enrolment_needs, ['second_factor']);
  assert.equal(chosen.headers['set-cookie'], undefined);
  const { answer, secret } = await addApp(server, enrolling, NEW_PASSWORD);
  assert.equal(answer.status, 200, answer.text);
  const browser = browserOf(server, answer);
  const { stage: reached, enrolment_needs: left } = await sessionOf(browser);
  assert.deepEqual([reached, left], ['full', undefined]);
  assert.equal((await sessionOf(enrolling)).stage, 'signed_out');
  const next = await beginSignIn(server, person, NEW_PASSWORD);
  assert.equal((await sendCode(next, codeAt(server, secret, 1))).status, 200);
});

test('nothing but the password can be chosen first, and nothing else be done', async () => {
  const { id } = await createEnrolled(server);
  const enrolling = await enrol(server, id);
  for (const [method, path, body] of [
    ['POST', '/access/v1/totp', { password: PASSWORD }],
    ['PUT', '/access/v1/totp', { password: PASSWORD, code: '123456' }],
    ['DELETE', '/access/v1/totp', undefined],
    ['POST', '/access/v1/passkey/options', {}],
    ['POST', '/access/v1/passkey', { name: 'x', response: {} }],
    ['DELETE', '/access/v1/passkey/1', undefined],
  ] as const) {
    const answer = await enrolling.send(method, path, { ...(body && { body }) });
    assert.deepEqual([answer.status, answer.codes()], [400, ['password_needed']], path);
  }
  for (const path of ['/user/me', '/access/v1/session/list']) {
    assert.equal((await enrolling.send('GET', path)).status, 403, path);
  }
  assert.equal((await enrolling.send('GET', '/access/v1/credentials')).status, 200);
});

test('an invitation replaces what was there as the new password is set, and not before', async () => {
  const person = await createEnrolled(server);
  const browser = await signInFully(server, person);
  const enrolling = await enrol(server, person.id);
  assert.equal((await browser.send('GET', '/user/me')).status, 200);
  assert.equal((await sendPassword(server, person.username)).status, 200);
  assert.equal((await setPassword(enrolling, NEW_PASSWORD)).status, 200);
  assert.equal((await browser.send('GET', '/user/me')).status, 403);
  assert.equal((await sendPassword(server, person.username)).status, 403);
  const { totp_confirmed_at, passkeys, has_password } = await credentialsOf(enrolling);
  assert.deepEqual([totp_confirmed_at, passkeys, has_password], [undefined, [], true]);
  // A second thought is allowed while there is no second factor.
  assert.equal((await setPassword(enrolling, PASSWORD)).status, 200);
  const { stage } = await sessionOf(await beginSignIn(server, person));
  assert.equal(stage, 'enrolment');
});

test('an invitation works once, for three days, and not after a later one or a new password', async () => {
  const own = await startServer();
  const { id } = await createPerson(own);
  const refused = async (token: string) =>
    assert.deepEqual((await useToken(own, token)).codes(), ['sign_in_link_invalid']);
  const [early, late] = [await tokenFor(own, id), await tokenFor(own, id)];
  await refused(early);
  own.clock.moveTo('2026-11-24T11:59:59Z');
  const used = await useToken(own, late);
  assert.equal(used.status, 200);
  await refused(late);
  const third = await tokenFor(own, id);
  await setPassword(browserOf(own, used), NEW_PASSWORD);
  await refused(third);
  const fourth = await tokenFor(own, id);
  own.clock.moveTo('2026-11-27T11:59:59Z');
  await refused(fourth);
});

test('only people who are active and choose how they sign in are invited', async () => {
  const [inactive, provided] = [
    await createPerson(server),
    await createPerson(server, { is_saml_sso_only: true }),
  ];
  await runSql(server, `update users set status = 'inactive' where id = ${inactive.id}`);
  const body = { is_api_only: true, email: 'service@example.com', api_name: 'Export' };
  const service = await server.send('POST', '/user', { body });
  for (const [id, reason] of [
    [inactive.id, 'not active'],
    [provided.id, 'through a provider'],
    [service.json<{ id: number }>().id, 'service user'],
  ] as const) {
    const answer = await invite(server, id);
    assert.deepEqual([answer.status, answer.codes()], [400, ['user_cannot_sign_in']]);
    assert.match(answer.text, new RegExp(reason));
  }
});

test('only who may see to administrators invites one, and nobody those whom they do not see', async () => {
  const administrator = await createPerson(server, { access_roles: [{ id: 1 }] });
  const manager = await createHolder(server, { access_roles: [{ id: 4 }] });
  const refused = await invite(server, administrator.id, manager.key);
  assert.deepEqual([refused.status, refused.codes()], [403, [MISSING_PERMISSION]]);
  const person = await createPerson(server);
  assert.equal((await invite(server, person.id, manager.key)).status, 201);
  const restricted = await createHolder(server, {
    access_roles: [{ id: 1 }],
    container_id_assignments: [RESEARCH_ID],
  });
  for (const key of [restricted.key, server.other]) {
    assert.deepEqual((await invite(server, person.id, key)).codes(), ['not_found|user']);
  }
});

test('in a live account those who validate are invited by the operator alone', async () => {
  const database = await makeDatabase();
  const live = await startServer({ database, seed: 'none', clock: holdClock() });
  const { id: user_id } = await createPerson(live, { access_roles: [{ id: 5 }] });
  const early = await tokenFor(live, user_id);
  const request = {
    params: { user_id },
    body: { appointments: appointmentsOf('specialist') },
  };
  await withOperatorApi(database, 1, (api) => api.call('changeAppointments', request));
  const answer = await invite(live, user_id);
  assert.deepEqual([answer.status, answer.codes()], [400, ['user_is_appointed']]);
  assert.deepEqual((await useToken(live, early)).codes(), ['sign_in_link_invalid']);
  assert.equal((await useToken(live, await makeToken(live, user_id, 'enrolment'))).status, 200);
});

test('an invitation is recorded with who made it, and without its token', async () => {
  const { id } = await createPerson(server);
  const token = await tokenFor(server, id);
  const events = await listEvents(server, 'user', id);
  assert.ok(!JSON.stringify(events).includes(token.split('_').at(-1) ?? token));
  const { action, after, api_key_id } = events.at(-1) ?? {};
  assert.deepEqual(
    [action, after, (api_key_id ?? 0) > 0],
    ['user_invited', JSON.stringify({ purpose: 'enrolment' }), true],
  );
});

test('who has no password and is signed in by a link is not enrolling', async () => {
  const { id } = await createPerson(server);
  const browser = await signIn(server, id);
  assert.equal((await setPassword(browser, NEW_PASSWORD)).status, 200);
  assert.equal((await sessionOf(browser)).stage, 'full');
});
