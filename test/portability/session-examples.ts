/** Statements that break the rules about sessions and servers, and neighbours of theirs that break none. */
import type { Examples } from './rule.ts';
import type { SESSION_RULES } from './session-rules.ts';

const KEY = 'primary key (account_id, id)';
const PLACE = 'account_id bigint not null, id bigint not null';

export const SESSION_EXAMPLES: Readonly<Record<keyof typeof SESSION_RULES, Examples>> = {
  'advisory-locks': {
    found: ['select pg_advisory_xact_lock(1)', 'select pg_catalog.pg_try_advisory_lock($1)'],
    passed: ['select version from schema_migrations for update'],
  },
  notifications: {
    found: ['listen events', 'unlisten *', "notify events, 'x'", "select pg_notify('events', '')"],
    passed: ['select id from events where account_id = $1 and id > $2'],
  },
  'table-locks': {
    found: ['lock table organizations in exclusive mode'],
    passed: ['select id from organizations where account_id = $1 for update'],
  },
  'session-settings': {
    found: [
      "set search_path = 'x'",
      'set local statement_timeout = 5',
      'reset all',
      'discard all',
      'set session characteristics as transaction read only',
      "select set_config('a.b', 'c', true)",
    ],
    passed: [
      'set transaction isolation level serializable',
      'begin isolation level serializable',
      "select current_setting('server_version_num')",
    ],
  },
  cursors: {
    found: [
      'declare rows cursor for select 1',
      'fetch 10 from rows',
      'close rows',
      'delete from containers where current of rows',
    ],
    passed: ['select id from containers order by id limit 10 offset 20'],
  },
  'two-phase-commits': {
    found: ["prepare transaction 'a'", "commit prepared 'a'", "rollback prepared 'a'"],
    passed: ['commit', 'rollback', 'savepoint a', 'rollback to savepoint a', 'release a'],
  },
  'temporary-tables': {
    found: ['create temporary table found (id bigint)', 'select 1 as id into temp found'],
    passed: ['with found as (select $1::bigint as id) select id from found'],
  },
  'unlogged-tables': {
    found: [`create unlogged table t (${PLACE}, ${KEY})`],
    passed: [`create table t (${PLACE}, ${KEY})`],
  },
  'materialized-views': {
    found: ['create materialized view v as select 1', 'refresh materialized view v'],
    passed: ['create view v as select 1 as one'],
  },
  triggers: {
    found: ['create trigger t after insert on events for each row execute function f()'],
    passed: ['insert into events (account_id, action) values ($1, $2)'],
  },
  'rewrite-rules': {
    found: ['create rule r as on insert to events do instead nothing'],
    passed: ['insert into events (account_id) values ($1) on conflict do nothing'],
  },
  'stored-code': {
    found: [
      "create function f() returns int language sql as 'select 1'",
      "create procedure p() language sql as 'select 1'",
      'call p()',
      'do $$ begin end $$',
    ],
    passed: ['select 1'],
  },
  extensions: {
    found: ['create extension if not exists pg_trgm'],
    passed: ['create index i on organization_name_index using gin (trigrams)'],
  },
  'large-objects': {
    found: ['select lo_create(0)', 'select loread(1, 2)'],
    passed: ["select encode($1::bytea, 'hex')"],
  },
  maintenance: {
    found: ['vacuum organizations', 'reindex table organizations', 'cluster', 'checkpoint'],
    passed: ['analyze organizations'],
  },
  'server-files': {
    found: ["copy events from '/tmp/events'", "copy events to program 'cat'"],
    passed: ['copy events (account_id, action) from stdin', 'copy (select 1) to stdout'],
  },
  'system-columns': {
    found: ['select xmin from containers', 'select c.ctid from containers c'],
    passed: ['select name from containers', 'select c.id from containers c'],
  },
};
