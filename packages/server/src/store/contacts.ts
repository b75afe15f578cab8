/** The organization and technical contact of organizations. */
import type { Insertable } from 'kysely';
import type { Transaction } from './database.ts';
import type { ContactRow } from './schema.ts';
import { statement } from './statement.ts';

export type NewContact = Omit<Insertable<ContactRow>, 'id'>;

/** @returns the id of the new contact */
export async function insertContact(tx: Transaction, contact: NewContact): Promise<number> {
  const row = await tx.first(insert, contact);
  if (row === undefined) {
    throw new Error('A contact was not inserted.');
  }
  return row.id;
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
      first_name: args.first_name,
      last_name: args.last_name,
      email: args.email,
      job_title: args.job_title,
      telephone: args.telephone,
      telephone_extension: args.telephone_extension,
      language_id: args.language_id,
    })
    .returning('id'),
);

type OfOrganization = { account_id: number; organization_id: number };

const deleteAll = statement<OfOrganization, unknown>((db, args) =>
  db
    .deleteFrom('contacts')
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id),
);
