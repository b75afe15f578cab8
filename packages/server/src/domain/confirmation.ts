/**
 * Confirmations: a verified contact is asked by mail to confirm, and answers by a link without an
 * account. Pure: what a link is made of, what it shows at a moment, and what an answer may be.
 */
import { hash } from 'node:crypto';
import type { ConfirmationStatus, RoleStatus, ValidationTypeName } from '@orgvet/contract';
import { formatTime } from './time.ts';

/** For so long a link can be used. */
const CONFIRMATION_VALID_DAYS = 30;
const DAY_MS = 86_400_000;

/** Characters of the reason that somebody declines with. */
export const DECLINE_REASON_MAX_LENGTH = 1000;

/**
 * - `open`: can be answered
 * - `confirmed`, `declined`: has been, by this contact
 * - `expired`: was not, and can no longer be
 * - `withdrawn`: the contact no longer approves for the organization
 */
export type ConfirmationState = 'open' | 'confirmed' | 'declined' | 'expired' | 'withdrawn';

/** What whoever holds a link is told: who asks, for which organization, for which types. */
export interface ConfirmationView {
  readonly state: ConfirmationState;
  readonly contact: {
    readonly first_name: string;
    readonly last_name: string;
    readonly job_title: string;
    readonly telephone: string;
    readonly email: string;
  };
  readonly organization: {
    readonly name: string;
    readonly assumed_name: string;
    readonly address: string;
    readonly address2: string;
    readonly city: string;
    readonly state: string;
    readonly zip: string;
    readonly country: string;
  };
  /** Name of the person who asks; empty where it is nobody with a name. */
  readonly requester_name: string;
  /** Name of the account that asks. */
  readonly account_name: string;
  readonly validation_types: readonly ValidationTypeName[];
  /** Locale code of the contact's language; undefined where nobody said. */
  readonly locale: string | undefined;
  /** As on the wire. */
  readonly requested_at: string;
  /** As on the wire. */
  readonly expires_at: string;
  /** As on the wire; empty until there is an answer. */
  readonly answered_at: string;
  /** Whether somebody else of the same request has confirmed, which is enough for the request. */
  readonly is_approved_by_other: boolean;
}

/** What somebody answers. */
export type ConfirmationAnswer =
  | { readonly kind: 'confirm' }
  | { readonly kind: 'decline'; readonly reason: string };

/** What is kept of a confirmation that its status follows from. Times as on the wire. */
interface KeptConfirmation {
  readonly status: 'pending' | 'confirmed' | 'declined';
  readonly expires_at: string;
}

/** The status of a confirmation at a moment. Never stored: it expires by itself. */
export function confirmationStatusAt(
  { status, expires_at }: KeptConfirmation,
  time: string,
): ConfirmationStatus {
  return status === 'pending' && time >= expires_at ? 'expired' : status;
}

/**
 * What a link shows at a moment. Whatever was answered, a contact who was withdrawn approves no longer.
 *
 * @param withdrawn_at of the contact
 */
export function confirmationStateAt(
  confirmation: KeptConfirmation & { readonly withdrawn_at: string },
  time: string,
): ConfirmationState {
  if (isWithdrawnAt(confirmation, time)) {
    return 'withdrawn';
  }
  const status = confirmationStatusAt(confirmation, time);
  return status === 'pending' ? 'open' : status;
}

/** Whether a contact no longer approves. A withdrawal may be for a moment to come. */
export function isWithdrawnAt(
  { withdrawn_at }: { readonly withdrawn_at: string },
  time: string,
): boolean {
  return withdrawn_at !== '' && withdrawn_at <= time;
}

/** The status of a role that a contact has, at a moment. */
export function roleStatusAt(
  status: 'pending' | 'active' | 'declined',
  contact: { readonly withdrawn_at: string },
  time: string,
): RoleStatus {
  return isWithdrawnAt(contact, time) ? 'withdrawn' : status;
}

/** Until when a confirmation can be answered that is asked for now, as on the wire. */
export function expiryFrom(now_ms: number): string {
  return formatTime(now_ms + CONFIRMATION_VALID_DAYS * DAY_MS);
}

/**
 * The confirmations of one contact that still want an answer, whether or not they have run out: all
 * that were not answered, but for those that a later one has taken over.
 */
export function listUnanswered<Asked extends AskedConfirmation>(
  confirmations: readonly Asked[],
): Asked[] {
  return confirmations.filter(
    (asked) =>
      asked.status === 'pending' &&
      !confirmations.some((later) => later.id > asked.id && isCovered(asked, later)),
  );
}

interface AskedConfirmation {
  readonly id: number;
  readonly status: KeptConfirmation['status'];
  readonly validation_types: readonly ValidationTypeName[];
}

/** Whether one confirmation asks for nothing that another does not. */
export function isCovered(
  { validation_types }: Pick<AskedConfirmation, 'validation_types'>,
  by: Pick<AskedConfirmation, 'validation_types'>,
): boolean {
  return validation_types.every((type) => by.validation_types.includes(type));
}

/** Random bytes of a link. */
export const LINK_SECRET_SIZE_BYTES = 32;

const TOKEN_FORM = /^([1-9]\d{0,14})-([A-Za-z0-9_-]{43})$/;

/** The token of a link: whose it is, so that one look finds it, and a secret that is kept nowhere. */
export function formatConfirmationToken(account_id: number, random: Uint8Array): string {
  return `${account_id}-${Buffer.from(random).toString('base64url')}`;
}

/** @returns undefined for anything that is no token */
export function parseConfirmationToken(
  token: string,
): { readonly account_id: number; readonly token_hash: string } | undefined {
  const [, account_id, secret] = TOKEN_FORM.exec(token) ?? [];
  return secret === undefined
    ? undefined
    : { account_id: Number(account_id), token_hash: hashToken(token) };
}

/** What is kept of a token; being random, it needs no salt. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** Controls but for line breaks, and the marks that turn the direction of text. */
const UNREADABLE = /[^\P{Cc}\n\t]|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;

/**
 * A reason as it is kept: what a person can read of it, up to its limit. Whoever takes one in tells
 * people of the limit; here it only holds.
 */
export function tidyReason(reason: string): string {
  const readable = reason
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(UNREADABLE, '')
    .trim();
  return [...readable].slice(0, DECLINE_REASON_MAX_LENGTH).join('').trim();
}
