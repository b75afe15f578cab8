/** The part of the settings that is about signing in through an OpenID provider. No message repeats its secret. */
import { SettingsError } from './settings-error.ts';

/** A provider, and what Orgvet is to it. */
export interface OpenIdSettings {
  /** Below which its own description of itself is found. */
  readonly issuer: string;
  readonly client_id: string;
  /** Absent for a client that the provider knows without one. */
  readonly client_secret?: string;
  /** What people call it. */
  readonly name: string;
}

/** As they are given; empty for what is not. */
interface OpenIdValues {
  readonly 'openid-issuer': string;
  readonly 'openid-client-id': string;
  readonly 'openid-name': string;
}

const NAME_MAX_LENGTH = 40;

/** Who listens in on the own machine reads everything anyway. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * @returns nothing where no provider is named
 * @throws SettingsError
 */
export function parseOpenIdSettings(
  values: OpenIdValues,
  client_secret = '',
): { readonly openid?: OpenIdSettings } {
  const { 'openid-issuer': issuer, 'openid-client-id': client_id, 'openid-name': name } = values;
  if (issuer === '' && client_id === '' && name === '' && client_secret === '') {
    return {};
  }
  if (issuer === '' || client_id === '') {
    throw new SettingsError(
      'To sign in through a provider, give --openid-issuer and --openid-client-id, and its secret in ' +
        'ORGVET_OPENID_CLIENT_SECRET.',
    );
  }
  if (name.length > NAME_MAX_LENGTH) {
    throw new SettingsError(`--openid-name must have at most ${NAME_MAX_LENGTH} characters.`);
  }
  const url = parseIssuer(issuer);
  return {
    openid: {
      issuer: url.href,
      client_id,
      name: name === '' ? url.hostname : name,
      ...(client_secret !== '' && { client_secret }),
    },
  };
}

function parseIssuer(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRight =
    url !== undefined &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))) &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === '';
  if (!isRight) {
    throw new SettingsError(
      '--openid-issuer must be https:// with a host, as https://login.example.com/realm; http:// only ' +
        'on this machine.',
    );
  }
  return url;
}
