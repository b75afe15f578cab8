/** How the server and its database stand, asked again and again while somebody looks. */

import { Anchor, Stack, Text, Title } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { type Column, DataTable } from '../../parts/data-table.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { DatabaseFacts, ServerFacts, WaitingFacts } from './facts.tsx';
import './system.css';

type Status = ResponseOf<'getSystemStatus'>;

const ASKED_EVERY_MS = 10_000;

export function SystemPage() {
  const { system: texts } = useTexts();
  const query = useOperation('getSystemStatus', {}, { refetch_ms: ASKED_EVERY_MS });
  return (
    <Page title={texts.title} actions={<CopyAsCurl name="getSystemStatus" request={{}} />}>
      <Answer query={query}>
        {(status) => (
          <>
            <div className="system-panels">
              <Readiness query={query} />
              <ServerFacts status={status} asked_ms={query.dataUpdatedAt} />
              <DatabaseFacts status={status} asked_ms={query.dataUpdatedAt} />
              <WaitingFacts status={status} />
            </div>
            <Stack gap="sm">
              <Title order={2} size="h4">
                {texts.rules}
              </Title>
              <DataTable
                caption={texts.rules_caption}
                columns={listColumns(texts)}
                rows={status.rules}
                keyOf={({ kind, id, version }) => `${kind} ${id} ${version}`}
              />
            </Stack>
          </>
        )}
      </Answer>
    </Page>
  );
}

/** Whether it can do its work: the answer is from the database too. */
function Readiness({
  query: { error, dataUpdatedAt },
}: {
  readonly query: UseQueryResult<Status>;
}) {
  const { system: texts } = useTexts();
  const isReady = error === null;
  return (
    <Panel title={texts.readiness}>
      <Stack gap="xs" align="start">
        <div role="status">
          <StatusChip tone={isReady ? 'good' : 'ended'}>
            {isReady ? texts.ready : texts.not_ready}
          </StatusChip>
        </div>
        <ErrorNotice error={error} />
        <Text size="sm">{isReady ? texts.ready_text : texts.not_ready_text}</Text>
        <Text size="sm" className="quiet">
          {texts.asked_at} <Moment time={new Date(dataUpdatedAt).toISOString()} />
        </Text>
      </Stack>
    </Panel>
  );
}

function listColumns(texts: Texts['system']): Column<Status['rules'][number]>[] {
  const { columns } = texts;
  return [
    {
      key: 'title',
      label: columns.title,
      render: ({ kind, id, version, title }) => (
        <Anchor
          component={Link}
          href={kind === 'pack' ? `/rules/${id}?version=${version}` : `/rules#${id}`}
          size="sm"
          fw={600}
        >
          {title}
        </Anchor>
      ),
    },
    { key: 'kind', label: columns.kind, render: ({ kind }) => texts.kinds[kind] },
    { key: 'id', label: columns.id, render: ({ id }) => id },
    { key: 'version', label: columns.version, render: ({ version }) => version },
  ];
}
