/** The bodies of requests that sign in, or choose how to: see body-samples.ts. */
import {
  PasskeySignInRequest,
  PasswordSignInRequest,
  readBody,
  TotpStartRequest,
} from '@orgvet/contract';
import { FORMATS } from '../src/domain/formats.ts';
import {
  checkLinkSignIn,
  checkPasskeyAdd,
  checkPasskeyStart,
  checkPasswordRequest,
  checkTotpConfirm,
  checkTotpSignIn,
} from '../src/domain/sign-in-requests.ts';
import type { Sample } from './body-samples.ts';

const OWNER = {
  username: 'jane',
  email: 'jane@example.com',
  first_name: 'Jane',
  last_name: 'Doe',
};
const password = 'orange battery violin';
const current_password = 'violin battery orange';
const code = '123 456';
const response = { id: 'x' };

export const CREDENTIAL_SAMPLES = {
  signInByLink: [{ check: checkLinkSignIn, valid: { token: 'orgvet_link_1_1_x' } }],
  signInByPassword: [
    {
      check: (body) => readBody(PasswordSignInRequest, body, FORMATS),
      valid: { username: 'jane', password, account_id: 1 },
    },
  ],
  signInByTotp: [{ check: checkTotpSignIn, valid: { code } }],
  signInByPasskey: [
    { check: (body) => readBody(PasskeySignInRequest, body, FORMATS), valid: { response } },
  ],
  setPassword: [
    {
      check: (body) => checkPasswordRequest(body, OWNER, true),
      valid: { password, current_password },
    },
  ],
  startTotp: [{ check: (body) => readBody(TotpStartRequest, body, FORMATS), valid: { password } }],
  confirmTotp: [{ check: checkTotpConfirm, valid: { password, code } }],
  startPasskey: [{ check: (body) => checkPasskeyStart(body, true), valid: { current_password } }],
  addPasskey: [
    {
      check: (body) => checkPasskeyAdd(body, true),
      valid: { current_password, name: 'Laptop', response },
    },
  ],
} satisfies Record<string, readonly Sample[]>;
