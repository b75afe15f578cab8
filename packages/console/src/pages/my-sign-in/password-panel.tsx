/** The password: since when, and another one. */
import { Button, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useState } from 'react';
import { Dialog } from '../../parts/dialog.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useToast } from '../../parts/toast.tsx';
import { describeFieldErrors } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';
import { NewPassword } from '../sign-in/new-password.tsx';
import { useSessionStep } from '../sign-in/session-answer.ts';
import { CurrentPassword } from './current-password.tsx';
import { Panel } from './panel.tsx';

interface PasswordPanelProps {
  readonly credentials: ResponseOf<'listCredentials'>;
}

export function PasswordPanel({ credentials }: PasswordPanelProps) {
  const { my_sign_in: texts } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const { has_password, password_changed_at } = credentials;
  const action = has_password ? texts.change_password : texts.set_password;
  return (
    <Panel title={texts.password}>
      <Text>
        {has_password ? texts.password_set : texts.password_none}{' '}
        {password_changed_at !== undefined && <Moment time={password_changed_at} />}
      </Text>
      <Button variant="default" onClick={() => setOpen(true)}>
        {action}
      </Button>
      {isOpen && (
        <Dialog title={action} onClose={() => setOpen(false)}>
          <PasswordForm hasPassword={has_password} action={action} onDone={() => setOpen(false)} />
        </Dialog>
      )}
    </Panel>
  );
}

const FIELDS = ['current_password'];

function PasswordForm({
  hasPassword,
  action,
  onDone,
}: {
  readonly hasPassword: boolean;
  readonly action: string;
  onDone(): void;
}) {
  const { my_sign_in: texts } = useTexts();
  const show = useToast();
  const { mutate, error, isPending } = useSessionStep('setPassword');
  const [current_password, setCurrent] = useState('');
  const save = (password: string) =>
    mutate(
      { body: { password, ...(hasPassword && { current_password }) } },
      {
        onSuccess: () => {
          show(texts.password_changed);
          onDone();
        },
      },
    );
  return (
    <NewPassword
      label={texts.new_password}
      action={action}
      error={error}
      isBusy={isPending}
      fields={FIELDS}
      onSave={save}
    >
      {hasPassword && (
        <CurrentPassword
          value={current_password}
          error={
            describeFieldErrors(error, FIELDS, { current_password: texts.current_password })
              .current_password
          }
          onChange={setCurrent}
        />
      )}
      <Text size="sm">{texts.others_end}</Text>
    </NewPassword>
  );
}
