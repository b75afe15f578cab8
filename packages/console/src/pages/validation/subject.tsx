/** What a certificate would say of the organization: the very thing that is validated. */

import { Text } from '@mantine/core';
import { useOperation } from '../../operations.ts';
import { Panel } from '../../parts/panel.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';
import type { ValidationPlace } from './types.ts';

export function Subject({ organization_id, type }: Omit<ValidationPlace, 'organization_name'>) {
  const { work: texts } = useTexts();
  const request = { params: { organization_id }, query: { type } };
  const { data } = useOperation('getCertificateSubject', request);
  if (data === undefined || data.members.length === 0) {
    return null;
  }
  return (
    <Panel title={texts.subject.title}>
      <Text size="sm" className="quiet" mb="xs">
        {texts.subject.hint}
      </Text>
      <dl className="facts">
        {data.members.map(({ attribute, label, value, is_too_long }) => (
          <div key={attribute} className="fact">
            <dt>
              <abbr title={attribute}>{label}</abbr>
            </dt>
            <dd>
              {value}{' '}
              {is_too_long && <StatusChip tone="ended">{texts.subject.too_long}</StatusChip>}
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
