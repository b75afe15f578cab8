/** How the server stands that answers, and the registry behind it. */
import { type Static, Type } from 'typebox';
import { oneOf, optional, time } from './fields.ts';
import { RulePack } from './rule-pack.ts';

const waiting = (description: string) =>
  Type.Object({ waiting: Type.Integer({ minimum: 0, description }) });

/** By whom a backup was made. */
const BACKUP_MEANS = ['orgvet', 'other'] as const;
export type BackupMeans = (typeof BACKUP_MEANS)[number];

const Backup = Type.Object(
  {
    finished_at: time('When it was finished.'),
    means: oneOf(BACKUP_MEANS, 'Made by `orgvet backup`, or by other means that somebody noted.'),
    place: Type.String({ description: 'Where it is, as the server or somebody wrote it down.' }),
    size_bytes: optional(Type.Integer({ minimum: 0, description: 'Where Orgvet made it.' })),
  },
  { description: 'The last one that Orgvet knows of; absent where it knows of none.' },
);

export const SystemStatus = Type.Object({
  version: Type.String({ description: 'Of Orgvet.' }),
  node_version: Type.String({ description: 'Of Node.js.' }),
  started_at: time('When the server was started that answers; of several each has its own time.'),
  database: Type.Object({
    kind: oneOf(['sqlite', 'postgres'] as const, 'Which database.'),
    version: Type.String({ description: 'As the database says.' }),
    schema_version: Type.Integer({ minimum: 1, description: 'The newest migration that has run.' }),
    size_bytes: optional(
      Type.Integer({ minimum: 0, description: 'Of SQLite; PostgreSQL has its own means.' }),
    ),
  }),
  last_backup: optional(Backup),
  rules: Type.Array(
    Type.Object({
      kind: oneOf(['pack', 'policy'] as const, 'What it is.'),
      id: RulePack.properties.id,
      version: RulePack.properties.version,
      title: RulePack.properties.title,
    }),
    { description: 'What the server was started with.' },
  ),
  mail: waiting('Mails of all accounts that have not been sent yet.'),
  search_index: waiting(
    'Names that have not entered the search index yet; they are found all the same.',
  ),
  audit_log: waiting('Events of all accounts that have not been sealed yet.'),
});
export type SystemStatus = Static<typeof SystemStatus>;
