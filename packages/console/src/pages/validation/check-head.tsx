/** What a check asks, how it stands, and where the rule is written. */
import { Anchor, Group, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import { Day } from '../../parts/moment.tsx';
import { useTexts } from '../../texts/index.ts';
import { CheckChip } from './check-chip.tsx';
import { hrefOfRules } from './rule.ts';
import { CHECK_TITLE_ID } from './selection.ts';
import type { Requirement, TypeRequirements } from './types.ts';

interface CheckHeadProps {
  readonly requirement: Requirement;
  readonly requirements: TypeRequirements;
}

export function CheckHead({ requirement, requirements }: CheckHeadProps) {
  const { work: texts } = useTexts();
  const { check_id, title, section, statement, status, until, next } = requirement;
  return (
    <header>
      <Title order={2} id={CHECK_TITLE_ID} tabIndex={-1}>
        {title}
      </Title>
      <Group gap="xs" my={4}>
        <CheckChip status={status} />
        <Anchor
          component={Link}
          href={`${hrefOfRules(requirements)}#${check_id}`}
          size="sm"
          title={texts.section_hint}
        >
          {section}
        </Anchor>
        {until !== undefined && (
          <span className="quiet">
            {texts.serves_until} <Day time={until} />
          </span>
        )}
        {next !== undefined && (
          <span className="quiet">
            {texts.waits(texts.actors[next.actor])} <Day time={next.since} />
          </span>
        )}
      </Group>
      <Text size="sm">{statement}</Text>
      {requirement.needs_second_person && (
        <Text size="sm" className="quiet">
          {texts.second_person}
        </Text>
      )}
    </header>
  );
}
