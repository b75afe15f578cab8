/** The audit log: everything that was changed in the account, the newest first, and whether it is intact. */
import { Anchor, Group, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import { type ListState, useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { EmptyPlace, NoMatch } from '../../parts/nothing-here.tsx';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/index.ts';
import { listColumns } from './columns.tsx';
import { ExportButton } from './export-button.tsx';
import { Filters } from './filters.tsx';
import { FILTERS, planQuery } from './query.ts';
import { Verification } from './verification.tsx';
import './audit-log.css';

type LogPage = ResponseOf<'listAuditLogEntries'>;

export function AuditLogPage() {
  const { audit_log: texts } = useTexts();
  const state = useListState();
  const query = planQuery(state);
  const log = useOperation('listAuditLogEntries', { query }, { keepsPrevious: true });
  return (
    <Page
      title={texts.title}
      actions={
        <>
          <CopyAsCurl name="listAuditLogEntries" request={{ query }} />
          <ExportButton />
        </>
      }
    >
      <Verification />
      <Filters state={state} />
      <ErrorNotice error={log.error} onAgain={() => log.refetch()} />
      {log.data !== undefined && (
        <Entries data={log.data} state={state} isBusy={log.isPlaceholderData} />
      )}
    </Page>
  );
}

interface EntriesProps {
  readonly data: LogPage;
  readonly state: ListState;
}

function Entries({ data, state, isBusy }: EntriesProps & { readonly isBusy: boolean }) {
  const texts = useTexts();
  return (
    <>
      {data.entries.length === 0 ? (
        <NoEntries data={data} state={state} />
      ) : (
        <DataTable
          caption={texts.audit_log.caption}
          columns={listColumns(texts)}
          rows={data.entries}
          keyOf={({ sequence }) => sequence}
          isBusy={isBusy}
        />
      )}
      <OlderAndNewest data={data} state={state} />
    </>
  );
}

/** Nothing matches, not so far, or nothing is there: different next steps. */
function NoEntries({ data, state }: EntriesProps) {
  const { audit_log: texts } = useTexts();
  if (data.next_before_sequence !== undefined) {
    return <EmptyPlace title={texts.no_match_here_title} text={texts.no_match_here} />;
  }
  return FILTERS.every((name) => state.get(name) === '') ? (
    <EmptyPlace title={texts.none_title} text={texts.none} />
  ) : (
    <NoMatch texts={texts} href="/audit-log" />
  );
}

/** A log only grows at its newest end: its pages are found by where they begin, not by counting. */
function OlderAndNewest({ data: { total, next_before_sequence }, state }: EntriesProps) {
  const { audit_log: texts, language } = useTexts();
  const numbers = new Intl.NumberFormat(language);
  const before = state.get('before');
  return (
    <Group component="nav" aria-label={texts.pages} justify="space-between">
      <Text size="sm" role="status">
        {before === ''
          ? texts.total(numbers.format(total))
          : texts.total_before(numbers.format(total), numbers.format(Number(before)))}
      </Text>
      <Group gap="md">
        {before !== '' && (
          <Anchor component={Link} href={pathBefore(state, '')} size="sm">
            {texts.newest}
          </Anchor>
        )}
        {next_before_sequence !== undefined && (
          <Anchor component={Link} href={pathBefore(state, String(next_before_sequence))} size="sm">
            {texts.older}
          </Anchor>
        )}
      </Group>
    </Group>
  );
}

function pathBefore({ search }: ListState, before: string): string {
  const params = new URLSearchParams(search);
  params.delete('before');
  if (before !== '') {
    params.set('before', before);
  }
  return params.size === 0 ? '/audit-log' : `/audit-log?${params}`;
}
