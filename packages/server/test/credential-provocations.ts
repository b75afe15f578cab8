/** Requests that are answered with each error code of passwords and second factors. */
import type { ErrorCode } from '@orgvet/contract';
import {
  ask,
  createEnrolled,
  createPerson,
  givePassword,
  sendPassword,
  signInFully,
  WRONG_PASSWORD,
} from './credentials.ts';
import type { Answer, TestServer } from './harness.ts';
import { browserOf, makeToken, signIn, useToken } from './sign-ins.ts';

type CredentialCode = Extract<
  ErrorCode,
  | 'not_found|passkey'
  | 'sign_in_refused'
  | 'sign_in_locked'
  | 'sign_in_ambiguous'
  | 'password_needed'
  | 'second_factor_needed'
  | 'user_cannot_sign_in'
>;

/** @returns for each code how it is provoked on a server with the demo */
export function makeCredentialProvocations(
  server: TestServer,
): Record<CredentialCode, () => Promise<Answer>> {
  return {
    'not_found|passkey': async () =>
      await (await signIn(server)).send('DELETE', '/access/v1/passkey/999999'),
    sign_in_refused: () => ask(server, '/access/v1/sign-in/passkey/options', {}),
    sign_in_locked: async () => {
      let answer = await sendPassword(server, 'nobody', WRONG_PASSWORD);
      for (let tries = 1; tries <= 10; tries += 1) {
        answer = await sendPassword(server, 'nobody', WRONG_PASSWORD);
      }
      return answer;
    },
    sign_in_ambiguous: async () => {
      const email = 'shared@example.com';
      for (const person of [
        await createPerson(server, { email }),
        await createPerson(server, { email }),
      ]) {
        await givePassword(server, person);
      }
      return await sendPassword(server, email);
    },
    password_needed: async () => {
      const { id } = await createPerson(server);
      const browser = browserOf(
        server,
        await useToken(server, await makeToken(server, id, 'enrolment')),
      );
      return await browser.send('POST', '/access/v1/passkey/options', { body: {} });
    },
    second_factor_needed: async () => {
      const browser = await signInFully(server, await createEnrolled(server));
      return await browser.send('DELETE', '/access/v1/totp');
    },
    user_cannot_sign_in: async () => {
      const { id } = await createPerson(server, { is_saml_sso_only: true });
      return await server.send('POST', `/access/v1/user/${id}/invitation`);
    },
  };
}
