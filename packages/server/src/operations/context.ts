/** What every operation is given: who asks, when, and the store. No operation reaches for more. */

import { type ErrorCode, problem } from '@orgvet/contract';
import type { Clock } from '../clock.ts';
import type { AccountMode } from '../domain/api-key.ts';
import type { Appointment } from '../domain/appointments.ts';
import type { IpRule } from '../domain/ip-address.ts';
import { RequestRefused } from '../domain/problems.ts';
import type { Rulebook } from '../domain/rules/rulebook.ts';
import { formatTime } from '../domain/time.ts';
import type { Store, Transaction } from '../store/database.ts';
import { insertEvent } from '../store/events.ts';
import type { Usage } from './key-usage.ts';
import type { OpenIdProvider } from './openid-provider.ts';
import type { SignInGuard } from './sign-in-guard.ts';

export { StoreUnavailable } from '../store/database.ts';

/** Whoever holds the key of a request, or is signed in. */
export interface Principal {
  readonly account_id: number;
  readonly mode: AccountMode;
  /** How far the clock of the account is ahead: only that of a test account ever is. */
  readonly clock_offset_ms: number;
  readonly duplicate_policy: 'error' | 'reuse';
  /** 0 while the account has none. */
  readonly primary_organization_id: number;
  readonly user_id: number;
  readonly access_role_id: number;
  /** The container that the user belongs to. */
  readonly container_id: number;
  /** 0 for who is signed in, and for the registry's operator. */
  readonly api_key_id: number;
  /** 0 for who has a key, and for the registry's operator. */
  readonly session_id: number;
  readonly restricted_to_role_id: number;
  /** The containers that a restricted user sees; absent for who sees all of the account. */
  readonly visible_container_ids?: readonly number[];
  /** Rules about the addresses that requests may come from; none where there are none. */
  readonly ip_rules: readonly IpRule[];
  /** What they validate, also what has run out; none for most. */
  readonly appointments: readonly Appointment[];
}

/** What the whole process shares. Handed on by whoever calls operations; they need not know its parts. */
export interface Environment {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: RandomSource;
  readonly key_usage: Usage;
  readonly session_usage: Usage;
  readonly sign_in_guard: SignInGuard;
  readonly face: PublicFace;
  /** Through whom people may sign in as well. */
  readonly openid?: OpenIdProvider;
  /** The rules that validations are made by. */
  readonly rules: Rulebook;
  /** Version of Orgvet. */
  readonly version: string;
  readonly node_version: string;
  /** When this process opened the registry, as on the wire. */
  readonly started_at: string;
}

/** How this Orgvet shows itself to people who get mail from it. */
export interface PublicFace {
  /** Where its pages are to be reached, as `https://host:port`; asked for once it is listening. */
  findOrigin(): string;
  /** Whom its mail is from, as in a mail's header. */
  readonly mail_sender: string;
}

/** Random bytes; handed in, so that the demo can be the same everywhere. */
export type RandomSource = (size_bytes: number) => Uint8Array;

export interface Context extends Environment {
  readonly principal: Principal;
  readonly request_id: string;
  readonly ip_address: string;
}

/** What operations are given that are open to whoever asks; the clock is the server's. */
export interface OpenContext extends Environment {
  readonly request_id: string;
  readonly ip_address: string;
  /** What the browser calls itself; may be empty. */
  readonly user_agent: string;
  /** The token that the browser has; may be empty, or none. */
  readonly session_token: string;
}

/** The clock of an account, by which everything in it happens. */
export function clockOf(
  clock: Clock,
  { clock_offset_ms }: Pick<Principal, 'clock_offset_ms'>,
): Clock {
  return clock_offset_ms === 0 ? clock : { now_ms: () => clock.now_ms() + clock_offset_ms };
}

/** Now, as on the wire. */
export function timeOf({ clock }: Pick<Context, 'clock'>): string {
  return formatTime(clock.now_ms());
}

/** Now by the server's clock, for what must not depend on one that its account can move. */
export function serverTimeOf({ clock, principal }: Pick<Context, 'clock' | 'principal'>): number {
  return clock.now_ms() - principal.clock_offset_ms;
}

/** What an event tells of a change, beside who made it and when. */
export interface Change {
  readonly action: string;
  readonly object_type:
    | 'organization'
    | 'account'
    | 'container'
    | 'user'
    | 'key'
    | 'ip_rule'
    | 'verified_contact'
    | 'source'
    | 'evidence'
    | 'order';
  readonly object_id: number;
  readonly before?: object;
  readonly after?: object;
}

/** Adds the event of a change to the change's own transaction. */
export async function recordEvent(
  tx: Transaction,
  context: Pick<Context, 'clock' | 'request_id' | 'ip_address'> & {
    readonly principal: Pick<Principal, 'account_id' | 'user_id' | 'api_key_id'>;
  },
  { action, object_type, object_id, before, after }: Change,
): Promise<void> {
  await insertEvent(tx, {
    account_id: context.principal.account_id,
    occurred_at: timeOf(context),
    actor_user_id: context.principal.user_id,
    api_key_id: context.principal.api_key_id,
    ip_address: context.ip_address,
    request_id: context.request_id,
    action,
    object_type,
    object_id,
    before: before === undefined ? '' : JSON.stringify(before),
    after: after === undefined ? '' : JSON.stringify(after),
  });
}

/** @throws RequestRefused the answer for details that another organization has */
export function refuseAsDuplicate(existing_organization_id: number): never {
  const duplicate = problem('duplicate_organization', { existing_organization_id });
  throw new RequestRefused([{ ...duplicate, existing_organization_id }]);
}

/** What can be there or not. */
type FoundObject =
  Extract<ErrorCode, `not_found|${string}`> extends `not_found|${infer Name}` ? Name : never;

/** @throws RequestRefused the answer for what is not there and for what is not yours */
export function refuseAsNotFound(object: FoundObject): never {
  throw new RequestRefused([problem(`not_found|${object}`)]);
}
