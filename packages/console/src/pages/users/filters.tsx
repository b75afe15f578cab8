/** The search and the filters of the lists of users. */
import { Group, NativeSelect } from '@mantine/core';
import { ACCESS_ROLES } from '@orgvet/contract';
import type { ListState } from '../../list-state.ts';
import { DivisionFilter } from '../../parts/division-filter.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useTexts } from '../../texts/index.ts';

export function Filters({ state }: { readonly state: ListState }) {
  const { users: texts } = useTexts();
  const isService = state.get('kind') === 'service';
  return (
    <search>
      <Group align="end" gap="sm">
        <SearchField state={state} label={texts.search} placeholder={texts.search_hint} />
        <NativeSelect
          label={texts.status}
          value={state.get('status')}
          onChange={({ currentTarget }) => state.set({ status: currentTarget.value })}
          data={[
            { value: '', label: texts.status_all },
            { value: 'active', label: texts.active },
            { value: 'inactive', label: texts.inactive },
          ]}
        />
        {!isService && (
          <NativeSelect
            label={texts.role}
            value={state.get('role')}
            onChange={({ currentTarget }) => state.set({ role: currentTarget.value })}
            data={[
              { value: '', label: texts.role_all },
              ...ACCESS_ROLES.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
        )}
        <DivisionFilter state={state} />
      </Group>
    </search>
  );
}
