/** The validations of an organization at a glance. */
import type { ResponseOf } from '@orgvet/contract';
import { StatusChip, type Tone } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';

type Validation = ResponseOf<'listOrganizationValidations'>['validations'][number];

const TONES: Readonly<Record<Validation['status'], Tone>> = {
  pending: 'waiting',
  active: 'good',
  expired: 'ended',
};

export function ValidationChips({ validations }: { readonly validations: readonly Validation[] }) {
  const { organizations: texts } = useTexts();
  return validations.map(({ type, name, status }) => (
    <StatusChip key={type} tone={TONES[status]}>
      {texts.validation_states[status](name)}
    </StatusChip>
  ));
}
