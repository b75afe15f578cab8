/** The chosen check: what it asks and how it stands, the work on it, and the evidence beside. */
import { type Ref, useImperativeHandle, useRef, useState } from 'react';
import { useOperation } from '../../operations.ts';
import { usePermissions } from '../../session.ts';
import { Accepted } from './accepted.tsx';
import { CheckHead } from './check-head.tsx';
import { DecisionFacts } from './decision.tsx';
import { useDecisionChange } from './decision-change.ts';
import { DecisionForm } from './decision-form.tsx';
import { EvidencePanel } from './evidence.tsx';
import { FactsOfCheck } from './facts-of-check.tsx';
import { RecordDialog } from './record.tsx';
import { useReviewChange } from './review-change.ts';
import { Review } from './review-form.tsx';
import { useDescribedCheck } from './rule.ts';
import { CHECK_TITLE_ID, focusTitle } from './selection.ts';
import type {
  OrganizationDetails,
  Requirement,
  TypeRequirements,
  ValidationPlace,
} from './types.ts';

/** What the keys of the page do with the check. */
export interface CheckWorkHandle {
  /** Goes to the first that can be done about it. */
  enter(): void;
  /** Begins a review. @returns whether there is one to make */
  review(outcome: 'agreed' | 'disagreed'): boolean;
  record(): void;
}

interface CheckWorkProps {
  readonly ref: Ref<CheckWorkHandle>;
  readonly place: ValidationPlace;
  readonly requirements: TypeRequirements;
  readonly requirement: Requirement;
  readonly details: OrganizationDetails;
}

export function CheckWork({ ref, place, requirements, requirement, details }: CheckWorkProps) {
  const isPermitted = usePermissions();
  const panel = useRef<HTMLElement>(null);
  const [isRecording, setRecording] = useState(false);
  const described = useDescribedCheck(requirements, requirement.check_id);
  const evidence = useEvidence(place);
  const decision = useDecisionChange(place, requirements, requirement);
  const review = useReviewChange(place, requirements, requirement, evidence.data?.evidence);
  const record = () => isPermitted('work_validations') && setRecording(true);
  useImperativeHandle(ref, () => ({
    enter: () => focusFirst(panel.current),
    review(outcome) {
      const isOwn = review.turn === 'own';
      if (isOwn) {
        review.draft.change({ outcome });
        panel.current?.querySelector('textarea')?.focus();
      }
      return isOwn;
    },
    record,
  }));
  const parts = { place, requirement, described, evidence: evidence.data?.evidence };
  return (
    <>
      <section ref={panel} className="panel work-check" aria-labelledby={CHECK_TITLE_ID}>
        <CheckHead requirement={requirement} requirements={requirements} />
        <FactsOfCheck {...parts} details={details} />
        <Accepted {...parts} />
        <DecisionFacts {...parts} />
        <Review review={review} />
        <DecisionForm {...parts} change={decision} />
      </section>
      {isPermitted('view_vetting') && (
        <EvidencePanel
          {...parts}
          error={evidence.error}
          ticked_ids={decision.draft.values.evidence_ids}
          onTick={decision.isShown ? decision.draft.tick : undefined}
          onRecord={isPermitted('work_validations') ? record : undefined}
        />
      )}
      {isRecording && (
        <RecordDialog
          {...parts}
          onRecorded={({ id }) => decision.isShown && decision.draft.tick(id, true)}
          onClose={() => setRecording(false)}
        />
      )}
    </>
  );
}

function useEvidence({ organization_id }: ValidationPlace) {
  const enabled = usePermissions()('view_vetting');
  return useOperation('listEvidence', { params: { organization_id } }, { enabled });
}

/** The first field of the work, else what begins it, else the title. */
function focusFirst(panel: HTMLElement | null): void {
  const first =
    panel?.querySelector<HTMLElement>('form :is(input, textarea)') ??
    panel?.querySelector('button');
  if (first) {
    first.focus();
  } else {
    focusTitle();
  }
}
