/** The organization and technical contact of organizations. */
import type { Insertable, Selectable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { ContactRow } from './schema.ts';
import { statement } from './statement.ts';

export type NewContact = Omit<Insertable<ContactRow>, 'id'>;
/** A contact, without whose it is. */
export type StoredContact = Omit<Selectable<ContactRow>, 'account_id' | 'organization_id'>;
type Details = Omit<NewContact, 'account_id' | 'organization_id' | 'contact_type'>;

/** The contacts of an organization: the organization contact before the technical one. */
export async function listContacts(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<StoredContact[]> {
  return await handle.all(selectAll, { account_id, organization_id });
}

/** @returns the id of the new contact */
export async function insertContact(tx: Transaction, contact: NewContact): Promise<number> {
  const row = await tx.first(insert, contact);
  if (row === undefined) {
    throw new Error('A contact was not inserted.');
  }
  return row.id;
}

/** Changes a contact, which stays what it is: its type and its id do not change. */
export async function updateContact(
  tx: Transaction,
  account_id: number,
  id: number,
  details: Details,
): Promise<void> {
  await tx.run(update, { ...details, account_id, id });
}

export async function deleteContact(
  tx: Transaction,
  account_id: number,
  id: number,
): Promise<void> {
  await tx.run(deleteOne, { account_id, id });
}

export async function deleteContacts(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  await tx.run(deleteAll, { account_id, organization_id });
}

const insert = statement<NewContact, { id: number }>((db, args) =>
  db
    .insertInto('contacts')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      contact_type: args.contact_type,
      ...detailsOf(args),
    })
    .returning('id'),
);

function detailsOf(args: Details): Details {
  return {
    first_name: args.first_name,
    last_name: args.last_name,
    email: args.email,
    job_title: args.job_title,
    telephone: args.telephone,
    telephone_extension: args.telephone_extension,
    language_id: args.language_id,
  };
}

type OneContact = { account_id: number; id: number };

const update = statement<Details & OneContact, unknown>((db, args) =>
  db
    .updateTable('contacts')
    .set(detailsOf(args))
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const deleteOne = statement<OneContact, unknown>((db, args) =>
  db.deleteFrom('contacts').where('account_id', '=', args.account_id).where('id', '=', args.id),
);

type OfOrganization = { account_id: number; organization_id: number };

const selectAll = statement<OfOrganization, StoredContact>((db, args) =>
  db
    .selectFrom('contacts')
    .select([
      'id',
      'contact_type',
      'first_name',
      'last_name',
      'email',
      'job_title',
      'telephone',
      'telephone_extension',
      'language_id',
    ])
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .orderBy('contact_type'),
);

const deleteAll = statement<OfOrganization, unknown>((db, args) =>
  db
    .deleteFrom('contacts')
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id),
);
