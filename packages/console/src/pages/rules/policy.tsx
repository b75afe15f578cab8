/** What a policy of the operator asks beyond the rule packs. */
import { Stack, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import type { ReactNode } from 'react';
import { formatCalendarDay } from '../../parts/calendar-day.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { listTexts, nameKinds, nameTypes } from './words.ts';

type Policy = ResponseOf<'listRules'>['policies'][number];

interface PolicyPanelProps {
  readonly policy: Policy;
  /** Whether the address points at it. */
  readonly isChosen: boolean;
}

export function PolicyPanel({ policy, isChosen }: PolicyPanelProps) {
  const texts = useTexts();
  const { policy_facts: facts } = texts.rules;
  return (
    <section
      className="panel pointed-at"
      id={policy.id}
      aria-labelledby={`policy-${policy.id}`}
      {...(isChosen && { 'data-is-chosen': true })}
    >
      <Stack gap="sm">
        <h3 id={`policy-${policy.id}`} tabIndex={-1}>
          {policy.title}
        </h3>
        <dl className="facts">
          <dt>{facts.id}</dt>
          <dd>{policy.id}</dd>
          <dt>{facts.version}</dt>
          <dd>{policy.version}</dd>
          <dt>{facts.types}</dt>
          <dd>{nameTypes(texts, policy.types)}</dd>
        </dl>
        <Additions policy={policy} />
      </Stack>
    </section>
  );
}

function Additions({ policy }: { readonly policy: Policy }) {
  const texts = useTexts();
  const { rules } = texts;
  const parts = [
    {
      title: rules.caps,
      lines: policy.caps.map((cap) => ({ line: describeCap(cap, texts), more: cap.reason })),
    },
    {
      title: rules.extra_checks,
      lines: policy.extra_checks.map(({ types, check }) => ({
        line: rules.extra_check(nameTypes(texts, types), check.title),
        more: check.statement,
      })),
    },
    {
      title: rules.second_persons,
      lines: policy.second_person.map(({ types, checks }) => ({
        line: rules.for_checks(nameTypes(texts, types), listTexts(texts, checks)),
      })),
    },
    {
      title: rules.refused_evidence,
      lines: policy.refused_evidence.map(({ types, checks, kinds }) => ({
        line: rules.for_kinds(
          nameTypes(texts, types),
          listTexts(texts, checks),
          nameKinds(texts, kinds),
        ),
      })),
    },
  ].filter(({ lines }) => lines.length > 0);
  if (parts.length === 0) {
    return <Text className="quiet">{rules.adds_nothing}</Text>;
  }
  return parts.map((part) => <Addition key={part.title} {...part} />);
}

interface AdditionProps {
  readonly title: string;
  readonly lines: readonly { readonly line: string; readonly more?: string }[];
}

function Addition({ title, lines }: AdditionProps): ReactNode {
  return (
    <div>
      <Text component="h4" size="sm" fw={600}>
        {title}
      </Text>
      <ul className="plain-list">
        {lines.map(({ line, more }) => (
          <li key={line}>
            {line}
            {more !== undefined && (
              <Text size="sm" className="quiet">
                {more}
              </Text>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function describeCap(
  { types, checks, issued_from, days }: Policy['caps'][number],
  texts: Texts,
): string {
  const { rules, language } = texts;
  return [
    rules.cap(nameTypes(texts, types), days),
    ...(checks === undefined ? [] : [rules.cap_checks(listTexts(texts, checks))]),
    ...(issued_from === undefined
      ? []
      : [rules.cap_from(formatCalendarDay(language, issued_from))]),
  ].join(', ');
}
