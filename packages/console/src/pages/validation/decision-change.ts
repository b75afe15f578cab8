/** Deciding a check: the draft of it, whether it can be decided, and sending it. */
import type { RequestOf } from '@orgvet/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useChange } from '../../operations.ts';
import { useToast } from '../../parts/toast.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { type DecisionDraft, useDecisionDraft } from './decision-draft.ts';
import { focusTitle } from './selection.ts';
import type { Requirement, TypeRequirements, ValidationPlace } from './types.ts';
import { wordFor } from './words.ts';

export interface DecisionChange {
  readonly draft: DecisionDraft;
  /** Whether the form is shown: something is to be decided, or was begun. */
  readonly isShown: boolean;
  /** Whether it can be decided once more. */
  readonly canBegin: boolean;
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
  begin(): void;
  send(): Promise<void>;
}

type DecisionBody = RequestOf<'decideCheck'>['body'];

export function useDecisionChange(
  place: ValidationPlace,
  { work }: TypeRequirements,
  requirement: Requirement,
): DecisionChange {
  const { work: texts } = useTexts();
  const canWork = usePermissions()('work_validations');
  const show = useToast();
  const queries = useQueryClient();
  const draft = useDecisionDraft(place, requirement);
  const [isAnew, setAnew] = useState(false);
  const { mutateAsync, isPending, error } = useChange('decideCheck');
  const isOpen = work === 'open';
  const { check_id, title, status, next } = requirement;
  const isWanted = next !== undefined && status !== 'in_review';
  const isShown = canWork && (draft.isBegun || (isOpen && (isWanted || isAnew)));
  return {
    draft,
    ...{ isShown, isOpen, error },
    canBegin: canWork && isOpen && !isShown && status !== 'not_applicable',
    isBusy: isPending,
    begin: () => setAnew(true),
    async send() {
      const params = {
        organization_id: place.organization_id,
        validation_type: place.type,
        check_id,
      };
      try {
        const { outcome } = await mutateAsync({ params, body: planBody(draft) });
        show(texts.decide.done(title, wordFor(texts.decided, outcome)));
      } catch {
        // The form says why. Somebody else may have been faster: what stands now is asked for again.
        await queries.invalidateQueries();
        return;
      }
      draft.discard();
      setAnew(false);
      focusTitle();
    },
  };
}

/** What nobody has chosen or typed is sent empty: the server says what is missing, of all at once. */
function planBody({ values }: DecisionDraft): DecisionBody {
  const { outcome, reason, evidence_ids, contract_until } = values;
  return {
    outcome: outcome as DecisionBody['outcome'],
    reason,
    evidence_ids: [...evidence_ids],
    ...(contract_until !== '' && { contract_until: `${contract_until}T00:00:00Z` }),
  };
}
