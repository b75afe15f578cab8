/** The codes of signing in. */
import type { ErrorEntry } from './error-entry.ts';

export const SIGN_IN_ERRORS = {
  sign_in_link_invalid: {
    status: 403,
    message: 'The link does not sign in, or does so no longer.',
    meaning:
      'It was used before, is too old, or never was one: the answers are the same. A server with the demo prints a new one at its start.',
    source: 'Orgvet',
  },
  sign_in_refused: {
    status: 403,
    message: 'The sign-in was refused.',
    meaning:
      'User name and password do not fit, or the user has no password or is not active: the answers are the same. In the second step: the session of the first has ended, or the passkey is none of the user.',
    source: 'Orgvet',
  },
  sign_in_locked: {
    status: 429,
    message: 'There were too many failed tries to sign in. Try again later.',
    meaning:
      'After ten failures in a row nobody is signed in under the name for a quarter of an hour, whether there is such a user or not. The answer has `Retry-After`, in seconds. Sessions go on.',
    source: 'Orgvet',
  },
  sign_in_ambiguous: {
    status: 409,
    message: 'Several users have this name and password. Give account_id, and the user name.',
    meaning: 'User names are unique in an account only, and email addresses not even there.',
    source: 'Orgvet',
  },
  password_needed: {
    status: 400,
    message: 'Choose a password first.',
    meaning:
      'Who enrols by a link begins with the password, and without one there is no authenticator app: the password seals its key.',
    source: 'Orgvet',
  },
  second_factor_needed: {
    status: 400,
    message: 'The last second factor stays. Add another first.',
    meaning: 'Who has a password has a second factor too.',
    source: 'Orgvet',
  },
  user_cannot_sign_in: {
    status: 400,
    message: 'The user does not sign in by a password: {reason}.',
    meaning: 'The user is not active, is a service user, or signs in through a provider only.',
    source: 'Orgvet',
  },
  cross_site_request: {
    status: 403,
    message: "The request does not come from a page of this server's own.",
    meaning:
      "A browser that is signed in changes things, and signs in, only from this server's own pages: it says so in `Sec-Fetch-Site`, or in `Origin`. Requests with a key need neither. Behind a proxy that is not trusted set --public-url.",
    source: 'Orgvet',
  },
} as const satisfies Record<string, ErrorEntry>;
