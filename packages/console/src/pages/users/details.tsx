/** Who a user is and what they have access to, with what may be changed of it. */
import { Group } from '@mantine/core';
import { type DialogState, useDialogState } from '../../dialog-state.ts';
import { useChange } from '../../operations.ts';
import { AssignmentDialog } from '../../parts/assignment-dialog.tsx';
import { useDivisionChoices } from '../../parts/choices.ts';
import { Moment } from '../../parts/moment.tsx';
import { OpenButton } from '../../parts/open-button.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import { UserStatus } from './columns.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { useEditRights } from './roles.ts';
import { nameOf, type User } from './user.tsx';

interface DetailsProps {
  readonly user: User;
  readonly isService: boolean;
}

export function Details({ user, isService }: DetailsProps) {
  const { users: texts } = useTexts();
  const dialog = useDialogState();
  const { canEdit, canAssign } = useEditRights(user);
  return (
    <section className="panel" aria-labelledby="details">
      <h2 id="details">{texts.details}</h2>
      <Facts user={user} />
      <Group gap="xs" mt="md">
        {canEdit && <OpenButton dialog={dialog} name="edit" label={texts.edit} />}
        {canEdit && !isService && (
          <OpenButton dialog={dialog} name="role" label={texts.change_role} />
        )}
        {canAssign && (
          <OpenButton dialog={dialog} name="divisions" label={texts.change_divisions} />
        )}
      </Group>
      {canEdit && dialog.isOpen('edit') && (
        <EditDialog user={user} isService={isService} onClose={dialog.close} />
      )}
      {canEdit && dialog.isOpen('role') && <RoleDialog user={user} onClose={dialog.close} />}
      {canAssign && dialog.isOpen('divisions') && <DivisionsDialog user={user} dialog={dialog} />}
    </section>
  );
}

function Facts({ user }: { readonly user: User }) {
  const { users: texts } = useTexts();
  const { container_assignments = [], last_login_date } = user;
  return (
    <dl className="facts">
      <dt>{texts.columns.status}</dt>
      <dd>
        <UserStatus status={user.status} texts={texts} />
      </dd>
      <dt>{texts.user_id}</dt>
      <dd>{user.id}</dd>
      <dt>{texts.username}</dt>
      <dd>{user.username}</dd>
      <dt>{texts.email}</dt>
      <dd>{user.email}</dd>
      <dt>{texts.job_title}</dt>
      <dd>{user.job_title ?? <span className="quiet">{texts.not_given}</span>}</dd>
      <dt>{texts.telephone}</dt>
      <dd>{user.telephone ?? <span className="quiet">{texts.not_given}</span>}</dd>
      <dt>{texts.role}</dt>
      <dd>{user.access_roles.map(({ name }) => name).join(', ')}</dd>
      <dt>{texts.columns.divisions}</dt>
      <dd>
        {container_assignments.length === 0
          ? texts.all_divisions
          : container_assignments.map(({ name }) => name).join(', ')}
      </dd>
      <dt>{texts.columns.last_login}</dt>
      <dd>{last_login_date === undefined ? texts.never : <Moment time={last_login_date} />}</dd>
    </dl>
  );
}

function DivisionsDialog({ user, dialog }: { readonly user: User; readonly dialog: DialogState }) {
  const { parts, users: texts } = useTexts();
  const show = useToast();
  const { mutate, error, isPending } = useChange('assignContainers');
  const save = (container_id_assignments: readonly string[]) =>
    mutate(
      {
        params: { user_id: user.id },
        body: { container_id_assignments: [...container_id_assignments] },
      },
      {
        onSuccess: () => {
          show(texts.saved);
          dialog.close();
        },
      },
    );
  return (
    <AssignmentDialog
      title={texts.change_divisions}
      text={texts.divisions_text(nameOf(user))}
      label={texts.find_division}
      empty={texts.divisions_empty}
      assigned={(user.container_assignments ?? []).map(({ id, name }) => ({
        id,
        label: parts.numbered_choice(name, id),
      }))}
      useChoices={useDivisionChoices}
      isBusy={isPending}
      error={error}
      onSave={save}
      onClose={dialog.close}
    />
  );
}
