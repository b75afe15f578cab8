/** The organizations of the account: searched as somebody types, filtered, sorted, page by page. */
import { Anchor, Button, Group } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import { type ListState, PAGE_SIZE, useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { CsvButton } from '../../parts/csv-button.tsx';
import type { Column } from '../../parts/data-table.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { EmptyPlace, NoMatch } from '../../parts/nothing-here.tsx';
import { Page } from '../../parts/page.tsx';
import { StatusChip } from '../../parts/status-chip.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { Texts } from '../../texts/texts.ts';
import { Filters } from './filters.tsx';
import { planQuery, SORT_DEFAULT } from './query.ts';
import { ValidationChips } from './validation-chips.tsx';
import { Views } from './views.tsx';

type OrganizationItem = ResponseOf<'listOrganizations'>['organizations'][number];

export function OrganizationsPage() {
  const { organizations: texts } = useTexts();
  const isPermitted = usePermissions();
  const state = useListState();
  const filters = planQuery(state);
  const query = { ...filters, limit: PAGE_SIZE, offset: (state.page - 1) * PAGE_SIZE };
  const list = useOperation('listOrganizations', { query }, { keepsPrevious: true });
  return (
    <Page
      title={texts.title}
      actions={
        <>
          <CopyAsCurl name="listOrganizations" request={{ query }} />
          <CsvButton
            name="listOrganizations"
            request={{ query: filters }}
            file_name="organizations.csv"
          />
          {isPermitted('create_organizations') && (
            <Button component={Link} href="/organizations/new">
              {texts.create}
            </Button>
          )}
        </>
      }
    >
      <Views state={state} />
      <Filters state={state} />
      <ErrorNotice error={list.error} onAgain={() => list.refetch()} />
      {list.data !== undefined && (
        <Results data={list.data} state={state} isBusy={list.isPlaceholderData} />
      )}
    </Page>
  );
}

function Results({
  data: { organizations, page },
  state,
  isBusy,
}: {
  readonly data: ResponseOf<'listOrganizations'>;
  readonly state: ListState;
  readonly isBusy: boolean;
}) {
  const { organizations: texts } = useTexts();
  if (page.total === 0) {
    return <NoResults state={state} />;
  }
  return (
    <ListTable
      state={state}
      caption={texts.caption}
      columns={listColumns(texts)}
      rows={organizations}
      keyOf={({ id }) => id}
      sort={state.get('sort') || SORT_DEFAULT}
      isBusy={isBusy}
      total={page.total}
    />
  );
}

/** Nothing matches, or nothing is there yet: two different next steps. */
function NoResults({ state }: { readonly state: ListState }) {
  const { organizations: texts } = useTexts();
  const isPermitted = usePermissions();
  if (state.search !== '') {
    return <NoMatch texts={texts} href="/organizations" />;
  }
  return (
    <EmptyPlace title={texts.none_title} text={texts.none}>
      {isPermitted('create_organizations') && (
        <Button component={Link} href="/organizations/new">
          {texts.create}
        </Button>
      )}
    </EmptyPlace>
  );
}

function listColumns(texts: Texts['organizations']): Column<OrganizationItem>[] {
  const { columns } = texts;
  return [
    {
      key: 'name',
      label: columns.name,
      sort: 'name',
      render: ({ id, display_name }) => (
        <Anchor component={Link} href={`/organizations/${id}`} size="sm" fw={600}>
          {display_name}
        </Anchor>
      ),
    },
    { key: 'id', label: columns.id, sort: 'id', render: ({ id }) => id },
    { key: 'city', label: columns.city, sort: 'city', render: ({ city }) => city },
    { key: 'state', label: columns.state, sort: 'state', render: ({ state }) => state },
    { key: 'country', label: columns.country, sort: 'country', render: ({ country }) => country },
    {
      key: 'container_id',
      label: columns.container_id,
      render: ({ container }) => container.name,
    },
    {
      key: 'is_active',
      label: columns.is_active,
      render: ({ is_active }) => (
        <StatusChip tone={is_active ? 'good' : 'off'}>
          {is_active ? texts.active : texts.inactive}
        </StatusChip>
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
