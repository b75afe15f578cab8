/**
 * Passkeys, by the library that knows WebAuthn: what a browser is asked for, and whether what it made of
 * it is right. Keeps nothing. A passkey is made for the place where people reach the server and works
 * nowhere else: a registry that moves to another host name needs new ones.
 */
import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  VerifiedAuthenticationResponse,
  VerifiedRegistrationResponse,
} from '@simplewebauthn/server';
import type { StoredPasskey } from '../store/second-factors.ts';
import type { StoredUser } from '../store/users.ts';
import type { Environment } from './context.ts';

/** Random bytes that a passkey has to sign. */
const CHALLENGE_SIZE_BYTES = 32;

/** For as long as a browser asks its user. */
const TIMEOUT_MS = 5 * 60_000;

const NAME = 'Orgvet';

/** Ed25519, ES256 and RS256, by the numbers of COSE: every authenticator signs by one of them. */
const ALGORITHMS = [-8, -7, -257];

/** Loaded where it is needed: it takes a tenth of the start of a server, and most commands never use it. */
const loadLibrary = () => import('@simplewebauthn/server');

/** What is asked of a browser, and what the answer must have signed. */
interface Asked {
  readonly options: object;
  readonly challenge: string;
}

/** What a browser needs to make a passkey for a user. */
export async function askForNewPasskey(
  environment: Pick<Environment, 'face' | 'random'>,
  { account_id, id, username, first_name, last_name }: StoredUser,
  existing: readonly StoredPasskey[],
): Promise<Asked> {
  const { generateRegistrationOptions } = await loadLibrary();
  const options = await generateRegistrationOptions({
    rpName: NAME,
    rpID: findPlace(environment).id,
    userID: bytesOf(Buffer.from(`${account_id}/${id}`)),
    userName: username,
    userDisplayName: `${first_name} ${last_name}`,
    challenge: makeChallenge(environment),
    timeout: TIMEOUT_MS,
    excludeCredentials: existing.map(describePasskey),
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
  return { options, challenge: options.challenge };
}

/** What a browser needs to show one of some passkeys. */
export async function askForPasskey(
  environment: Pick<Environment, 'face' | 'random'>,
  passkeys: readonly StoredPasskey[],
): Promise<Asked> {
  const { generateAuthenticationOptions } = await loadLibrary();
  const options = await generateAuthenticationOptions({
    rpID: findPlace(environment).id,
    challenge: makeChallenge(environment),
    timeout: TIMEOUT_MS,
    allowCredentials: passkeys.map(describePasskey),
    userVerification: 'preferred',
  });
  return { options, challenge: options.challenge };
}

/** What is kept of a new passkey. */
export type NewCredential = Pick<
  StoredPasskey,
  'credential_id' | 'public_key' | 'counter' | 'transports' | 'is_backed_up'
>;

/** @param response as it was sent, of whatever form. @returns undefined for one that is not right */
export async function verifyNewPasskey(
  environment: Pick<Environment, 'face'>,
  challenge: string,
  response: object,
): Promise<NewCredential | undefined> {
  const { verifyRegistrationResponse } = await loadLibrary();
  const place = findPlace(environment);
  const { registrationInfo } = await unlessRefused<VerifiedRegistrationResponse>(() =>
    verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.id,
      requireUserVerification: false,
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (registrationInfo === undefined) {
    return undefined;
  }
  const { credential, credentialBackedUp } = registrationInfo;
  return {
    credential_id: credential.id,
    public_key: Buffer.from(credential.publicKey).toString('base64url'),
    counter: credential.counter,
    transports: JSON.stringify(readTransports(credential.transports)),
    is_backed_up: Number(credentialBackedUp),
  };
}

/** What changes of a passkey as it is used. */
export type CredentialUse = Pick<StoredPasskey, 'counter' | 'is_backed_up'>;

/** @returns undefined for a response that is not right, or was made before one that came earlier */
export async function verifyPasskey(
  environment: Pick<Environment, 'face'>,
  challenge: string,
  passkey: StoredPasskey,
  response: object,
): Promise<CredentialUse | undefined> {
  const { verifyAuthenticationResponse } = await loadLibrary();
  const place = findPlace(environment);
  const { verified, authenticationInfo } = await unlessRefused<VerifiedAuthenticationResponse>(() =>
    verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: place.origin,
      expectedRPID: place.id,
      credential: {
        id: passkey.credential_id,
        publicKey: bytesOf(Buffer.from(passkey.public_key, 'base64url')),
        counter: passkey.counter,
      },
      requireUserVerification: false,
    }),
  );
  return verified && authenticationInfo
    ? {
        counter: authenticationInfo.newCounter,
        is_backed_up: Number(authenticationInfo.credentialBackedUp),
      }
    : undefined;
}

/** The library throws for all that is wrong with a response, also where it has another form altogether. */
async function unlessRefused<Verified extends { verified: boolean }>(
  verify: () => Promise<Verified>,
): Promise<Partial<Verified>> {
  try {
    return await verify();
  } catch {
    return {};
  }
}

/** Where passkeys are for. To no address of a machine can one be tied, so at home it has a name. */
function findPlace({ face }: Pick<Environment, 'face'>): { id: string; origin: string } {
  const url = new URL(face.findOrigin());
  if (url.hostname === '127.0.0.1' || url.hostname === '[::1]') {
    url.hostname = 'localhost';
  }
  return { id: url.hostname, origin: url.origin };
}

function makeChallenge({ random }: Pick<Environment, 'random'>): Uint8Array<ArrayBuffer> {
  return bytesOf(random(CHALLENGE_SIZE_BYTES));
}

function describePasskey({ credential_id, transports }: StoredPasskey) {
  return { id: credential_id, transports: JSON.parse(transports) as string[] };
}

/** How a browser reaches the passkey, as it says itself: kept only to be told again. */
function readTransports(transports: unknown): string[] {
  return Array.isArray(transports)
    ? transports.filter((one) => typeof one === 'string' && /^[a-z-]{1,20}$/.test(one)).slice(0, 8)
    : [];
}

/** A copy that nothing else shares memory with. */
function bytesOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
