/** A new password, typed twice: what is wrong with it stands at its field. */
import { Button, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { SecretInput } from '../../parts/secret-input.tsx';
import { describeFieldErrors } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';

interface NewPasswordProps {
  readonly label: string;
  readonly action: string;
  readonly error: unknown;
  readonly isBusy: boolean;
  /** Above: the password so far, where it is asked for. */
  readonly children?: ReactNode;
  /** Fields above that show their own problems. */
  readonly fields?: readonly string[];
  onSave(password: string): void;
}

export function NewPassword({
  label,
  action,
  error,
  isBusy,
  children,
  fields = [],
  onSave,
}: NewPasswordProps) {
  const { sign_in: texts } = useTexts();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isCompared, setCompared] = useState(false);
  const all = ['password', ...fields];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setCompared(true);
    if (password === again) {
      onSave(password);
    }
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ErrorNotice error={error} fields={all} />
        {children}
        <SecretInput
          label={label}
          description={texts.password_rule}
          autoComplete="new-password"
          value={password}
          error={describeFieldErrors(error, all, { password: label }).password}
          onChange={setPassword}
        />
        <SecretInput
          label={texts.password_again}
          autoComplete="new-password"
          value={again}
          error={isCompared && password !== again ? texts.password_differs : undefined}
          onChange={setAgain}
        />
        <Button type="submit" loading={isBusy}>
          {action}
        </Button>
      </Stack>
    </form>
  );
}
