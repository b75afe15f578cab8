/** Who may see and do what: people and keys with all that is known of them, divisions, subaccounts. */
import type { Dialect } from '../dialects.ts';
import type { Migration } from '../migrations.ts';

export const people: Migration = {
  version: 3,
  name: 'people',
  statements: ({ ddl }) => [
    ...accountColumns(ddl),
    ...userColumns(ddl),
    ...keyColumns(ddl),
    ...tables(ddl),
  ],
};

const accountColumns = ({ text }: Dialect['ddl']): string[] => [
  `alter table accounts add column child_name ${text} not null default ''`,
  `alter table accounts add column allowed_grandchildren ${text} not null
     default '["retail","enterprise","reseller"]'`,
  'alter table accounts add column account_manager_user_id bigint not null default 0',
  'alter table accounts add column bill_parent integer not null default 0',
  'alter table accounts add column enforce_bill_parent integer not null default 0',
  'alter table accounts add column master_user_id bigint not null default 0',
  'alter table accounts add column has_ip_rules integer not null default 0',
  `update accounts set master_user_id = coalesce(
     (select min(u.id) from users as u where u.account_id = accounts.id), 0)`,
  'create index accounts_by_parent on accounts (parent_account_id, id)',
];

// Until now only programs made users, with names of plain letters: these are folded by `lower`.
const userColumns = ({ text }: Dialect['ddl']): string[] => [
  `alter table users add column is_api_only integer not null default 0`,
  `alter table users add column is_saml_sso_only integer not null default 0`,
  `alter table users add column has_container_assignments integer not null default 0`,
  `alter table users add column last_login_date ${text} not null default ''`,
  `alter table users add column username_folded ${text} not null default ''`,
  `alter table users add column first_name_folded ${text} not null default ''`,
  `alter table users add column last_name_folded ${text} not null default ''`,
  `alter table users add column email_folded ${text} not null default ''`,
  `update users set username_folded = lower(username), first_name_folded = lower(first_name),
     last_name_folded = lower(last_name), email_folded = lower(email)`,
  'create unique index users_by_username on users (account_id, username_folded)',
  // Of the few verified contacts who are users: whose user is deleted.
  `create index verified_contacts_by_user on verified_contacts (account_id, user_id)
     where user_id <> 0`,
];

const keyColumns = ({ text }: Dialect['ddl']): string[] => [
  `alter table api_keys add column last_used_date ${text} not null default ''`,
  'create index api_keys_by_user on api_keys (account_id, user_id, id)',
];

const tables = ({ text, idColumn, accountKey }: Dialect['ddl']): string[] => [
  `create table user_containers (
     account_id bigint not null,
     user_id bigint not null,
     container_id bigint not null,
     primary key (account_id, user_id, container_id),
     foreign key (account_id, user_id) references users (account_id, id),
     foreign key (account_id, container_id) references containers (account_id, id))`,
  'create index user_containers_by_container on user_containers (account_id, container_id, user_id)',
  `create table ip_rules (
     account_id bigint not null,
     ${idColumn},
     user_id bigint not null,
     api_key_id bigint not null,
     ip_address ${text} not null,
     ip_address_end ${text} not null,
     description ${text} not null,
     created_at ${text} not null,
     ${accountKey})`,
];
