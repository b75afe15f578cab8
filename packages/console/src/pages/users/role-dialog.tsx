/** Gives a user another role. */
import { NativeSelect, Stack } from '@mantine/core';
import { useFormState } from '../../form-state.ts';
import { useChange } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { FormButtons } from '../../parts/form-buttons.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import { useRoles } from './roles.ts';
import { nameOf, type User } from './user.tsx';

export function RoleDialog({ user, onClose }: { readonly user: User; onClose(): void }) {
  const { users: texts } = useTexts();
  const show = useToast();
  const { mutate, error, isPending } = useChange('changeUserRole');
  const [current] = user.access_roles;
  const form = useFormState({ role: String(current?.id ?? '') }, { error });
  const save = () =>
    mutate(
      {
        params: { user_id: user.id },
        body: { access_roles: [{ id: Number(form.values.role) }] },
      },
      {
        onSuccess: () => {
          show(texts.saved);
          onClose();
        },
      },
    );
  return (
    <Dialog title={texts.role_title(nameOf(user))} onClose={onClose}>
      <Form error={error} onSubmit={save}>
        <Stack>
          <NativeSelect {...form.field('role')} label={texts.role} data={[...useRoles()]} />
          <ErrorNotice error={error} />
          <FormButtons isBusy={isPending} onCancel={onClose} />
        </Stack>
      </Form>
    </Dialog>
  );
}
