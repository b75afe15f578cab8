/**
 * The cookies that signing in needs, and above all the one that holds a browser's session. Their names make browsers keep
 * them to this host alone and to connections that nobody listens in on; they count the own machine among those.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { StartedSession } from '../operations/session-answer.ts';

const NAME = '__Host-orgvet_session';
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** The token that a request brings along; undefined without the cookie. */
export function readSessionCookie(headers: IncomingHttpHeaders): string | undefined {
  return readCookie(headers, NAME);
}

/** `Set-Cookie` for a session that was begun, or that makes the browser forget the one it has. */
export function renderSessionCookie(session: StartedSession | 'ended', now_ms: number): string {
  return session === 'ended'
    ? renderCookie(NAME, '', 0)
    : renderCookie(NAME, session.token, Math.floor((session.expires_ms - now_ms) / 1000));
}

/** What a browser has kept under a name; undefined for nothing. */
export function readCookie({ cookie }: IncomingHttpHeaders, name: string): string | undefined {
  if (cookie === undefined) {
    return undefined;
  }
  const prefix = `${name}=`;
  const pair = cookie.split(';').find((one) => one.trim().startsWith(prefix));
  return pair?.trim().slice(prefix.length);
}

/** `Set-Cookie` for something that the browser brings along from now on; for no time: that it forgets. */
export function renderCookie(name: string, content: string, age_max_s: number): string {
  return `${name}=${content}; Max-Age=${age_max_s}; ${ATTRIBUTES}`;
}
