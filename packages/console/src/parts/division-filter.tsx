/** Shows of a list only what belongs to a division, where there are several to choose from. */
import type { ListState } from '../list-state.ts';
import { useOperation } from '../operations.ts';
import { usePermissions } from '../session.ts';
import { useTexts } from '../texts/index.ts';
import { FilterSelect } from './filter-select.tsx';

export function DivisionFilter({ state }: { readonly state: ListState }) {
  const { parts } = useTexts();
  const isPermitted = usePermissions()('view_container');
  const { data } = useOperation('listContainers', {}, { enabled: isPermitted });
  if (data === undefined || data.containers.length < 2) {
    return null;
  }
  return (
    <FilterSelect
      state={state}
      name="division"
      label={parts.division}
      all={parts.division_all}
      choices={data.containers.map(({ id, name }) => ({ value: String(id), label: name }))}
    />
  );
}
