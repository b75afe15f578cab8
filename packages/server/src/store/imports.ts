/** Files that are imported: how far each is, and the rows that they bring, many at once. */
import type { Selectable } from 'kysely';
import { bulkInsert } from './bulk.ts';
import type { Handle, Transaction } from './database.ts';
import type { ContactRow, EventRow, ImportRow, OrganizationRow } from './schema.ts';
import { statement } from './statement.ts';
import { TABLES } from './tables.ts';

export type StoredImport = Selectable<ImportRow>;
export type ImportedOrganization = Selectable<OrganizationRow>;
export type ImportedContact = Selectable<ContactRow>;
type ImportedEvent = Omit<Selectable<EventRow>, 'id' | 'sequence' | 'hash'>;

export async function findImport(
  handle: Handle,
  account_id: number,
  digest: string,
): Promise<StoredImport | undefined> {
  return await handle.first(selectImport, { account_id, digest });
}

/** Sets how far an import is, whatever it was. */
export async function saveImport(tx: Transaction, state: StoredImport): Promise<void> {
  await tx.run(upsertImport, state);
}

/**
 * Sets how far an import is, if nobody else has moved it on meanwhile; whoever is about to is waited for.
 *
 * @param lines_before where the import was
 * @returns whether it was there
 */
export async function advanceImport(
  tx: Transaction,
  state: StoredImport,
  lines_before: number,
): Promise<boolean> {
  // An update alone would not wait where it sees another number than it asks for.
  const known = await tx.first(lockImport, state);
  if (known === undefined) {
    return lines_before === 0 && (await tx.change(insertImport, state)) === 1;
  }
  return known.lines_done === lines_before && (await tx.change(moveImport, state)) === 1;
}

/** How organizations with their ids are inserted. */
export const IMPORTED_ORGANIZATIONS = bulkInsert<ImportedOrganization>(
  'organizations',
  TABLES.organizations.columns,
);

export const IMPORTED_CONTACTS = bulkInsert<ImportedContact>('contacts', TABLES.contacts.columns);

export const IMPORTED_EVENTS = bulkInsert<ImportedEvent>(
  'events',
  // The database gives an event its id, and sealing it the rest.
  TABLES.events.columns.filter(
    (column) => column !== 'id' && column !== 'sequence' && column !== 'hash',
  ),
);

/** Names on their way into the search index. */
export const IMPORTED_NAMES = bulkInsert<{ account_id: number; organization_id: number }>(
  'organization_search_queue',
  ['account_id', 'organization_id'],
);

const selectImport = statement<{ account_id: number; digest: string }, StoredImport>((db, args) =>
  db
    .selectFrom('imports')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('digest', '=', args.digest),
);

const lockImport = statement<StoredImport, Pick<StoredImport, 'lines_done'>>((db, args, dialect) =>
  db
    .selectFrom('imports')
    .select('lines_done')
    .where('account_id', '=', args.account_id)
    .where('digest', '=', args.digest)
    .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const moveImport = statement<StoredImport, unknown>((db, args) =>
  db
    .updateTable('imports')
    .set({
      lines_done: args.lines_done,
      created: args.created,
      duplicates: args.duplicates,
      refused: args.refused,
    })
    .where('account_id', '=', args.account_id)
    .where('digest', '=', args.digest),
);

const insertImport = statement<StoredImport, unknown>((db, args) =>
  db
    .insertInto('imports')
    .values(importOf(args))
    .onConflict((conflict) => conflict.columns(['account_id', 'digest']).doNothing()),
);

function importOf(args: StoredImport): StoredImport {
  return {
    account_id: args.account_id,
    digest: args.digest,
    file_name: args.file_name,
    lines_done: args.lines_done,
    created: args.created,
    duplicates: args.duplicates,
    refused: args.refused,
    started_at: args.started_at,
    finished_at: args.finished_at,
  };
}

const upsertImport = statement<StoredImport, unknown>((db, args) =>
  db
    .insertInto('imports')
    .values(importOf(args))
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'digest']).doUpdateSet({
        lines_done: args.lines_done,
        created: args.created,
        duplicates: args.duplicates,
        refused: args.refused,
        finished_at: args.finished_at,
      }),
    ),
);
