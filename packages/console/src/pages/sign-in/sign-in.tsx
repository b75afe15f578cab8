/** Signing in, step by step: who is not signed in wholly sees the step that comes next. */
import { Container, Paper, Stack, Text } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { type ReactNode, useEffect, useState } from 'react';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useTexts } from '../../texts/index.ts';
import { Enrolment } from './enrolment.tsx';
import { LinkStep } from './link-step.tsx';
import { PasswordStep } from './password-step.tsx';
import { SecondFactorStep } from './second-factor-step.tsx';
import { RefusalContext } from './session-answer.ts';

type Session = ResponseOf<'getSession'>;

/** A step that was refused, and how far the session had come. */
interface Refused extends Pick<Session, 'stage'> {
  readonly error: unknown;
}

/** @param hasLink whether the address has a token behind its `#`, which comes before everything */
export function SignIn({
  session,
  hasLink,
}: {
  readonly session: Session;
  readonly hasLink: boolean;
}) {
  const { shell, sign_in } = useTexts();
  const { stage } = session;
  const [refused, setRefused] = useState<Refused>();
  useEffect(() => {
    document.title = shell.page_title(sign_in.title);
  }, [shell, sign_in]);
  return (
    <Container size={440} component="main" py="xl">
      <Stack>
        <Text fw={700} size="lg">
          {shell.name}
        </Text>
        <Paper withBorder p="lg">
          <Stack>
            {/* A step that is still there says by itself what it was refused with. */}
            {refused !== undefined && refused.stage !== stage && (
              <ErrorNotice error={refused.error} />
            )}
            <RefusalContext value={(error) => setRefused({ error, stage })}>
              {chooseStep(session, hasLink)}
            </RefusalContext>
          </Stack>
        </Paper>
      </Stack>
    </Container>
  );
}

function chooseStep(session: Session, hasLink: boolean): ReactNode {
  if (hasLink) {
    return <LinkStep />;
  }
  switch (session.stage) {
    case 'second_factor':
      return <SecondFactorStep session={session} />;
    case 'enrolment':
      return <Enrolment session={session} />;
    default:
      return <PasswordStep session={session} />;
  }
}
