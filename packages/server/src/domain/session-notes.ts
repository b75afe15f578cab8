/**
 * What is noted in the row of a session while its user is on the way to sign in, or to change how to:
 * written as JSON. Nothing in it is of use without what is not in the database. Pure.
 */

export interface SessionNotes {
  /** What a passkey has to sign next, once. */
  readonly passkey_challenge?: string;
  /** The key of the authenticator app, sealed by the session's token: the password is gone by then. */
  readonly totp_secret?: string;
  /** The key of an app that is being set up, sealed by the password. */
  readonly new_totp_secret?: string;
  /** Wrong codes so far. */
  readonly wrong_codes?: number;
  /** Whether who enrols by a link has chosen the new password. */
  readonly has_new_password?: boolean;
}

/** @param text as `formatNotes` writes it; empty for none */
export function parseNotes(text: string): SessionNotes {
  return text === '' ? {} : (JSON.parse(text) as SessionNotes);
}

export function formatNotes(notes: SessionNotes): string {
  const text = JSON.stringify(notes);
  return text === '{}' ? '' : text;
}
