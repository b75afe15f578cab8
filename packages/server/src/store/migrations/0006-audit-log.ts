/** The audit log: events are sealed, each with its place in the log of its account and its hash. */
import type { Migration } from '../migrations.ts';

export const auditLog: Migration = {
  version: 6,
  name: 'audit log',
  statements: ({ ddl: { text } }) => [
    'alter table events add column sequence bigint not null default 0',
    `alter table events add column hash ${text} not null default ''`,
    // Those that wait to be sealed: few, but after an import or the upgrade.
    'create index events_unsealed on events (account_id, id) where sequence = 0',
    // No two events have one place, whoever seals.
    'create unique index events_by_sequence on events (account_id, sequence) where sequence > 0',
  ],
};
