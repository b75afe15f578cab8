/** The API keys of the account: made, renamed, restricted and revoked; never shown but once. */

import { Alert, Anchor, Button, Group } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { Link } from 'wouter';
import { useDialogState } from '../../dialog-state.ts';
import { type ListState, PAGE_SIZE, useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { FilterSelect } from '../../parts/filter-select.tsx';
import { ListTable } from '../../parts/list-table.tsx';
import { EmptyPlace, NoMatch } from '../../parts/nothing-here.tsx';
import { Page } from '../../parts/page.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { listKeyColumns } from './columns.tsx';
import { Dialogs } from './dialogs.tsx';
import type { ApiKey } from './key-status.tsx';
import { orderKeys, SORT_DEFAULT, selectKeys } from './selection.ts';

export function KeysPage() {
  const { keys: texts } = useTexts();
  const isPermitted = usePermissions();
  const state = useListState();
  const dialog = useDialogState();
  const user_id = Number(state.get('user'));
  const isOfUser = Number.isSafeInteger(user_id) && user_id > 0;
  const request = { query: isOfUser ? { user_id } : {} };
  const list = useOperation('listApiKeys', request, { keepsPrevious: true });
  return (
    <Page
      title={texts.title}
      actions={
        <>
          <CopyAsCurl name="listApiKeys" request={request} />
          {isPermitted('create_api_keys') && (
            <Button onClick={() => dialog.open('new')}>{texts.create}</Button>
          )}
        </>
      }
    >
      <Filters state={state} />
      {isOfUser && <OfUser user_id={user_id} />}
      <ErrorNotice error={list.error} onAgain={() => list.refetch()} />
      {list.data !== undefined && (
        <Results data={list.data} state={state} isBusy={list.isPlaceholderData} />
      )}
      <Dialogs
        dialog={dialog}
        keys={list.data?.api_keys ?? []}
        user_id={isOfUser ? user_id : undefined}
      />
    </Page>
  );
}

function Filters({ state }: { readonly state: ListState }) {
  const { keys: texts } = useTexts();
  return (
    <search>
      <Group align="end" gap="sm">
        <SearchField state={state} label={texts.search} placeholder={texts.search_hint} />
        <FilterSelect
          state={state}
          name="status"
          label={texts.status}
          all={texts.status_all}
          choices={[
            { value: 'active', label: texts.active },
            { value: 'revoked', label: texts.revoked },
          ]}
        />
      </Group>
    </search>
  );
}

/** Whose keys alone are shown, and the way to all others. */
function OfUser({ user_id }: { readonly user_id: number }) {
  const { keys: texts } = useTexts();
  const { data } = useOperation('getUser', { params: { user_id } });
  if (data === undefined) {
    return null;
  }
  return (
    <Alert color="blue" variant="outline" py="xs">
      {texts.of_user(`${data.first_name} ${data.last_name}`)}.{' '}
      <Anchor component={Link} href="/keys" size="sm">
        {texts.of_everybody}
      </Anchor>
    </Alert>
  );
}

/** The API answers all keys at once: there are as many as programs, so they are looked through here. */
function Results({
  data: { api_keys },
  state,
  isBusy,
}: {
  readonly data: ResponseOf<'listApiKeys'>;
  readonly state: ListState;
  readonly isBusy: boolean;
}) {
  const { keys: texts } = useTexts();
  const isPermitted = usePermissions();
  const dialog = useDialogState();
  const sort = state.get('sort') || SORT_DEFAULT;
  const found = orderKeys(selectKeys(api_keys, state.get('search'), state.get('status')), sort);
  if (found.length === 0) {
    return <NoResults keys={api_keys} />;
  }
  const start = (state.page - 1) * PAGE_SIZE;
  return (
    <ListTable
      state={state}
      caption={texts.caption}
      columns={listKeyColumns(texts, isPermitted('manage_api_access') ? dialog : undefined)}
      rows={found.slice(start, start + PAGE_SIZE)}
      keyOf={({ id }) => id}
      sort={sort}
      isBusy={isBusy}
      total={found.length}
    />
  );
}

function NoResults({ keys }: { readonly keys: readonly ApiKey[] }) {
  const { keys: texts } = useTexts();
  if (keys.length === 0) {
    return <EmptyPlace title={texts.none_title} text={texts.none} />;
  }
  return <NoMatch texts={texts} href="/keys" />;
}
