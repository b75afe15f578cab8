/**
 * The audit log for people: page by page from the newest entry back, and proved where it stands. What
 * proves it without trust in the server is an export.
 */
import type { AuditLogPage, AuditLogVerification } from '@orgvet/contract';
import { BEGINNING, followChain, readRecorded, type Seal } from '../domain/audit-chain.ts';
import {
  checkAuditLogPageQuery,
  checkAuditLogVerificationQuery,
} from '../domain/audit-log-query.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { findHead, listSealedEvents, type StoredEvent } from '../store/audit-log.ts';
import { listNewestSealedEvents } from '../store/audit-log-pages.ts';
import { sealNewest } from './audit-log.ts';
import type { Context } from './context.ts';
import { readPeople } from './people-names.ts';
import { refuseUnlessUnrestricted } from './visibility.ts';

interface LogRequest {
  readonly query: Readonly<Record<string, unknown>>;
}

/** How far back a request looks for a selection, so that none walks through millions of entries. */
const LOOKED_AT_ONCE = 10_000;

/**
 * Entries of the log, newest first.
 *
 * @param looked_at_once so many entries, where some are selected
 */
export async function listAuditLogEntries(
  context: Context,
  { query }: LogRequest,
  looked_at_once = LOOKED_AT_ONCE,
): Promise<AuditLogPage> {
  refuseUnlessUnrestricted(context);
  const { problems, request } = checkAuditLogPageQuery(query);
  refuseIfAny(problems);
  const { store, principal } = context;
  const { account_id } = principal;
  const { selection, limit } = request;
  await sealNewest(context, account_id);
  const { sequence: total } = (await findHead(store.reader, account_id)) ?? BEGINNING;
  const before_sequence = Math.min(request.before_sequence, total + 1);
  const isWhole = Object.keys(selection).length === 0;
  const after_sequence = isWhole ? 0 : Math.max(0, before_sequence - 1 - looked_at_once);
  const part = { after_sequence, before_sequence, limit };
  const events = await listNewestSealedEvents(store.reader, account_id, selection, part);
  // Behind a full page, or behind all that was looked at.
  const end = events.length === limit ? (events.at(-1)?.sequence ?? 1) : after_sequence + 1;
  return {
    entries: await describeEvents(context, events),
    total,
    ...(end > 1 && { next_before_sequence: end }),
  };
}

async function describeEvents(
  { store, principal }: Context,
  events: readonly StoredEvent[],
): Promise<AuditLogPage['entries']> {
  const actors = events.map(({ actor_user_id }) => actor_user_id);
  const personOf = await readPeople(store.reader, principal.account_id, actors);
  return events.map(({ sequence, id, before, after, hash, ...event }) => ({
    ...{ sequence, id, ...event },
    ...(before !== '' && { before: readRecorded(before) }),
    ...(after !== '' && { after: readRecorded(after) }),
    hash,
    ...(event.actor_user_id !== 0 && { actor: personOf(event.actor_user_id) }),
  }));
}

/** Entries whose hashes are made at once: requests wait only some milliseconds behind them. */
const PROVED_AT_ONCE = 200;

/** Proves a stretch of the log as it is kept. */
export async function verifyAuditLog(
  context: Context,
  { query }: LogRequest,
): Promise<AuditLogVerification> {
  refuseUnlessUnrestricted(context);
  const { problems, stretch } = checkAuditLogVerificationQuery(query);
  refuseIfAny(problems);
  const { store, principal } = context;
  const { from_sequence, limit } = stretch;
  const head = (await findHead(store.reader, principal.account_id)) ?? BEGINNING;
  const to_sequence = Math.min(from_sequence + limit - 1, head.sequence);
  const { last, fault } =
    to_sequence < from_sequence
      ? { last: from_sequence - 1 }
      : await proveStretch(context, from_sequence, to_sequence);
  return {
    from_sequence,
    to_sequence: last,
    verified: Math.max(0, last - from_sequence + 1),
    total: head.sequence,
    head: head.hash,
    is_intact: fault === undefined,
    ...(fault && { fault }),
    ...(fault === undefined && last < head.sequence && { next_sequence: last + 1 }),
  };
}

/** @returns the place of the last entry that fits, and the first that does not */
async function proveStretch(
  context: Context,
  from_sequence: number,
  to_sequence: number,
): Promise<{ readonly last: number; readonly fault?: AuditLogVerification['fault'] }> {
  const previous = await findPrevious(context, from_sequence);
  if (previous === undefined) {
    const sequence = from_sequence - 1;
    return { last: sequence, fault: { sequence, what: 'missing' } };
  }
  let last = previous;
  while (last.sequence < to_sequence) {
    const part = { after_sequence: last.sequence, to_sequence, limit: PROVED_AT_ONCE };
    const { account_id } = context.principal;
    const events = await listSealedEvents(context.store.reader, account_id, part);
    const followed = followChain(events, last);
    last = followed.last;
    if (followed.fault !== undefined) {
      return { last: last.sequence, fault: followed.fault };
    }
    if (events.length === 0) {
      // They are behind the stretch that would tell of the gap.
      return { last: last.sequence, fault: { sequence: last.sequence + 1, what: 'missing' } };
    }
    // Whatever else waits has its turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { last: last.sequence };
}

/** What the first entry of a stretch must follow, as it is kept. */
async function findPrevious(
  { store, principal }: Context,
  from_sequence: number,
): Promise<Seal | undefined> {
  const sequence = from_sequence - 1;
  const part = { after_sequence: sequence - 1, to_sequence: sequence, limit: 1 };
  return sequence === 0
    ? BEGINNING
    : (await listSealedEvents(store.reader, principal.account_id, part))[0];
}
