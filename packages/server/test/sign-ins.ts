/** Signing somebody in for tests, as a browser is: by a link, with a cookie from then on. */
import assert from 'node:assert/strict';
import type { LinkPurpose } from '../src/domain/session.ts';
import { makeSignInLink } from '../src/operations/sign-in-links.ts';
import type { Answer, SendOptions, TestServer } from './harness.ts';
import { ADA_ID } from './people.ts';

/** What a browser says of a request that a page of this server's own makes. */
export const OWN_PAGE = { 'sec-fetch-site': 'same-origin' };

/** Somebody's browser. */
export interface Browser {
  /** The `cookie` header that it sends. */
  readonly cookie: string;
  /** The headers that it sends with a request of a page of the server's own. */
  readonly headers: Record<string, string>;
  /** Sends a request as it does, with no key. */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
}

/** The token of a link that was just made. */
export async function makeToken(
  { app }: TestServer,
  user_id: number = ADA_ID,
  purpose: LinkPurpose = 'sign_in',
  account_id = 1,
): Promise<string> {
  const link = await makeSignInLink(app.environment, account_id, user_id, purpose);
  assert.ok(link, `The user ${user_id} cannot sign in.`);
  return new URL(link).hash.slice(1);
}

/** Uses a link's token, as a page of the server's own does. */
export async function useToken(server: TestServer, token: string): Promise<Answer> {
  const body = { token };
  return await server.send('POST', '/access/v1/sign-in/link', {
    key: null,
    headers: OWN_PAGE,
    body,
  });
}

/** The browser that an answer has begun a session in. */
export function browserOf(server: TestServer, answer: Answer): Browser {
  const [set = ''] = answer.headers['set-cookie'] ?? [];
  const [cookie = ''] = set.split(';');
  const headers = { ...OWN_PAGE, cookie };
  return {
    cookie,
    headers,
    send: (method, path, options = {}) =>
      server.send(method, path, {
        key: null,
        ...options,
        headers: { ...headers, ...options.headers },
      }),
  };
}

/** Signs somebody in: the demo's administrator unless told otherwise. */
export async function signIn(
  server: TestServer,
  user_id: number = ADA_ID,
  account_id = 1,
): Promise<Browser> {
  const token = await makeToken(server, user_id, 'sign_in', account_id);
  const answer = await useToken(server, token);
  assert.equal(answer.status, 200, answer.text);
  return browserOf(server, answer);
}
