/** Says that somebody no longer approves for an organization, and shows first what stands on them. */
import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useChange } from '../../operations.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { Form } from '../../parts/form.tsx';
import { useToast } from '../../parts/toast.tsx';
import { describeFieldErrors } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';
import { useOpenDialog } from './dialogs.ts';
import type { VerifiedContact } from './verified-contact.tsx';

const FIELDS = ['reason', 'withdrawn_at'] as const;

interface WithdrawalProps {
  readonly organization_id: number;
  readonly contact: VerifiedContact;
}

export function Withdrawal({ organization_id, contact }: WithdrawalProps) {
  const { organization_contacts: texts, parts } = useTexts();
  const { close } = useOpenDialog();
  const show = useToast();
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState('');
  const { mutate, isPending, error } = useChange('withdrawVerifiedContact');
  const errors = describeFieldErrors(error, FIELDS, {
    reason: texts.reason,
    withdrawn_at: texts.from,
  });
  const { id, name } = contact;
  const onSuccess = () => {
    close();
    show(texts.withdrawn_done(name));
  };
  const withdraw = () =>
    mutate(
      {
        params: { organization_id, verified_contact_id: id },
        body: { reason, ...(from !== '' && { withdrawn_at: new Date(from).toISOString() }) },
      },
      { onSuccess },
    );
  return (
    <Dialog title={texts.withdraw_title(name)} onClose={close}>
      <Form error={error} onSubmit={withdraw}>
        <Stack>
          <Text>{texts.withdraw_text(name)}</Text>
          <Reliance contact={contact} />
          <ErrorNotice error={error} fields={FIELDS} />
          <Textarea
            label={texts.reason}
            required
            autosize={false}
            rows={3}
            value={reason}
            error={errors.reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={texts.from}
            description={texts.from_hint}
            value={from}
            error={errors.withdrawn_at}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          <Group justify="end">
            <Button variant="default" onClick={close}>
              {parts.cancel}
            </Button>
            <Button type="submit" color="red" loading={isPending}>
              {texts.withdraw}
            </Button>
          </Group>
        </Stack>
      </Form>
    </Dialog>
  );
}

/** What stands on a contact, by its names. */
function Reliance({ contact: { relied_on_by } }: { readonly contact: VerifiedContact }) {
  const { organization_contacts: texts, words } = useTexts();
  const names = [
    ...relied_on_by.validation_types.map((type) => texts.approval_of(words.validation_types[type])),
    ...relied_on_by.order_ids.map((id) => texts.order(id)),
  ];
  if (names.length === 0) {
    return <Text className="quiet">{texts.relies_on_nothing}</Text>;
  }
  return (
    <div>
      <Text>{texts.relies_on}</Text>
      <ul>
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </div>
  );
}
