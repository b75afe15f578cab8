/**
 * Signing in: sessions, links that sign in once, and what people prove with who they are. Of every secret
 * only a hash is kept, or what is sealed by a key that is not in the database.
 */
import type { Dialect } from '../dialects.ts';
import type { Migration } from '../migrations.ts';

export const signIn: Migration = {
  version: 7,
  name: 'sign-in',
  statements: ({ ddl }) => [...sessions(ddl), ...proofs(ddl), ...usersByName()],
};

const OF_USER = 'foreign key (account_id, user_id) references users (account_id, id)';

const sessions = ({ text, idColumn, accountKey }: Dialect['ddl']): string[] => [
  `create table sessions (
     account_id bigint not null,
     ${idColumn},
     user_id bigint not null,
     token_hash ${text} not null,
     stage ${text} not null check (stage in ('full', 'second_factor', 'enrolment')),
     method ${text} not null check (method in ('link', 'password', 'openid')),
     created_at ${text} not null,
     expires_at ${text} not null,
     last_seen_at ${text} not null,
     ip_address ${text} not null,
     user_agent ${text} not null,
     notes ${text} not null,
     ${accountKey},
     ${OF_USER})`,
  'create index sessions_by_user on sessions (account_id, user_id)',
  `create table sign_in_links (
     account_id bigint not null,
     ${idColumn},
     user_id bigint not null,
     token_hash ${text} not null,
     purpose ${text} not null check (purpose in ('sign_in', 'demo', 'enrolment')),
     created_at ${text} not null,
     expires_at ${text} not null,
     used_at ${text} not null,
     ${accountKey},
     ${OF_USER})`,
  'create index sign_in_links_by_user on sign_in_links (account_id, user_id)',
];

const proofs = ({ text, idColumn, accountKey }: Dialect['ddl']): string[] => [
  `create table user_passwords (
     account_id bigint not null,
     user_id bigint not null,
     salt ${text} not null,
     parameters ${text} not null,
     verifier_hash ${text} not null,
     changed_at ${text} not null,
     failed_attempts integer not null,
     locked_until ${text} not null,
     primary key (account_id, user_id),
     ${OF_USER})`,
  `create table user_totps (
     account_id bigint not null,
     user_id bigint not null,
     sealed_secret ${text} not null,
     confirmed_at ${text} not null,
     last_step bigint not null,
     primary key (account_id, user_id),
     ${OF_USER})`,
  `create table passkeys (
     account_id bigint not null,
     ${idColumn},
     user_id bigint not null,
     credential_id ${text} not null,
     public_key ${text} not null,
     counter bigint not null,
     transports ${text} not null,
     name ${text} not null,
     created_at ${text} not null,
     last_used_at ${text} not null,
     is_backed_up integer not null,
     ${accountKey},
     unique (account_id, credential_id),
     ${OF_USER})`,
  'create index passkeys_by_user on passkeys (account_id, user_id)',
  `create table user_identities (
     account_id bigint not null,
     issuer ${text} not null,
     subject ${text} not null,
     user_id bigint not null,
     linked_at ${text} not null,
     primary key (account_id, issuer, subject),
     ${OF_USER})`,
  'create index user_identities_by_user on user_identities (account_id, user_id)',
];

/**
 * Whoever signs in by name does not say of which account, in which alone a name is unique; nor whoever
 * gives an email address, which need not be unique at all.
 */
const usersByName = (): string[] => [
  'create index users_by_name_anywhere on users (username_folded, account_id)',
  'create index users_by_email_anywhere on users (email_folded, account_id)',
];
