/** Changes who a user is. */
import { Stack, TextInput } from '@mantine/core';
import { useFormState } from '../../form-state.ts';
import { useChange } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { FormButtons } from '../../parts/form-buttons.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import { PersonFields } from './person-fields.tsx';
import { nameOf, type User } from './user.tsx';

interface EditDialogProps {
  readonly user: User;
  /** Of a service user nothing but the email changes. */
  readonly isService: boolean;
  onClose(): void;
}

export function EditDialog({ user, isService, onClose }: EditDialogProps) {
  const { users: texts } = useTexts();
  const show = useToast();
  const { mutate, error, isPending } = useChange('changeUser');
  const { first_name, last_name, email, username, job_title = '', telephone = '' } = user;
  const form = useFormState(
    { first_name, last_name, email, username, job_title, telephone },
    { error, codes: { username_taken: 'username' } },
  );
  const save = () =>
    mutate(
      { params: { user_id: user.id }, body: form.values },
      {
        onSuccess: () => {
          show(texts.saved);
          onClose();
        },
      },
    );
  return (
    <Dialog title={texts.edit_title(nameOf(user))} onClose={onClose}>
      <Form error={error} onSubmit={save}>
        <Stack>
          {isService ? (
            <TextInput {...form.field('email')} type="email" label={texts.email} required />
          ) : (
            <PersonFields form={form} />
          )}
          <ErrorNotice error={error} fields={form.shown} />
          <FormButtons isBusy={isPending} onCancel={onClose} />
        </Stack>
      </Form>
    </Dialog>
  );
}
