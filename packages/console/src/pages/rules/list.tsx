/** The rules that validations are made by: every version of every pack, and what policies add. */
import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { CalendarDay } from '../../parts/calendar-day.tsx';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { useFragmentInView } from './fragment.ts';
import { PackState } from './pack-state.tsx';
import { PolicyPanel } from './policy.tsx';
import './rules.css';

type ListedPack = ResponseOf<'listRules'>['packs'][number];

export function RulesPage() {
  const { rules: texts } = useTexts();
  const query = useOperation('listRules', {});
  return (
    <Page title={texts.title} actions={<CopyAsCurl name="listRules" request={{}} />}>
      <Text maw="44rem">{texts.explanation}</Text>
      <Answer query={query}>
        {({ packs, policies }) => (
          <>
            <DataTable
              caption={texts.packs_caption}
              columns={listColumns(texts)}
              rows={packs}
              keyOf={({ id, version }) => `${id} ${version}`}
            />
            <Policies policies={policies} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function Policies({ policies }: Pick<ResponseOf<'listRules'>, 'policies'>) {
  const { rules: texts } = useTexts();
  const chosen = useFragmentInView('policies');
  return (
    <Stack gap="sm">
      <Title order={2} size="h4">
        {texts.policies}
      </Title>
      {policies.length === 0 && <Text className="quiet">{texts.no_policy}</Text>}
      {policies.map((policy) => (
        <PolicyPanel key={policy.id} policy={policy} isChosen={policy.id === chosen} />
      ))}
    </Stack>
  );
}

function listColumns(texts: Texts['rules']): Column<ListedPack>[] {
  const { columns } = texts;
  return [
    {
      key: 'title',
      label: columns.title,
      render: (pack) => (
        <Anchor component={Link} href={pathOf(pack)} size="sm" fw={600}>
          {pack.title}
        </Anchor>
      ),
    },
    { key: 'version', label: columns.version, render: ({ version }) => version },
    {
      key: 'authority',
      label: columns.authority,
      render: ({ authority }) => texts.authorities[authority],
    },
    {
      key: 'published_on',
      label: columns.published_on,
      render: ({ published_on }) => <CalendarDay date={published_on} />,
    },
    {
      key: 'in_force_from',
      label: columns.in_force_from,
      render: ({ in_force_from }) => <CalendarDay date={in_force_from} />,
    },
    { key: 'types', label: columns.types, render: (pack) => <PackState pack={pack} /> },
  ];
}

/** Without a version it is the page of whichever is in force. */
function pathOf({ id, version, types }: ListedPack): string {
  return types.length > 0 ? `/rules/${id}` : `/rules/${id}?version=${version}`;
}
