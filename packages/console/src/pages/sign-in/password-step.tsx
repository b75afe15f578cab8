/** The first step: a name and a password, or a provider that knows the person. */
import { Alert, Button, Divider, Stack, Text, TextInput, Title } from '@mantine/core';
import type { ResponseOf } from '@orgvet/contract';
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'wouter';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { SecretInput } from '../../parts/secret-input.tsx';
import { hasCode } from '../../problems.ts';
import { useTexts } from '../../texts/index.ts';
import { useSessionStep } from './session-answer.ts';

export function PasswordStep({ session }: { readonly session: ResponseOf<'getSession'> }) {
  const { sign_in: texts } = useTexts();
  return (
    <Stack>
      <Title order={1}>{texts.title}</Title>
      <ProviderProblem />
      <PasswordForm />
      {session.openid !== undefined && (
        <>
          <Divider label={texts.or} />
          <Button component="a" href={`/access/openid/start${findReturn()}`} variant="default">
            {texts.openid(session.openid.name)}
          </Button>
        </>
      )}
      <Text size="sm" className="quiet">
        {texts.links}
      </Text>
    </Stack>
  );
}

/** Back to the page that somebody wanted when they were asked to sign in. */
function findReturn(): string {
  const { pathname, search } = window.location;
  return pathname === '/sign-in' ? '' : `?return=${encodeURIComponent(pathname + search)}`;
}

/** What a provider said no to, which it tells by coming back with it. */
function ProviderProblem() {
  const { sign_in: texts } = useTexts();
  const [params] = useSearchParams();
  const problem = params.get('problem') ?? '';
  if (!Object.hasOwn(texts.problems, problem)) {
    return null;
  }
  return (
    <Alert color="red" variant="outline" role="alert">
      {texts.problems[problem as keyof typeof texts.problems]}
    </Alert>
  );
}

function PasswordForm() {
  const { sign_in: texts } = useTexts();
  const { mutate, error, isPending } = useSessionStep('signInByPassword');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [account, setAccount] = useState('');
  const isAmbiguous = hasCode(error, 'sign_in_ambiguous') || account !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const account_id = Number(account);
    mutate({ body: { username, password, ...(account_id > 0 && { account_id }) } });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <ErrorNotice error={error} />
        <TextInput
          label={texts.username}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={username}
          onChange={({ currentTarget }) => setUsername(currentTarget.value)}
        />
        <SecretInput
          label={texts.password}
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        {isAmbiguous && (
          <TextInput
            label={texts.account_id}
            description={texts.account_hint}
            inputMode="numeric"
            value={account}
            onChange={({ currentTarget }) => setAccount(currentTarget.value)}
          />
        )}
        <Button type="submit" loading={isPending}>
          {texts.submit}
        </Button>
      </Stack>
    </form>
  );
}
