/** What would satisfy a check: kinds of evidence, and what is not known yet of whether it applies. */
import { Text, Title } from '@mantine/core';
import { useTexts } from '../../texts/index.ts';
import type { DescribedCheck, Requirement } from './types.ts';
import { wordFor } from './words.ts';

interface AcceptedProps {
  readonly requirement: Requirement;
  readonly described: DescribedCheck | undefined;
}

export function Accepted({ requirement: { next }, described }: AcceptedProps) {
  const { work: texts, words } = useTexts();
  // Of what is open the server says what would do for this organization; else the rules in general.
  const ways = next?.accepts ?? described?.accepts.map(({ kinds }) => kinds);
  if (ways === undefined) {
    return null;
  }
  const nameKinds = (kinds: readonly (keyof typeof words.evidence_kinds)[], between: string) =>
    kinds.map((kind) => words.evidence_kinds[kind]).join(between);
  return (
    <section aria-labelledby="accepted-title">
      <Title order={3} id="accepted-title">
        {texts.accepts}
      </Title>
      {ways.length === 0 ? (
        <Text size="sm">{texts.accepts_none}</Text>
      ) : (
        <ul className="work-ways">
          {ways.map((kinds) => (
            <li key={kinds.join()}>{nameKinds(kinds, texts.together)}</li>
          ))}
        </ul>
      )}
      {described !== undefined && described.never.length > 0 && (
        <Text size="sm" className="quiet">
          {texts.never(nameKinds(described.never, ', '))}
        </Text>
      )}
      {next !== undefined && next.unknown_facts.length > 0 && (
        <Text size="sm">
          {texts.unknown_facts(
            next.unknown_facts.map((fact) => wordFor(texts.condition_facts, fact)).join(', '),
          )}
        </Text>
      )}
      {next !== undefined && next.actor !== 'reviewer' && (
        <Text size="sm" className="quiet">
          {texts.next_step}: {next.what}
        </Text>
      )}
    </section>
  );
}
