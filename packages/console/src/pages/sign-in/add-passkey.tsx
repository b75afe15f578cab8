/** Adds a passkey to whoever is signed in, under a name to know it by. */
import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useClient } from '../../operations.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useTexts } from '../../texts/index.ts';
import { makePasskey } from './passkeys.ts';
import { useSessionStep } from './session-answer.ts';

/** Browsers tie passkeys to names of hosts, never to addresses. */
const HAS_NAME = !/^[\d.]+$|^\[/.test(window.location.hostname);

interface AddPasskeyProps {
  /** What proves once more who it is; empty where nothing has to. */
  readonly current_password: string;
  onAdded?(name: string): void;
}

export function AddPasskey({ current_password, onAdded }: AddPasskeyProps) {
  const { sign_in: texts } = useTexts();
  const client = useClient();
  const { mutate, error, isPending } = useSessionStep('addPasskey');
  const [name, setName] = useState<string>(texts.passkey_name_default);
  const [isCanceled, setCanceled] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  if (!HAS_NAME) {
    return <Text>{texts.passkey_needs_name(`http://localhost:${window.location.port}`)}</Text>;
  }
  const proof = current_password === '' ? {} : { current_password };
  const add = async (event: FormEvent) => {
    event.preventDefault();
    setCanceled(false);
    setRefusal(null);
    try {
      const response = await makePasskey(await client.call('startPasskey', { body: proof }));
      if (response === undefined) {
        setCanceled(true);
      } else {
        mutate({ body: { ...proof, name, response } }, { onSuccess: () => onAdded?.(name) });
      }
    } catch (fault) {
      setRefusal(fault);
    }
  };
  return (
    <form onSubmit={add}>
      <Stack>
        <ErrorNotice error={error ?? refusal} />
        {isCanceled && (
          <Alert color="red" variant="outline" role="alert">
            {texts.passkey_canceled}
          </Alert>
        )}
        <TextInput
          label={texts.passkey_name}
          required
          maxLength={64}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" loading={isPending}>
          {texts.add_passkey}
        </Button>
      </Stack>
    </form>
  );
}
