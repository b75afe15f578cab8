/** Choosing how to sign in, for who was invited: a password, then a second factor. */
import { Divider, Stack, Text, Title } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { useState } from 'react';
import { useTexts } from '../../texts/index.ts';
import { AddApp } from './add-app.tsx';
import { AddPasskey } from './add-passkey.tsx';
import { NewPassword } from './new-password.tsx';
import { useSessionStep } from './session-answer.ts';

export function Enrolment({ session }: { readonly session: ResponseOf<'getSession'> }) {
  const { sign_in: texts } = useTexts();
  const { mutate, error, isPending } = useSessionStep('setPassword');
  /** Kept in this page alone, for the second step, which seals the key of an app by it. */
  const [password, setPassword] = useState('');
  const needsPassword = session.enrolment_needs?.includes('password') === true;
  return (
    <Stack>
      <Title order={1}>{texts.enrol_title}</Title>
      <Text>{texts.enrol_text(session.user?.first_name ?? '')}</Text>
      <Title order={2} size="h4">
        {needsPassword ? texts.step_password : texts.step_second}
      </Title>
      {needsPassword ? (
        <NewPassword
          label={texts.password}
          action={texts.save_password}
          error={error}
          isBusy={isPending}
          onSave={(chosen) => {
            setPassword(chosen);
            mutate({ body: { password: chosen } });
          }}
        />
      ) : (
        <>
          <Text role="status">{texts.password_saved}</Text>
          <Text>{texts.second_choice}</Text>
          <AddPasskey current_password="" />
          <Divider label={texts.or} />
          <AddApp password={password} />
        </>
      )}
    </Stack>
  );
}
