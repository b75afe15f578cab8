/** Validations of organizations, and the verified contacts who approve for them. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { ValidationRow, VerifiedContactRoleRow, VerifiedContactRow } from './schema.ts';
import { statement } from './statement.ts';

export type NewValidation = Omit<Insertable<ValidationRow>, 'id'>;
export type StoredValidation = Selectable<ValidationRow>;
export type NewVerifiedContact = Omit<Insertable<VerifiedContactRow>, 'id'>;
export type StoredVerifiedContact = Selectable<VerifiedContactRow>;
export type StoredRole = Selectable<VerifiedContactRoleRow>;

export async function insertValidation(tx: Transaction, validation: NewValidation): Promise<void> {
  await tx.run(insertOne, validation);
}

/** @returns the id of the new verified contact */
export async function insertVerifiedContact(
  tx: Transaction,
  contact: NewVerifiedContact,
): Promise<number> {
  const row = await tx.first(insertContact, contact);
  if (row === undefined) {
    throw new Error('A verified contact was not inserted.');
  }
  return row.id;
}

export async function insertVerifiedContactRole(tx: Transaction, role: StoredRole): Promise<void> {
  await tx.run(insertRole, role);
}

/** The validations of some organizations, for each in the order they were asked for. */
export async function listValidations(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<StoredValidation[]> {
  return await handle.all(selectValidations, ofOrganizations(account_id, organization_ids));
}

/** The verified contacts of some organizations, oldest first. */
export async function listVerifiedContacts(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<StoredVerifiedContact[]> {
  return await handle.all(selectContacts, ofOrganizations(account_id, organization_ids));
}

/** The roles of the verified contacts of some organizations. */
export async function listVerifiedContactRoles(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<StoredRole[]> {
  return await handle.all(selectRoles, ofOrganizations(account_id, organization_ids));
}

/** Sends every completed validation of an organization back to pending. @returns how many */
export async function reopenValidations(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<number> {
  return await tx.change(reopen, { account_id, organization_id });
}

/** Deletes the validations and verified contacts of an organization. */
export async function deleteValidations(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  for (const deletion of [deleteRoles, deleteContacts, deleteAll]) {
    await tx.run(deletion, { account_id, organization_id });
  }
}

type OfOrganization = { account_id: number; organization_id: number };
type OfOrganizations = { account_id: number; organization_ids: string };

function ofOrganizations(account_id: number, ids: readonly number[]): OfOrganizations {
  return { account_id, organization_ids: JSON.stringify(ids) };
}

const insertOne = statement<NewValidation, unknown>((db, args) =>
  db.insertInto('validations').values({
    account_id: args.account_id,
    organization_id: args.organization_id,
    type: args.type,
    requested_at: args.requested_at,
    date_created: args.date_created,
    validated_until: args.validated_until,
  }),
);

const insertContact = statement<NewVerifiedContact, { id: number }>((db, args) =>
  db
    .insertInto('verified_contacts')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      user_id: args.user_id,
      first_name: args.first_name,
      last_name: args.last_name,
      job_title: args.job_title,
      telephone: args.telephone,
      telephone_extension: args.telephone_extension,
      email: args.email,
    })
    .returning('id'),
);

const insertRole = statement<StoredRole, unknown>((db, args) =>
  db.insertInto('verified_contact_roles').values({
    account_id: args.account_id,
    organization_id: args.organization_id,
    verified_contact_id: args.verified_contact_id,
    validation_type: args.validation_type,
    status: args.status,
  }),
);

const selectValidations = statement<OfOrganizations, StoredValidation>((db, args, dialect) =>
  db
    .selectFrom('validations')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('organization_id'), args.organization_ids, 'bigint'))
    .orderBy('id'),
);

const selectContacts = statement<OfOrganizations, StoredVerifiedContact>((db, args, dialect) =>
  db
    .selectFrom('verified_contacts')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('organization_id'), args.organization_ids, 'bigint'))
    .orderBy('id'),
);

const selectRoles = statement<OfOrganizations, StoredRole>((db, args, dialect) =>
  db
    .selectFrom('verified_contact_roles')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('organization_id'), args.organization_ids, 'bigint')),
);

const reopen = statement<OfOrganization, unknown>((db, args) =>
  db
    .updateTable('validations')
    .set({ date_created: '', validated_until: '' })
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .where('date_created', '<>', ''),
);

const deleteRoles = statement<OfOrganization, unknown>((db, args) =>
  db
    .deleteFrom('verified_contact_roles')
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id),
);

const deleteContacts = statement<OfOrganization, unknown>((db, args) =>
  db
    .deleteFrom('verified_contacts')
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id),
);

const deleteAll = statement<OfOrganization, unknown>((db, args) =>
  db
    .deleteFrom('validations')
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id),
);
