/** The end of a user. */
import { Button, Text } from '@mantine/core';
import { useLocation } from 'wouter';
import { useDialogState } from '../../dialog-state.ts';
import { useChange } from '../../operations.ts';
import { Confirmation } from '../../parts/confirmation.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import { useEditRights } from './roles.ts';
import { nameOf, type User } from './user.tsx';

export function DeleteUser({ user }: { readonly user: User }) {
  const { users: texts } = useTexts();
  const dialog = useDialogState();
  const { isOwn, canEdit } = useEditRights(user);
  if (!canEdit) {
    return null;
  }
  return (
    <section className="panel" aria-labelledby="delete">
      <h2 id="delete">{texts.delete}</h2>
      <Text size="sm">{isOwn ? texts.delete_own : texts.delete_hint}</Text>
      {!isOwn && (
        <Button
          variant="outline"
          color="red"
          size="compact-sm"
          mt="md"
          onClick={() => dialog.open('delete')}
        >
          {texts.delete}
        </Button>
      )}
      {!isOwn && dialog.isOpen('delete') && <Ask user={user} onClose={dialog.close} />}
    </section>
  );
}

function Ask({ user, onClose }: { readonly user: User; onClose(): void }) {
  const { users: texts } = useTexts();
  const show = useToast();
  const [, navigate] = useLocation();
  const { mutate, error, isPending } = useChange('deleteUser');
  const name = nameOf(user);
  const remove = () =>
    mutate(
      { params: { user_id: user.id } },
      {
        onSuccess: () => {
          show(texts.deleted(name));
          navigate('/users');
        },
      },
    );
  return (
    <Confirmation
      title={texts.delete_title(name)}
      text={texts.delete_text(name, user.username)}
      action={texts.delete}
      isBusy={isPending}
      error={error}
      onConfirm={remove}
      onClose={onClose}
    />
  );
}
