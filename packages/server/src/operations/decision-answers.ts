/** Decisions as answers show them. */
import type { Decision, Person } from '@orgvet/contract';
import type { Handle } from '../store/database.ts';
import { readPeople } from './people-names.ts';
import type { WorkDecision } from './work.ts';

/** One decision, with the names of those who made it. */
export async function describeDecision(
  handle: Handle,
  account_id: number,
  decision: WorkDecision,
): Promise<Decision> {
  const people = await readPeople(handle, account_id, listPeopleIds([decision]));
  return renderDecision(decision, people);
}

/** The users who made some decisions or reviewed them. */
export function listPeopleIds(decisions: readonly WorkDecision[]): number[] {
  return decisions.flatMap(({ stored }) => [stored.decided_by_user_id, stored.reviewed_by_user_id]);
}

/** @param nameOf how users are named */
export function renderDecision(
  { stored, evidence }: WorkDecision,
  nameOf: (user_id: number) => Person,
): Decision {
  const { id, validation_type, check_id, rules, outcome, reason, contract_until } = stored;
  return {
    ...{ id, validation_type, check_id, rules, outcome, reason },
    evidence_ids: evidence.map((piece) => piece.id),
    ...(contract_until !== '' && { contract_until }),
    decided_by: nameOf(stored.decided_by_user_id),
    decided_at: stored.decided_at,
    ...(stored.review_outcome !== '' && {
      review: {
        outcome: stored.review_outcome,
        reason: stored.review_reason,
        reviewed_by: nameOf(stored.reviewed_by_user_id),
        reviewed_at: stored.reviewed_at,
      },
    }),
  };
}
