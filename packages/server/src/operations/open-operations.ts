/** The operations that are open to whoever asks: signing in. All others are in index.ts. */
import type { OpenOperationName } from '@orgvet/contract';
import type { OpenContext } from './context.ts';
import type { OperationRequest } from './index.ts';
import { signInByPasskey, startPasskeySignIn } from './passkey-sign-in.ts';
import { signInByPassword } from './password-sign-in.ts';
import { getSession } from './session-description.ts';
import { signInByLink, signOut } from './sign-in.ts';
import { signInByTotp } from './totp-sign-in.ts';

/** Answers as other operations do, or with a `SessionAnswer`. */
type OpenOperation = (context: OpenContext, request: OperationRequest) => Promise<unknown>;

const OPEN_OPERATIONS: Readonly<Record<OpenOperationName, OpenOperation>> = {
  getSession,
  signInByLink,
  signOut,
  signInByPassword,
  signInByTotp,
  startPasskeySignIn,
  signInByPasskey,
};

export async function performOpen(
  name: OpenOperationName,
  context: OpenContext,
  request: OperationRequest,
): Promise<unknown> {
  return await OPEN_OPERATIONS[name](context, request);
}
