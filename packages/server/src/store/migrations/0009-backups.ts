/** When backups of this registry were made, and where they are. */
import type { Migration } from '../migrations.ts';

export const backups: Migration = {
  version: 9,
  name: 'backups',
  statements: ({ ddl: { text } }) => [
    `create table backups (
       finished_ms bigint not null,
       place ${text} not null,
       means ${text} not null,
       size_bytes bigint not null,
       primary key (finished_ms, place))`,
  ],
};
