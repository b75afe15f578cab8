/** Verified contacts together with their roles: as they are kept, and as they are inserted. */
import type { PlannedContact } from '../domain/validation.ts';
import type { KeptRole } from '../domain/verified-contact-requests.ts';
import type { Handle, Transaction } from '../store/database.ts';
import {
  insertVerifiedContact,
  insertVerifiedContactRole,
  listVerifiedContactRoles,
  listVerifiedContacts,
  type StoredVerifiedContact,
  type VerifiedPerson,
} from '../store/verified-contacts.ts';

/** The organization that verified contacts approve for. */
export interface ApprovedOrganization {
  readonly account_id: number;
  readonly organization_id: number;
}

/** A verified contact with the roles that it has. */
export type ContactWithRoles = StoredVerifiedContact & { readonly roles: readonly KeptRole[] };

/** The verified contacts of some organizations with their roles, oldest first. */
export async function listContactsWithRoles(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<ContactWithRoles[]> {
  const contacts = await listVerifiedContacts(handle, account_id, organization_ids);
  const roles =
    contacts.length === 0
      ? []
      : await listVerifiedContactRoles(handle, account_id, organization_ids);
  const rolesByContact = Map.groupBy(roles, ({ verified_contact_id }) => verified_contact_id);
  return contacts.map((contact) => ({
    ...contact,
    roles: (rolesByContact.get(contact.id) ?? []).map(({ validation_type, status }) => ({
      role: validation_type,
      status,
    })),
  }));
}

/** Inserts a verified contact without roles. @returns its id */
export async function insertContact(
  tx: Transaction,
  { account_id, organization_id }: ApprovedOrganization,
  contact: PlannedContact,
): Promise<number> {
  const { user_id } = contact;
  const person = pickPerson(contact);
  return await insertVerifiedContact(tx, { account_id, organization_id, user_id, ...person });
}

/** Gives a verified contact roles that it does not have. */
export async function insertRoles(
  tx: Transaction,
  { account_id, organization_id }: ApprovedOrganization,
  verified_contact_id: number,
  roles: readonly KeptRole['role'][],
  status: KeptRole['status'],
): Promise<void> {
  for (const validation_type of roles) {
    await insertVerifiedContactRole(tx, {
      account_id,
      organization_id,
      verified_contact_id,
      validation_type,
      status,
    });
  }
}

/** Inserts verified contacts who have confirmed: nobody is asked. */
export async function insertConfirmedContacts(
  tx: Transaction,
  organization: ApprovedOrganization,
  contacts: readonly PlannedContact[],
): Promise<void> {
  for (const contact of contacts) {
    const id = await insertContact(tx, organization, contact);
    await insertRoles(tx, organization, id, contact.roles, 'active');
  }
}

/** What is known of a person, apart from what else a contact has. */
export function pickPerson(contact: VerifiedPerson): VerifiedPerson {
  const { first_name, last_name, job_title, telephone, telephone_extension, email } = contact;
  const { language_id } = contact;
  return {
    first_name,
    last_name,
    job_title,
    telephone,
    telephone_extension,
    email,
    language_id,
  };
}
