/**
 * What several servers on one database need: counts that do not queue up, and leases; and how far whole
 * registries and files have been brought in.
 */
import type { Dialect } from '../dialects.ts';
import type { Migration } from '../migrations.ts';

export const severalServers: Migration = {
  version: 2,
  name: 'several-servers',
  statements: ({ ddl }) => [...countsInSlots, leases(ddl), copies(ddl), imports(ddl)],
};

/** Made anew beside the old one: SQLite cannot change a primary key. */
const countsInSlots = [
  `create table organization_counts_in_slots (
     account_id bigint not null,
     container_id bigint not null,
     is_active integer not null,
     is_pending integer not null,
     slot integer not null,
     organizations bigint not null,
     primary key (account_id, container_id, is_active, is_pending, slot))`,
  `insert into organization_counts_in_slots
     (account_id, container_id, is_active, is_pending, slot, organizations)
     select account_id, container_id, is_active, is_pending, 0, organizations
     from organization_counts`,
  'drop table organization_counts',
  'alter table organization_counts_in_slots rename to organization_counts',
];

const leases = ({ text }: Dialect['ddl']) =>
  `create table leases (
     name ${text} not null primary key,
     holder ${text} not null,
     expires_at_ms bigint not null)`;

// One row at most: a registry is copied into a database that is empty.
const copies = ({ text }: Dialect['ddl']) =>
  `create table copies (
     source ${text} not null primary key,
     started_at ${text} not null,
     finished_at ${text} not null)`;

// A file is known by what it holds, so that one that was interrupted goes on where it was.
const imports = ({ text }: Dialect['ddl']) =>
  `create table imports (
     account_id bigint not null,
     digest ${text} not null,
     file_name ${text} not null,
     lines_done bigint not null,
     created bigint not null,
     duplicates bigint not null,
     refused bigint not null,
     started_at ${text} not null,
     finished_at ${text} not null,
     primary key (account_id, digest))`;
