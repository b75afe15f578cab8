/**
 * What becomes of a validation as a whole: it is opened, completed, rejected, or ended because what it
 * stood on was withdrawn; other facts have their own file. Whether it may be completed is told by the checks, or
 * by a test; here it is only carried out, always in the transaction of what leads to it.
 */
import type { ValidationTypeName } from '@orgvet/contract';
import { planOutcome, type ScriptedOutcome } from '../domain/outcome-policy.ts';
import { planReminders } from '../domain/reminders.ts';
import { isComplete } from '../domain/requirements.ts';
import { describeRules } from '../domain/rules/rulebook.ts';
import { findValidityEnd, type ReliedOn } from '../domain/rules/validity.ts';
import { insertCompletion, insertRejection } from '../store/completions.ts';
import type { Transaction } from '../store/database.ts';
import { lockOrganization } from '../store/organizations.ts';
import type { CompletionRow } from '../store/schema-vetting.ts';
import {
  insertValidation,
  listValidations,
  type NewValidation,
  type StoredValidation,
  saveValidation,
} from '../store/validations.ts';
import { hasDecisions } from '../store/vetting-records.ts';
import { getStoredAccount } from './account-info.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { announceReadyOrders } from './order-readiness.ts';
import { moveCounts } from './organization-flags.ts';
import { queueOrganizationMail } from './organization-mail.ts';
import { getWork, planTypeRequirements } from './work.ts';

export type Because = 'request' | 'details_changed' | 'evidence_withdrawn';

/** A validation that nobody has worked on, as it begins. */
const NOTHING_DONE = {
  date_created: '',
  latest_end: '',
  opened_because: 'request' satisfies Because as string,
  assigned_to_user_id: 0,
  rejected_at: '',
  rejection_reasons: '[]',
  relied_on: '',
  completion_id: 0,
  facts: '',
  outdated_at: '',
  scripted_outcome: '',
  due_at: '',
  due_rules: '',
  ends_at: '',
};

/** A validation that is open from a moment on, for an organization that has none of its type. */
export function makeOpenValidation(
  organization: Pick<NewValidation, 'account_id' | 'organization_id'>,
  type: ValidationTypeName,
  requested_at: string,
  scripted: ScriptedOutcome | undefined,
): NewValidation {
  return {
    ...NOTHING_DONE,
    ...organization,
    type,
    requested_at,
    is_open: 1,
    ...describeScript(scripted),
  };
}

/** A validation that was completed as a whole, elsewhere or for show. */
export function makeRecordedValidation(
  organization: Pick<NewValidation, 'account_id' | 'organization_id'>,
  type: ValidationTypeName,
  dates: Pick<NewValidation, 'requested_at' | 'date_created' | 'latest_end'>,
): NewValidation {
  return { ...NOTHING_DONE, ...organization, type, ...dates, is_open: 0 };
}

/** What becomes by itself of a validation that is submitted now; only in test accounts anything does. */
export async function findScript(
  tx: Transaction,
  context: Context,
): Promise<ScriptedOutcome | undefined> {
  if (context.principal.mode !== 'test') {
    return undefined;
  }
  const { outcome_policy } = await getStoredAccount(tx, context.principal.account_id);
  return planOutcome(JSON.parse(outcome_policy), context.clock.now_ms());
}

/**
 * Opens each of the types that is not being worked on: beside what serves, which goes on to its own end.
 * What is known already may complete one at once.
 */
export async function openValidations(
  tx: Transaction,
  context: Context,
  organization_id: number,
  types: readonly ValidationTypeName[],
): Promise<void> {
  const { account_id } = context.principal;
  const organization = await lockOrRefuse(tx, context, organization_id);
  const time = timeOf(context);
  const known = await listValidations(tx, account_id, [organization_id]);
  const open = types.filter((type) => !known.some((one) => one.type === type && one.is_open === 1));
  if (open.length === 0) {
    return;
  }
  const scripted = await findScript(tx, context);
  for (const type of open) {
    const validation = known.find((one) => one.type === type);
    if (validation === undefined) {
      const organizationKey = { account_id, organization_id };
      await insertValidation(tx, makeOpenValidation(organizationKey, type, time, scripted));
    } else {
      const again = { ...reopened(validation, 'request', time), ...describeScript(scripted) };
      await saveValidation(tx, { ...again, ...(await planDue(tx, context, again)) });
    }
  }
  await moveCounts(tx, organization, { is_pending: 1, has_validations: 1, updated_at: time });
  await completeWhereReady(tx, context, organization_id);
}

/** Completes every open validation of an organization that lacks nothing any more. */
export async function completeWhereReady(
  tx: Transaction,
  context: Context,
  organization_id: number,
): Promise<void> {
  const { account_id } = context.principal;
  // Most of the time nothing was decided yet: then there is nothing to put before the rules.
  if (!(await hasDecisions(tx, account_id, organization_id))) {
    return;
  }
  const work = await getWork(tx, account_id, organization_id);
  for (const validation of work.validations.filter(({ is_open }) => is_open === 1)) {
    const standings = planTypeRequirements(context, work, validation.type);
    if (isComplete(standings)) {
      const relied_on = standings.flatMap((standing) => standing.relied_on ?? []);
      await completeValidation(tx, context, validation, { way: 'decisions', relied_on });
    }
  }
}

/** How a validation came to be complete, and what it stands on; nothing for one that a test decided. */
export interface CompletionGround {
  readonly way: CompletionRow['way'];
  readonly relied_on?: readonly ReliedOn[];
}

/** Completes a validation from now on, also one that serves already. Orders that waited become ready. */
export async function completeValidation(
  tx: Transaction,
  context: Context,
  before: StoredValidation,
  { way, relied_on }: CompletionGround,
): Promise<void> {
  const { account_id, organization_id, type } = before;
  const { rules, clock, principal } = context;
  const completed_at = timeOf(context);
  const work = await getWork(tx, account_id, organization_id);
  const ground = relied_on === undefined ? '' : JSON.stringify(relied_on);
  const completion_id = await insertCompletion(tx, {
    ...{ account_id, organization_id, type, completed_at, way, relied_on: ground },
    completed_by_user_id: principal.user_id,
    rules: describeRules(rules, type, clock.now_ms()),
    facts: JSON.stringify(work.facts),
  });
  const after: StoredValidation = {
    ...before,
    ...NOTHING_DONE,
    is_open: 0,
    requested_at: before.requested_at,
    date_created: completed_at,
    relied_on: ground,
    completion_id,
  };
  await saveValidation(tx, { ...after, ...(await planDue(tx, context, after)) });
  await countOpen(tx, context, organization_id);
  await recordEvent(tx, context, {
    action: 'validation_completed',
    object_type: 'organization',
    object_id: organization_id,
    before: { type, date_created: before.date_created, validated_until: endOf(context, before) },
    after: {
      ...{ type, date_created: completed_at, validated_until: endOf(context, after) },
      ...{ completion_id, way, rules: describeRules(rules, type, clock.now_ms()) },
    },
  });
  await announceReadyOrders(tx, context, organization_id);
}

/** Ends the work on a validation; what serves beside it goes on. The applicant is told why. */
export async function rejectOpenValidation(
  tx: Transaction,
  context: Context,
  validation: StoredValidation,
  reasons: readonly string[],
): Promise<void> {
  const { account_id, organization_id, type } = validation;
  const rejected_at = timeOf(context);
  const rejection_id = await insertRejection(tx, {
    ...{ account_id, organization_id, type, rejected_at, reasons: JSON.stringify(reasons) },
    rejected_by_user_id: context.principal.user_id,
  });
  const after = {
    ...validation,
    is_open: 0,
    rejected_at,
    rejection_reasons: JSON.stringify(reasons),
    scripted_outcome: '',
  };
  await saveValidation(tx, { ...after, ...(await planDue(tx, context, after)) });
  await countOpen(tx, context, organization_id);
  await recordEvent(tx, context, {
    action: 'validation_rejected',
    object_type: 'organization',
    object_id: organization_id,
    after: { type, reasons, rejection_id },
  });
  await queueOrganizationMail(tx, context, organization_id, 'rejection', rejection_id);
}

/** What served stood on something that was withdrawn: it ends now, and is to be done again. */
export async function endValidation(
  tx: Transaction,
  context: Context,
  validation: StoredValidation,
): Promise<void> {
  const { organization_id, type, date_created } = validation;
  const time = timeOf(context);
  await saveValidation(tx, {
    ...validation,
    ...NOTHING_DONE,
    is_open: 1,
    opened_because: 'evidence_withdrawn' satisfies Because,
    requested_at: time,
  });
  await countOpen(tx, context, organization_id);
  await recordEvent(tx, context, {
    action: 'validation_ended',
    object_type: 'organization',
    object_id: organization_id,
    before: { type, date_created, validated_until: endOf(context, validation) },
    after: { type, because: 'evidence_withdrawn' },
  });
}

/** When it ends, and when something is next to be done about it by itself; what is due already still is. */
export async function planDue(
  tx: Transaction,
  context: Pick<Context, 'rules' | 'clock'>,
  validation: NewValidation,
): Promise<Pick<StoredValidation, 'due_at' | 'due_rules' | 'ends_at'>> {
  const { scripted_outcome, date_created } = validation;
  const script =
    scripted_outcome === '' ? undefined : (JSON.parse(scripted_outcome) as ScriptedOutcome);
  const due = script === undefined ? [] : [script.at];
  if (date_created !== '' && validation.outdated_at === '') {
    const account = await getStoredAccount(tx, validation.account_id);
    const time = timeOf(context);
    const isWaiting = validation.due_at !== '' && validation.due_at <= time;
    const { next_due_at } = planReminders({
      end: endOf(context, validation),
      date_created,
      days: JSON.parse(account.reminder_days) as number[],
      done: [],
      time,
    });
    due.push(...[isWaiting ? validation.due_at : next_due_at].filter((at) => at !== ''));
  }
  return {
    due_at: due.toSorted()[0] ?? '',
    due_rules: context.rules.digest,
    ends_at: servedUntil(context, validation),
  };
}

/** As `endOf`, or since when it does not serve the facts as they are now. */
function servedUntil(context: Pick<Context, 'rules'>, validation: NewValidation): string {
  const end = endOf(context, validation);
  const { outdated_at } = validation;
  return outdated_at !== '' && outdated_at < end ? outdated_at : end;
}

/** When a validation ends that was completed; empty for one that was not. */
export function endOf({ rules }: Pick<Context, 'rules'>, validation: NewValidation): string {
  return validation.date_created === '' ? '' : findValidityEnd(rules, validation).end;
}

/** A validation that is to be worked on from a moment on. */
export function reopened(
  validation: StoredValidation,
  opened_because: Because,
  requested_at: string,
): StoredValidation {
  return {
    ...validation,
    is_open: 1,
    opened_because,
    requested_at,
    assigned_to_user_id: 0,
    rejected_at: '',
    rejection_reasons: '[]',
  };
}

/** What is kept of what becomes of a validation by itself. */
export function describeScript(scripted: ScriptedOutcome | undefined) {
  return scripted === undefined
    ? {}
    : { scripted_outcome: JSON.stringify(scripted), due_at: scripted.at };
}

/** Keeps the flag of an organization that lists filter by in step with its validations. */
export async function countOpen(
  tx: Transaction,
  context: Context,
  organization_id: number,
): Promise<void> {
  const organization = await lockOrRefuse(tx, context, organization_id);
  const validations = await listValidations(tx, organization.account_id, [organization_id]);
  const is_pending = Number(validations.some(({ is_open }) => is_open === 1));
  if (is_pending !== organization.is_pending) {
    await moveCounts(tx, organization, { is_pending, updated_at: timeOf(context) });
  }
}

async function lockOrRefuse(tx: Transaction, context: Context, organization_id: number) {
  const organization = await lockOrganization(tx, context.principal.account_id, organization_id);
  return organization ?? refuseAsNotFound('organization');
}
