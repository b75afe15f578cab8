/** Files that are imported: how far each is, and the rows that they bring, many at once. */
import type { Selectable } from 'kysely';
import { bulkInsert } from './bulk.ts';
import type { Handle, Transaction } from './database.ts';
import type { ContactRow, EventRow, ImportRow, OrganizationRow } from './schema.ts';
import { statement } from './statement.ts';

export type StoredImport = Selectable<ImportRow>;
export type ImportedOrganization = Selectable<OrganizationRow>;
export type ImportedContact = Selectable<ContactRow>;
type ImportedEvent = Omit<Selectable<EventRow>, 'id'>;

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
 * Sets how far an import is, if nobody else has moved it on meanwhile.
 *
 * @param lines_before where the import was
 * @returns whether it was there
 */
export async function advanceImport(
  tx: Transaction,
  state: StoredImport,
  lines_before: number,
): Promise<boolean> {
  const moved = await tx.change(moveImport, { ...state, lines_before });
  return moved === 1 || (lines_before === 0 && (await tx.change(insertImport, state)) === 1);
}

/** How organizations with their ids are inserted. */
export const IMPORTED_ORGANIZATIONS = bulkInsert<ImportedOrganization>('organizations', [
  'account_id',
  'id',
  'container_id',
  'name',
  'assumed_name',
  'address',
  'address2',
  'city',
  'state',
  'state_name',
  'zip',
  'country',
  'telephone',
  'is_active',
  'is_pending',
  'has_validations',
  'name_folded',
  'address_folded',
  'city_folded',
  'state_folded',
  'zip_folded',
  'telephone_folded',
  'fingerprint',
  'is_duplicate',
  'document',
  'contact_document',
  'assignments_document',
  'created_at',
  'updated_at',
]);

export const IMPORTED_CONTACTS = bulkInsert<ImportedContact>('contacts', [
  'account_id',
  'id',
  'organization_id',
  'contact_type',
  'first_name',
  'last_name',
  'email',
  'job_title',
  'telephone',
  'telephone_extension',
  'language_id',
]);

export const IMPORTED_EVENTS = bulkInsert<ImportedEvent>('events', [
  'account_id',
  'occurred_at',
  'actor_user_id',
  'api_key_id',
  'ip_address',
  'request_id',
  'action',
  'object_type',
  'object_id',
  'before',
  'after',
]);

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

const moveImport = statement<StoredImport & { lines_before: number }, unknown>((db, args) =>
  db
    .updateTable('imports')
    .set({
      lines_done: args.lines_done,
      created: args.created,
      duplicates: args.duplicates,
      refused: args.refused,
    })
    .where('account_id', '=', args.account_id)
    .where('digest', '=', args.digest)
    .where('lines_done', '=', args.lines_before),
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
