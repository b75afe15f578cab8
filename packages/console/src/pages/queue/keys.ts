/** The keys of the queue. */
import { useLocation } from 'wouter';
import type { KeyBinding } from '../../parts/keys.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { useAssignToMe } from '../validation/assign.tsx';
import { pathOf, type ValidationPlace } from '../validation/types.ts';
import { placeOf, type Selection } from './selection.ts';

export function useQueueKeys(
  { selected, move }: Selection,
  refresh: () => unknown,
): readonly KeyBinding[] {
  const { queue: texts } = useTexts();
  const isPermitted = usePermissions();
  const [, navigate] = useLocation();
  const assignToMe = useAssignToMe();
  const withSelected = (act: (place: ValidationPlace) => void) => () => {
    if (selected !== undefined) {
      act(placeOf(selected));
    }
  };
  return [
    { key: 'j', label: texts.keys.next, run: () => move(1) },
    { key: 'k', label: texts.keys.previous, run: () => move(-1) },
    { key: 'Enter', label: texts.keys.open, run: withSelected((place) => navigate(pathOf(place))) },
    ...(isPermitted('work_validations')
      ? [{ key: 'a', label: texts.keys.assign, run: withSelected(assignToMe) }]
      : []),
    { key: 'r', label: texts.keys.refresh, run: refresh },
  ];
}
