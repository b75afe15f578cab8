/** What relies on evidence now, of all that ever did. */
import type { Handle } from '../store/database.ts';
import type { Reliance } from '../store/evidence.ts';
import { listValidations } from '../store/validations.ts';
import { standsOn } from './reliance.ts';

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
