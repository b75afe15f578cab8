/** Sets up an authenticator app: its key as a picture and as text, and a code that proves it works. */
import { Button, Code, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useChange } from '../../operations.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { SecretInput } from '../../parts/secret-input.tsx';
import { describeFieldErrors } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';
import { QrCode } from './qr-code.tsx';
import { useSessionStep } from './session-answer.ts';

interface AddAppProps {
  /** Where it was typed a moment ago; asked for otherwise. */
  readonly password?: string;
  onAdded?(): void;
}

const FIELDS = ['password', 'code'];

export function AddApp({ password: known = '', onAdded }: AddAppProps) {
  const { sign_in: texts } = useTexts();
  const start = useChange('startTotp');
  const confirm = useSessionStep('confirmTotp');
  const [password, setPassword] = useState(known);
  const [code, setCode] = useState('');
  if (start.data === undefined) {
    const begin = (event: FormEvent) => {
      event.preventDefault();
      start.mutate({ body: { password } });
    };
    return (
      <form onSubmit={begin}>
        <Stack>
          <ErrorNotice error={start.error} fields={FIELDS} />
          {known === '' && (
            <SecretInput
              label={texts.app_password}
              autoComplete="current-password"
              value={password}
              error={
                describeFieldErrors(start.error, FIELDS, { password: texts.app_password }).password
              }
              onChange={setPassword}
            />
          )}
          <Button type="submit" variant="default" loading={start.isPending}>
            {known === '' ? texts.app_next : texts.use_app}
          </Button>
        </Stack>
      </form>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ body: { password, code } }, { onSuccess: () => onAdded?.() });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{texts.app_scan}</Text>
        <QrCode content={start.data.uri} label={texts.app_qr} />
        <Text>
          {texts.app_key}: <Code>{start.data.secret}</Code>
        </Text>
        <ErrorNotice error={confirm.error} fields={FIELDS} />
        <TextInput
          label={texts.app_code}
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          value={code}
          error={describeFieldErrors(confirm.error, FIELDS, { code: texts.app_code }).code}
          onChange={({ currentTarget }) => setCode(currentTarget.value.replaceAll(/\s/g, ''))}
        />
        <Button type="submit" loading={confirm.isPending}>
          {texts.app_confirm}
        </Button>
      </Stack>
    </form>
  );
}
