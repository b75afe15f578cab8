/** Sessions over HTTP: how long they last, who ends them, and what they share with keys. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CurrentSession, ROUTES, type SessionList, type User } from '@orgvet/contract';
import { Value } from 'typebox/value';
import { withOperatorApi } from '../src/main.ts';
import type { OpenContext } from '../src/operations/context.ts';
import { flushUsage } from '../src/operations/key-usage.ts';
import {
  completeSession,
  findSession,
  type Session,
  startSession,
} from '../src/operations/sessions.ts';
import { listSessionsOfUser } from '../src/store/sessions.ts';
import { makeDatabase } from './databases.ts';
import { type Answer, holdClock, startServer } from './harness.ts';
import {
  ADA_ID,
  createHolder,
  createUser,
  INVALID_KEY,
  listEvents,
  MISSING_PERMISSION,
  RESEARCH_ID,
  runSql,
} from './people.ts';
import { type Browser, browserOf, makeToken, signIn, useToken } from './sign-ins.ts';
import { appointmentsOf } from './vetting.ts';

const server = await startServer();
const { send } = server;

const LIST = '/access/v1/session/list';
const NOAH_ID = 5101;

const listOwn = async (browser: Browser) => {
  const answer = await browser.send('GET', LIST);
  assert.equal(answer.status, 200, answer.text);
  return answer.json<SessionList>().sessions;
};
const statusFor = async (browser: Browser) => (await browser.send('GET', '/user/me')).status;

function assertSignedOut(answer: Answer): void {
  assert.deepEqual([answer.status, answer.codes()], [403, [INVALID_KEY]]);
}

/** The id of a session that the browser has, as it is told itself. */
async function idOf(browser: Browser): Promise<number> {
  const current = (await listOwn(browser)).find(({ is_current }) => is_current);
  assert.ok(current);
  return current.id;
}

test('a session ends when it was not used for eight hours, and every use puts that off', async () => {
  const own = await startServer();
  const [used, idle] = [await signIn(own), await signIn(own)];
  own.clock.moveTo('2026-11-21T19:59:59Z');
  assert.equal(await statusFor(used), 200);
  // What was noted of the use is told by the database from now on.
  await flushUsage(own.app.environment);
  own.clock.moveTo('2026-11-21T20:00:00Z');
  assertSignedOut(await idle.send('GET', '/user/me'));
  own.clock.moveTo('2026-11-22T03:59:58Z');
  assert.equal(await statusFor(used), 200);
  own.clock.moveTo('2026-11-22T11:59:58Z');
  assertSignedOut(await used.send('GET', '/user/me'));
  const { stage } = (await used.send('GET', '/access/v1/session')).json<CurrentSession>();
  assert.equal(stage, 'signed_out');
});

test('a session ends after seven days, however much it is used', async () => {
  const own = await startServer();
  const browser = await signIn(own);
  for (let hours = 7; hours < 7 * 24; hours += 7) {
    own.clock.moveTo(
      new Date(Date.parse('2026-11-21T12:00:00Z') + hours * 3_600_000).toISOString(),
    );
    assert.equal(await statusFor(browser), 200, `after ${hours} hours`);
  }
  own.clock.moveTo('2026-11-28T11:59:59Z');
  assert.equal(await statusFor(browser), 200);
  own.clock.moveTo('2026-11-28T12:00:00Z');
  assertSignedOut(await browser.send('GET', '/user/me'));
  // Whoever signs in next leaves nothing of it behind.
  await signIn(own);
  const { reader } = own.app.environment.store;
  assert.equal((await listSessionsOfUser(reader, 1, ADA_ID)).length, 1);
});

test('who enrols has an hour for it', async () => {
  const own = await startServer();
  const answer = await useToken(own, await makeToken(own, ADA_ID, 'enrolment'));
  const browser = browserOf(own, answer);
  const stageNow = async () =>
    (await browser.send('GET', '/access/v1/session')).json<CurrentSession>().stage;
  own.clock.moveTo('2026-11-21T12:59:59Z');
  assert.equal(await stageNow(), 'enrolment');
  own.clock.moveTo('2026-11-21T13:00:00Z');
  assert.equal(await stageNow(), 'signed_out');
});

test('nobody stays signed in, or is signed out, by the clock of a test account', async () => {
  const own = await startServer();
  const browser = await signIn(own);
  await own.send('POST', '/control/v1/clock', { body: { advance: 'P400D' } });
  assert.equal(await statusFor(browser), 200);
  const later = await signIn(own);
  const sessions = await listOwn(later);
  assert.deepEqual(
    sessions.map(({ created_at, expires_at }) => [created_at, expires_at]),
    sessions.map(() => ['2026-11-21T12:00:00+00:00', '2026-11-28T12:00:00+00:00']),
  );
  assert.equal(sessions.length, 2);
  const { now } = (await later.send('GET', '/access/v1/session')).json<CurrentSession>();
  assert.equal(now, '2027-12-26T12:00:00+00:00');
  own.clock.moveTo('2026-11-21T20:00:00Z');
  assertSignedOut(await browser.send('GET', '/user/me'));
});

test('people see where they are signed in, and end it there', async () => {
  const id = await createUser(server);
  const first = await signIn(server, id);
  const token = await makeToken(server, id);
  const answer = await send('POST', '/access/v1/sign-in/link', {
    key: null,
    headers: { 'sec-fetch-site': 'same-origin', 'user-agent': 'Browser/2.0' },
    body: { token },
  });
  const second = browserOf(server, answer);
  const listed = await second.send('GET', LIST);
  assert.ok(Value.Check(ROUTES.listSessions.success.schema, listed.json()));
  const [current, other] = listed.json<SessionList>().sessions;
  const { id: session_id, ...shown } = current ?? {};
  assert.deepEqual(shown, {
    is_current: true,
    method: 'link',
    created_at: '2026-11-21T12:00:00+00:00',
    last_seen_at: '2026-11-21T12:00:00+00:00',
    expires_at: '2026-11-28T12:00:00+00:00',
    ip_address: '127.0.0.1',
    user_agent: 'Browser/2.0',
  });
  assert.equal(other?.is_current, false);
  assert.equal((await listOwn(second)).length, 2);
  const ended = await second.send('DELETE', `/access/v1/session/${other?.id}`);
  assert.equal(ended.status, 204);
  assertSignedOut(await first.send('GET', '/user/me'));
  assert.deepEqual(
    (await listOwn(second)).map((one) => one.id),
    [session_id],
  );
  const events = await listEvents(server, 'user', id);
  assert.deepEqual(
    [events.at(-1)?.action, events.at(-1)?.before],
    ['session_ended', JSON.stringify({ session_id: other?.id })],
  );
});

test('the session of somebody else is not there, whether of the own account or another', async () => {
  const browser = await signIn(server, await createUser(server));
  const others = [await signIn(server), await signIn(server, NOAH_ID, 2)];
  const nobodys = await browser.send('DELETE', '/access/v1/session/999999');
  assert.deepEqual([nobodys.status, nobodys.codes()], [404, ['not_found|session']]);
  for (const other of others) {
    const answer = await browser.send('DELETE', `/access/v1/session/${await idOf(other)}`);
    assert.deepEqual([answer.status, answer.text], [404, nobodys.text]);
    assert.equal(await statusFor(other), 200);
  }
  assert.equal((await browser.send('DELETE', '/access/v1/session/x')).status, 400);
});

test('what is for people who are signed in is for no key', async () => {
  for (const key of [server.administrator, server.view_only]) {
    for (const [method, path] of [
      ['GET', LIST],
      ['DELETE', '/access/v1/session/1'],
    ] as const) {
      const answer = await send(method, path, { key });
      assert.deepEqual([answer.status, answer.codes()], [403, [MISSING_PERMISSION]]);
    }
  }
});

test('whoever sees to users signs them out everywhere, with the links that were made for them', async () => {
  const id = await createUser(server);
  const browsers = [await signIn(server, id), await signIn(server, id)];
  const links = [await makeToken(server, id), await makeToken(server, id, 'enrolment')];
  const path = `/access/v1/user/${id}/session`;
  const shown = (await send('GET', path)).json<SessionList>().sessions;
  assert.deepEqual(
    shown.map(({ is_current }) => is_current),
    [false, false],
  );
  assert.equal((await send('DELETE', path)).status, 204);
  for (const browser of browsers) {
    assertSignedOut(await browser.send('GET', '/user/me'));
  }
  for (const link of links) {
    assert.deepEqual((await useToken(server, link)).codes(), ['sign_in_link_invalid']);
  }
  assert.deepEqual((await send('GET', path)).json(), { sessions: [] });
  // Where there is nothing to end, nothing has happened.
  assert.equal((await send('DELETE', path)).status, 204);
  const ended = (await listEvents(server, 'user', id)).filter(
    (one) => one.action === 'session_ended',
  );
  const session_ids = shown.map((one) => one.id);
  assert.deepEqual(
    ended.map(({ before }) => before),
    [JSON.stringify({ session_ids })],
  );
});

test('only who may see to administrators signs one out, and nobody those whom they do not see', async () => {
  const manager = await createHolder(server, { access_roles: [{ id: 4 }] });
  const path = `/access/v1/user/${ADA_ID}/session`;
  assert.equal((await send('GET', path, { key: manager.key })).status, 200);
  const answer = await send('DELETE', path, { key: manager.key });
  assert.deepEqual(answer.codes(), [MISSING_PERMISSION]);
  const restricted = await createHolder(server, {
    access_roles: [{ id: 1 }],
    container_id_assignments: [RESEARCH_ID],
  });
  for (const method of ['GET', 'DELETE']) {
    for (const [on, key] of [
      [path, restricted.key],
      [path, server.other],
    ] as const) {
      assert.deepEqual((await send(method, on, { key })).codes(), ['not_found|user']);
    }
  }
});

test('a user who is deactivated or deleted is signed out at once', async () => {
  const [inactive, deleted] = [await createUser(server), await createUser(server)];
  const browsers = [await signIn(server, inactive), await signIn(server, deleted)];
  const links = [await makeToken(server, inactive), await makeToken(server, deleted)];
  for (const browser of browsers) {
    assert.equal(await statusFor(browser), 200);
  }
  await runSql(server, `update users set status = 'inactive' where id = ${inactive}`);
  assert.equal((await send('DELETE', `/user/${deleted}`)).status, 204);
  for (const browser of browsers) {
    assertSignedOut(await browser.send('GET', '/user/me'));
    assert.equal((await browser.send('POST', '/access/v1/sign-out')).status, 204);
  }
  for (const link of links) {
    assert.deepEqual((await useToken(server, link)).codes(), ['sign_in_link_invalid']);
  }
});

test('a change of rights counts from the next request on', async () => {
  const id = await createUser(server, { access_roles: [{ id: 4 }] });
  const browser = await signIn(server, id);
  assert.equal((await browser.send('GET', '/organization')).status, 200);
  await send('PUT', `/user/${id}/role`, { body: { access_roles: [{ id: 2 }] } });
  assert.equal((await browser.send('GET', '/organization')).status, 403);
});

test('when a session was last used is told at once, and stored when uses are brought in', async () => {
  const own = await startServer();
  const browser = await signIn(own);
  const { environment } = own.app;
  const readStored = async () =>
    (await listSessionsOfUser(environment.store.reader, 1, ADA_ID))[0]?.last_seen_at;
  own.clock.moveTo('2026-11-21T12:34:56Z');
  assert.equal((await listOwn(browser))[0]?.last_seen_at, '2026-11-21T12:34:56+00:00');
  assert.equal(await readStored(), '2026-11-21T12:00:00+00:00');
  await flushUsage(environment);
  assert.equal(await readStored(), '2026-11-21T12:34:56+00:00');
});

test('a session has limits of its own, as a key has', async () => {
  const limited = await startServer({
    rate_limits: [{ requests: 2, window_ms: 60_000 }],
    rate_limit_test_accounts: true,
  });
  const [browser, other] = [await signIn(limited), await signIn(limited)];
  assert.deepEqual([await statusFor(browser), await statusFor(browser)], [200, 200]);
  const refused = await browser.send('GET', '/user/me');
  assert.deepEqual([refused.status, refused.codes()], [429, ['request_limit_exceeded']]);
  assert.equal(await statusFor(other), 200);
  // The first keys have the same ids as the first sessions.
  for (const key of [limited.administrator, limited.view_only]) {
    assert.equal((await limited.send('GET', '/user/me', { key })).status, 200);
  }
});

/** A registry with one live account, and somebody in it whom its operator can appoint. */
async function startLive() {
  const database = await makeDatabase();
  const live = await startServer({ database, seed: 'none', clock: holdClock() });
  const user_id = await createUser(live, { access_roles: [{ id: 5 }] });
  const params = { user_id };
  const body = { appointments: appointmentsOf('specialist') };
  const appoint = () =>
    withOperatorApi(database, 1, (api) => api.call('changeAppointments', { params, body }));
  return { live, user_id, appoint };
}

test('an administrator who is signed in is not the operator: keys of those who validate are not theirs', async () => {
  const { live, user_id, appoint } = await startLive();
  const administrator = await signIn(live, 1);
  const make = () => administrator.send('POST', `/key/user/${user_id}`, { body: { name: 'Mine' } });
  assert.equal((await make()).status, 201);
  await appoint();
  assert.deepEqual((await make()).codes(), ['user_is_appointed']);
});

test('whoever is appointed in a live account signs in anew, by what the operator hands out', async () => {
  const { live, user_id, appoint } = await startLive();
  const browser = await signIn(live, user_id);
  const link = await makeToken(live, user_id, 'enrolment');
  await appoint();
  assertSignedOut(await browser.send('GET', '/user/me'));
  assert.deepEqual((await useToken(live, link)).codes(), ['sign_in_link_invalid']);
  const events = await listEvents(live, 'user', user_id);
  assert.deepEqual(
    events.slice(-2).map(({ action }) => action),
    ['user_appointed', 'sign_in_withdrawn'],
  );
  const { vetting_roles } = (
    await (await signIn(live, user_id)).send('GET', '/access/v1/session')
  ).json<CurrentSession>();
  assert.deepEqual(vetting_roles, ['specialist']);
});

test('who is signed in is the user whom the session is of', async () => {
  const browser = await signIn(server, NOAH_ID, 2);
  const me = (await browser.send('GET', '/user/me')).json<User>();
  assert.deepEqual([me.id, me.account_id], [NOAH_ID, 2]);
});

test('a session that was on the way becomes a full one with another token, once', async () => {
  const own = await startServer();
  const { environment } = own.app;
  const context: OpenContext = {
    ...environment,
    request_id: 'test',
    ip_address: '127.0.0.1',
    user_agent: 'Browser/1.0',
    session_token: '',
  };
  const begin = () =>
    environment.store.transaction((tx) =>
      startSession(tx, context, {
        account_id: 1,
        user_id: ADA_ID,
        method: 'password',
        stage: 'second_factor',
      }),
    );
  const complete = (session: Session) =>
    environment.store.transaction((tx) => completeSession(tx, context, session));
  const begun = (await begin())?.token ?? '';
  const session = await findSession(environment, begun);
  assert.equal(session?.stage, 'second_factor');
  const completed = await Promise.all([complete(session), complete(session)]);
  const tokens = completed.flatMap((one) => (one === undefined ? [] : [one.token]));
  assert.equal(tokens.length, 1);
  assert.equal(await findSession(environment, begun), undefined);
  const full = await findSession(environment, tokens[0] ?? '');
  assert.deepEqual([full?.stage, full?.method], ['full', 'password']);
  const late = (await begin())?.token ?? '';
  own.clock.moveTo('2026-11-21T12:14:59Z');
  assert.ok(await findSession(environment, late));
  own.clock.moveTo('2026-11-21T12:15:00Z');
  assert.equal(await findSession(environment, late), undefined);
  const actions = (await listEvents(own, 'user', ADA_ID)).map(({ action }) => action);
  assert.deepEqual(actions.slice(-3), ['sign_in_begun', 'signed_in', 'sign_in_begun']);
});
