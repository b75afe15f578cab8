/**
 * Brings a database to the schema that this program knows: forward only, in one transaction, so that a
 * crash leaves the old schema or the new. The transaction is also the lock: of two servers that start
 * at once the second waits at the row of the first migration, and then finds nothing to do.
 */
import { sql } from 'kysely';
import type { Handle, Store, Transaction } from './database.ts';
import type { Dialect } from './dialects.ts';
import { registry } from './migrations/0001-registry.ts';
import { severalServers } from './migrations/0002-several-servers.ts';
import { people } from './migrations/0003-people.ts';
import { contacts } from './migrations/0004-contacts.ts';
import { vetting } from './migrations/0005-vetting.ts';
import { auditLog } from './migrations/0006-audit-log.ts';
import { signIn } from './migrations/0007-sign-in.ts';
import { history } from './migrations/0008-history.ts';
import { backups } from './migrations/0009-backups.ts';
import { sortedLists } from './migrations/0010-sorted-lists.ts';
import { rawStatement, type Statement, statement } from './statement.ts';

/** One step of the schema. Once released it is never edited; a correction is a further step. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  statements(dialect: Dialect): string[];
}

export const MIGRATIONS: readonly Migration[] = [
  registry,
  severalServers,
  people,
  contacts,
  vetting,
  auditLog,
  signIn,
  history,
  backups,
  sortedLists,
];

/** The schema in the database is from a program newer than this one. */
export class NewerSchemaError extends Error {
  constructor(found: number, known: number) {
    super(
      `The database has schema version ${found}, but this program knows only ${known}. ` +
        'Run the newer program, or restore a backup made before it ran.',
    );
    this.name = 'NewerSchemaError';
  }
}

/**
 * Runs every migration that the database does not have yet.
 *
 * @param time now, as on the wire
 * @returns the version that the schema has now
 * @throws NewerSchemaError if the schema is ahead of this program; nothing is changed
 */
export async function migrate(
  store: Store,
  time: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number> {
  return await store.transaction(async (tx) => {
    await tx.run(fixedStatement(migrationTable(tx.dialect.ddl)), {});
    const found = await getSchemaVersion(tx);
    const known = migrations.at(-1)?.version ?? 0;
    if (found > known) {
      throw new NewerSchemaError(found, known);
    }
    for (const migration of migrations.filter(({ version }) => version > found)) {
      await runMigration(tx, migration, time);
    }
    return known;
  });
}

/** Whether a database has the schema that this program writes. @param version of `getSchemaVersion` */
export function isKnownSchema(version: number): boolean {
  return version === MIGRATIONS.at(-1)?.version;
}

/** The version of the newest migration that has run; 0 for an empty database. */
export async function getSchemaVersion(handle: Handle): Promise<number> {
  const row = await handle.first(selectVersion, {});
  return row?.version ?? 0;
}

async function runMigration(tx: Transaction, migration: Migration, time: string): Promise<void> {
  // First: another server that runs the same migration waits here, and is refused when this is done.
  await tx.run(insertMigration, {
    version: migration.version,
    name: migration.name,
    applied_at: time,
  });
  for (const text of migration.statements(tx.dialect)) {
    await tx.run(fixedStatement(text), {});
  }
}

const migrationTable = ({ text }: Dialect['ddl']) => `create table if not exists schema_migrations (
  version integer not null primary key, name ${text} not null, applied_at ${text} not null)`;

const selectVersion = statement<object, { version: number | null }>((db) =>
  db.selectFrom('schema_migrations').select((eb) => eb.fn.max('version').as('version')),
);

const insertMigration = statement<{ version: number; name: string; applied_at: string }, unknown>(
  (db, args) =>
    db.insertInto('schema_migrations').values({
      version: args.version,
      name: args.name,
      applied_at: args.applied_at,
    }),
);

/** A statement of fixed text, for the schema. */
function fixedStatement(text: string): Statement<object, unknown> {
  return rawStatement(() => sql.raw(text));
}
