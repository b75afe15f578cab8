/** The second step: a passkey, or a code of an authenticator app. */
import { Alert, Button, Divider, Stack, Text, TextInput, Title } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { type FormEvent, useState } from 'react';
import { useClient } from '../../operations.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useSignOut } from '../../sign-out.ts';
import { useTexts } from '../../texts/index.ts';
import { showPasskey } from './passkeys.ts';
import { useRefusal, useSessionStep } from './session-answer.ts';

export function SecondFactorStep({ session }: { readonly session: ResponseOf<'getSession'> }) {
  const { sign_in: texts } = useTexts();
  const signOut = useSignOut();
  const factors = session.second_factors ?? [];
  return (
    <Stack>
      <Title order={1}>{texts.second_title}</Title>
      <Text>{texts.second_text(session.user?.first_name ?? '')}</Text>
      {factors.includes('passkey') && <PasskeyButton />}
      {factors.length > 1 && <Divider label={texts.or} />}
      {factors.includes('totp') && <CodeForm />}
      <Button variant="subtle" onClick={signOut}>
        {texts.start_over}
      </Button>
    </Stack>
  );
}

function PasskeyButton() {
  const { sign_in: texts } = useTexts();
  const client = useClient();
  const { mutate, error, isPending } = useSessionStep('signInByPasskey');
  const noteRefusal = useRefusal();
  const [isUnused, setUnused] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const use = async () => {
    setUnused(false);
    setRefusal(null);
    try {
      const response = await showPasskey(await client.call('startPasskeySignIn', {}));
      if (response === undefined) {
        setUnused(true);
      } else {
        mutate({ body: { response } });
      }
    } catch (fault) {
      setRefusal(fault);
      noteRefusal(fault);
    }
  };
  return (
    <>
      <ErrorNotice error={error ?? refusal} />
      {isUnused && (
        <Alert color="red" variant="outline" role="alert">
          {texts.passkey_unused}
        </Alert>
      )}
      <Button onClick={use} loading={isPending}>
        {texts.use_passkey}
      </Button>
    </>
  );
}

function CodeForm() {
  const { sign_in: texts } = useTexts();
  const { mutate, error, isPending } = useSessionStep('signInByTotp');
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate({ body: { code } }, { onError: () => setCode('') });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ErrorNotice error={error} />
        <TextInput
          label={texts.code}
          description={texts.code_hint}
          autoComplete="one-time-code"
          inputMode="numeric"
          required
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value.replaceAll(/\s/g, ''))}
        />
        <Button type="submit" loading={isPending}>
          {texts.submit_code}
        </Button>
      </Stack>
    </form>
  );
}
