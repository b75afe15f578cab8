/** What comes with an organization: its contact with the documents that show it, and who approves. */
import type { OrganizationContactRequest } from '@orgvet/contract';
import { renderContactDocument } from '../domain/organization-document.ts';
import type { PlannedContact } from '../domain/validation.ts';
import { insertContact } from '../store/contacts.ts';
import type { Transaction } from '../store/database.ts';
import { updateOrganizationDocuments } from '../store/organizations.ts';
import { insertVerifiedContact, insertVerifiedContactRole } from '../store/validations.ts';

/** Language of a contact for whom none is given: English. */
const LANGUAGE_ID_DEFAULT = 1;

/** An organization that has just been inserted, by its two ids. */
export interface NewOrganizationKey {
  readonly account_id: number;
  readonly organization_id: number;
}

/** The organization contact that a request gives, as it is kept. */
export function contactOf(sent: OrganizationContactRequest) {
  return {
    contact_type: 'organization_contact' as const,
    first_name: sent.first_name,
    last_name: sent.last_name,
    email: sent.email,
    job_title: sent.job_title ?? '',
    telephone: sent.telephone ?? '',
    telephone_extension: sent.telephone_extension ?? '',
    language_id: LANGUAGE_ID_DEFAULT,
  };
}

/**
 * Inserts the organization contact, and sets the documents of the organization, which hold ids that
 * were not known when it was inserted.
 */
export async function insertOrganizationContact(
  tx: Transaction,
  { account_id, organization_id }: NewOrganizationKey,
  sent: OrganizationContactRequest,
  document: string,
): Promise<void> {
  const contact = contactOf(sent);
  const id = await insertContact(tx, { account_id, organization_id, ...contact });
  const contact_document = renderContactDocument({ id, ...contact });
  await updateOrganizationDocuments(tx, account_id, organization_id, {
    document,
    contact_document,
  });
}

/** Inserts verified contacts with their roles, all of one status. */
export async function insertVerifiedContacts(
  tx: Transaction,
  organization: NewOrganizationKey,
  contacts: readonly PlannedContact[],
  status: 'pending' | 'active',
): Promise<void> {
  for (const { roles, ...person } of contacts) {
    const verified_contact_id = await insertVerifiedContact(tx, { ...organization, ...person });
    for (const validation_type of roles) {
      const role = { ...organization, verified_contact_id, validation_type, status };
      await insertVerifiedContactRole(tx, role);
    }
  }
}
