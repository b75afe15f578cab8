/** What the database is, and how much of all accounts waits to be done; for the server, not an account. */
import { sql } from 'kysely';
import type { Handle } from './database.ts';
import { rawStatement, statement } from './statement.ts';

/** A database as it tells of itself. */
interface DatabaseFacts {
  readonly kind: Handle['dialect']['name'];
  readonly version: string;
  /** Where it is told. */
  readonly size_bytes?: number;
}

export async function readDatabaseFacts(handle: Handle): Promise<DatabaseFacts> {
  const { name: kind, engine } = handle.dialect;
  const version = (await handle.first(selectVersion, {}))?.version ?? '';
  const size = engine.size === undefined ? undefined : await handle.first(selectSize, {});
  return { kind, version, ...(size && { size_bytes: size.size_bytes }) };
}

/** What waits: mails, names for the search index, and events for the audit log. */
export interface Backlog {
  readonly mails: number;
  readonly names: number;
  readonly events: number;
}

export async function countBacklog(handle: Handle): Promise<Backlog> {
  const [mails, names, events] = [countMails, countNames, countEvents].map(
    async (count) => (await handle.first(count, {}))?.waiting ?? 0,
  );
  return { mails: (await mails) ?? 0, names: (await names) ?? 0, events: (await events) ?? 0 };
}

const selectVersion = rawStatement<object, { version: string }>((_, { engine }) => engine.version);

const selectSize = rawStatement<object, { size_bytes: number }>(
  (_, { engine }) => engine.size ?? sql`select 0 as size_bytes`,
);

// The words that tell what waits are literals: only then can the planner use the partial indexes.
const countMails = statement<object, { waiting: number }>((db) =>
  db
    .selectFrom('mails')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where('status', '=', sql.lit('queued' as const)),
);

const countNames = statement<object, { waiting: number }>((db) =>
  db.selectFrom('organization_search_queue').select((eb) => eb.fn.countAll<number>().as('waiting')),
);

const countEvents = statement<object, { waiting: number }>((db) =>
  db
    .selectFrom('events')
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where('sequence', '=', sql.lit(0)),
);
