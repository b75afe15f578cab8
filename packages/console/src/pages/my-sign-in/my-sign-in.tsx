/** What somebody signs in with, and where they are signed in. */
import { useOperation } from '../../operations.ts';
import { Answer } from '../../parts/answer.tsx';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/index.ts';
import { AppPanel } from './app-panel.tsx';
import { PasskeyPanel } from './passkey-panel.tsx';
import { PasswordPanel } from './password-panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';

export function MySignInPage() {
  const { my_sign_in: texts } = useTexts();
  const credentials = useOperation('listCredentials', {});
  return (
    <Page title={texts.title}>
      <Answer query={credentials}>
        {(data) => (
          <>
            <PasswordPanel credentials={data} />
            <PasskeyPanel credentials={data} />
            <AppPanel credentials={data} />
          </>
        )}
      </Answer>
      <SessionsPanel />
    </Page>
  );
}
