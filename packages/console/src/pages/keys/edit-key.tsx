/** Renames a key, and limits it to something else. */
import { Stack } from '@mantine/core';
import { useFormState } from '../../form-state.ts';
import { useChange } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { FormButtons } from '../../parts/form-buttons.tsx';
import { useToast } from '../../parts/toast.tsx';
import { useTexts } from '../../texts/index.ts';
import { KeyFields } from './key-fields.tsx';
import type { ApiKey } from './key-status.tsx';

export function EditKey({ apiKey, onClose }: { readonly apiKey: ApiKey; onClose(): void }) {
  const { keys: texts } = useTexts();
  const show = useToast();
  const { mutate, error, isPending } = useChange('changeApiKey');
  const form = useFormState(
    { name: apiKey.name, restricted_to_role_id: String(apiKey.restricted_to_role_id) },
    { error },
  );
  const save = () => {
    const { name, restricted_to_role_id } = form.values;
    const body = { name, restricted_to_role_id: Number(restricted_to_role_id) };
    mutate(
      { params: { key_id: apiKey.id }, body },
      {
        onSuccess: () => {
          show(texts.saved);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={texts.edit_title(apiKey.name)} onClose={onClose}>
      <Form error={error} onSubmit={save}>
        <Stack>
          <KeyFields form={form} />
          <ErrorNotice error={error} fields={form.shown} />
          <FormButtons isBusy={isPending} onCancel={onClose} />
        </Stack>
      </Form>
    </Dialog>
  );
}
