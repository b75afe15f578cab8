/** The filters of the queue: a type, and whose the validations are. */

import { Group } from '@mantine/core';
import { VALIDATION_TYPE_NAMES } from '@orgvet/contract';
import type { ListState } from '../../list-state.ts';
import { useOperation } from '../../operations.ts';
import { FilterSelect } from '../../parts/filter-select.tsx';
import { useSession } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import { ME } from './query.ts';

export function Filters({ state }: { readonly state: ListState }) {
  const { queue: texts, words } = useTexts();
  const others = useOthers();
  return (
    <search>
      <Group align="end" gap="sm">
        <FilterSelect
          state={state}
          name="type"
          label={texts.type}
          all={texts.type_all}
          choices={[
            ...VALIDATION_TYPE_NAMES.map((name) => ({
              value: name,
              label: words.validation_types[name],
            })),
          ]}
        />
        <FilterSelect
          state={state}
          name="assigned"
          label={texts.assigned}
          all={texts.assigned_all}
          choices={[
            { value: ME, label: texts.assigned_me },
            { value: 'none', label: texts.assigned_none },
            ...others,
          ]}
        />
      </Group>
    </search>
  );
}

/** The other specialists, as choices. */
function useOthers(): { value: string; label: string }[] {
  const { user } = useSession();
  const { data } = useOperation('listAppointments', {});
  return (data?.people ?? [])
    .filter(
      ({ user_id, appointments }) =>
        user_id !== user.id && appointments.some(({ role }) => role === 'specialist'),
    )
    .map(({ user_id, name }) => ({ value: String(user_id), label: name }));
}
