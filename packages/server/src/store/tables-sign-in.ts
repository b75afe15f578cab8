/** The tables of signing in, for what moves a registry as a whole; see tables.ts. */
import type { Schema } from './schema.ts';

type Columns<Name extends keyof Schema> = readonly (keyof Schema[Name])[];

export const SIGN_IN_TABLES = {
  user_passwords: {
    key: ['account_id', 'user_id'],
    columns: [
      'account_id',
      'user_id',
      'salt',
      'parameters',
      'verifier_hash',
      'changed_at',
      'failed_attempts',
      'locked_until',
    ],
  },
  user_totps: {
    key: ['account_id', 'user_id'],
    columns: ['account_id', 'user_id', 'sealed_secret', 'confirmed_at', 'last_step'],
  },
  passkeys: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'user_id',
      'credential_id',
      'public_key',
      'counter',
      'transports',
      'name',
      'created_at',
      'last_used_at',
      'is_backed_up',
    ],
  },
  user_identities: {
    key: ['account_id', 'issuer', 'subject'],
    columns: ['account_id', 'issuer', 'subject', 'user_id', 'linked_at'],
  },
} as const satisfies {
  [Name in keyof Schema]?: { key: Columns<Name>; columns: Columns<Name>; rows_at_once?: number };
};
