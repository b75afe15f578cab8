/** The accounts below this one: searched, filtered, sorted, page by page. */

import { Anchor, Button, Group } from '@mantine/core';
import { ACCOUNT_TYPES, type RequestOf, type ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import { type ListState, PAGE_SIZE, useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { FilterSelect } from '../../parts/filter-select.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { Day } from '../../parts/moment.tsx';
import { EmptyPlace, NoMatch } from '../../parts/nothing-here.tsx';
import { Page } from '../../parts/page.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { timeOf } from './times.ts';

const SORT_DEFAULT = 'organization_name';

type Query = NonNullable<RequestOf<'listSubaccounts'>['query']>;
type SubaccountItem = ResponseOf<'listSubaccounts'>['subaccounts'][number];

export function SubaccountsPage() {
  const { subaccounts: texts } = useTexts();
  const state = useListState();
  const query = {
    ...planFilters(state),
    sort: state.get('sort') || SORT_DEFAULT,
    limit: PAGE_SIZE,
    offset: (state.page - 1) * PAGE_SIZE,
  };
  const list = useOperation('listSubaccounts', { query }, { keepsPrevious: true });
  return (
    <Page
      title={texts.title}
      actions={
        <>
          <CopyAsCurl name="listSubaccounts" request={{ query }} />
          <CreateButton />
        </>
      }
    >
      <Filters state={state} />
      <ErrorNotice error={list.error} onAgain={() => list.refetch()} />
      {list.data !== undefined && (
        <Results data={list.data} state={state} isBusy={list.isPlaceholderData} />
      )}
    </Page>
  );
}

function planFilters(state: ListState): Query {
  const search = state.get('search').trim();
  const type = ACCOUNT_TYPES.find((one) => one === state.get('type'));
  return {
    ...(search !== '' && { 'filters[search]': `%${search}` }),
    ...(type && { 'filters[account_type]': type }),
  };
}

function CreateButton() {
  const { subaccounts: texts } = useTexts();
  const isPermitted = usePermissions();
  if (!isPermitted('manage_child_account')) {
    return null;
  }
  return (
    <Button component={Link} href="/subaccounts/new">
      {texts.create}
    </Button>
  );
}

function Filters({ state }: { readonly state: ListState }) {
  const { subaccounts: texts } = useTexts();
  return (
    <search>
      <Group align="end" gap="sm">
        <SearchField state={state} label={texts.search} placeholder={texts.search_hint} />
        <FilterSelect
          state={state}
          name="type"
          label={texts.type}
          all={texts.type_all}
          choices={[...ACCOUNT_TYPES.map((value) => ({ value, label: texts.types[value] }))]}
        />
      </Group>
    </search>
  );
}

function Results({
  data: { subaccounts, page },
  state,
  isBusy,
}: {
  readonly data: ResponseOf<'listSubaccounts'>;
  readonly state: ListState;
  readonly isBusy: boolean;
}) {
  const { subaccounts: texts } = useTexts();
  if (page.total === 0) {
    return <NoResults state={state} />;
  }
  return (
    <ListTable
      state={state}
      caption={texts.caption}
      columns={listColumns(texts)}
      rows={subaccounts}
      keyOf={({ account_id }) => account_id}
      sort={state.get('sort') || SORT_DEFAULT}
      isBusy={isBusy}
      total={page.total}
    />
  );
}

function NoResults({ state }: { readonly state: ListState }) {
  const { subaccounts: texts } = useTexts();
  if (state.get('search') === '' && state.get('type') === '') {
    return (
      <EmptyPlace title={texts.none_title} text={texts.none}>
        <CreateButton />
      </EmptyPlace>
    );
  }
  return <NoMatch texts={texts} href="/subaccounts" />;
}

function listColumns(texts: Texts['subaccounts']): Column<SubaccountItem>[] {
  const { columns } = texts;
  return [
    {
      key: 'organization_name',
      label: columns.name,
      sort: 'organization_name',
      render: ({ account_id, organization_name }) => (
        <Anchor component={Link} href={`/subaccounts/${account_id}`} size="sm" fw={600}>
          {organization_name}
        </Anchor>
      ),
    },
    {
      key: 'account_id',
      label: columns.id,
      sort: 'account_id',
      render: ({ account_id }) => account_id,
    },
    { key: 'child_name', label: columns.child_name, render: ({ child_name }) => child_name },
    {
      key: 'account_type',
      label: columns.type,
      sort: 'account_type',
      render: ({ account_type }) => texts.types[account_type],
    },
    {
      key: 'account_manager',
      label: columns.manager,
      render: ({ account_manager }) => account_manager,
    },
    {
      key: 'date_created',
      label: columns.created,
      sort: 'date_created',
      render: ({ date_created }) => <Day time={timeOf(date_created)} />,
    },
  ];
}
