/** Whether a key works. */
import type { ResponseOf } from '@orgvet/contract';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';

export type ApiKey = ResponseOf<'listApiKeys'>['api_keys'][number];

export function KeyStatus({ status }: { readonly status: ApiKey['status'] }) {
  const { keys: texts } = useTexts();
  return <StatusChip tone={status === 'active' ? 'good' : 'ended'}>{texts[status]}</StatusChip>;
}
