/**
 * Talks to an OpenID provider: the authorization code flow with PKCE. Decides nothing about users, and
 * keeps nothing but the provider's description of itself.
 */
import * as oauth from 'openid-client';
import {
  type Identity,
  type OpenIdFlow,
  type OpenIdProvider,
  OpenIdRefused,
  OpenIdUnavailable,
} from '../operations/openid-provider.ts';

/** How long a provider may take for an answer. */
const TIMEOUT_S = 10;

/** How long its description of itself is believed: keys and addresses change, seldom. */
const DESCRIPTION_AGE_MAX_MS = 3_600_000;

const SCOPE = 'openid email';

interface ProviderSettings {
  readonly issuer: string;
  readonly client_id: string;
  readonly client_secret?: string;
  readonly name: string;
}

export function createOpenIdProvider(settings: ProviderSettings): OpenIdProvider {
  const describe = rememberDescription(settings);
  return {
    name: settings.name,
    async begin(redirect_uri) {
      const description = await describe();
      const code_verifier = oauth.randomPKCECodeVerifier();
      const flow = { state: oauth.randomState(), nonce: oauth.randomNonce(), code_verifier };
      const url = oauth.buildAuthorizationUrl(description, {
        redirect_uri,
        scope: SCOPE,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(code_verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, flow };
    },
    async finish(flow, answer_url) {
      const description = await describe();
      return await translateFaults(() => askWho(description, flow, answer_url));
    },
  };
}

/** The description is asked for when it is needed: a provider that is down keeps no server from starting. */
function rememberDescription({
  issuer,
  client_id,
  client_secret,
}: ProviderSettings): () => Promise<oauth.Configuration> {
  const url = new URL(issuer);
  const options = {
    timeout: TIMEOUT_S,
    ...(url.protocol === 'http:' && { execute: [oauth.allowInsecureRequests] }),
  };
  let known: { description: oauth.Configuration; until_ms: number } | undefined;
  return async () => {
    const now_ms = performance.now();
    if (known === undefined || now_ms > known.until_ms) {
      try {
        const description = await oauth.discovery(
          url,
          client_id,
          client_secret,
          undefined,
          options,
        );
        known = { description, until_ms: now_ms + DESCRIPTION_AGE_MAX_MS };
      } catch (cause) {
        throw new OpenIdUnavailable('The provider does not describe itself.', { cause });
      }
    }
    return known.description;
  };
}

async function askWho(
  description: oauth.Configuration,
  { state, nonce, code_verifier }: OpenIdFlow,
  answer_url: URL,
): Promise<Identity> {
  const tokens = await oauth.authorizationCodeGrant(description, answer_url, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: code_verifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) {
    throw new OpenIdRefused('The provider has sent no ID token.');
  }
  const { iss: issuer, sub: subject } = claims;
  // Some providers tell the address only when they are asked for it.
  const said =
    claims.email === undefined && description.serverMetadata().userinfo_endpoint !== undefined
      ? await oauth.fetchUserInfo(description, tokens.access_token, subject)
      : claims;
  const isVerified = said.email_verified === true && typeof said.email === 'string';
  return { issuer, subject, verified_email: isVerified ? String(said.email) : '' };
}

/** What the provider says no to is one thing, that it cannot be asked another. */
async function translateFaults<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof OpenIdRefused) {
      throw cause;
    }
    // `fetch` fails so where nobody answers; a library's own faults have names of theirs.
    const isNoAnswer =
      (cause instanceof TypeError && cause.message === 'fetch failed') ||
      (cause as Partial<Error> & { code?: string }).code === 'OAUTH_TIMEOUT';
    throw isNoAnswer
      ? new OpenIdUnavailable('The provider does not answer.', { cause })
      : new OpenIdRefused('The provider does not say who it is.', { cause });
  }
}
