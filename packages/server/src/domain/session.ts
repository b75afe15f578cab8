/**
 * Sessions and the links that begin them: what their tokens look like, and how long they last. Pure; the
 * times are the server's own, since nobody stays signed in by a clock that they can move.
 *
 * A token names its account and its row, so that a look-up needs no index over secrets; of the secret in
 * it only a hash is kept. See api-key.ts, by which keys are made the same way.
 */
import type { CurrentSession, SIGN_IN_METHODS } from '@orgvet/contract';

/** How far a session has come: a row is never one of nobody. */
export type SessionStage = Exclude<CurrentSession['stage'], 'signed_out'>;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** `sign_in`: a session of somebody who is signed in. `enrolment`: of one who chooses how to sign in. */
export type LinkPurpose = 'sign_in' | 'demo' | 'enrolment';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

interface Lifetime {
  /** It ends so long after it was last used. */
  readonly idle_ms: number;
  /** It ends so long after it began, however much it is used. */
  readonly whole_ms: number;
}

const LIFETIMES: Readonly<Record<SessionStage, Lifetime>> = {
  full: { idle_ms: 8 * HOUR_MS, whole_ms: 7 * DAY_MS },
  second_factor: { idle_ms: 15 * MINUTE_MS, whole_ms: 15 * MINUTE_MS },
  enrolment: { idle_ms: HOUR_MS, whole_ms: HOUR_MS },
};

const LINK_LIFETIMES_MS: Readonly<Record<LinkPurpose, number>> = {
  sign_in: 15 * MINUTE_MS,
  // A demo is open to whoever reaches it, and people look at it when they come to it.
  demo: DAY_MS,
  enrolment: 72 * HOUR_MS,
};

/** Characters that are kept of what a browser calls itself. */
const USER_AGENT_MAX_LENGTH = 255;

/** When a session that begins now ends at the latest. */
export function sessionEndOf(stage: SessionStage, now_ms: number): number {
  return now_ms + LIFETIMES[stage].whole_ms;
}

/** When a link that is made now stops working. */
export function linkEndOf(purpose: LinkPurpose, now_ms: number): number {
  return now_ms + LINK_LIFETIMES_MS[purpose];
}

/** Whether a session still lasts at a moment. */
export function isSessionAlive(
  session: {
    readonly stage: SessionStage;
    readonly expires_ms: number;
    readonly last_seen_ms: number;
  },
  now_ms: number,
): boolean {
  const { stage, expires_ms, last_seen_ms } = session;
  return now_ms < expires_ms && now_ms < last_seen_ms + LIFETIMES[stage].idle_ms;
}

/** What a token is for; no token of one kind is one of the other. */
type TokenKind = 'session' | 'link';

export interface SignInToken {
  readonly account_id: number;
  readonly id: number;
  readonly secret: string;
}

const TOKEN_FORM = /^orgvet_(session|link)_(\d{1,15})_(\d{1,15})_([A-Za-z0-9-]{43})$/;

/** The token as its owner gets it. */
export function formatSignInToken(
  kind: TokenKind,
  { account_id, id, secret }: SignInToken,
): string {
  return `orgvet_${kind}_${account_id}_${id}_${secret}`;
}

/** @returns undefined for anything that is no token of this kind */
export function parseSignInToken(kind: TokenKind, text: string): SignInToken | undefined {
  const parts = TOKEN_FORM.exec(text);
  if (parts === null || parts[1] !== kind) {
    return undefined;
  }
  const [, , account_id, id, secret = ''] = parts;
  return { account_id: Number(account_id), id: Number(id), secret };
}

/** What a browser calls itself, fit to be kept and shown. */
export function tidyUserAgent(text: string): string {
  return [...text.replaceAll(/\p{Cc}/gu, ' ')].slice(0, USER_AGENT_MAX_LENGTH).join('');
}
