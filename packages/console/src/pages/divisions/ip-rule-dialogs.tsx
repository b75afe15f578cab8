/** Adds a rule about addresses, and takes one away. */
import { SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useFormState } from '../../form-state.ts';
import { useChange } from '../../operations.ts';
import { Confirmation } from '../../parts/confirmation.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { FormButtons } from '../../parts/form-buttons.tsx';
import { useToast } from '../../parts/toast.tsx';
import { UserPicker, useUserPick } from '../../parts/user-picker.tsx';
import { usePermissions } from '../../session.ts';
import { useTexts } from '../../texts/index.ts';
import type { IpRule } from './ip-rules.tsx';

const EMPTY = { ip_address: '', ip_address_end: '', description: '' };

interface AddIpRuleProps {
  readonly container_id: number;
  onClose(): void;
}

export function AddIpRule({ container_id, onClose }: AddIpRuleProps) {
  const { divisions: texts } = useTexts();
  const show = useToast();
  const isPermitted = usePermissions();
  const { mutate, error, isPending } = useChange('createIpRule');
  const form = useFormState(EMPTY, { error });
  const pick = useUserPick({ isRequired: false });
  const add = () => {
    if (!pick.check()) {
      return;
    }
    const { ip_address, ip_address_end, description } = form.values;
    const body = {
      ip_address,
      ip_address_end: ip_address_end.trim() === '' ? ip_address : ip_address_end,
      description,
      ...(pick.user_id !== undefined && { user_id: pick.user_id }),
    };
    const onSuccess = () => {
      show(texts.ip_added);
      onClose();
    };
    mutate({ params: { container_id }, body }, { onSuccess });
  };
  return (
    <Dialog title={texts.add_ip_rule} onClose={onClose}>
      <Form error={pick.fault ?? error} onSubmit={add}>
        <Stack>
          <AddressFields form={form} />
          {isPermitted('view_users') && (
            <UserPicker pick={pick} label={texts.ip_for} description={texts.ip_for_hint} />
          )}
          <TextInput {...form.field('description')} label={texts.description} autoComplete="off" />
          <ErrorNotice error={error} fields={form.shown} />
          <FormButtons action={texts.add_ip_rule} isBusy={isPending} onCancel={onClose} />
        </Stack>
      </Form>
    </Dialog>
  );
}

function AddressFields({ form }: { readonly form: ReturnType<typeof useFormState<typeof EMPTY>> }) {
  const { divisions: texts } = useTexts();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <TextInput
        {...form.field('ip_address')}
        label={texts.ip_first}
        description={texts.ip_first_hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="off"
        required
      />
      <TextInput
        {...form.field('ip_address_end')}
        label={texts.ip_last}
        description={texts.ip_last_hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="off"
      />
    </SimpleGrid>
  );
}

interface DeleteIpRuleProps extends AddIpRuleProps {
  readonly rule: IpRule;
}

export function DeleteIpRule({ container_id, rule, onClose }: DeleteIpRuleProps) {
  const { divisions: texts } = useTexts();
  const show = useToast();
  const { mutate, error, isPending } = useChange('deleteIpRule');
  const range = texts.ip_range(rule.ip_address, rule.ip_address_end);
  const remove = () =>
    mutate(
      { params: { container_id, ip_rule_id: rule.id } },
      {
        onSuccess: () => {
          show(texts.ip_deleted);
          onClose();
        },
      },
    );
  return (
    <Confirmation
      title={texts.delete_ip_title(range)}
      text={texts.delete_ip_text(range)}
      action={texts.delete_ip_action}
      isBusy={isPending}
      error={error}
      onConfirm={remove}
      onClose={onClose}
    />
  );
}
