/** What people sign in with, on the wire: passwords, authenticator apps, passkeys, and invitations. */
import { type Static, Type } from 'typebox';
import { conditional, id, optional, text, time } from './fields.ts';

/** Characters of a password, after what looks alike was made alike (NFKC). */
export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 256;

/** Characters of what is typed from an authenticator app: six digits, with blanks between. */
const CODE_MAX_LENGTH = 16;
const PASSKEY_NAME_MAX_LENGTH = 64;

const password = (description: string) => text(PASSWORD_MAX_LENGTH, description);
const currentPassword = conditional(
  password('The password so far. Needed where the user has one, but for who is enrolling.'),
);
const code = text(CODE_MAX_LENGTH, 'What the authenticator app shows: six digits.');
const passkeyResponse = Type.Unsafe<object>({
  type: 'object',
  'x-as-sent': true,
  description: 'What the browser made of the options, as JSON (WebAuthn).',
});

/** Which of them a user can show beside the password. */
export const SECOND_FACTORS = ['passkey', 'totp'] as const;

/** What an enrolment may still lack. */
export const ENROLMENT_NEEDS = ['password', 'second_factor'] as const;

export const PasswordSignInRequest = Type.Object({
  username: text(255, 'The user name, or the email address.'),
  password: password('The password.'),
  account_id: optional(
    id('Of which account the user is. Needed where several users would fit (sign_in_ambiguous).'),
  ),
});
export type PasswordSignInRequest = Static<typeof PasswordSignInRequest>;

export const TotpSignInRequest = Type.Object({ code });
export type TotpSignInRequest = Static<typeof TotpSignInRequest>;

export const PasskeySignInRequest = Type.Object({ response: passkeyResponse });
export type PasskeySignInRequest = Static<typeof PasskeySignInRequest>;

export const PasswordRequest = Type.Object({
  password: password(
    `The new password: ${PASSWORD_MIN_LENGTH} characters or more, of any kind, and not one that is guessed first.`,
  ),
  current_password: currentPassword,
});
export type PasswordRequest = Static<typeof PasswordRequest>;

export const TotpStartRequest = Type.Object({
  password: password('The password: it seals the key of the app.'),
});
export type TotpStartRequest = Static<typeof TotpStartRequest>;

export const TotpConfirmRequest = Type.Object({
  password: password('The password: it seals the key of the app.'),
  code,
});
export type TotpConfirmRequest = Static<typeof TotpConfirmRequest>;

export const TotpSecret = Type.Object({
  secret: Type.String({ description: 'The key of the app, in base32, to be typed.' }),
  uri: Type.String({ description: 'The same as `otpauth:` URI, to be shown as a QR code.' }),
});
export type TotpSecret = Static<typeof TotpSecret>;

export const PasskeyStartRequest = Type.Object({ current_password: currentPassword });
export type PasskeyStartRequest = Static<typeof PasskeyStartRequest>;

export const PasskeyAddRequest = Type.Object({
  current_password: currentPassword,
  name: text(PASSKEY_NAME_MAX_LENGTH, 'What the user calls it.'),
  response: passkeyResponse,
});
export type PasskeyAddRequest = Static<typeof PasskeyAddRequest>;

export const PasskeyOptions = Type.Unsafe<object>({
  type: 'object',
  description: 'What the browser is asked for, as JSON (WebAuthn).',
});

export const Credentials = Type.Object({
  has_password: Type.Boolean({ description: 'Whether the user can sign in by a password.' }),
  password_changed_at: optional(time('When it was set.')),
  totp_confirmed_at: optional(time('When an authenticator app was set up; left out without one.')),
  passkeys: Type.Array(
    Type.Object({
      id: id('Passkey id.'),
      name: Type.String({ description: 'What the user calls it.' }),
      created_at: time('When it was added.'),
      last_used_at: optional(time('When it was last used; left out before the first use.')),
    }),
  ),
});
export type Credentials = Static<typeof Credentials>;

export const Invitation = Type.Object({
  link: Type.String({
    description: 'Works once. It is shown this once; whoever has it chooses how the user signs in.',
  }),
  expires_at: time('It works until then.'),
});
export type Invitation = Static<typeof Invitation>;
