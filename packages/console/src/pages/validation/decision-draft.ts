/** A decision that somebody has begun: kept until it is made. */
import { type Draft, useDraft } from '../../drafts.ts';
import type { Requirement, ValidationPlace } from './types.ts';

interface DecisionValues {
  /** Empty until it is chosen. */
  readonly outcome: string;
  readonly reason: string;
  readonly evidence_ids: readonly number[];
  /** As a date field has it. */
  readonly contract_until: string;
  /** The decision that stood when this one was begun; 0 for none. */
  readonly standing_id: string;
}

const EMPTY: DecisionValues = {
  outcome: '',
  reason: '',
  evidence_ids: [],
  contract_until: '',
  standing_id: '',
};

export interface DecisionDraft extends Draft<DecisionValues> {
  /** Whether somebody else has decided the check since it was begun. */
  readonly isOvertaken: boolean;
  tick(evidence_id: number, isTicked: boolean): void;
}

export function useDecisionDraft(place: ValidationPlace, requirement: Requirement): DecisionDraft {
  const draft = useDraft(draftPlaceOf(place, requirement), EMPTY);
  const { values, isBegun } = draft;
  const standing_id = String(requirement.decision?.id ?? 0);
  const change = (changes: Partial<DecisionValues>) => {
    const begun_at = isBegun ? values.standing_id : standing_id;
    const { outcome, reason, evidence_ids, ...others } = { ...values, ...changes };
    if (outcome === '' && reason === '' && evidence_ids.length === 0) {
      draft.discard();
    } else {
      draft.change({ outcome, reason, evidence_ids, ...others, standing_id: begun_at });
    }
  };
  return {
    ...draft,
    change,
    isOvertaken: isBegun && values.standing_id !== standing_id,
    tick(evidence_id, isTicked) {
      const others = values.evidence_ids.filter((id) => id !== evidence_id);
      change({ evidence_ids: isTicked ? [...others, evidence_id] : others });
    },
  };
}

/** A draft of a check, of one type of an organization. */
export function draftPlaceOf(
  { organization_id, type }: ValidationPlace,
  { check_id }: Requirement,
): string {
  return `${organization_id}.${type}.${check_id}`;
}
