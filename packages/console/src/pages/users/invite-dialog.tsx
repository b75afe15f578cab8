/** Makes the link by which a user chooses how to sign in, and shows it this once. */
import { Stack, Text } from '@mantine/core';
import { useChange } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { FormButtons } from '../../parts/form-buttons.tsx';
import { Moment } from '../../parts/moment.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';
import { useTexts } from '../../texts/index.ts';
import { nameOf, type User } from './user.tsx';

export function InviteDialog({ user, onClose }: { readonly user: User; onClose(): void }) {
  const { users: texts } = useTexts();
  const { mutate, data, error, isPending } = useChange('inviteUser');
  const name = nameOf(user);
  if (data !== undefined) {
    return (
      <ShownOnce
        title={texts.invitation}
        text={
          <>
            {texts.invitation_once(name)} {texts.invitation_until} <Moment time={data.expires_at} />
          </>
        }
        label={texts.invitation_link}
        secret={data.link}
        copy={texts.copy_invitation}
        done={texts.invitation_done}
        onDone={onClose}
      />
    );
  }
  return (
    <Dialog title={texts.invite_title(name)} onClose={onClose}>
      <Form error={error} onSubmit={() => mutate({ params: { user_id: user.id } })}>
        <Stack>
          <Text>{texts.invite_text(name)}</Text>
          <Text>{texts.invite_replaces}</Text>
          <ErrorNotice error={error} />
          <FormButtons action={texts.make_invitation} isBusy={isPending} onCancel={onClose} />
        </Stack>
      </Form>
    </Dialog>
  );
}
