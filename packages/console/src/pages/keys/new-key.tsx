/** Makes a key for a user. */
import { Stack, Text } from '@mantine/core';
import { useFormState } from '../../form-state.ts';
import { useChange, useOperation } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { FormButtons } from '../../parts/form-buttons.tsx';
import { UserPicker, useUserPick } from '../../parts/user-picker.tsx';
import { useTexts } from '../../texts/index.ts';
import { KeyFields } from './key-fields.tsx';

/** A key that was made: all that there is to show of it, this once. */
export interface CreatedKey {
  readonly name: string;
  readonly api_key: string;
}

interface NewKeyProps {
  /** Whose key it will be, where that is known. */
  readonly user_id: number | undefined;
  onCreated(created: CreatedKey): void;
  onClose(): void;
}

export function NewKey({ user_id, onCreated, onClose }: NewKeyProps) {
  const { keys: texts } = useTexts();
  const { mutateAsync, error, isPending } = useChange('createApiKey');
  const form = useFormState({ name: '', restricted_to_role_id: '0' }, { error });
  const pick = useUserPick({ isRequired: user_id === undefined });
  const owner_id = user_id ?? pick.user_id;
  const send = () => {
    if (!pick.check() || owner_id === undefined) {
      return;
    }
    const { name, restricted_to_role_id } = form.values;
    const body = { name, restricted_to_role_id: Number(restricted_to_role_id) };
    // Shown whatever became of this dialog meanwhile; a refusal is in `error`.
    mutateAsync({ params: { user_id: owner_id }, body }).then(
      ({ api_key }) => onCreated({ name, api_key }),
      () => undefined,
    );
  };
  return (
    <Dialog title={texts.new_title} onClose={onClose}>
      <Form error={pick.fault ?? error} onSubmit={send}>
        <Stack>
          {user_id === undefined ? (
            <UserPicker
              pick={pick}
              label={texts.for_user}
              description={texts.for_user_hint}
              isRequired
            />
          ) : (
            <Owner user_id={user_id} />
          )}
          <KeyFields form={form} />
          <ErrorNotice error={error} fields={form.shown} />
          <FormButtons action={texts.add} isBusy={isPending} onCancel={onClose} />
        </Stack>
      </Form>
    </Dialog>
  );
}

function Owner({ user_id }: { readonly user_id: number }) {
  const { keys: texts, parts } = useTexts();
  const { data } = useOperation('getUser', { params: { user_id } });
  if (data === undefined) {
    return null;
  }
  const name = parts.user_choice(`${data.first_name} ${data.last_name}`, data.username);
  return (
    <Text size="sm">
      {texts.for_user}: <strong>{name}</strong>
    </Text>
  );
}
