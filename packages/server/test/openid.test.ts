/** Signing in through an OpenID provider: a real one, with browsers that follow every redirect by hand. */
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import {
  type CurrentSession,
  ROUTES,
  type SessionList,
  type UserIdentityList,
} from '@orgvet/contract';
import { Value } from 'typebox/value';
import { signInByIdentity } from '../src/operations/openid-sign-in.ts';
import type { Store } from '../src/store/database.ts';
import { startServer, type TestServer } from './harness.ts';
import { startProvider } from './openid-provider.ts';
import {
  ADA_ID,
  createHolder,
  createUser,
  listEvents,
  MISSING_PERMISSION,
  runSql,
} from './people.ts';
import { signIn as signInByLink } from './sign-ins.ts';

const PUBLIC_URL = 'https://orgvet.example.com';
const ADA = { subject: 'subject-of-ada', email: 'Ada.Adler@Example.com', email_verified: true };

const provider = await startProvider(`${PUBLIC_URL}/access/openid/callback`, ADA);
const { issuer, client_id, client_secret } = provider;
const openid = { issuer, client_id, client_secret, name: 'Test login' };
const server = await startServer({ openid, public_url: PUBLIC_URL });

beforeEach(() => {
  provider.person = ADA;
});

/** A browser: it keeps cookies for each server, and knows where the public address really is. */
class Browser {
  readonly cookies = new Map<string, Map<string, string>>();

  async get(url: string): Promise<Response> {
    const at = new URL(url, server.origin);
    const real = at.origin === PUBLIC_URL ? `${server.origin}${at.pathname}${at.search}` : at.href;
    const { host } = new URL(real);
    const jar = this.cookies.get(host) ?? new Map<string, string>();
    this.cookies.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(real, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(set)) {
        jar.delete(name);
      } else {
        jar.set(name, value);
      }
    }
    await response.arrayBuffer();
    return response;
  }

  /** Goes on for as long as it is sent on. @returns every address that it was sent to */
  async follow(url: string): Promise<string[]> {
    const places: string[] = [];
    for (let next: string | null = url; next !== null; ) {
      const response = await this.get(next);
      const location = response.headers.get('location');
      next = location === null ? null : new URL(location, new URL(next, server.origin)).href;
      if (next !== null) {
        places.push(next);
      }
      // The console's own pages are not fetched: what counts is where the way ends.
      if (next !== null && /\/(organizations|sign-in)?(\?.*)?$/.test(next) && isOwn(next)) {
        return places;
      }
    }
    return places;
  }

  async session(): Promise<CurrentSession> {
    const own = this.cookies.get(new URL(server.origin).host) ?? new Map();
    const cookie = [...own].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await server.send('GET', '/access/v1/session', {
      key: null,
      headers: { cookie },
    });
    return answer.json<CurrentSession>();
  }
}

const isOwn = (url: string) => url.startsWith(server.origin) || url.startsWith(PUBLIC_URL);

/** Signs in by a new browser. @returns it, and where it came to */
async function signIn(start = '/access/openid/start') {
  const browser = new Browser();
  const places = await browser.follow(start);
  const { pathname, search } = new URL(places.at(-1) ?? '', server.origin);
  return { browser, places, end: `${pathname}${search}` };
}

/** Somebody who has signed in through the provider once. */
async function createLinked(subject: string): Promise<{ user_id: number; browser: Browser }> {
  const email = `${subject}@example.com`;
  const user_id = await createUser(server, { username: subject, email });
  provider.person = { subject, email, email_verified: true };
  const { browser } = await signIn();
  assert.equal((await browser.session()).user?.id, user_id);
  return { user_id, browser };
}

const identityPath = (user_id: number) => `/access/v1/user/${user_id}/identity`;

async function listIdentities(user_id: number): Promise<UserIdentityList['identities']> {
  const answer = await server.send('GET', identityPath(user_id));
  assert.ok(Value.Check(ROUTES.listUserIdentities.success.schema, answer.json()), answer.text);
  return answer.json<UserIdentityList>().identities;
}

/** The session of a user that the provider began. */
async function findSessionOf(user_id: number): Promise<SessionList['sessions'][number]> {
  const answer = await server.send('GET', `/access/v1/user/${user_id}/session`);
  const found = answer.json<SessionList>().sessions.find(({ method }) => method === 'openid');
  assert.ok(found);
  return found;
}

/** What somebody asks with who is not signed in yet. */
const contextOf = ({ app }: TestServer) => ({
  ...app.environment,
  request_id: 'test',
  ip_address: '127.0.0.1',
  user_agent: '',
  session_token: '',
});

const ownPlace = (places: readonly string[]) =>
  places.find((place) => place.includes('/access/openid/callback')) ?? '';

test('the console is told that there is a provider', async () => {
  assert.deepEqual((await new Browser().session()).openid, { name: 'Test login' });
});

test('somebody whose confirmed address one user has is signed in as that user, and linked once', async () => {
  const { browser, end } = await signIn(
    '/access/openid/start?return=%2Forganizations%3Fsearch%3Da',
  );
  assert.equal(end, '/organizations?search=a');
  const session = await browser.session();
  assert.deepEqual([session.stage, session.user?.id], ['full', ADA_ID]);
  await signIn();
  const linked = (await listEvents(server, 'user', ADA_ID)).filter(
    ({ action }) => action === 'identity_linked',
  );
  assert.equal(linked.length, 1);
});

test('who is linked is known by the provider’s name for them, whatever their address is now', async () => {
  await signIn();
  provider.person = { ...ADA, email: 'somebody.else@example.com', email_verified: false };
  const { browser } = await signIn();
  assert.equal((await browser.session()).user?.id, ADA_ID);
});

test('an address that the provider has not confirmed, or that nobody or several have, signs in nobody', async () => {
  const email = 'twice@example.com';
  for (const username of ['twice.one', 'twice.two']) {
    await createUser(server, { username, email });
  }
  for (const person of [
    { subject: 'unconfirmed', email: 'destinee.church@example.com', email_verified: false },
    { subject: 'unknown', email: 'nobody@example.com', email_verified: true },
    { subject: 'ambiguous', email, email_verified: true },
  ]) {
    provider.person = person;
    const { browser, end } = await signIn();
    assert.equal(end, '/sign-in?problem=openid_unknown_user', person.subject);
    assert.equal((await browser.session()).stage, 'signed_out');
  }
});

test('a user who was switched off is not signed in', async () => {
  const email = 'leaving@example.com';
  const user_id = await createUser(server, { username: 'leaving', email });
  provider.person = { subject: 'leaving', email, email_verified: true };
  const { browser } = await signIn();
  assert.equal((await browser.session()).user?.id, user_id);
  assert.equal((await server.send('DELETE', `/user/${user_id}`)).status, 204);
  assert.equal((await browser.session()).stage, 'signed_out');
  assert.equal((await signIn()).end, '/sign-in?problem=openid_unknown_user');
});

test('a specialist of a live account is not found by an address, which others may have changed', async () => {
  const live = await startServer({ openid, public_url: PUBLIC_URL, seed: 'none' });
  const email = 'specialist@example.com';
  const user_id = await createUser(live, { username: 'specialist', email });
  const identity = { issuer, subject: 'specialist', verified_email: email };
  const context = contextOf(live);
  const mark = (value: number) =>
    runSql(live, `update users set has_appointments = ${value} where id = ${user_id}`);
  await mark(1);
  assert.equal(await signInByIdentity(context, identity), undefined);
  await mark(0);
  assert.ok(await signInByIdentity(context, identity));
  await mark(1);
  assert.ok(await signInByIdentity(context, identity), 'Whoever is linked already stays so.');
});

test('an answer is worth something only in the browser that asked, and once', async () => {
  const { browser, places } = await signIn();
  const answer = ownPlace(places);
  for (const other of [new Browser(), browser]) {
    const [place = ''] = await other.follow(answer);
    assert.match(place, /\/sign-in\?problem=openid_refused$/);
  }
});

test('an answer with another state, or from a provider that said no, is refused', async () => {
  for (const change of [
    (url: URL) => url.searchParams.set('state', 'another'),
    (url: URL) => url.searchParams.set('code', 'another'),
    (url: URL) => {
      url.searchParams.delete('code');
      url.searchParams.set('error', 'access_denied');
    },
  ]) {
    const browser = new Browser();
    const sent = await browser.get('/access/openid/start');
    const state = new URL(sent.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const url = new URL(`${server.origin}/access/openid/callback`);
    url.searchParams.set('state', state);
    url.searchParams.set('code', 'a code');
    url.searchParams.set('iss', issuer);
    change(url);
    const [place = ''] = await browser.follow(url.href);
    assert.match(place, /\/sign-in\?problem=openid_refused$/);
    assert.equal((await browser.session()).stage, 'signed_out');
  }
});

test('nobody is sent to another server when they have signed in', async () => {
  for (const target of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'evil',
    '/a\\b',
  ]) {
    const { end, places } = await signIn(
      `/access/openid/start?return=${encodeURIComponent(target)}`,
    );
    assert.equal(end, '/', target);
    assert.ok(isOwn(places.at(-1) ?? ''));
  }
});

test('the browser is sent with PKCE, a state and a nonce, and keeps what it needs to itself', async () => {
  const response = await new Browser().get('/access/openid/start');
  const { searchParams } = new URL(response.headers.get('location') ?? '');
  assert.equal(searchParams.get('code_challenge_method'), 'S256');
  for (const name of ['code_challenge', 'state', 'nonce']) {
    assert.ok((searchParams.get(name) ?? '').length >= 32, name);
  }
  assert.match(
    response.headers.get('set-cookie') ?? '',
    /^__Host-orgvet_openid=[\w-]+; Max-Age=600; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
  );
});

test('a provider that does not answer keeps nobody from the rest', async () => {
  const away = await startProvider(`${PUBLIC_URL}/access/openid/callback`, ADA);
  await away.close();
  const settings = { issuer: away.issuer, client_id, client_secret, name: 'Away' };
  const other = await startServer({ openid: settings, public_url: PUBLIC_URL });
  const response = await fetch(`${other.origin}/access/openid/start`, { redirect: 'manual' });
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('location'), '/sign-in?problem=openid_unavailable');
  assert.equal((await other.send('GET', '/user/me')).status, 200);
});

test('whom a provider knows a user as is listed, and nothing for who never came from one', async () => {
  const { user_id } = await createLinked('listed');
  const linked_at = '2026-11-21T12:00:00+00:00';
  assert.deepEqual(await listIdentities(user_id), [{ issuer, subject: 'listed', linked_at }]);
  const other = await createUser(server);
  assert.deepEqual(await listIdentities(other), []);
});

test('a link that is removed takes the sessions with it that it began, and no others', async () => {
  const { user_id, browser } = await createLinked('removed');
  const by_link = await signInByLink(server, user_id);
  const { id: session_id } = await findSessionOf(user_id);
  const remove = async () => {
    const answer = await server.send('DELETE', identityPath(user_id));
    assert.deepEqual([answer.status, answer.text], [204, '']);
  };
  await remove();
  assert.equal((await browser.session()).stage, 'signed_out');
  assert.equal((await by_link.send('GET', '/user/me')).status, 200);
  assert.deepEqual(await listIdentities(user_id), []);
  await remove();
  const unlinked = (await listEvents(server, 'user', user_id)).filter(
    ({ action }) => action === 'identity_unlinked',
  );
  const identities = [{ issuer, subject: 'removed' }];
  assert.deepEqual(
    unlinked.map(({ before }) => before),
    [JSON.stringify({ identities, session_ids: [session_id] })],
  );
});

test('after a link was removed the confirmed address decides again', async () => {
  const { user_id } = await createLinked('again');
  await server.send('DELETE', identityPath(user_id));
  const { email } = provider.person;
  provider.person = { subject: 'again', email: 'elsewhere@example.com', email_verified: true };
  assert.equal((await signIn()).end, '/sign-in?problem=openid_unknown_user');
  provider.person = { subject: 'another name', email, email_verified: true };
  assert.equal((await (await signIn()).browser.session()).user?.id, user_id);
  assert.deepEqual(
    (await listIdentities(user_id)).map(({ subject }) => subject),
    ['another name'],
  );
});

test('who comes by a link that is removed in that moment is not signed in by it', async () => {
  const { user_id } = await createLinked('overtaken');
  const context = contextOf(server);
  const store: Store = {
    ...context.store,
    async transaction(work) {
      await server.send('DELETE', identityPath(user_id));
      return await context.store.transaction(work);
    },
  };
  const identity = { issuer, subject: 'overtaken', verified_email: '' };
  assert.equal(await signInByIdentity({ ...context, store }, identity), undefined);
});

test('only who may see to administrators removes their links, and nobody those whom they do not see', async () => {
  const manager = await createHolder(server, { access_roles: [{ id: 4 }] });
  for (const [method, status] of [
    ['GET', 200],
    ['DELETE', 403],
  ] as const) {
    const answer = await server.send(method, identityPath(ADA_ID), { key: manager.key });
    assert.equal(answer.status, status);
    const hidden = await server.send(method, identityPath(ADA_ID), { key: server.other });
    assert.deepEqual(hidden.codes(), ['not_found|user']);
  }
  const refused = await server.send('DELETE', identityPath(ADA_ID), { key: manager.key });
  assert.deepEqual(refused.codes(), [MISSING_PERMISSION]);
});
