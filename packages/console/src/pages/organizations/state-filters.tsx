/** The filters of lists of organizations: by whether they are active, and whether validation works on them. */
import type { ListState } from '../../list-state.ts';
import { FilterSelect } from '../../parts/filter-select.tsx';
import { useTexts } from '../../texts/index.ts';

export function StateFilters({ state }: { readonly state: ListState }) {
  const { organizations: texts } = useTexts();
  return (
    <>
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
      <FilterSelect
        state={state}
        name="validation"
        label={texts.validation}
        all={texts.validation_all}
        choices={[
          { value: 'pending', label: texts.pending },
          { value: 'not_pending', label: texts.not_pending },
        ]}
      />
    </>
  );
}
