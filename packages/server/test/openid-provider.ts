/** A real OpenID provider in this process, at which whoever the test says is signed in already. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';
import Provider from 'oidc-provider';

/** Somebody whom the provider knows. */
export interface ProviderPerson {
  readonly subject: string;
  readonly email: string;
  readonly email_verified: boolean;
}

export interface TestProvider {
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret: string;
  /** Who sits before the browsers that come from now on. */
  person: ProviderPerson;
  close(): Promise<void>;
}

const CLIENT = { client_id: 'orgvet', client_secret: 'a secret of the test' };

/** @param redirect_uri where it sends browsers back to */
export async function startProvider(
  redirect_uri: string,
  person: ProviderPerson,
): Promise<TestProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const started: { person: ProviderPerson } = { person };
  const provider = new Provider(issuer, {
    clients: [{ ...CLIENT, redirect_uris: [redirect_uri], ...kindOf(redirect_uri) }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['for the test alone'] },
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, subject) => ({
      accountId: subject,
      claims: () => ({ sub: subject, ...claimsOf(started.person) }),
    }),
    // Nobody is asked whether Orgvet may know their address.
    async loadExistingGrant(ctx) {
      const { client, session } = ctx.oidc;
      const grant = new ctx.oidc.provider.Grant({
        clientId: client?.clientId ?? '',
        accountId: session?.accountId ?? '',
      });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/interaction/')) {
      const { subject: accountId } = started.person;
      provider.interactionFinished(request, response, { login: { accountId }, consent: {} });
    } else {
      answer(request, response);
    }
  });
  const close = async () => {
    server.closeAllConnections();
    server.close();
  };
  after(close);
  return Object.assign(started, { issuer, ...CLIENT, close });
}

/** Of a program on the own machine the port does not count: that one is only known once it listens. */
function kindOf(redirect_uri: string): { application_type?: 'native' } {
  return new URL(redirect_uri).protocol === 'http:' ? { application_type: 'native' } : {};
}

function claimsOf({ email, email_verified }: ProviderPerson) {
  return { email, email_verified };
}
