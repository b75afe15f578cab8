/** Whether a version of a rule pack decides, and what. */
import type { ResponseOf } from '@orgvet/contract';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useSession } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { nameTypes } from './words.ts';

type ListedPack = ResponseOf<'listRules'>['packs'][number];

export function PackState({
  pack: { types, in_force_from },
}: {
  readonly pack: Pick<ListedPack, 'types' | 'in_force_from'>;
}) {
  const texts = useTexts();
  const { now = new Date().toISOString() } = useSession();
  if (types.length > 0) {
    return <StatusChip tone="good">{texts.rules.in_force(nameTypes(texts, types))}</StatusChip>;
  }
  return Date.parse(in_force_from) > Date.parse(now) ? (
    <StatusChip tone="waiting">{texts.rules.to_come}</StatusChip>
  ) : (
    <StatusChip tone="off">{texts.rules.replaced}</StatusChip>
  );
}
