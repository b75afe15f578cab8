/** Organizations one at a time: insert, find, change, delete. Lists are in organization-list.ts. */
import type { Insertable, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { reserveId } from './ids.ts';
import { lookup } from './lookups.ts';
import { DOCUMENT } from './organization-selection.ts';
import type { OrganizationRow } from './schema.ts';
import { rawStatement, statement } from './statement.ts';

export type NewOrganization = Omit<Insertable<OrganizationRow>, 'id'>;
export type StoredOrganization = Selectable<OrganizationRow>;

/** The members of an organization that a change of its details replaces. */
export type ChangedDetails = Omit<
  NewOrganization,
  | 'account_id'
  | 'container_id'
  | 'is_active'
  | 'is_pending'
  | 'has_validations'
  | 'contact_document'
  | 'technical_contact_document'
  | 'assignments_document'
  | 'created_at'
>;

/**
 * Inserts an organization.
 *
 * @returns its id, or undefined if another that is no duplicate has the same fingerprint
 */
export async function insertOrganization(
  tx: Transaction,
  organization: NewOrganization,
): Promise<number | undefined> {
  const row = await tx.first(insert, organization);
  return row?.id;
}

/** Inserts an organization with the id that it has elsewhere; for demo data and copies. */
export async function insertOrganizationWithId(
  tx: Transaction,
  organization: NewOrganization & { id: number },
): Promise<void> {
  await tx.run(insertWithId, organization);
  await reserveId(tx, 'organizations', organization.id);
}

/**
 * The organization that others with the same fingerprint are duplicates of. It stays so until the
 * transaction ends: nobody else deletes or changes it meanwhile.
 */
export async function lockOrganizationByFingerprint(
  tx: Transaction,
  account_id: number,
  fingerprint: string,
): Promise<number | undefined> {
  const row = await tx.first(lockByFingerprint, { account_id, fingerprint });
  return row?.id;
}

/** An organization that is about to change. Nobody else changes it until the transaction ends. */
export async function lockOrganization(
  tx: Transaction,
  account_id: number,
  id: number,
): Promise<StoredOrganization | undefined> {
  return await tx.first(lockOne, { account_id, id });
}

/** Of some fingerprints those that organizations have that are no duplicates, with their ids. */
export async function listIdsByFingerprint(
  handle: Handle,
  account_id: number,
  fingerprints: readonly string[],
): Promise<{ id: number; fingerprint: string }[]> {
  const json = JSON.stringify(fingerprints);
  return await handle.all(selectByFingerprints, { account_id, fingerprints: json });
}

/** Whether there is such an organization. */
export async function hasOrganization(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<boolean> {
  return (await handle.first(selectId, { account_id, id })) !== undefined;
}

/** The country of an organization; undefined where there is no such organization. */
export async function findCountry(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<string | undefined> {
  return (await handle.first(selectCountry, { account_id, id }))?.country;
}

/** Whether an organization belongs or is assigned to one of some containers. */
export async function isOrganizationIn(
  handle: Handle,
  account_id: number,
  id: number,
  container_ids: readonly number[],
): Promise<boolean> {
  const visible = JSON.stringify(container_ids);
  return (await handle.first(selectInContainers, { account_id, id, visible })) !== undefined;
}

/** What an answer shows of one organization, except what depends on the moment. */
export interface OrganizationInfo {
  /** The answer's text up to its container, without the closing brace. */
  readonly document: string;
  /** The organization contact as JSON, or empty. */
  readonly contact_document: string;
  /** As `contact_document`, of the technical contact. */
  readonly technical_contact_document: string;
  readonly has_validations: number;
}

export async function findOrganizationInfo(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<OrganizationInfo | undefined> {
  return await handle.find(infoById, account_id, id);
}

/** Sets what is rendered of a new organization, once the ids that stand in it are known. */
export async function updateOrganizationDocuments(
  tx: Transaction,
  account_id: number,
  id: number,
  documents: { document: string; contact_document: string },
): Promise<void> {
  await tx.run(updateDocuments, { ...documents, account_id, id });
}

/** Sets how the contacts of an organization are rendered, after they have changed. */
export async function updateContactDocuments(
  tx: Transaction,
  account_id: number,
  id: number,
  documents: Pick<
    StoredOrganization,
    'contact_document' | 'technical_contact_document' | 'updated_at'
  >,
): Promise<void> {
  await tx.run(updateContacts, { ...documents, account_id, id });
}

export async function updateOrganizationDetails(
  tx: Transaction,
  account_id: number,
  id: number,
  details: ChangedDetails,
): Promise<void> {
  await tx.run(updateDetails, { ...details, account_id, id });
}

/** Sets the flags that an organization is counted by, with the document that shows them. */
export async function updateOrganizationFlags(
  tx: Transaction,
  account_id: number,
  id: number,
  flags: Pick<
    StoredOrganization,
    'is_active' | 'is_pending' | 'has_validations' | 'document' | 'updated_at'
  >,
): Promise<void> {
  await tx.run(updateFlags, { ...flags, account_id, id });
}

/**
 * After the organization that others duplicate has gone, or changed: makes the oldest of those others
 * the one that the rest duplicate.
 */
export async function promoteOldestDuplicate(
  tx: Transaction,
  account_id: number,
  fingerprint: string,
): Promise<void> {
  await tx.run(promoteDuplicate, { account_id, fingerprint });
}

/** Deletes the row. What belongs to it must have gone before. */
export async function deleteOrganizationRow(
  tx: Transaction,
  account_id: number,
  id: number,
): Promise<void> {
  await tx.run(deleteRow, { account_id, id });
}

function valuesOf(args: NewOrganization): NewOrganization {
  return {
    account_id: args.account_id,
    container_id: args.container_id,
    ...detailsOf(args),
    is_active: args.is_active,
    is_pending: args.is_pending,
    has_validations: args.has_validations,
    contact_document: args.contact_document,
    technical_contact_document: args.technical_contact_document,
    assignments_document: args.assignments_document,
    created_at: args.created_at,
  };
}

function detailsOf(args: ChangedDetails): ChangedDetails {
  return {
    name: args.name,
    assumed_name: args.assumed_name,
    address: args.address,
    address2: args.address2,
    city: args.city,
    state: args.state,
    state_name: args.state_name,
    zip: args.zip,
    country: args.country,
    telephone: args.telephone,
    name_folded: args.name_folded,
    address_folded: args.address_folded,
    city_folded: args.city_folded,
    state_folded: args.state_folded,
    zip_folded: args.zip_folded,
    telephone_folded: args.telephone_folded,
    fingerprint: args.fingerprint,
    is_duplicate: args.is_duplicate,
    document: args.document,
    updated_at: args.updated_at,
  };
}

const insert = statement<NewOrganization, { id: number }>((db, args) =>
  db
    .insertInto('organizations')
    .values(valuesOf(args))
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'fingerprint'])
        .where(sql<boolean>`is_duplicate = 0`)
        .doNothing(),
    )
    .returning('id'),
);

const insertWithId = statement<NewOrganization & { id: number }, unknown>((db, args) =>
  db.insertInto('organizations').values({ id: args.id, ...valuesOf(args) }),
);

const lockByFingerprint = statement<{ account_id: number; fingerprint: string }, { id: number }>(
  (db, args, dialect) =>
    db
      .selectFrom('organizations')
      .select('id')
      .where('account_id', '=', args.account_id)
      .where('fingerprint', '=', args.fingerprint)
      .where(sql<boolean>`is_duplicate = 0`)
      .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const selectByFingerprints = rawStatement<
  { account_id: number; fingerprints: string },
  { id: number; fingerprint: string }
>(({ account_id, fingerprints: json }, dialect) => {
  const { from, where } = dialect.organizationsBy('fingerprint', { account_id, json });
  return sql`select o.id, o.fingerprint from ${from} where ${where}`;
}, true);

type OneOrganization = { account_id: number; id: number };

const lockOne = statement<OneOrganization, StoredOrganization>((db, args, dialect) =>
  db
    .selectFrom('organizations')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id)
    .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const selectCountry = statement<OneOrganization, { country: string }>((db, args) =>
  db
    .selectFrom('organizations')
    .select('country')
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const selectId = statement<OneOrganization, { id: number }>((db, args) =>
  db
    .selectFrom('organizations')
    .select('id')
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const selectInContainers = statement<OneOrganization & { visible: string }, { id: number }>(
  (db, args, dialect) =>
    db
      .selectFrom('organizations as o')
      .select('o.id')
      .where('o.account_id', '=', args.account_id)
      .where('o.id', '=', args.id)
      .where((eb) =>
        eb.or([
          dialect.isIn(eb.ref('o.container_id'), args.visible, 'bigint'),
          eb.exists(
            eb
              .selectFrom('container_organizations as a')
              .select('a.organization_id')
              .where('a.account_id', '=', args.account_id)
              .where('a.organization_id', '=', args.id)
              .where(dialect.isIn(sql.ref('a.container_id'), args.visible, 'bigint')),
          ),
        ]),
      ),
);

const infoById = lookup<OrganizationInfo>((db, args) =>
  db
    .selectFrom('organizations as o')
    .select([
      DOCUMENT.as('document'),
      'o.contact_document',
      'o.technical_contact_document',
      'o.has_validations',
    ])
    .where('o.account_id', '=', args.account_id)
    .where('o.id', '=', args.id),
);

const updateDocuments = statement<
  OneOrganization & { document: string; contact_document: string },
  unknown
>((db, args) =>
  db
    .updateTable('organizations')
    .set({ document: args.document, contact_document: args.contact_document })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const updateContacts = statement<
  OneOrganization & Parameters<typeof updateContactDocuments>[3],
  unknown
>((db, args) =>
  db
    .updateTable('organizations')
    .set({
      contact_document: args.contact_document,
      technical_contact_document: args.technical_contact_document,
      updated_at: args.updated_at,
    })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const updateDetails = statement<ChangedDetails & OneOrganization, unknown>((db, args) =>
  db
    .updateTable('organizations')
    .set(detailsOf(args))
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const updateFlags = statement<
  OneOrganization & Parameters<typeof updateOrganizationFlags>[3],
  unknown
>((db, args) =>
  db
    .updateTable('organizations')
    .set({
      is_active: args.is_active,
      is_pending: args.is_pending,
      has_validations: args.has_validations,
      document: args.document,
      updated_at: args.updated_at,
    })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const promoteDuplicate = statement<{ account_id: number; fingerprint: string }, unknown>(
  (db, args) =>
    db
      .updateTable('organizations')
      .set({ is_duplicate: 0 })
      .where('account_id', '=', args.account_id)
      .where('id', '=', (eb) =>
        eb
          .selectFrom('organizations as d')
          .select((min) => min.fn.min('d.id').as('id'))
          .where('d.account_id', '=', args.account_id)
          .where('d.fingerprint', '=', args.fingerprint)
          .where(sql<boolean>`d.is_duplicate = 1`),
      ),
);

const deleteRow = statement<OneOrganization, unknown>((db, args) =>
  db
    .deleteFrom('organizations')
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);
