/** Statements that break the rules about the tenant, and neighbours of theirs that break none. */
import type { Examples } from './rule.ts';
import type { TENANT_RULES } from './tenant-rules.ts';

const KEY = 'primary key (account_id, id)';
const PLACE = 'account_id bigint not null, id bigint not null';

export const TENANT_EXAMPLES: Readonly<Record<keyof typeof TENANT_RULES, Examples>> = {
  'keys-without-account': {
    found: [
      `create table t (${PLACE}, primary key (id))`,
      'create table t (account_id bigint, id bigint primary key)',
      'create table t (account_id bigint, name text unique)',
      'create table accounts (id bigint primary key, name text unique)',
      'alter table api_keys add constraint one_hash unique (secret_hash)',
      'create unique index i on api_keys (secret_hash)',
      'create unique index i on api_keys ((account_id + 1))',
    ],
    passed: [
      `create table t (${PLACE}, ${KEY}, unique (id, account_id))`,
      'create table t (account_id bigint primary key)',
      'create table accounts (id bigint primary key, name text)',
      'create table if not exists schema_migrations (version integer not null primary key)',
      'create unique index i on api_keys (secret_hash, account_id)',
      'create index i on api_keys (secret_hash)',
    ],
  },
  'references-without-account': {
    found: [
      'alter table users add foreign key (container_id) references containers (id)',
      'alter table users add foreign key (account_id, container_id) references containers',
      'alter table users add foreign key (account_id, container_id) references c (id, account_id)',
      'create table t (account_id bigint, user_id bigint references users (id))',
      'alter table accounts add foreign key (parent_account_id) references accounts (id)',
    ],
    passed: [
      'alter table users add foreign key (account_id, container_id) references c (account_id, id)',
      'create table t (account_id bigint references accounts (id), name text)',
      'create table t (account_id bigint, v integer references schema_migrations (version))',
    ],
  },
  'references-set-to-null': {
    found: [
      'alter table t add foreign key (account_id, a) references b (account_id, id) ' +
        'on delete set null',
    ],
    passed: [
      'alter table t add foreign key (account_id, a) references b (account_id, id) ' +
        'on delete cascade',
    ],
  },
  'joined-changes-without-account': {
    found: [
      'update users u set status = $1 from containers c where c.id = u.container_id',
      'update users u set status = $1 from containers c ' +
        'where c.id = u.container_id and u.account_id = $2',
      'delete from users using containers c where c.id = container_id and account_id = $1',
      'delete from users u using containers c join accounts a on a.id = $1 ' +
        'where c.id = u.container_id and u.account_id = a.id',
    ],
    passed: [
      'update users u set status = $1 from containers c ' +
        'where c.id = u.container_id and c.account_id = u.account_id and u.account_id = $2',
      'delete from users u using containers c ' +
        'where (c.account_id, c.id) = (u.account_id, u.container_id)',
      'with c as (select $1::bigint as id) ' +
        'delete from users u using c where u.account_id = $2 and u.container_id = c.id',
      'delete from users u using containers c join accounts a on a.id = c.account_id ' +
        'where c.id = u.container_id and u.account_id = a.id',
      'update users set status = $1',
    ],
  },
  'row-locks-without-account': {
    found: [
      'select account_id, organization_id from organization_search_queue for update skip locked',
      'select u.id from users u join containers c on c.account_id = u.account_id for update',
      'select id from users where account_id = $1 or id = $2 for update',
    ],
    passed: [
      'select organization_id from organization_search_queue where account_id = $1 for update',
      'select u.id from users u join containers c on c.account_id = u.account_id ' +
        'where $1 = u.account_id for update of u',
      'select id from accounts where id = $1 for update',
      'select version from schema_migrations for update',
      'select account_id, organization_id from organization_search_queue',
    ],
  },
  'inserts-without-account': {
    found: ['insert into users (username) values ($1)'],
    passed: [
      'insert into users (account_id, username) select $1, unnest($2::text[])',
      'insert into accounts (name) values ($1) returning id',
      'insert into schema_migrations (version) values ($1)',
    ],
  },
  'moves-between-accounts': {
    found: [
      'update users set account_id = $1 where account_id = $2',
      'insert into users (account_id, id) values ($1, $2) ' +
        'on conflict (account_id, id) do update set account_id = $1',
      'update accounts set id = $1',
    ],
    passed: [
      'update users set container_id = $1 where account_id = $2',
      'insert into organization_counts (account_id, organizations) values ($1, $2) ' +
        'on conflict (account_id) do update set organizations = ' +
        'organization_counts.organizations + excluded.organizations',
    ],
  },
  'volatile-changes': {
    found: [
      'update users set id = nextval($1) where account_id = $2',
      'delete from users where account_id = $1 and random() < 0.5',
      'insert into users (account_id) values ($1) ' +
        'on conflict (account_id) do update set created_at = clock_timestamp()',
    ],
    passed: [
      'update users set created_at = now() where account_id = $1',
      'insert into users (account_id, id) values ($1, nextval($2))',
    ],
  },
  'subqueries-in-values': {
    found: ['insert into users (account_id, id) values ($1, (select max(id) from users))'],
    passed: ['insert into users (account_id, id) select $1, max(id) from users'],
  },
};
