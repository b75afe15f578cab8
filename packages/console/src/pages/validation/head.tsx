/** How a validation stands as a whole: at a glance, above its checks. */
import { Anchor } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Day } from '../../parts/moment.tsx';
import { StatusChip, type Tone } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';
import { hrefOfRules } from './rule.ts';
import type { TypeRequirements } from './types.ts';
import { wordFor } from './words.ts';

const TONES: Readonly<Record<TypeRequirements['status'], Tone>> = {
  none: 'off',
  pending: 'waiting',
  active: 'good',
  expired: 'ended',
};

export function Head({ requirements }: { readonly requirements: TypeRequirements }) {
  const { work: texts } = useTexts();
  const { status, met, total, next_actor, assigned_to, rules } = requirements;
  const { validated_until, would_serve_until, rejection } = requirements;
  return (
    <section className="panel" aria-label={texts.head}>
      <dl className="work-head">
        <Fact label={texts.facts.status}>
          <StatusChip tone={TONES[status]}>{texts.statuses[status]}</StatusChip>
        </Fact>
        <Fact label={texts.facts.work}>
          <Work requirements={requirements} />
        </Fact>
        <Fact label={texts.facts.met}>{texts.met(met, total)}</Fact>
        {next_actor !== undefined && (
          <Fact label={texts.facts.next_actor}>{texts.actors[next_actor]}</Fact>
        )}
        <Fact label={texts.facts.assigned_to}>{assigned_to?.name ?? texts.nobody}</Fact>
        {validated_until !== undefined && (
          <Fact label={texts.facts.validated_until}>
            <Day time={validated_until} />
          </Fact>
        )}
        {would_serve_until !== undefined && (
          <Fact label={texts.facts.would_serve_until}>
            <Day time={would_serve_until} />
          </Fact>
        )}
        <Fact label={texts.facts.rules}>
          <Anchor component={Link} href={hrefOfRules(requirements)} size="sm">
            {rules}
          </Anchor>
        </Fact>
      </dl>
      {rejection !== undefined && <Rejection rejection={rejection} />}
    </section>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Whether it is worked on; why, and since when. */
function Work({ requirements }: { readonly requirements: TypeRequirements }) {
  const { work: texts, queue } = useTexts();
  const { work, opened_because, requested_at } = requirements;
  return (
    <>
      {texts.work_statuses[work]}
      {opened_because !== undefined && requested_at !== undefined && (
        <span className="quiet">
          {' · '}
          {texts.since(wordFor(queue.because, opened_because))} <Day time={requested_at} />
        </span>
      )}
    </>
  );
}

function Rejection({
  rejection: { rejected_at, reasons },
}: {
  readonly rejection: NonNullable<TypeRequirements['rejection']>;
}) {
  const { work: texts } = useTexts();
  return (
    <div className="work-rejection">
      <p>
        {texts.facts.rejected} <Day time={rejected_at} />. {texts.reasons}:
      </p>
      <ul>
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  );
}
