/** What a check stands on, or fell by: the decision, its evidence, and what a second person found. */
import { Title } from '@mantine/core';
import { Moment } from '../../parts/moment.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Evidence, Requirement } from './types.ts';

interface DecisionFactsProps {
  readonly requirement: Requirement;
  readonly evidence: readonly Evidence[] | undefined;
}

export function DecisionFacts({ requirement: { decision }, evidence = [] }: DecisionFactsProps) {
  const { work: texts, words } = useTexts();
  if (decision === undefined) {
    return null;
  }
  const { outcome, reason, decided_by, decided_at, evidence_ids, contract_until, review } =
    decision;
  const pieces = evidence.filter(({ id }) => evidence_ids.includes(id));
  return (
    <section className="work-decision" aria-labelledby="decision-title">
      <Title order={3} id="decision-title">
        {texts.decision}
      </Title>
      <p>
        <strong>{texts.decided[outcome]}</strong> · {texts.decided_by(decided_by.name)}{' '}
        <Moment time={decided_at} />
      </p>
      <p className="typed">{reason}</p>
      {pieces.length > 0 && (
        <p>
          {texts.stands_on}:{' '}
          {pieces
            .map(({ kind, reference }) => `${words.evidence_kinds[kind]}, ${reference}`)
            .join('; ')}
        </p>
      )}
      {contract_until !== undefined && (
        <p>
          {texts.contract_until} <Moment time={contract_until} />
        </p>
      )}
      {review !== undefined && (
        <>
          <p>
            <strong>{texts.reviewed[review.outcome]}</strong> ·{' '}
            {texts.decided_by(review.reviewed_by.name)} <Moment time={review.reviewed_at} />
          </p>
          <p className="typed">{review.reason}</p>
        </>
      )}
    </section>
  );
}
