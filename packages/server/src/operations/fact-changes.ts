/**
 * What other facts of an organization do to its validations: those whose checks are about them do not
 * serve any more and are opened, the others stay. Where the facts become again what was validated, what
 * was validated serves again.
 */
import type { ValidationTypeName } from '@orgvet/contract';
import { answerConditions, type Facts, holds, listChangedFacts } from '../domain/facts.ts';
import { listChecks } from '../domain/rules/rulebook.ts';
import type { Transaction } from '../store/database.ts';
import { listValidations, type StoredValidation, saveValidation } from '../store/validations.ts';
import { type Context, timeOf } from './context.ts';
import { announceReadyOrders } from './order-readiness.ts';
import {
  type Because,
  completeWhereReady,
  countOpen,
  describeScript,
  findScript,
  planDue,
  reopened,
} from './validation-lifecycle.ts';
import { findServingEnd } from './work.ts';

/**
 * Facts of an organization are others from now on. A validation whose checks they touch does not serve
 * the new ones and is opened; where they become again what was validated, it serves again.
 */
export async function noteFactsChange(
  tx: Transaction,
  context: Context,
  organization_id: number,
  before: Facts,
  after: Facts,
): Promise<void> {
  const { account_id } = context.principal;
  const validations = await listValidations(tx, account_id, [organization_id]);
  let isAnyChanged = false;
  for (const validation of validations.filter(({ date_created }) => date_created !== '')) {
    const planned = planAfterFactsChange(context, validation, before, after);
    if (planned !== undefined) {
      const isOpened = planned.is_open > validation.is_open;
      const changed = {
        ...planned,
        ...(isOpened && describeScript(await findScript(tx, context))),
      };
      await saveValidation(tx, { ...changed, ...(await planDue(tx, context, changed)) });
      isAnyChanged = true;
    }
  }
  if (isAnyChanged) {
    await countOpen(tx, context, organization_id);
    // What serves again may be all that an order waits for.
    await announceReadyOrders(tx, context, organization_id);
  }
  if (isAnyChanged || validations.some(({ is_open }) => is_open === 1)) {
    await completeWhereReady(tx, context, organization_id);
  }
}

function planAfterFactsChange(
  context: Context,
  validation: StoredValidation,
  before: Facts,
  after: Facts,
): StoredValidation | undefined {
  const { type, facts, outdated_at } = validation;
  const validated = facts === '' ? before : (JSON.parse(facts) as Facts);
  const isTouched =
    listChangedFacts(validated, after, listTouchingFields(context, type, after)).length > 0;
  const time = timeOf(context);
  if (isTouched === (outdated_at !== '')) {
    return undefined;
  }
  if (!isTouched) {
    const isOnlyForThat = validation.opened_because === ('details_changed' satisfies Because);
    const closed = isOnlyForThat ? { is_open: 0, scripted_outcome: '' } : {};
    return { ...validation, outdated_at: '', facts: '', ...closed };
  }
  if (findServingEnd(context, validation) === undefined) {
    return undefined;
  }
  const outdated = { ...validation, outdated_at: time, facts: JSON.stringify(validated) };
  return validation.is_open === 1 ? outdated : reopened(outdated, 'details_changed', time);
}

/** The facts that the checks of a type are about, as far as they apply. */
function listTouchingFields(
  { rules, clock }: Context,
  type: ValidationTypeName,
  facts: Facts,
): string[] {
  const answers = answerConditions(facts, clock.now_ms());
  return listChecks(rules, type, clock.now_ms())
    .filter(({ applies_when }) => holds(applies_when, answers) !== false)
    .flatMap(({ touched_by }) => touched_by);
}
