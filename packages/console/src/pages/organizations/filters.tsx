/** The search and the filters of the list. */
import { Group, TextInput } from '@mantine/core';
import type { ListState } from '../../list-state.ts';
import { DivisionFilter } from '../../parts/division-filter.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useTexts } from '../../texts/index.ts';
import { StateFilters } from './state-filters.tsx';

export function Filters({ state }: { readonly state: ListState }) {
  const { organizations: texts } = useTexts();
  return (
    <search>
      <Group align="end" gap="sm">
        <SearchField state={state} label={texts.search} placeholder={texts.search_hint} />
        <StateFilters state={state} />
        <TextInput
          type="date"
          label={texts.ends_before}
          value={state.get('ends_before')}
          onChange={({ currentTarget }) => state.set({ ends_before: currentTarget.value })}
        />
        <DivisionFilter state={state} />
      </Group>
    </search>
  );
}
