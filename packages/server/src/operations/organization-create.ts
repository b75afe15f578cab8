/** Creating an organization: with its contact, what it is submitted for, and who approves. */
import type { OrganizationCreateRequest } from '@orgvet/contract';
import { contactOf } from '../domain/contacts.ts';
import {
  type CheckedCreate,
  checkOrganizationCreate,
  deriveDetails,
  detailsOf,
} from '../domain/organization.ts';
import { renderOrganizationDocument } from '../domain/organization-document.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { type KnownUser, planVerifiedContacts } from '../domain/validation.ts';
import { setPrimaryOrganizationOnce } from '../store/accounts.ts';
import { addToCount } from '../store/counts.ts';
import { type Transaction, TransactionConflict } from '../store/database.ts';
import {
  insertOrganization,
  lockOrganizationByFingerprint,
  type NewOrganization,
  updateOrganizationDocuments,
} from '../store/organizations.ts';
import { queueName } from '../store/search.ts';
import { insertValidation } from '../store/validations.ts';
import { type Context, recordEvent, refuseAsDuplicate, timeOf } from './context.ts';
import { settleScripts } from './due-work.ts';
import { insertOrganizationContact } from './organization-parts.ts';
import { findScript, makeOpenValidation } from './validation-lifecycle.ts';
import { findNamedUsers } from './validation-requests.ts';
import { askVerifiedContacts } from './verified-contact-requests.ts';
import { homeContainerOf } from './visibility.ts';

/**
 * Creates an organization, and submits it for validation where the request asks for that.
 *
 * @returns the id of the new organization; with the account's `duplicate_policy` set to `reuse`, of the
 *   existing one that matches
 * @throws RequestRefused with every problem of the request, or with `duplicate_organization`
 */
export async function createOrganization(
  context: Context,
  { body }: { readonly body: unknown },
): Promise<{ id: number }> {
  const checked = checkOrganizationCreate(body);
  const named = await findNamedUsers(context, checked.request.validations);
  refuseIfAny([...checked.problems, ...named.problems]);
  const created = await context.store.transaction(async (tx) => {
    const { id, is_new } = await insertWithParts(tx, context, checked, named.users);
    if (!is_new && context.principal.duplicate_policy === 'error') {
      refuseAsDuplicate(id);
    }
    return { id };
  });
  if (checked.request.validations !== undefined) {
    await settleScripts(context);
  }
  return created;
}

/**
 * Inserts an organization with all that its request brings, unless it is there already: then nothing is
 * changed.
 *
 * @param checked a request without problems
 * @param users those whom the request names as verified contacts
 */
export async function insertWithParts(
  tx: Transaction,
  context: Context,
  { request, skips_duplicate_check }: Omit<CheckedCreate, 'problems'>,
  users: readonly KnownUser[],
): Promise<{ id: number; is_new: boolean }> {
  const organization = planOrganization(context, request);
  const inserted = await insertOnce(tx, organization, skips_duplicate_check);
  if (inserted.is_new) {
    await insertParts(tx, context, inserted.id, request, users);
    await registerOrganization(tx, context, organization, inserted.id, request);
  }
  return inserted;
}

/** Inserts the first organization of a new account, which has no contact and is submitted for nothing. */
export async function insertFirstOrganization(
  tx: Transaction,
  context: Context,
  request: PlannableRequest,
): Promise<void> {
  const organization = planOrganization(context, request);
  const { id } = await insertOnce(tx, organization, false);
  const document = renderOrganizationDocument(id, detailsOf(request), true);
  const documents = { document, contact_document: '' };
  await updateOrganizationDocuments(tx, organization.account_id, id, documents);
  await registerOrganization(tx, context, organization, id, request);
}

type PlannableRequest = Omit<OrganizationCreateRequest, 'organization_contact'>;

/** The row that a request without problems asks for, but for what needs an id to be rendered. */
function planOrganization(context: Context, request: PlannableRequest): NewOrganization {
  const details = detailsOf(request);
  const time = timeOf(context);
  const is_submitted = Number((request.validations ?? []).length > 0);
  return {
    account_id: context.principal.account_id,
    container_id: homeContainerOf(context.principal),
    ...details,
    ...deriveDetails(details),
    is_active: 1,
    is_pending: is_submitted,
    has_validations: is_submitted,
    is_duplicate: 0,
    document: '',
    contact_document: '',
    technical_contact_document: '',
    assignments_document: '',
    created_at: time,
    updated_at: time,
  };
}

/** Makes a new organization known: to the counts, the search, its account, and in an event. */
async function registerOrganization(
  tx: Transaction,
  context: Context,
  organization: NewOrganization,
  id: number,
  request: PlannableRequest,
): Promise<void> {
  const { account_id } = organization;
  await addToCount(tx, organization, 1);
  await queueName(tx, account_id, id);
  if (context.principal.primary_organization_id === 0) {
    await setPrimaryOrganizationOnce(tx, account_id, id);
  }
  await recordEvent(tx, context, {
    action: 'organization_created',
    object_type: 'organization',
    object_id: id,
    after: request,
  });
}

/**
 * Inserts the organization unless it is there already. Which of two simultaneous creates is the first
 * is the database's to say, by its unique index; there is no look before.
 */
async function insertOnce(
  tx: Transaction,
  organization: NewOrganization,
  skips_duplicate_check: boolean,
): Promise<{ id: number; is_new: boolean }> {
  const { account_id, fingerprint } = organization;
  const isBeside =
    skips_duplicate_check &&
    (await lockOrganizationByFingerprint(tx, account_id, fingerprint)) !== undefined;
  const inserted = await insertOrganization(tx, {
    ...organization,
    is_duplicate: Number(isBeside),
  });
  if (inserted !== undefined) {
    return { id: inserted, is_new: true };
  }
  const existing = await lockOrganizationByFingerprint(tx, account_id, fingerprint);
  if (existing === undefined || skips_duplicate_check) {
    throw new TransactionConflict(
      'An organization came or went while another like it was created.',
    );
  }
  return { id: existing, is_new: false };
}

/** Inserts what belongs to a new organization: its contact, validations and verified contacts. */
async function insertParts(
  tx: Transaction,
  context: Context,
  organization_id: number,
  request: OrganizationCreateRequest,
  users: readonly KnownUser[],
): Promise<void> {
  const { account_id } = context.principal;
  const { organization_contact, validations = [] } = request;
  const organization = { account_id, organization_id };
  const document = renderOrganizationDocument(organization_id, detailsOf(request), true);
  const contact = contactOf(organization_contact, 'organization_contact');
  await insertOrganizationContact(tx, organization, contact, document);
  const time = timeOf(context);
  const scripted = validations.length === 0 ? undefined : await findScript(tx, context);
  for (const { type } of validations) {
    await insertValidation(tx, makeOpenValidation(organization, type, time, scripted));
  }
  const contacts = planVerifiedContacts(validations, users);
  await askVerifiedContacts(tx, context, organization_id, contacts);
}
