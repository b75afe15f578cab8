/** Signing in by a link over HTTP, and which requests of a browser that is signed in are taken. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CurrentSession, PERMISSIONS, ROUTES, type User } from '@orgvet/contract';
import { Value } from 'typebox/value';
import packageJson from '../package.json' with { type: 'json' };
import { makeSignInLink } from '../src/operations/sign-in-links.ts';
import { type Answer, organizationBody, type SendOptions, startServer } from './harness.ts';
import { ADA_ID, createHolder, createUser, INVALID_KEY, listEvents, ROOT_ID } from './people.ts';
import { browserOf, makeToken, OWN_PAGE, signIn, useToken } from './sign-ins.ts';

const server = await startServer();
const { send } = server;

const SESSION = '/access/v1/session';
const LINK = '/access/v1/sign-in/link';
const SIGN_OUT = '/access/v1/sign-out';

const COOKIE_FORM =
  /^__Host-orgvet_session=orgvet_session_1_\d+_[A-Za-z0-9-]{43}; Max-Age=(\d+); Path=\/; Secure; HttpOnly; SameSite=Lax$/;

const whoIs = async (options: SendOptions) => {
  const answer = await send('GET', SESSION, { key: null, ...options });
  assert.equal(answer.status, 200, answer.text);
  return answer.json<CurrentSession>();
};
const SIGNED_OUT = { stage: 'signed_out', server_version: packageJson.version };

test('a link signs in: the cookie is for this host alone, and lasts as long as the session', async () => {
  const answer = await useToken(server, await makeToken(server));
  assert.equal(answer.status, 200);
  assert.ok(Value.Check(ROUTES.signInByLink.success.schema, answer.json()));
  const cookies = answer.headers['set-cookie'] ?? [];
  assert.equal(cookies.length, 1);
  assert.equal(COOKIE_FORM.exec(cookies[0] ?? '')?.[1], String(7 * 86_400));
  const { permissions = [], ...session } = answer.json<CurrentSession>();
  assert.deepEqual(session, {
    stage: 'full',
    user: {
      id: ADA_ID,
      username: 'ada.adler',
      first_name: 'Ada',
      last_name: 'Adler',
      email: 'ada.adler@example.com',
    },
    account: { id: 1, name: 'DigiCert Inc.', mode: 'test' },
    access_role_id: 1,
    vetting_roles: [],
    now: '2026-11-21T12:00:00+00:00',
    server_version: packageJson.version,
  });
  assert.ok(permissions.includes('manage_own_access') && !permissions.includes('view_vetting'));
  assert.ok(permissions.every((one) => (PERMISSIONS as readonly string[]).includes(one)));
  const { headers } = browserOf(server, answer);
  assert.deepEqual(await whoIs({ headers }), { permissions, ...session });
});

test('whoever is signed in is shown what they may do: no more than operations let them', async () => {
  const { id } = await createHolder(server, { access_roles: [{ id: 4 }] });
  const browser = await signIn(server, id);
  const { permissions = [] } = await whoIs({ headers: browser.headers });
  assert.ok(permissions.includes('edit_organizations'));
  assert.ok(!permissions.includes('delete_organizations'));
  const body = organizationBody({ name: 'By a browser' });
  const made = await browser.send('POST', '/organization', { body });
  assert.equal(made.status, 201, made.text);
  const path = `/organization/${made.json<{ id: number }>().id}`;
  assert.equal((await browser.send('DELETE', path)).status, 403);
  assert.equal((await browser.send('GET', path)).status, 200);
});

test('signing in is noted at the user, and told by events without the secret', async () => {
  const id = await createUser(server);
  const token = await makeToken(server, id);
  const browser = browserOf(server, await useToken(server, token));
  assert.equal((await browser.send('POST', SIGN_OUT)).status, 204);
  const user = (await send('GET', `/user/${id}`)).json<User>();
  assert.equal(user.last_login_date, '2026-11-21T12:00:00+00:00');
  const events = (await listEvents(server, 'user', id)).slice(1);
  assert.deepEqual(
    events.map(({ action, actor_user_id, api_key_id }) => [action, actor_user_id, api_key_id]),
    [
      ['sign_in_link_made', 0, 0],
      ['signed_in', id, 0],
      ['signed_out', id, 0],
    ],
  );
  assert.match(events[1]?.after ?? '', /^\{"session_id":\d+,"method":"link"\}$/);
  const secrets = [token, browser.cookie].map((text) => text.split('_').at(-1) ?? '');
  for (const secret of secrets) {
    assert.equal(secret.length, 43);
    assert.ok(!JSON.stringify(events).includes(secret));
  }
});

test('a link works once, also where eight use it at the same moment', async () => {
  const token = await makeToken(server);
  const answers = await Promise.all(Array.from({ length: 8 }, () => useToken(server, token)));
  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, ...Array.from({ length: 7 }, () => 403)]);
  const refused = answers.filter(({ status }) => status === 403);
  assert.ok(refused.every(({ headers }) => headers['set-cookie'] === undefined));
});

test('a link that is wrong, used, too old or replaced gets the same bytes', async () => {
  const own = await startServer();
  const used = await makeToken(own);
  assert.equal((await useToken(own, used)).status, 200);
  const replaced = await makeToken(own);
  const latest = await makeToken(own);
  const [, , , , secret = ''] = latest.split('_');
  const wrong: Record<string, string> = {
    used,
    replaced,
    'no token': 'x',
    'another secret': latest.replace(secret, 'A'.repeat(43)),
    'of another account': latest.replace('link_1_', 'link_2_'),
    'of another kind': latest.replace('_link_', '_session_'),
  };
  const assertRefused = async (kind: string, token: string) => {
    const answer = await useToken(own, token);
    assert.equal(answer.status, 403, kind);
    assert.equal(
      answer.text,
      '{"errors":[{"code":"sign_in_link_invalid","message":"The link does not sign in, or does so no longer."}]}',
      kind,
    );
  };
  for (const [kind, token] of Object.entries(wrong)) {
    await assertRefused(kind, token);
  }
  own.clock.moveTo('2026-11-21T12:15:00Z');
  await assertRefused('too old', latest);
});

test('a link to enrol does not stand in the way of one to sign in, and lasts three days', async () => {
  const own = await startServer();
  const enrolment = await makeToken(own, ADA_ID, 'enrolment');
  assert.equal((await useToken(own, await makeToken(own))).status, 200);
  own.clock.moveTo('2026-11-24T11:59:59Z');
  const answer = await useToken(own, enrolment);
  assert.equal(answer.status, 200);
  const { stage, user, permissions } = answer.json<CurrentSession>();
  assert.deepEqual([stage, user?.id, permissions], ['enrolment', ADA_ID, undefined]);
  assert.match(answer.headers['set-cookie']?.[0] ?? '', /Max-Age=3600;/);
});

test('who has yet to enrol is let in nowhere, and has not signed in', async () => {
  const id = await createUser(server);
  const token = await makeToken(server, id, 'enrolment');
  const browser = browserOf(server, await useToken(server, token));
  for (const path of ['/user/me', '/organization', '/access/v1/session/list']) {
    const answer = await browser.send('GET', path);
    assert.deepEqual([answer.status, answer.codes()], [403, [INVALID_KEY]], path);
  }
  assert.equal((await send('GET', `/user/${id}`)).json<User>().last_login_date, undefined);
});

test('links are only for active people', async () => {
  const { environment } = server.app;
  const { id } = (
    await send('POST', '/user', {
      body: { is_api_only: true, email: 'service@example.com', api_name: 'Service' },
    })
  ).json<{ id: number }>();
  assert.equal(await makeSignInLink(environment, 1, id, 'sign_in'), undefined);
  assert.equal(await makeSignInLink(environment, 1, 999_999, 'sign_in'), undefined);
  // A user of another account.
  assert.equal(await makeSignInLink(environment, 1, 5101, 'sign_in'), undefined);
});

test('whatever is wrong with a cookie, nobody is signed in, which is no error', async () => {
  const { cookie } = await signIn(server);
  const wrong = ['', 'x=y', `${cookie}A`, cookie.replace('__Host-', ''), '__Host-orgvet_session='];
  for (const one of wrong) {
    assert.deepEqual(await whoIs({ headers: { cookie: one } }), SIGNED_OUT, one);
    const refused = await send('GET', '/user/me', { key: null, headers: { cookie: one } });
    assert.equal(refused.text, (await send('GET', '/user/me', { key: null })).text, one);
  }
  assert.deepEqual(await whoIs({}), SIGNED_OUT);
  const among = await whoIs({ headers: { cookie: `a=b; ${cookie}; c=d` } });
  assert.equal(among.stage, 'full');
});

test('signing out clears the cookie and ends the session; without one it does no harm', async () => {
  const browser = await signIn(server);
  for (const answer of [
    await browser.send('POST', SIGN_OUT),
    await browser.send('POST', SIGN_OUT),
  ]) {
    assert.equal(answer.status, 204);
    assert.deepEqual(answer.headers['set-cookie'], [
      '__Host-orgvet_session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax',
    ]);
  }
  assert.deepEqual(await whoIs({ headers: browser.headers }), SIGNED_OUT);
  assert.equal((await browser.send('GET', '/user/me')).status, 403);
});

test('a key goes before a cookie, also where it is wrong', async () => {
  const browser = await signIn(server);
  const wrong = await browser.send('GET', '/user/me', { key: 'x' });
  assert.deepEqual([wrong.status, wrong.codes()], [403, [INVALID_KEY]]);
  const other = await browser.send('GET', '/user/me', { key: server.other });
  assert.equal(other.json<User>().account_id, 2);
  assert.deepEqual(await whoIs({ key: server.administrator }), SIGNED_OUT);
});

const CROSS_SITE = (answer: Answer) => {
  assert.deepEqual([answer.status, answer.codes()], [403, ['cross_site_request']]);
};

test('another site makes a browser change nothing, and sign nobody in or out', async () => {
  const { cookie } = await signIn(server);
  const { host } = new URL(server.origin);
  const foreign: Record<string, string>[] = [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: server.origin },
    { origin: 'https://attacker.example' },
    { origin: `https://${host}` },
    { origin: 'null' },
    { referer: `${server.origin}/` },
    { origin: `http://${host}.attacker.example` },
  ];
  const token = await makeToken(server);
  for (const headers of foreign) {
    const body = organizationBody({ name: 'Forged' });
    const options = { key: null, headers: { ...headers, cookie } };
    CROSS_SITE(await send('POST', '/organization', { ...options, body }));
    CROSS_SITE(await send('PUT', '/organization/112233/deactivate', options));
    CROSS_SITE(await send('DELETE', '/organization/112233', options));
    CROSS_SITE(await send('POST', LINK, { ...options, body: { token } }));
    CROSS_SITE(await send('POST', SIGN_OUT, options));
    // To read is harmless: no other page is shown the answer.
    assert.equal((await send('GET', '/organization/112233', options)).status, 200);
  }
  assert.equal((await useToken(server, token)).status, 200);
});

test('a page of the own origin is told by what the browser says of it, in either way', async () => {
  const { cookie } = await signIn(server);
  for (const own of [OWN_PAGE, { 'sec-fetch-site': 'none' }, { origin: server.origin }]) {
    const answer = await send('PUT', '/organization/112233/activate', {
      key: null,
      headers: { ...own, cookie },
    });
    assert.equal(answer.status, 204, answer.text);
  }
});

test('a request of another site without a session is refused as one without a key', async () => {
  const headers = { cookie: '__Host-orgvet_session=x', 'sec-fetch-site': 'cross-site' };
  const answer = await send('DELETE', '/organization/112233', { key: null, headers });
  assert.deepEqual(answer.codes(), [INVALID_KEY]);
});

test('a request with a key need not say where it comes from', async () => {
  const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://attacker.example' };
  const answer = await send('PUT', '/organization/112233/activate', { headers });
  assert.equal(answer.status, 204, answer.text);
});

test('behind a proxy the own origin is the one that people use', async () => {
  const origin = 'https://registry.example';
  const named = await startServer({ public_url: origin });
  const forwarded = { 'x-forwarded-host': 'registry.example', 'x-forwarded-proto': 'https' };
  const proxied = await startServer({ trusted_proxies: ['127.0.0.1'] });
  for (const [on, headers, status] of [
    [named, { origin }, 204],
    [named, { origin: 'https://other.example' }, 403],
    [proxied, { origin, ...forwarded }, 204],
    [proxied, { origin }, 403],
    [server, { origin, ...forwarded }, 403],
  ] as const) {
    const { cookie } = await signIn(on);
    const answer = await on.send('PUT', '/organization/112233/activate', {
      key: null,
      headers: { cookie, ...headers },
    });
    assert.equal(answer.status, status, JSON.stringify(headers));
  }
  const link = await makeSignInLink(named.app.environment, 1, ADA_ID, 'sign_in');
  assert.match(link ?? '', /^https:\/\/registry\.example\/sign-in#orgvet_link_1_\d+_/);
});

test('rules about addresses hold for signing in and for who is signed in', async () => {
  const own = await startServer();
  const id = await createUser(own, { access_roles: [{ id: 1 }] });
  const [browser, other] = [await signIn(own, id), await signIn(own)];
  const token = await makeToken(own, id);
  const rule = { user_id: id, ip_address: '192.0.2.1', ip_address_end: '192.0.2.1' };
  const path = `/container/${ROOT_ID}/ip/rules`;
  const made = await own.send('POST', path, { body: rule });
  const refused = await browser.send('GET', '/user/me');
  assert.deepEqual(refused.codes(), ['access_denied|missing_permission']);
  assert.equal((await browser.send('GET', SESSION)).json<CurrentSession>().stage, 'signed_out');
  assert.deepEqual((await useToken(own, token)).codes(), ['access_denied|missing_permission']);
  assert.equal((await other.send('GET', '/user/me')).status, 200);
  await own.send('DELETE', `${path}/${made.json<{ id: number }>().id}`);
  assert.equal((await browser.send('GET', '/user/me')).status, 200);
  // The link was not used up.
  assert.equal((await useToken(own, token)).status, 200);
});
