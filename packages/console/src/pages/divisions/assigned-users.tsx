/** The users who are limited to a division. */

import { Anchor, Group, Text } from '@mantine/core';
import { Link } from 'wouter';
import { useDialogState } from '../../dialog-state.ts';
import { useChange, useOperation } from '../../operations.ts';
import { AssignmentDialog } from '../../parts/assignment-dialog.tsx';
import { useUserChoices } from '../../parts/choices.ts';
import { OpenButton } from '../../parts/open-button.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { Choice } from '../../parts/picker.tsx';
import { useToast } from '../../parts/toast.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { Division } from './tree.ts';

export function AssignedUsers({ division }: { readonly division: Division }) {
  const { divisions: texts } = useTexts();
  const canAssign = usePermissions()('manage_user_container_assignments');
  const dialog = useDialogState();
  const assigned = useAssigned(division);
  return (
    <Panel title={texts.users} title_id="users">
      {assigned.length === 0 ? (
        <Text size="sm" className="quiet">
          {texts.no_users}
        </Text>
      ) : (
        <ul className="plain">
          {assigned.map(({ id, label }) => (
            <li key={id}>
              <Anchor component={Link} href={`/users/${id}`} size="sm" fw={600}>
                {label}
              </Anchor>
            </li>
          ))}
        </ul>
      )}
      {canAssign && (
        <Group mt="md">
          <OpenButton dialog={dialog} name="users" label={texts.assign_users} />
        </Group>
      )}
      {canAssign && dialog.isOpen('users') && (
        <Assign division={division} assigned={assigned} onClose={dialog.close} />
      )}
    </Panel>
  );
}

/**
 * A division has only the ids of its users: what they are called is in the lists of users. One who is
 * beyond the length of these is called by the id.
 */
function useAssigned({ user_id_assignments = [] }: Division): Choice[] {
  const { parts, divisions: texts } = useTexts();
  const request = { query: { without_container: true } };
  const { data: people } = useOperation('listUsers', request);
  const { data: programs } = useOperation('listServiceUsers', request);
  const users = [...(people?.users ?? []), ...(programs?.users ?? [])];
  return user_id_assignments.map((text) => {
    const user = users.find(({ id }) => id === Number(text));
    const label =
      user === undefined
        ? texts.user(text)
        : parts.user_choice(`${user.first_name} ${user.last_name}`, user.username);
    return { id: Number(text), label };
  });
}

function Assign({
  division: { id: container_id, name },
  assigned,
  onClose,
}: {
  readonly division: Division;
  readonly assigned: readonly Choice[];
  onClose(): void;
}) {
  const { divisions: texts } = useTexts();
  const show = useToast();
  const { mutate, error, isPending } = useChange('assignUsers');
  const save = (ids: readonly string[]) =>
    mutate(
      { params: { container_id }, body: { user_id_assignments: [...ids] } },
      {
        onSuccess: () => {
          show(texts.saved);
          onClose();
        },
      },
    );
  return (
    <AssignmentDialog
      title={texts.assign_users}
      text={texts.assign_users_text(name)}
      label={texts.find_user}
      empty={texts.no_users}
      assigned={assigned}
      useChoices={useUserChoices}
      isBusy={isPending}
      error={error}
      onSave={save}
      onClose={onClose}
    />
  );
}
