/**
 * Asking the people whom a request names as verified contacts: each gets a confirmation to answer and a
 * mail that asks for it. What they answer is in confirmations.ts.
 */
import type { ValidationTypeName } from '@orgvet/contract';
import { confirmationStatusAt, expiryFrom, isCovered } from '../domain/confirmation.ts';
import type { PlannedContact } from '../domain/validation.ts';
import { keyOfPerson, type PlannedAsk, planAsks } from '../domain/verified-contact-requests.ts';
import {
  insertApprovalRequest,
  insertConfirmation,
  listConfirmations,
  type StoredConfirmation,
  updateExpiry,
} from '../store/confirmations.ts';
import type { Transaction } from '../store/database.ts';
import { lockOrganization } from '../store/organizations.ts';
import {
  updateRoles,
  updateVerifiedPerson,
  type VerifiedPerson,
} from '../store/verified-contacts.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { cancelMails, queueMail } from './mail-outbox.ts';
import {
  type ApprovedOrganization,
  type ContactWithRoles,
  insertContact,
  insertRoles,
  listContactsWithRoles,
  pickPerson,
} from './verified-contact-parts.ts';

/** A confirmation with its types read. */
export type AskedConfirmation = Omit<StoredConfirmation, 'validation_types'> & {
  readonly validation_types: readonly ValidationTypeName[];
};

/**
 * Makes each of some people a verified contact of the organization, unless they are one already, and
 * asks those who have not confirmed all that they are named for. Locks the organization: two who name
 * the same person at once make one contact.
 *
 * @returns the ids of the verified contacts, in the order of the plan
 */
export async function askVerifiedContacts(
  tx: Transaction,
  context: Context,
  organization_id: number,
  contacts: readonly PlannedContact[],
): Promise<number[]> {
  if (contacts.length === 0) {
    return [];
  }
  const { account_id } = context.principal;
  if ((await lockOrganization(tx, account_id, organization_id)) === undefined) {
    refuseAsNotFound('organization');
  }
  const organization = { account_id, organization_id };
  const known = await listContactsWithRoles(tx, account_id, [organization_id]);
  const asked: AskedContact[] = [];
  const ids = new Map<string, number>();
  for (const ask of planAsks(known, contacts)) {
    const { contact, asked_types: validation_types } = ask;
    const id = await keepContact(tx, context, organization, ask);
    ids.set(keyOfPerson(contact), id);
    if (validation_types.length > 0) {
      asked.push({ id, ...pickPerson(contact), user_id: contact.user_id, validation_types });
    }
  }
  await requestApproval(tx, context, organization_id, asked);
  return contacts.flatMap((contact) => ids.get(keyOfPerson(contact)) ?? []);
}

/** A contact who is to confirm something. */
interface AskedContact extends VerifiedPerson {
  readonly id: number;
  readonly user_id: number;
  readonly validation_types: readonly ValidationTypeName[];
}

/** Asks contacts together: the first of them who confirms is enough. Nothing is asked of nobody. */
export async function requestApproval(
  tx: Transaction,
  context: Context,
  organization_id: number,
  contacts: readonly AskedContact[],
): Promise<void> {
  if (contacts.length === 0) {
    return;
  }
  const { account_id, user_id: requested_by_user_id } = context.principal;
  const requested_at = timeOf(context);
  const earlier = await listAskedConfirmations(tx, account_id, organization_id);
  const approval_request_id = await insertApprovalRequest(tx, {
    account_id,
    organization_id,
    requested_by_user_id,
    requested_at,
  });
  for (const { id: verified_contact_id, validation_types, ...person } of contacts) {
    const before = earlier.filter((one) => one.verified_contact_id === verified_contact_id);
    await supersede(tx, context, before, validation_types);
    const confirmation_id = await insertConfirmation(tx, {
      account_id,
      organization_id,
      approval_request_id,
      verified_contact_id,
      validation_types: JSON.stringify(validation_types),
      requested_at,
      expires_at: expiryFrom(context.clock.now_ms()),
    });
    await queueConfirmationMail(tx, context, organization_id, confirmation_id, person.email);
    await recordEvent(tx, context, {
      action: 'verified_contact_requested',
      object_type: 'verified_contact',
      object_id: verified_contact_id,
      after: { organization_id, approval_request_id, confirmation_id, validation_types, ...person },
    });
  }
}

export async function queueConfirmationMail(
  tx: Transaction,
  context: Context,
  organization_id: number,
  confirmation_id: number,
  recipient: string,
): Promise<void> {
  const mail = { purpose: 'confirmation', object_id: confirmation_id } as const;
  await queueMail(tx, context, { ...mail, organization_id, recipient });
}

/** What the contacts of an organization were asked, oldest first. */
export async function listAskedConfirmations(
  tx: Parameters<typeof listConfirmations>[0],
  account_id: number,
  organization_id: number,
): Promise<AskedConfirmation[]> {
  const confirmations = await listConfirmations(tx, account_id, organization_id);
  return confirmations.map((one) => ({
    ...one,
    validation_types: JSON.parse(one.validation_types),
  }));
}

/**
 * Ends the open confirmations of a contact that ask for nothing beyond what is asked now: their links
 * would only answer half of it. They end by running out at this moment and stay, so that it still shows
 * what was asked when; one about other types stays open beside.
 */
async function supersede(
  tx: Transaction,
  context: Context,
  earlier: readonly AskedConfirmation[],
  validation_types: readonly ValidationTypeName[],
): Promise<void> {
  const time = timeOf(context);
  for (const confirmation of earlier) {
    const isOpen = confirmationStatusAt(confirmation, time) === 'pending';
    if (isOpen && isCovered(confirmation, { validation_types })) {
      const { account_id, id } = confirmation;
      await updateExpiry(tx, account_id, id, time);
      await cancelMails(tx, account_id, { purpose: 'confirmation', object_id: id });
    }
  }
}

/** Inserts the contact, or brings it up to what was sent of it. @returns its id */
async function keepContact(
  tx: Transaction,
  context: Context,
  organization: ApprovedOrganization,
  { contact, known, added_roles, reopened_roles }: PlannedAsk<ContactWithRoles>,
): Promise<number> {
  if (known === undefined) {
    const id = await insertContact(tx, organization, contact);
    await insertRoles(tx, organization, id, contact.roles, 'pending');
    return id;
  }
  const { account_id, organization_id } = organization;
  const { id } = known;
  await updateContact(tx, context, organization, known, contact);
  await insertRoles(tx, organization, id, added_roles, 'pending');
  if (reopened_roles.length > 0) {
    const change = { roles: reopened_roles, from: ['declined'], to: 'pending' } as const;
    await updateRoles(tx, account_id, organization_id, id, change);
  }
  return id;
}

async function updateContact(
  tx: Transaction,
  context: Context,
  { account_id, organization_id }: ApprovedOrganization,
  known: ContactWithRoles,
  contact: PlannedContact,
): Promise<void> {
  // Nobody said is no word against a language that somebody gave before.
  const language_id = contact.language_id || known.language_id;
  const after = pickPerson({ ...contact, language_id });
  const before = pickPerson(known);
  const { id } = known;
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    await updateVerifiedPerson(tx, account_id, organization_id, id, after);
    await recordEvent(tx, context, {
      action: 'verified_contact_changed',
      object_type: 'verified_contact',
      object_id: id,
      before,
      after,
    });
  }
}
