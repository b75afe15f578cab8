/**
 * What happens as time passes: reminders of ends, and the scripted outcomes of test accounts. It announces
 * and carries out; whether a validation has ended is decided by whoever reads it. Harmless to repeat, and
 * by several servers at once: each step looks again under the organization's lock, and each reminder is
 * sent once by a constraint.
 */
import type { ScriptedOutcome } from '../domain/outcome-policy.ts';
import { planReminders } from '../domain/reminders.ts';
import { formatTime } from '../domain/time.ts';
import type { Handle, Transaction } from '../store/database.ts';
import {
  type DueValidation,
  listAheadAccounts,
  listDueValidations,
  listDueValidationsOf,
  listStaleValidations,
  listStaleValidationsOf,
  type StaleValidation,
} from '../store/due-validations.ts';
import { lockOrganization } from '../store/organizations.ts';
import { insertReminderOnce, listReminderDays } from '../store/reminders.ts';
import { listValidations, type StoredValidation, saveValidation } from '../store/validations.ts';
import { getStoredAccount } from './account-info.ts';
import { operatorContext } from './accounts.ts';
import { type Context, clockOf, type Environment, recordEvent, timeOf } from './context.ts';
import { queueOrganizationMail } from './organization-mail.ts';
import {
  completeValidation,
  endOf,
  planDue,
  rejectOpenValidation,
} from './validation-lifecycle.ts';

/** What is done in one round: few enough that requests wait only some milliseconds behind each. */
const VALIDATIONS_AT_ONCE = 20;

/**
 * Works out anew some of what is due in any account where it was told by other rules or settings.
 *
 * @returns whether there may be more
 */
export async function renewStaleHints(environment: Environment): Promise<boolean> {
  const { store, rules } = environment;
  const stale = await listStaleValidations(store.reader, rules.digest, VALIDATIONS_AT_ONCE);
  if (stale.length > 0) {
    await store.transaction(async (tx) => {
      for (const validation of stale) {
        await renewHint(tx, await contextOf(environment, validation.account_id, tx), validation);
      }
    });
  }
  return stale.length === VALIDATIONS_AT_ONCE;
}

/** Does some of what is due in any account. @returns whether there may be more */
export async function performDueWork(environment: Environment): Promise<boolean> {
  const { store, clock } = environment;
  const time = formatTime(clock.now_ms());
  const due = await listDueValidations(store.reader, time, VALIDATIONS_AT_ONCE);
  for (const { id, clock_offset_ms } of await listAheadAccounts(store.reader)) {
    const its = formatTime(clock.now_ms() + clock_offset_ms);
    due.push(...(await listDueValidationsOf(store.reader, id, its, VALIDATIONS_AT_ONCE)));
  }
  for (const validation of due) {
    const context = await contextOf(environment, validation.account_id);
    await store.transaction((tx) => performDue(tx, context, validation));
  }
  return due.length >= VALIDATIONS_AT_ONCE;
}

/** Works out anew what is due in an account where it was told by other rules or settings. */
export async function renewHints(context: Context): Promise<void> {
  const { store, rules, principal } = context;
  const { account_id } = principal;
  let stale: StaleValidation[];
  do {
    stale = await listStaleValidationsOf(
      store.reader,
      account_id,
      rules.digest,
      VALIDATIONS_AT_ONCE,
    );
    const found = stale;
    await store.transaction(async (tx) => {
      for (const validation of found) {
        await renewHint(tx, context, validation);
      }
    });
  } while (stale.length > 0);
}

/** Does what is due in a test account, before a request of it is answered. */
export async function settleScripts(context: Context): Promise<void> {
  if (context.principal.mode !== 'test') {
    return;
  }
  const { store, principal } = context;
  let due: DueValidation[];
  do {
    due = await listDueValidationsOf(
      store.reader,
      principal.account_id,
      timeOf(context),
      VALIDATIONS_AT_ONCE,
    );
    for (const validation of due) {
      await store.transaction((tx) => performDue(tx, byItself(context), validation));
    }
  } while (due.length > 0);
}

/** Does what is due about a validation, if it still is. */
export async function performDue(
  tx: Transaction,
  context: Context,
  { account_id, organization_id, type }: DueValidation,
): Promise<void> {
  if ((await lockOrganization(tx, account_id, organization_id)) === undefined) {
    return;
  }
  const validations = await listValidations(tx, account_id, [organization_id]);
  const validation = validations.find((one) => one.type === type);
  const time = timeOf(context);
  if (validation === undefined || validation.due_at === '' || validation.due_at > time) {
    return;
  }
  const script = parseScript(validation);
  if (script !== undefined && validation.is_open === 1 && script.at <= time) {
    await carryOut(tx, context, validation, script);
  } else {
    await remind(tx, context, validation);
  }
}

async function carryOut(
  tx: Transaction,
  context: Context,
  validation: StoredValidation,
  { outcome, reason }: ScriptedOutcome,
): Promise<void> {
  if (outcome === 'approve') {
    await completeValidation(tx, context, validation, { way: 'policy' });
  } else {
    await rejectOpenValidation(tx, context, validation, [reason]);
  }
}

/** Sends the reminder that is due of the end of what serves, and notes when the next is. */
async function remind(
  tx: Transaction,
  context: Context,
  validation: StoredValidation,
): Promise<void> {
  const { account_id, organization_id, type, date_created } = validation;
  const validated_until = endOf(context, validation);
  const serves = date_created !== '' && validation.outdated_at === '';
  if (serves) {
    const { reminder_days } = await getStoredAccount(tx, account_id);
    const key = { account_id, organization_id, type, validated_until };
    const time = timeOf(context);
    const { send, skip } = planReminders({
      end: validated_until,
      date_created,
      days: JSON.parse(reminder_days) as number[],
      done: await listReminderDays(tx, key),
      time,
    });
    for (const passed of skip) {
      await insertReminderOnce(tx, { ...key, ...passed, sent_at: '' });
    }
    const reminder_id = send && (await insertReminderOnce(tx, { ...key, ...send, sent_at: time }));
    if (send !== undefined && reminder_id !== undefined) {
      await announce(tx, context, { ...key, days: send.days, reminder_id });
    }
  }
  const done = { ...validation, due_at: '' };
  await saveValidation(tx, { ...done, ...(await planDue(tx, context, done)) });
}

/** @param end.days so many days before the end; not above 0 when it has come */
async function announce(
  tx: Transaction,
  context: Context,
  end: Pick<StoredValidation, 'organization_id' | 'type'> & {
    readonly validated_until: string;
    readonly days: number;
    readonly reminder_id: number;
  },
): Promise<void> {
  const { organization_id, type, validated_until, days, reminder_id } = end;
  await recordEvent(tx, context, {
    action: days > 0 ? 'organization_revalidation_notice' : 'organization_expired',
    object_type: 'organization',
    object_id: organization_id,
    after: { type, validated_until, days },
  });
  await queueOrganizationMail(tx, context, organization_id, 'revalidation_notice', reminder_id);
}

/**
 * Works out anew when something is due, because the rules are others. What an account never had a hint
 * for begins with the next reminder; what ends sooner by new rules is told of at once.
 */
async function renewHint(
  tx: Transaction,
  context: Context,
  { account_id, organization_id, type, due_rules }: StaleValidation,
): Promise<void> {
  await lockOrganization(tx, account_id, organization_id);
  const validations = await listValidations(tx, account_id, [organization_id]);
  const validation = validations.find((one) => one.type === type);
  if (validation === undefined || validation.due_rules !== due_rules) {
    return;
  }
  const due = await planDue(tx, context, validation);
  const isDueNow = due_rules !== '' && validation.date_created !== '';
  const due_at = isDueNow ? timeOf(context) : due.due_at;
  await saveValidation(tx, { ...validation, ...due, due_at });
}

function parseScript({ scripted_outcome }: StoredValidation): ScriptedOutcome | undefined {
  return scripted_outcome === '' ? undefined : (JSON.parse(scripted_outcome) as ScriptedOutcome);
}

/** Nobody's doing, in the time of an account. */
async function contextOf(
  environment: Environment,
  account_id: number,
  handle: Handle = environment.store.reader,
): Promise<Context> {
  const { mode, clock_offset_ms } = await getStoredAccount(handle, account_id);
  const context = operatorContext(environment, account_id);
  return {
    ...context,
    clock: clockOf(environment.clock, { clock_offset_ms }),
    principal: { ...context.principal, mode, clock_offset_ms },
    request_id: 'clock',
  };
}

/** The same moment, but nobody's doing. */
export function byItself(context: Context): Context {
  const { principal } = operatorContext(context, context.principal.account_id);
  const { mode, clock_offset_ms } = context.principal;
  return {
    ...context,
    principal: { ...principal, mode, clock_offset_ms },
    request_id: 'clock',
    ip_address: '',
  };
}
