/**
 * The organization and the technical contact of an organization: change and show them. Validations do
 * not rest on them, so a change touches none.
 */
import { findLanguage, type OrganizationContactList } from '@orgvet/contract';
import {
  type CurrentContact,
  checkContactsRequest,
  type PlannedContactChange,
  planContactChanges,
} from '../domain/contacts.ts';
import { describeContact, renderContactDocument } from '../domain/organization-document.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { findE164 } from '../domain/telephone.ts';
import {
  deleteContact,
  insertContact,
  listContacts,
  type StoredContact,
  updateContact,
} from '../store/contacts.ts';
import type { Transaction } from '../store/database.ts';
import {
  findCountry,
  hasOrganization,
  lockOrganization,
  type StoredOrganization,
  updateContactDocuments,
} from '../store/organizations.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';

type OneOrganization = { readonly params: { readonly organization_id: number } };

/** The columns of an organization that show its contacts. */
const DOCUMENT_COLUMNS = {
  organization_contact: 'contact_document',
  technical_contact: 'technical_contact_document',
} as const;

/**
 * Updates, replaces and removes contacts. Orders keep the contacts that they were made with.
 *
 * @throws RequestRefused with every problem of the request
 */
export async function changeOrganizationContacts(
  context: Context,
  { params: { organization_id }, body }: OneOrganization & { readonly body: unknown },
): Promise<void> {
  const { account_id } = context.principal;
  const { problems, request } = checkContactsRequest(body);
  await refuseUnlessThere(context, organization_id);
  refuseIfAny(problems);
  await context.store.transaction(async (tx) => {
    const organization =
      (await lockOrganization(tx, account_id, organization_id)) ?? refuseAsNotFound('organization');
    const current = await listContacts(tx, account_id, organization_id);
    const changes = planContactChanges(current, request.contacts);
    if (changes.length > 0) {
      await changeContacts(tx, context, organization, changes);
    }
  });
}

/** The contacts of an organization, with what follows from what was sent. */
export async function listOrganizationContacts(
  context: Context,
  { params: { organization_id } }: OneOrganization,
): Promise<OrganizationContactList> {
  const { reader } = context.store;
  const { account_id } = context.principal;
  const country = await findCountry(reader, account_id, organization_id);
  if (country === undefined) {
    refuseAsNotFound('organization');
  }
  const contacts = await listContacts(reader, account_id, organization_id);
  return { contacts: contacts.map((contact) => describeWithForms(contact, country)) };
}

/** What is not there is not there, whatever else is wrong with the request. */
async function refuseUnlessThere(
  { store, principal }: Context,
  organization_id: number,
): Promise<void> {
  if (!(await hasOrganization(store.reader, principal.account_id, organization_id))) {
    refuseAsNotFound('organization');
  }
}

/** Carries out a plan, and sets the documents of the organization that show what it makes. */
async function changeContacts(
  tx: Transaction,
  context: Context,
  organization: StoredOrganization,
  changes: readonly PlannedContactChange[],
): Promise<void> {
  const { account_id, id: organization_id } = organization;
  const { contact_document, technical_contact_document } = organization;
  const documents = { contact_document, technical_contact_document };
  for (const change of changes) {
    const { before, after } = await changeContact(tx, organization, change);
    const { contact_type } = change.kind === 'remove' ? change.before : change.after;
    documents[DOCUMENT_COLUMNS[contact_type]] = after ? renderContactDocument(after) : '';
    await recordEvent(tx, context, {
      action: 'organization_contact_changed',
      object_type: 'organization',
      object_id: organization_id,
      ...(before && { before }),
      ...(after && { after }),
    });
  }
  const updated_at = timeOf(context);
  await updateContactDocuments(tx, account_id, organization_id, { ...documents, updated_at });
}

/** Carries out one change. @returns the contact before it and after it */
async function changeContact(
  tx: Transaction,
  { account_id, id: organization_id }: StoredOrganization,
  change: PlannedContactChange,
): Promise<{ before?: CurrentContact; after?: CurrentContact }> {
  switch (change.kind) {
    case 'add': {
      const id = await insertContact(tx, { account_id, organization_id, ...change.after });
      return { after: { id, ...change.after } };
    }
    case 'update': {
      const { before, after } = change;
      await updateContact(tx, account_id, before.id, after);
      return { before, after: { id: before.id, ...after } };
    }
    case 'replace': {
      const { before, after } = change;
      // First the old one goes: an organization never has two contacts of one type.
      await deleteContact(tx, account_id, before.id);
      const id = await insertContact(tx, { account_id, organization_id, ...after });
      return { before, after: { id, ...after } };
    }
    case 'remove':
      await deleteContact(tx, account_id, change.before.id);
      return { before: change.before };
  }
}

/** @param country where a number is from that does not say */
function describeWithForms(
  contact: StoredContact,
  country: string,
): OrganizationContactList['contacts'][number] {
  const { telephone, language_id } = contact;
  const telephone_e164 = findE164(telephone, country);
  return {
    ...describeContact(contact),
    ...(telephone_e164 && { telephone_e164 }),
    locale: getLocale(language_id),
  };
}

function getLocale(language_id: number): string {
  const language = findLanguage(String(language_id));
  if (language === undefined) {
    throw new Error(`There is no language ${language_id}.`);
  }
  return language.locale;
}
