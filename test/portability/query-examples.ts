/** Statements that break the rules about queries and changes, and neighbours of theirs that break none. */

import type { QUERY_RULES } from './query-rules.ts';
import type { Examples } from './rule.ts';

const KEY = 'primary key (account_id, id)';
const PLACE = 'account_id bigint not null, id bigint not null';

export const QUERY_EXAMPLES: Readonly<Record<keyof typeof QUERY_RULES, Examples>> = {
  merge: {
    found: [
      'merge into containers c using organizations o on c.account_id = o.account_id ' +
        'when matched then delete',
    ],
    passed: ['insert into containers (account_id) values ($1) on conflict (account_id) do nothing'],
  },
  'changes-in-with': {
    found: [
      'with gone as (delete from containers where account_id = $1 returning id) select id from gone',
    ],
    passed: ['with old as (select id from containers) select id from old'],
  },
  'named-conflicts': {
    found: ['insert into users (account_id) values ($1) on conflict on constraint u do nothing'],
    passed: [
      'insert into organizations (account_id, fingerprint) values ($1, $2) ' +
        'on conflict (account_id, fingerprint) where is_duplicate = 0 do nothing returning id',
    ],
  },
  'shared-row-locks': {
    found: [
      'select id from users where account_id = $1 for share',
      'select id from users where account_id = $1 for key share',
    ],
    passed: [
      'select id from users u where account_id = $1 for update of u skip locked',
      'select id from users where account_id = $1 for no key update nowait',
    ],
  },
  'grouping-sets': {
    found: ['select account_id, count(*) from users group by rollup (account_id)'],
    passed: ['select account_id, count(*) from users group by account_id'],
  },
  'table-samples': {
    found: ['select id from users tablesample system (1)'],
    passed: ['select id from users order by random() limit 1'],
  },
  'variadic-calls': {
    found: ['select concat(variadic $1::text[])'],
    passed: ["select array_to_string($1::text[], '')"],
  },
  division: {
    found: ['select organizations / 2 from organization_counts'],
    passed: ['select div(organizations, 2), organizations % 2 from organization_counts'],
  },
  'regular-expressions': {
    found: [
      "select name ~ '^a' from users",
      "select name !~* '^a' from users",
      "select name similar to 'a%' from users",
      "select regexp_replace(name, 'a', 'b') from users",
    ],
    passed: ["select name like 'a%' from users", "select strpos(name, 'a') > 0 from users"],
  },
  'array-overlaps': {
    found: [
      'select organization_id from organization_name_index where trigrams && $1',
      'select organization_id from organization_name_index where trigrams <@ $1',
    ],
    passed: ['select organization_id from organization_name_index where trigrams @> $1'],
  },
  'newer-syntax': {
    found: [
      'update users set status = $1 where account_id = $2 returning old.status',
      'update users set status = $1 where account_id = $2 returning with (old as o) o.status',
      'select id from users order by name fetch first 3 rows with ties',
      'select $1 is json',
      "select json_exists($1, '$')",
      "select jt.id from json_table($1, '$[*]' columns (id bigint)) jt",
      'with recursive c as (select 1 as id union all select id + 1 from c) ' +
        'search depth first by id set place select id from c',
      `create table t (${PLACE}, ${KEY}, check (id > 0) not enforced)`,
    ],
    passed: [
      'update users u set status = $1 where account_id = $2 returning u.status',
      'select id from users order by name fetch first 3 rows only',
      'with recursive c as (select 1 as id union all select id + 1 from c) select id from c',
      'with old as (select 1 as id) select old.id from old',
    ],
  },
  'unchecked-functions': {
    found: ['select hashtext($1)', 'select other.strpos($1, $2)', 'select sha256($1)'],
    passed: ['select strpos($1, $2), pg_catalog.length($1), coalesce($1, $2), greatest(1, 2)'],
  },
};
