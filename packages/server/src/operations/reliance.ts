/** What stands on evidence, and what becomes of it when the evidence is withdrawn. */
import type { AffectedList } from '@orgvet/contract';
import type { Handle, Transaction } from '../store/database.ts';
import type { Reliance } from '../store/evidence.ts';
import { listValidations, type StoredValidation } from '../store/validations.ts';
import { type Context, timeOf } from './context.ts';
import { completeWhereReady, endOf, endValidation } from './validation-lifecycle.ts';
import { getWork, listReliedOn } from './work.ts';

/**
 * Ends what relies on evidence of an organization that was withdrawn in this transaction: decisions count
 * no more, and validations that stand on them do not serve any more.
 *
 * @returns the decisions that relied on it, each with whether a validation ended by it
 */
export async function endReliance(
  tx: Transaction,
  context: Context,
  organization_id: number,
  evidence_ids: readonly number[],
): Promise<AffectedList['affected']> {
  const { account_id } = context.principal;
  const time = timeOf(context);
  const { organization, validations, decisions } = await getWork(tx, account_id, organization_id);
  const relying = decisions.flatMap((decision) =>
    decision.evidence
      .filter(({ id }) => evidence_ids.includes(id))
      .map(({ id }) => ({ decision, evidence_id: id })),
  );
  const ended = validations.filter(
    (validation) =>
      // Also one that serves only the orders from before a change of details.
      endOf(context, validation) > time &&
      relying.some(({ decision }) => standsOn(validation, decision.id)),
  );
  for (const validation of ended) {
    await endValidation(tx, context, validation);
  }
  // What was found earlier may be enough without it: then nobody has anything to do.
  await completeWhereReady(tx, context, organization_id);
  return relying.map(({ decision, evidence_id }) => ({
    organization_id,
    organization_name: organization.name,
    evidence_id,
    validation_type: decision.validation_type,
    check_id: decision.check_id,
    is_ended: ended.some((validation) => standsOn(validation, decision.id)),
  }));
}

/** Whether what serves of a validation stands on a decision. */
function standsOn(validation: StoredValidation, decision_id: number): boolean {
  return listReliedOn(validation).some((one) => one.decision_id === decision_id);
}

/**
 * Keeps what still counts: decisions that no later one has replaced, and those that a validation was
 * completed by, which serves until it is completed anew.
 */
export async function keepCurrent<One extends Reliance>(
  handle: Handle,
  account_id: number,
  reliances: readonly One[],
): Promise<One[]> {
  const replaced = reliances.filter(({ is_standing }) => is_standing === 0);
  const ids = [...new Set(replaced.map(({ organization_id }) => organization_id))];
  const validations = ids.length === 0 ? [] : await listValidations(handle, account_id, ids);
  return reliances.filter(
    ({ is_standing, organization_id, decision_id }) =>
      is_standing === 1 ||
      validations.some(
        (one) => one.organization_id === organization_id && standsOn(one, decision_id),
      ),
  );
}
