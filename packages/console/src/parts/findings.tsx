/** What a program finds odd in the details of an organization; nothing where it finds nothing. */

import type { ResponseOf } from '@orgvet/contract';
import { useTexts } from '../texts/index.ts';
import { Panel } from './panel.tsx';
import './findings.css';
import { StatusChip, type Tone } from './status-chip.tsx';

export type Finding = ResponseOf<'listRequirements'>['findings'][number];

const TONES: Readonly<Record<Finding['severity'], Tone>> = {
  error: 'ended',
  warning: 'waiting',
  notice: 'off',
};

export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const { findings: texts, words } = useTexts();
  if (findings.length === 0) {
    return null;
  }
  return (
    <Panel title={texts.title}>
      <p className="hint">{texts.hint}</p>
      <ul className="findings">
        {findings.map(({ code, field, reason, severity }) => (
          <li key={`${code} ${field}`}>
            <span>
              <StatusChip tone={TONES[severity]}>{texts.severities[severity]}</StatusChip>
            </span>
            <span>
              <strong>{words.fields[field]}</strong>: {reason}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
