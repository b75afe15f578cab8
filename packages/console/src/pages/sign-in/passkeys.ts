/** Passkeys, by what the browser has for them. */
import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';

/** Has a passkey made. @returns undefined where the browser, or whoever sits before it, made none */
export async function makePasskey(options: unknown): Promise<RegistrationResponseJSON | undefined> {
  const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON;
  return await unlessGivenUp(() => startRegistration({ optionsJSON }));
}

/** Has a passkey shown. @returns undefined where none was */
export async function showPasskey(
  options: unknown,
): Promise<AuthenticationResponseJSON | undefined> {
  const optionsJSON = options as PublicKeyCredentialRequestOptionsJSON;
  return await unlessGivenUp(() => startAuthentication({ optionsJSON }));
}

/** Giving up, or a device that will not, is no fault: there is another way, or another try. */
async function unlessGivenUp<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof WebAuthnError || error instanceof DOMException) {
      return undefined;
    }
    throw error;
  }
}
