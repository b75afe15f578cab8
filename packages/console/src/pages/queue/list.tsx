/** The review queue: what waits for those who validate, oldest first, worked through by keyboard. */
import { Button } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useState } from 'react';
import { type ListState, useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Keys } from '../../parts/keys.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { EmptyPlace, NoMatch } from '../../parts/nothing-here.tsx';
import { Page } from '../../parts/page.tsx';
import { useToast } from '../../parts/toast.tsx';
import { usePermissions, useSession } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { AssignDialog } from '../validation/assign.tsx';
import type { QueueItem } from '../validation/types.ts';
import { listColumns } from './columns.tsx';
import { Filters } from './filters.tsx';
import { useQueueKeys } from './keys.ts';
import { planQuery, SORT_DEFAULT } from './query.ts';
import './queue.css';
import { keyOf, placeOf, rowIdOf, useSelection } from './selection.ts';

/** Colleagues take validations and finish them meanwhile. */
const REFETCH_MS = 30_000;

export function QueuePage() {
  const { queue: texts } = useTexts();
  const { user } = useSession();
  const show = useToast();
  const state = useListState();
  const query = planQuery(state, user.id);
  const list = useOperation(
    'listQueue',
    { query },
    { keepsPrevious: true, refetch_ms: REFETCH_MS },
  );
  const selection = useSelection(list.data?.items ?? []);
  const refresh = async () => {
    const { isSuccess } = await list.refetch();
    if (isSuccess) {
      show(texts.refreshed);
    }
  };
  return (
    <Page
      title={texts.title}
      actions={
        <>
          <Keys bindings={useQueueKeys(selection, refresh)} />
          <CopyAsCurl name="listQueue" request={{ query }} />
          <Button variant="default" loading={list.isRefetching} onClick={refresh}>
            {texts.refresh}
          </Button>
        </>
      }
    >
      <Filters state={state} />
      <ErrorNotice error={list.error} onAgain={() => list.refetch()} />
      {list.data !== undefined && (
        <Results
          data={list.data}
          state={state}
          selection={selection}
          isBusy={list.isPlaceholderData}
        />
      )}
    </Page>
  );
}

function Results({
  data: { items, page },
  state,
  selection,
  isBusy,
}: {
  readonly data: ResponseOf<'listQueue'>;
  readonly state: ListState;
  readonly selection: ReturnType<typeof useSelection>;
  readonly isBusy: boolean;
}) {
  const texts = useTexts();
  const isPermitted = usePermissions();
  const [assigned, setAssigned] = useState<QueueItem>();
  if (page.total === 0) {
    return <NoResults isFiltered={state.get('type') !== '' || state.get('assigned') !== ''} />;
  }
  return (
    <>
      <ListTable
        state={state}
        caption={texts.queue.caption}
        columns={listColumns(texts, isPermitted('work_validations') ? setAssigned : undefined)}
        rows={items}
        keyOf={keyOf}
        sort={state.get('sort') || SORT_DEFAULT}
        isBusy={isBusy}
        rowProps={(item) => {
          const isSelected = selection.selected === item;
          return {
            id: rowIdOf(item),
            // The keys move from row to row; by Tab there is one stop, where they have come to.
            tabIndex:
              isSelected || (selection.selected === undefined && item === items[0]) ? 0 : -1,
            onFocus: () => selection.select(item),
            ...(isSelected && { 'aria-current': 'true' as const }),
          };
        }}
        total={page.total}
      />
      {assigned !== undefined && (
        <AssignDialog
          place={placeOf(assigned)}
          assignee_id={assigned.assigned_to?.id ?? 0}
          onClose={() => setAssigned(undefined)}
        />
      )}
    </>
  );
}

function NoResults({ isFiltered }: { readonly isFiltered: boolean }) {
  const { queue: texts } = useTexts();
  if (!isFiltered) {
    return <EmptyPlace title={texts.none_title} text={texts.none} />;
  }
  return <NoMatch texts={texts} href="/queue" />;
}
