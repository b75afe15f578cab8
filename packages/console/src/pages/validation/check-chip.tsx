/** How a check stands, at a glance. */
import { StatusChip, type Tone } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Requirement } from './types.ts';

const TONES: Readonly<Record<Requirement['status'], Tone>> = {
  met: 'good',
  not_applicable: 'off',
  in_review: 'waiting',
  missing: 'waiting',
  failed: 'ended',
  disagreed: 'ended',
  too_old: 'ended',
  reopened: 'waiting',
};

export function CheckChip({ status }: { readonly status: Requirement['status'] }) {
  const { work: texts } = useTexts();
  return <StatusChip tone={TONES[status]}>{texts.check_statuses[status]}</StatusChip>;
}
