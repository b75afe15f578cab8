/** What the organization says of itself. */

import { DETAIL_FIELDS } from '@orgvet/contract';
import { Panel } from '../../parts/panel.tsx';
import { useTexts } from '../../texts/index.ts';
import { FactList } from './fact-list.tsx';
import { describeDetails } from './facts.ts';
import type { OrganizationDetails } from './types.ts';

export function Details({ details }: { readonly details: OrganizationDetails }) {
  const { work: texts } = useTexts();
  return (
    <Panel title={texts.details}>
      <FactList fields={DETAIL_FIELDS} known={describeDetails(details)} />
    </Panel>
  );
}
