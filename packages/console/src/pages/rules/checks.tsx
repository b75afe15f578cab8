/** The checks of a type: an overview of all, then each with everything that it asks. */
import { Anchor, Stack, Title } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { CheckPanel } from './check.tsx';
import { useFragmentInView } from './fragment.ts';
import { Limits } from './limits.tsx';

type TypeRules = ResponseOf<'getRulePack'>['rules'][number];

export function Checks({ rules }: { readonly rules: TypeRules }) {
  const { rule_pack: texts, words } = useTexts();
  const chosen = useFragmentInView(rules.type);
  return (
    <Stack gap="md">
      <Title order={2} size="h4">
        {texts.checks}
      </Title>
      <DataTable
        caption={texts.checks_caption(words.validation_types[rules.type])}
        columns={listColumns(texts)}
        rows={rules.checks}
        keyOf={({ id }) => id}
      />
      {rules.checks.map((check) => (
        <CheckPanel key={check.id} check={check} isChosen={check.id === chosen} />
      ))}
    </Stack>
  );
}

function listColumns(texts: Texts['rule_pack']): Column<TypeRules['checks'][number]>[] {
  const { columns } = texts;
  return [
    {
      key: 'title',
      label: columns.title,
      render: ({ id, title }) => (
        <Anchor href={`#${id}`} size="sm" fw={600}>
          {title}
        </Anchor>
      ),
    },
    { key: 'section', label: columns.section, render: ({ section }) => section },
    { key: 'evidence', label: columns.evidence, render: (one) => <Limits check={one} /> },
    {
      key: 'second_person',
      label: columns.second_person,
      render: ({ second_person }) =>
        second_person ? columns.second_person_yes : columns.second_person_no,
    },
  ];
}
