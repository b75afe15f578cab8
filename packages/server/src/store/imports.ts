/** Files that are imported: how far each is, and the rows that they bring, many at once. */
import type { Selectable } from 'kysely';
import { bulkInsert, insertRows } from './bulk.ts';
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

/** Sets how far an import is. */
export async function saveImport(tx: Transaction, state: StoredImport): Promise<void> {
  await tx.run(upsertImport, state);
}

/** Inserts organizations with their ids. @throws what the database says of a duplicate */
export async function insertImportedRows(
  tx: Transaction,
  organizations: readonly ImportedOrganization[],
): Promise<void> {
  await insertRows(tx, ORGANIZATIONS, organizations);
}

export async function insertImportedContacts(
  tx: Transaction,
  contacts: readonly ImportedContact[],
): Promise<void> {
  await insertRows(tx, CONTACTS, contacts);
}

export async function insertImportedEvents(
  tx: Transaction,
  events: readonly ImportedEvent[],
): Promise<void> {
  await insertRows(tx, EVENTS, events);
}

/** Puts names on the way into the search index. */
export async function queueImportedNames(
  tx: Transaction,
  account_id: number,
  organization_ids: readonly number[],
): Promise<void> {
  const rows = organization_ids.map((organization_id) => ({ account_id, organization_id }));
  await insertRows(tx, QUEUE, rows);
}

const ORGANIZATIONS = bulkInsert('organizations', {
  account_id: 'bigint',
  id: 'bigint',
  container_id: 'bigint',
  name: 'text',
  assumed_name: 'text',
  address: 'text',
  address2: 'text',
  city: 'text',
  state: 'text',
  state_name: 'text',
  zip: 'text',
  country: 'text',
  telephone: 'text',
  is_active: 'integer',
  is_pending: 'integer',
  has_validations: 'integer',
  name_folded: 'text',
  address_folded: 'text',
  city_folded: 'text',
  state_folded: 'text',
  zip_folded: 'text',
  telephone_folded: 'text',
  fingerprint: 'text',
  is_duplicate: 'integer',
  document: 'text',
  contact_document: 'text',
  assignments_document: 'text',
  created_at: 'text',
  updated_at: 'text',
});

const CONTACTS = bulkInsert('contacts', {
  account_id: 'bigint',
  id: 'bigint',
  organization_id: 'bigint',
  contact_type: 'text',
  first_name: 'text',
  last_name: 'text',
  email: 'text',
  job_title: 'text',
  telephone: 'text',
  telephone_extension: 'text',
  language_id: 'bigint',
});

const EVENTS = bulkInsert('events', {
  account_id: 'bigint',
  occurred_at: 'text',
  actor_user_id: 'bigint',
  api_key_id: 'bigint',
  ip_address: 'text',
  request_id: 'text',
  action: 'text',
  object_type: 'text',
  object_id: 'bigint',
  before: 'text',
  after: 'text',
});

const QUEUE = bulkInsert('organization_search_queue', {
  account_id: 'bigint',
  organization_id: 'bigint',
});

const selectImport = statement<{ account_id: number; digest: string }, StoredImport>((db, args) =>
  db
    .selectFrom('imports')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('digest', '=', args.digest),
);

const upsertImport = statement<StoredImport, unknown>((db, args) =>
  db
    .insertInto('imports')
    .values({
      account_id: args.account_id,
      digest: args.digest,
      file_name: args.file_name,
      lines_done: args.lines_done,
      created: args.created,
      duplicates: args.duplicates,
      refused: args.refused,
      started_at: args.started_at,
      finished_at: args.finished_at,
    })
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
