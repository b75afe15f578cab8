/** The divisions of the account, as the tree that they are. */

import { Button, Group } from '@mantine/core';
import { useDialogState } from '../../dialog-state.ts';
import { type ListState, useListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { CopyAsCurl } from '../../parts/copy-as-curl.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { FilterSelect } from '../../parts/filter-select.tsx';
import { NoMatch } from '../../parts/nothing-here.tsx';
import { Page } from '../../parts/page.tsx';
import { Pager } from '../../parts/pager.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { listDivisionColumns } from './columns.tsx';
import { DivisionForm } from './division-form.tsx';
import { type Division, listTree, type TreeRow } from './tree.ts';

/** A tree is read as a whole: as much of it on a page as goes. */
const ROWS_MAX = 100;

export function DivisionsPage() {
  const { divisions: texts } = useTexts();
  const state = useListState();
  const query = useOperation('listContainers', {});
  return (
    <Page
      title={texts.title}
      actions={
        <>
          <CopyAsCurl name="listContainers" request={{}} />
          {query.data !== undefined && <Create divisions={query.data.containers} />}
        </>
      }
    >
      <Filters state={state} />
      <Answer query={query}>
        {({ containers }) => <Results divisions={containers} state={state} />}
      </Answer>
    </Page>
  );
}

/** Below the top one that somebody sees; below others it is offered where they are shown. */
function Create({ divisions }: { readonly divisions: readonly Division[] }) {
  const { language, divisions: texts } = useTexts();
  const isPermitted = usePermissions();
  const dialog = useDialogState();
  const [top] = listTree(divisions, language);
  if (top === undefined || !isPermitted('create_containers')) {
    return null;
  }
  return (
    <>
      <Button onClick={() => dialog.open('new')}>{texts.create}</Button>
      {dialog.isOpen('new') && <DivisionForm parent={top.division} onClose={dialog.close} />}
    </>
  );
}

function Filters({ state }: { readonly state: ListState }) {
  const { divisions: texts } = useTexts();
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
            { value: 'inactive', label: texts.inactive },
          ]}
        />
      </Group>
    </search>
  );
}

function Results({
  divisions,
  state,
}: {
  readonly divisions: readonly Division[];
  readonly state: ListState;
}) {
  const { language, divisions: texts } = useTexts();
  const search = state.get('search').trim().toLocaleLowerCase();
  const status = state.get('status');
  const isFiltered = search !== '' || status !== '';
  const rows = listTree(divisions, language).filter((row) => isFound(row, search, status));
  if (rows.length === 0) {
    return <NoMatch texts={texts} href="/divisions" />;
  }
  const start = (state.page - 1) * ROWS_MAX;
  return (
    <>
      <DataTable
        caption={texts.caption}
        columns={listDivisionColumns(texts, isFiltered)}
        rows={rows.slice(start, start + ROWS_MAX)}
        keyOf={({ division }) => division.id}
      />
      <Pager page={state.page} total={rows.length} page_size={ROWS_MAX} goTo={state.goTo} />
    </>
  );
}

/** The API answers all divisions at once, so they are looked through here. */
function isFound({ division }: TreeRow, search: string, status: string): boolean {
  const { id, name, is_active } = division;
  return (
    (status === '' || is_active === (status === 'active')) &&
    (name.toLocaleLowerCase().includes(search) || String(id) === search)
  );
}
