/** Who must act next, on what, and since when: for each validation that is being worked on. */

import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Day, Moment } from '../../parts/moment.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useTexts } from '../../texts/index.ts';
import type { TypeRequirements } from './overview.tsx';
import { Turns } from './turn-list.tsx';

export function NextSteps({
  organization_id,
  types,
}: {
  readonly organization_id: number;
  readonly types: readonly TypeRequirements[];
}) {
  const { organization: texts } = useTexts();
  const waiting = types.filter(({ status, work }) => work !== 'closed' || status !== 'active');
  return (
    <Panel title={texts.next.title}>
      {waiting.length === 0 ? (
        <Nothing types={types} />
      ) : (
        <ul className="organization-steps">
          {waiting.map((type) => (
            <Step key={type.type} name={type.type}>
              {type.work === 'open' ? (
                <Turns organization_id={organization_id} type={type} />
              ) : (
                <Stopped type={type} />
              )}
            </Step>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Step({
  name,
  children,
}: {
  readonly name: TypeRequirements['type'];
  readonly children: ReactNode;
}) {
  const { words } = useTexts();
  return (
    <li className="organization-step">
      <div className="organization-step-type">{words.validation_types[name]}</div>
      <div>{children}</div>
    </li>
  );
}

/** Nobody has to act: because all is done, or because nobody ever asked. */
function Nothing({ types }: { readonly types: readonly TypeRequirements[] }) {
  const { organization, words } = useTexts();
  const texts = organization.next;
  const first = types.toSorted((a, b) => endOf(a).localeCompare(endOf(b)))[0];
  if (first === undefined) {
    return <Text>{texts.not_submitted}</Text>;
  }
  return (
    <Text>
      {texts.nothing_until} {words.validation_types[first.type]}, {texts.on}{' '}
      <Day time={endOf(first)} />.
    </Text>
  );
}

function endOf({ validated_until = '' }: TypeRequirements): string {
  return validated_until;
}

/** It was rejected, or has ended, and nobody works on it. */
function Stopped({ type: { rejection, validated_until } }: { readonly type: TypeRequirements }) {
  const { organization } = useTexts();
  const texts = organization.next;
  if (rejection !== undefined) {
    return (
      <>
        <p>
          {texts.rejected} <Moment time={rejection.rejected_at} />. {texts.submit_again}
        </p>
        <ul>
          {rejection.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </>
    );
  }
  return (
    <p>
      {texts.ended} {validated_until !== undefined && <Day time={validated_until} />}.{' '}
      {texts.submit_again}
    </p>
  );
}
