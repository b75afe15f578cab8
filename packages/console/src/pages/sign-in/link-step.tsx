/** Signs in by the token of a link, which is behind the `#` of the address: once, and out of the history. */
import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useTexts } from '../../texts/index.ts';
import { useSessionStep } from './session-answer.ts';

export function LinkStep() {
  const { sign_in: texts } = useTexts();
  const [, navigate] = useLocation();
  const { mutate, error } = useSessionStep('signInByLink');
  const isTried = useRef(false);
  useEffect(() => {
    // Not by effect alone: effects may run twice, and a link works once.
    if (isTried.current) {
      return;
    }
    isTried.current = true;
    const token = window.location.hash.slice(1);
    window.history.replaceState(null, '', '/sign-in');
    mutate({ body: { token } }, { onSuccess: () => navigate('/', { replace: true }) });
  }, [mutate, navigate]);
  return (
    <Stack>
      <Title order={1}>{texts.title}</Title>
      {error === null ? (
        <Text role="status">{texts.by_link}</Text>
      ) : (
        <>
          <ErrorNotice error={error} />
          <Text>{texts.link_again}</Text>
          <Anchor href="/sign-in">{texts.title}</Anchor>
        </>
      )}
    </Stack>
  );
}
