/**
 * What was done and what is to come: events are found by what they are about, and validations by when they
 * end, with counts of the ends.
 */
import type { Dialect } from '../dialects.ts';
import type { Migration } from '../migrations.ts';

export const history: Migration = {
  version: 8,
  name: 'history',
  statements: ({ ddl }) => [
    'create index events_by_object on events (account_id, object_type, object_id, id)',
    ...ends(ddl),
  ],
};

const ends = ({ text }: Dialect['ddl']): string[] => [
  `alter table validations add column ends_at ${text} not null default ''`,
  // Behind the time all that is asked of many: the rows themselves need not be looked at.
  `create index validations_ends on validations (account_id, ends_at, type, is_open, organization_id)
     where ends_at <> ''`,
  // Kept in step with every change, in slots as the counts of organizations are.
  `create table validation_end_counts (
     account_id bigint not null,
     month ${text} not null,
     type ${text} not null,
     is_open integer not null,
     slot integer not null,
     validations bigint not null,
     primary key (account_id, month, type, is_open, slot))`,
  // The background work tells the ends of those that are there.
  `update validations set due_rules = '' where date_created <> ''`,
];
