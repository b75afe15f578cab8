/** What requests say that sign in, or choose how to, where reading them by their schema is not all. Pure. */
import {
  fieldProblem,
  LinkSignInRequest,
  PasskeyAddRequest,
  PasskeyStartRequest,
  PasswordRequest,
  type Problem,
  type Reading,
  readBody,
  TotpConfirmRequest,
  TotpSignInRequest,
} from '@orgvet/contract';
import { FORMATS } from './formats.ts';
import { checkNewPassword, type PasswordOwner } from './password.ts';
import { readTotpCode } from './totp.ts';

/** Reads the body of "Sign in by link". To be used only if there are no problems. */
export function checkLinkSignIn(body: unknown): {
  problems: Problem[];
  request: LinkSignInRequest;
} {
  const { problems, value } = readBody(LinkSignInRequest, body, FORMATS);
  return { problems, request: value };
}

/**
 * Reads the body of "Set own password". To be used only if there are no problems.
 *
 * @param isProven whether the user has to show the password so far
 */
export function checkPasswordRequest(
  body: unknown,
  owner: PasswordOwner,
  isProven: boolean,
): { problems: Problem[]; request: PasswordRequest } {
  const { problems, faulty, value } = readBody(PasswordRequest, body, FORMATS);
  if (value.password !== undefined && !faulty.has('password')) {
    problems.push(...checkNewPassword(value.password, owner));
  }
  problems.push(...checkCurrentPassword({ faulty, value }, isProven));
  return { problems, request: value };
}

/** Reads the body of "Start own passkey", as `checkPasswordRequest`. */
export function checkPasskeyStart(
  body: unknown,
  isProven: boolean,
): { problems: Problem[]; request: PasskeyStartRequest } {
  const { problems, faulty, value } = readBody(PasskeyStartRequest, body, FORMATS);
  problems.push(...checkCurrentPassword({ faulty, value }, isProven));
  return { problems, request: value };
}

/** Reads the body of "Add own passkey", as `checkPasswordRequest`. */
export function checkPasskeyAdd(
  body: unknown,
  isProven: boolean,
): { problems: Problem[]; request: PasskeyAddRequest } {
  const { problems, faulty, value } = readBody(PasskeyAddRequest, body, FORMATS);
  problems.push(...checkCurrentPassword({ faulty, value }, isProven));
  return { problems, request: value };
}

function checkCurrentPassword(
  { faulty, value }: Pick<Reading<PasskeyStartRequest>, 'faulty' | 'value'>,
  isProven: boolean,
): Problem[] {
  const isMissing = value.current_password === undefined && !faulty.has('current_password');
  return isProven && isMissing ? [fieldProblem('missing', 'current_password', 'is required.')] : [];
}

/** Reads the body of "Sign in by code". To be used only if there are no problems. */
export function checkTotpSignIn(body: unknown): { problems: Problem[]; code: string } {
  const { problems, value } = readBody(TotpSignInRequest, body, FORMATS);
  return { problems, code: readCode(value.code, problems) };
}

/** Reads the body of "Confirm own authenticator app". To be used only if there are no problems. */
export function checkTotpConfirm(body: unknown): {
  problems: Problem[];
  request: TotpConfirmRequest;
} {
  const { problems, value } = readBody(TotpConfirmRequest, body, FORMATS);
  return { problems, request: { ...value, code: readCode(value.code, problems) } };
}

/** @param text undefined where reading found a problem */
function readCode(text: string | undefined, problems: Problem[]): string {
  const code = text === undefined ? '' : readTotpCode(text);
  if (code === undefined) {
    problems.push(fieldProblem('invalid', 'code', 'must be six digits.'));
  }
  return code ?? '';
}
