/** The organizations of a subaccount, as far as the account above sees them. */

import { Group, Stack, Text } from '@mantine/core';
import type { RequestOf, ResponseOf } from '@orgvet/contract';
import { type ListState, PAGE_SIZE, useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import type { Column } from '../../parts/data-table.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { planStates } from '../organizations/query.ts';
import { StateFilters } from '../organizations/state-filters.tsx';
import { ValidationChips } from '../organizations/validation-chips.tsx';

const SORT_DEFAULT = 'name';

type Query = NonNullable<RequestOf<'listSubaccountOrganizations'>['query']>;
type Item = ResponseOf<'listSubaccountOrganizations'>['organizations'][number];

export function Organizations({ subaccount_id }: { readonly subaccount_id: number }) {
  const { subaccounts: texts } = useTexts();
  const state = useListState();
  const query = {
    ...planFilters(state),
    sort: state.get('sort') || SORT_DEFAULT,
    limit: PAGE_SIZE,
    offset: (state.page - 1) * PAGE_SIZE,
  };
  const request = { params: { subaccount_id }, query };
  const list = useOperation('listSubaccountOrganizations', request, { keepsPrevious: true });
  return (
    <Panel title={texts.organizations}>
      <Filters state={state} />
      <ErrorNotice error={list.error} onAgain={() => list.refetch()} />
      {list.data !== undefined && (
        <Results data={list.data} state={state} isBusy={list.isPlaceholderData} />
      )}
    </Panel>
  );
}

function planFilters(state: ListState): Query {
  const search = state.get('search').trim();
  return {
    ...(search !== '' && { 'filters[search]': `%${search}` }),
    ...planStates(state),
  };
}

function Filters({ state }: { readonly state: ListState }) {
  const { organizations: texts } = useTexts();
  return (
    <search>
      <Group align="end" gap="sm" mb="md">
        <SearchField state={state} label={texts.search} />
        <StateFilters state={state} />
      </Group>
    </search>
  );
}

function Results({
  data: { organizations, page },
  state,
  isBusy,
}: {
  readonly data: ResponseOf<'listSubaccountOrganizations'>;
  readonly state: ListState;
  readonly isBusy: boolean;
}) {
  const texts = useTexts();
  if (page.total === 0) {
    return (
      <Text size="sm" className="quiet">
        {texts.subaccounts.no_organization}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <ListTable
        state={state}
        caption={texts.subaccounts.organizations_caption}
        columns={listColumns(texts)}
        rows={organizations}
        keyOf={({ id }) => id}
        sort={state.get('sort') || SORT_DEFAULT}
        isBusy={isBusy}
        total={page.total}
      />
    </Stack>
  );
}

function listColumns({ organizations: texts }: Texts): Column<Item>[] {
  const { columns } = texts;
  return [
    {
      key: 'name',
      label: columns.name,
      sort: 'name',
      render: ({ display_name }) => display_name,
    },
    { key: 'id', label: columns.id, sort: 'id', render: ({ id }) => id },
    {
      key: 'is_active',
      label: columns.is_active,
      sort: 'is_active',
      render: ({ status }) => (
        <StatusChip tone={status === 'active' ? 'good' : 'off'}>{texts[status]}</StatusChip>
      ),
    },
    {
      key: 'validations',
      label: columns.validations,
      render: ({ validations = [] }) => (
        <Group gap={6}>
          <ValidationChips validations={validations} />
        </Group>
      ),
    },
  ];
}
