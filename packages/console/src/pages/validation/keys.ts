/** The keys of a validation. */
import type { RefObject } from 'react';
import type { KeyBinding } from '../../parts/keys.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { useAssignToMe } from './assign.tsx';
import type { CheckWorkHandle } from './check-work.tsx';
import type { ChosenCheck } from './selection.ts';
import type { ValidationPlace } from './types.ts';

interface WorkKeysOptions {
  readonly place: ValidationPlace;
  /** Whether whoever looks may work on it now. */
  readonly isOpen: boolean;
  readonly chosen: ChosenCheck;
  readonly panel: RefObject<CheckWorkHandle | null>;
  onReject(): void;
}

/** What `a` and `r` do goes by what waits: a review of the chosen check first, then the validation. */
export function useWorkKeys({
  place,
  isOpen,
  chosen,
  panel,
  onReject,
}: WorkKeysOptions): readonly KeyBinding[] {
  const { work: texts } = useTexts();
  const isPermitted = usePermissions();
  const assignToMe = useAssignToMe();
  const review = (outcome: 'agreed' | 'disagreed', otherwise: () => void) => () => {
    const isReview = panel.current?.review(outcome) ?? false;
    if (!isReview && isOpen) {
      otherwise();
    }
  };
  const judging = [
    { key: 'a', label: texts.keys.agree, run: review('agreed', () => assignToMe(place)) },
    { key: 'r', label: texts.keys.refuse, run: review('disagreed', onReject) },
  ];
  const recording = [{ key: 'e', label: texts.keys.record, run: () => panel.current?.record() }];
  return [
    { key: 'j', label: texts.keys.next, run: () => chosen.move(1) },
    { key: 'k', label: texts.keys.previous, run: () => chosen.move(-1) },
    { key: 'Enter', label: texts.keys.enter, run: () => panel.current?.enter() },
    ...(isPermitted('review_validations') ? judging : []),
    ...(isPermitted('work_validations') ? recording : []),
  ];
}
