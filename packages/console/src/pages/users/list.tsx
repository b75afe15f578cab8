/** The users of the account, and its service users: searched, filtered, sorted, page by page. */
import { Anchor, Button, Group } from '@mantine/core';
import type { RequestOf, ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import { type ListState, PAGE_SIZE, useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { CsvButton } from '../../parts/csv-button.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { EmptyPlace, NoMatch } from '../../parts/nothing-here.tsx';
import { Page } from '../../parts/page.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { listUserColumns } from './columns.tsx';
import { Filters } from './filters.tsx';

const SORT_DEFAULT = 'last_name,first_name';

type Query = NonNullable<RequestOf<'listUsers'>['query']>;

export function UsersPage() {
  const { users: texts } = useTexts();
  const isPermitted = usePermissions();
  const state = useListState();
  const isService = state.get('kind') === 'service';
  const name = isService ? 'listServiceUsers' : 'listUsers';
  const filters = planQuery(state);
  const query = { ...filters, limit: PAGE_SIZE, offset: (state.page - 1) * PAGE_SIZE };
  const list = useOperation(name, { query }, { keepsPrevious: true });
  return (
    <Page
      title={texts.title}
      actions={
        <>
          <CopyAsCurl name={name} request={{ query }} />
          {!isService && (
            <CsvButton name="listUsers" request={{ query: filters }} file_name="users.csv" />
          )}
          {isPermitted('create_users') && (
            <Button component={Link} href={`/users/new${isService ? '?kind=service' : ''}`}>
              {texts.create}
            </Button>
          )}
        </>
      }
    >
      <Kinds isService={isService} />
      <Filters state={state} />
      <ErrorNotice error={list.error} onAgain={() => list.refetch()} />
      {list.data !== undefined && (
        <Results data={list.data} state={state} isBusy={list.isPlaceholderData} />
      )}
    </Page>
  );
}

function planQuery(state: ListState): Query {
  const search = state.get('search').trim();
  const status = state.get('status');
  const division = Number(state.get('division'));
  const role = Number(state.get('role'));
  return {
    ...(search !== '' && { 'filters[search]': `%${search}` }),
    ...((status === 'active' || status === 'inactive') && { 'filters[status]': status }),
    ...(Number.isSafeInteger(division) && division > 0 && { container_id: division }),
    ...(Number.isSafeInteger(role) && role > 0 && { access_role_id: role }),
    sort: state.get('sort') || SORT_DEFAULT,
  };
}

/** People and programs, each a list of its own. */
function Kinds({ isService }: { readonly isService: boolean }) {
  const { users: texts } = useTexts();
  const kinds = [
    { label: texts.people, href: '/users', isShown: !isService },
    { label: texts.service_users, href: '/users?kind=service', isShown: isService },
  ];
  return (
    <Group component="nav" aria-label={texts.kinds} gap="lg">
      {kinds.map(({ label, href, isShown }) => (
        <Anchor
          key={href}
          component={Link}
          href={href}
          size="sm"
          fw={isShown ? 700 : 400}
          underline={isShown ? 'always' : 'hover'}
          {...(isShown && { 'aria-current': 'true' as const })}
        >
          {label}
        </Anchor>
      ))}
    </Group>
  );
}

function Results({
  data: { users, page },
  state,
  isBusy,
}: {
  readonly data: ResponseOf<'listUsers'>;
  readonly state: ListState;
  readonly isBusy: boolean;
}) {
  const { language, users: texts } = useTexts();
  if (page.total === 0) {
    return <NoResults state={state} />;
  }
  return (
    <ListTable
      state={state}
      caption={texts.caption}
      columns={listUserColumns(texts, language)}
      rows={users}
      keyOf={({ id }) => id}
      sort={state.get('sort') || SORT_DEFAULT}
      isBusy={isBusy}
      total={page.total}
    />
  );
}

/** Nothing matches, or there is no service user yet; an account without people there is not. */
function NoResults({ state }: { readonly state: ListState }) {
  const { users: texts } = useTexts();
  const isPermitted = usePermissions();
  const isService = state.get('kind') === 'service';
  const isFiltered = ['search', 'status', 'role', 'division'].some(
    (name) => state.get(name) !== '',
  );
  if (isFiltered || !isService) {
    return <NoMatch texts={texts} href={isService ? '/users?kind=service' : '/users'} />;
  }
  return (
    <EmptyPlace title={texts.none_title} text={texts.none}>
      {isPermitted('create_users') && (
        <Button component={Link} href="/users/new?kind=service">
          {texts.create}
        </Button>
      )}
    </EmptyPlace>
  );
}
