/** What comes with an organization: its contact, with the documents that show it. */
import type { ContactDetails } from '../domain/contacts.ts';
import { renderContactDocument } from '../domain/organization-document.ts';
import { insertContact } from '../store/contacts.ts';
import type { Transaction } from '../store/database.ts';
import { updateOrganizationDocuments } from '../store/organizations.ts';

/** An organization that has just been inserted, by its two ids. */
interface NewOrganizationKey {
  readonly account_id: number;
  readonly organization_id: number;
}

/**
 * Inserts the organization contact, and sets the documents of the organization, which hold ids that
 * were not known when it was inserted.
 */
export async function insertOrganizationContact(
  tx: Transaction,
  { account_id, organization_id }: NewOrganizationKey,
  contact: ContactDetails,
  document: string,
): Promise<void> {
  const id = await insertContact(tx, { account_id, organization_id, ...contact });
  const contact_document = renderContactDocument({ id, ...contact });
  await updateOrganizationDocuments(tx, account_id, organization_id, {
    document,
    contact_document,
  });
}
