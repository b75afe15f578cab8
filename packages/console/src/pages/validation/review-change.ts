/** Reviewing a decision: whether somebody may, the draft of it, and sending it. */
import type { RequestOf } from '@orgvet/contract';
import { useQueryClient } from '@tanstack/react-query';
import { type Draft, useDraft } from '../../drafts.ts';
import { useChange } from '../../operations.ts';
import { useToast } from '../../parts/toast.tsx';
import { usePermissions, useSession } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { draftPlaceOf } from './decision-draft.ts';
import { focusTitle } from './selection.ts';
import type { Evidence, Requirement, TypeRequirements, ValidationPlace } from './types.ts';

interface ReviewValues {
  /** Empty until it is chosen. */
  readonly outcome: string;
  readonly reason: string;
}

const EMPTY: ReviewValues = { outcome: '', reason: '' };

/** Whether somebody may review: nothing waits, it waits for others, or for whoever looks. */
type ReviewTurn = 'nothing' | 'not_permitted' | 'not_independent' | 'own';

export interface ReviewChange {
  readonly turn: ReviewTurn;
  readonly draft: Draft<ReviewValues>;
  readonly isBusy: boolean;
  readonly error: unknown;
  send(): Promise<void>;
}

export function useReviewChange(
  place: ValidationPlace,
  requirements: TypeRequirements,
  requirement: Requirement,
  evidence: readonly Evidence[] | undefined,
): ReviewChange {
  const { work: texts } = useTexts();
  const show = useToast();
  const queries = useQueryClient();
  const draft = useDraft(`${draftPlaceOf(place, requirement)}.review`, EMPTY);
  const { mutateAsync, isPending, error } = useChange('reviewCheck');
  return {
    turn: useReviewTurn(requirements, requirement, evidence),
    draft,
    isBusy: isPending,
    error,
    async send() {
      const { outcome, reason } = draft.values;
      const params = {
        organization_id: place.organization_id,
        validation_type: place.type,
        check_id: requirement.check_id,
      };
      // An outcome that nobody has chosen is sent empty: the server says what is missing.
      const body = { outcome, reason } as RequestOf<'reviewCheck'>['body'];
      try {
        await mutateAsync({ params, body });
        show(texts.review.done(requirement.title, texts.reviewed[body.outcome]));
      } catch {
        await queries.invalidateQueries();
        return;
      }
      draft.discard();
      focusTitle();
    },
  };
}

/** Whose turn a review is: never of whoever decided, nor of who collected any of the evidence. */
function useReviewTurn(
  { work }: TypeRequirements,
  { status, decision }: Requirement,
  evidence: readonly Evidence[] | undefined,
): ReviewTurn {
  const isPermitted = usePermissions();
  const { user } = useSession();
  if (work !== 'open' || status !== 'in_review') {
    return 'nothing';
  }
  if (!isPermitted('review_validations')) {
    return 'not_permitted';
  }
  if (decision === undefined || evidence === undefined) {
    // Not here yet.
    return 'nothing';
  }
  const hasCollected = evidence.some(
    ({ id, collected_by }) => collected_by.id === user.id && decision.evidence_ids.includes(id),
  );
  return hasCollected || decision.decided_by.id === user.id ? 'not_independent' : 'own';
}
