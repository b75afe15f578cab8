/**
 * The clock of a test account, which goes only forward, and what becomes of its validations by
 * themselves. A live account has neither.
 */
import type { ClockAnswer, ClockReading, OutcomePolicy } from '@orgvet/contract';
import { checkClockRequest } from '../domain/clock-request.ts';
import { checkOutcomePolicy } from '../domain/outcome-policy.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { formatTime } from '../domain/time.ts';
import { advanceClock, updateOutcomePolicy } from '../store/account-clocks.ts';
import { listDueValidationsOf } from '../store/due-validations.ts';
import { findLastEventId, listEventsAfter } from '../store/events.ts';
import { getStoredAccount } from './account-info.ts';
import { type Context, recordEvent, timeOf } from './context.ts';
import { byItself, performDue, renewHints } from './due-work.ts';
import { deliverTestMails } from './mail-delivery.ts';
import { refuseUnlessUnrestricted } from './visibility.ts';

/** What one transaction does on the way: few enough that others wait only some milliseconds for it. */
const STEPS_AT_ONCE = 20;

/** Events that one answer tells of. */
const EVENTS_MAX = 1000;

export async function getClock(context: Context): Promise<ClockReading> {
  const { clock_offset_ms } = context.principal;
  return { now: timeOf(context), offset_seconds: Math.round(clock_offset_ms / 1000) };
}

/**
 * Moves the clock forward, from one thing that comes due to the next: each is done at its own time, and
 * the clock stands there with it, so that whatever interrupts this leaves nothing half done.
 */
export async function moveClock(
  context: Context,
  { body }: { readonly body: unknown },
): Promise<ClockAnswer> {
  refuseUnlessUnrestricted(context);
  const { store, principal } = context;
  const { account_id, clock_offset_ms } = principal;
  const start_ms = context.clock.now_ms();
  const { problems, target_ms } = checkClockRequest(body, start_ms);
  refuseIfAny(problems);
  const first_id = await findLastEventId(store.reader, account_id);
  /** The account's context at a moment, with what its clock is ahead then. */
  const contextAt = (now_ms: number) => {
    const offset_ms = clock_offset_ms + (now_ms - start_ms);
    const at = { ...context, clock: { now_ms: () => now_ms } };
    return { at, offset_ms };
  };
  await renewHints(context);
  let hasMore = true;
  while (hasMore) {
    hasMore = await store.transaction(async (tx) => {
      for (let step = 0; step < STEPS_AT_ONCE; step += 1) {
        const [due] = await listDueValidationsOf(tx, account_id, formatTime(target_ms), 1);
        if (due === undefined) {
          return false;
        }
        const { at, offset_ms } = contextAt(Math.max(start_ms, Date.parse(due.due_at)));
        await advanceClock(tx, account_id, offset_ms);
        await performDue(tx, byItself(at), due);
      }
      return true;
    });
  }
  const { at, offset_ms } = contextAt(target_ms);
  await store.transaction(async (tx) => {
    await advanceClock(tx, account_id, offset_ms);
    await recordEvent(tx, at, {
      action: 'clock_moved',
      object_type: 'account',
      object_id: account_id,
      before: { now: formatTime(start_ms) },
      after: { now: formatTime(target_ms) },
    });
  });
  await deliverTestMails(at);
  const events = await listEventsAfter(store.reader, account_id, first_id, EVENTS_MAX);
  return {
    now: formatTime(target_ms),
    offset_seconds: Math.round(offset_ms / 1000),
    happened: events
      .filter(({ action }) => action !== 'clock_moved')
      .map(({ occurred_at, action, object_type, object_id, after }) => ({
        ...{ occurred_at, action, object_type, object_id },
        details: after === '' ? {} : (JSON.parse(after) as object),
      })),
  };
}

export async function getOutcomePolicy({ store, principal }: Context): Promise<OutcomePolicy> {
  const { outcome_policy } = await getStoredAccount(store.reader, principal.account_id);
  return JSON.parse(outcome_policy) as OutcomePolicy;
}

export async function changeOutcomePolicy(
  context: Context,
  { body }: { readonly body: unknown },
): Promise<void> {
  refuseUnlessUnrestricted(context);
  const { problems, policy } = checkOutcomePolicy(body);
  refuseIfAny(problems);
  const { account_id } = context.principal;
  await context.store.transaction(async (tx) => {
    const before = await getStoredAccount(tx, account_id);
    await updateOutcomePolicy(tx, account_id, JSON.stringify(policy));
    await recordEvent(tx, context, {
      action: 'outcome_policy_changed',
      object_type: 'account',
      object_id: account_id,
      before: JSON.parse(before.outcome_policy) as object,
      after: policy,
    });
  });
}
