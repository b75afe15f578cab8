/** The tables of signing in as Kysely sees them; see schema.ts for what holds for all. */
import type { Generated } from 'kysely';

/** Somebody who is signed in, or on the way there. Its times are the server's, never an account's. */
export interface SessionRow {
  account_id: number;
  id: Generated<number>;
  user_id: number;
  token_hash: string;
  stage: 'full' | 'second_factor' | 'enrolment';
  method: 'link' | 'password' | 'openid';
  created_at: string;
  /** It ends then at the latest. */
  expires_at: string;
  /** Written now and then, see operations/key-usage.ts. */
  last_seen_at: string;
  ip_address: string;
  user_agent: string;
  /** What its user is in the middle of, see domain/session-notes.ts; mostly empty. */
  notes: string;
}

/** A link that signs in once; the token in it is kept nowhere, only its hash. */
export interface SignInLinkRow {
  account_id: number;
  id: Generated<number>;
  user_id: number;
  token_hash: string;
  purpose: 'sign_in' | 'demo' | 'enrolment';
  created_at: string;
  expires_at: string;
  /** Empty until then. */
  used_at: string;
}

export interface UserPasswordRow {
  account_id: number;
  user_id: number;
  salt: string;
  /** What the verifier was derived with. */
  parameters: string;
  verifier_hash: string;
  changed_at: string;
  /** In a row, since the last that was right. */
  failed_attempts: number;
  /** Empty where it is not locked. */
  locked_until: string;
}

export interface UserTotpRow {
  account_id: number;
  user_id: number;
  /** In base64url; sealed by the password. */
  sealed_secret: string;
  /** When a first code has shown that the app has the secret. */
  confirmed_at: string;
  /** The latest step whose code was taken: none is taken twice. */
  last_step: number;
}

export interface PasskeyRow {
  account_id: number;
  id: Generated<number>;
  user_id: number;
  credential_id: string;
  public_key: string;
  counter: number;
  /** A JSON array. */
  transports: string;
  name: string;
  created_at: string;
  /** Empty before the first use. */
  last_used_at: string;
  is_backed_up: number;
}

/** Whom an OpenID provider knows as which user. */
export interface UserIdentityRow {
  account_id: number;
  issuer: string;
  subject: string;
  user_id: number;
  linked_at: string;
}
