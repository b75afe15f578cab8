/** Organizations that exist: show, change, activate, deactivate, delete. Lists have their own file. */
import { type Problem, problem } from '@orgvet/contract';
import { type Facts, factsOf } from '../domain/facts.ts';
import {
  checkOrganizationDetails,
  deriveDetails,
  detailsOf,
  listChangedDetails,
  type OrganizationDetails,
} from '../domain/organization.ts';
import { renderInfoParts, renderOrganizationDocument } from '../domain/organization-document.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { findAccount } from '../store/accounts.ts';
import { deleteContacts } from '../store/contacts.ts';
import { deleteAssignmentsOfOrganization } from '../store/containers.ts';
import { addToCount } from '../store/counts.ts';
import type { Transaction } from '../store/database.ts';
import { hasOrders, hasPendingOrders } from '../store/orders.ts';
import {
  deleteOrganizationRow,
  findOrganizationInfo,
  hasOrganization,
  lockOrganization,
  lockOrganizationByFingerprint,
  promoteOldestDuplicate,
  type StoredOrganization,
  updateOrganizationDetails,
} from '../store/organizations.ts';
import { queueName, removeName } from '../store/search.ts';
import { deleteValidations } from '../store/validations.ts';
import { deleteVerifiedContacts } from '../store/verified-contacts.ts';
import { deleteVettingRecords, hasDecisions } from '../store/vetting-records.ts';
import {
  type Context,
  recordEvent,
  refuseAsDuplicate,
  refuseAsNotFound,
  timeOf,
} from './context.ts';
import { settleScripts } from './due-work.ts';
import { noteFactsChange } from './fact-changes.ts';
import { JsonText } from './json-text.ts';
import { announceReadyOrders } from './order-readiness.ts';
import { moveCounts } from './organization-flags.ts';
import { listValidationRecords } from './validations.ts';
import { getStoredFacts } from './work.ts';

type OneOrganization = { readonly params: { readonly organization_id: number } };

const NO_VALIDATIONS = { validations: [], verified_contacts: [] };

/** Organization info, as JSON. */
export async function getOrganization(
  context: Context,
  { params: { organization_id } }: OneOrganization,
): Promise<JsonText> {
  const { reader } = context.store;
  const { account_id } = context.principal;
  const info = await findOrganizationInfo(reader, account_id, organization_id);
  if (info === undefined) {
    refuseAsNotFound('organization');
  }
  const { validations, verified_contacts } =
    info.has_validations === 1
      ? await listValidationRecords(context, reader, account_id, [organization_id])
      : NO_VALIDATIONS;
  const parts = renderInfoParts(validations, verified_contacts, info, () => timeOf(context));
  return new JsonText(`${info.document}${parts}}`);
}

/**
 * Replaces the details of an organization. Validations whose checks a change touches are pending again:
 * they were made for the old details. They go on to serve orders from before the change.
 */
export async function changeOrganizationDetails(
  context: Context,
  { params: { organization_id }, body }: OneOrganization & { readonly body: unknown },
): Promise<void> {
  const { problems, request, skips_duplicate_check } = checkOrganizationDetails(body);
  await refuseUnlessThere(context, organization_id);
  refuseIfAny(problems);
  const details = detailsOf(request);
  await context.store.transaction(async (tx) => {
    const current = await getCurrent(tx, context, organization_id);
    const before = storedDetailsOf(current);
    if (listChangedDetails(before, details).length === 0) {
      return;
    }
    await replaceDetails(tx, context, current, details, skips_duplicate_check);
    await recordEvent(tx, context, {
      action: 'organization_details_changed',
      object_type: 'organization',
      object_id: organization_id,
      before,
      after: details,
    });
  });
  await settleScripts(context);
}

export async function activateOrganization(
  context: Context,
  { params: { organization_id } }: OneOrganization,
): Promise<void> {
  await setActive(context, organization_id, true);
}

export async function deactivateOrganization(
  context: Context,
  { params: { organization_id } }: OneOrganization,
): Promise<void> {
  await setActive(context, organization_id, false);
}

/**
 * Deletes an organization with all that belongs to it, except the first of the account, one that is on
 * any order, and in a live account one that was worked on.
 */
export async function deleteOrganization(
  context: Context,
  { params: { organization_id } }: OneOrganization,
): Promise<void> {
  const { account_id } = context.principal;
  await context.store.transaction(async (tx) => {
    const current = await getCurrent(tx, context, organization_id);
    refuseIfAny(await listDeletionProblems(tx, context, organization_id));
    await deleteContacts(tx, account_id, organization_id);
    await deleteVerifiedContacts(tx, account_id, organization_id);
    await deleteVettingRecords(tx, account_id, organization_id);
    await deleteValidations(tx, account_id, organization_id);
    await deleteAssignmentsOfOrganization(tx, account_id, organization_id);
    await removeName(tx, account_id, organization_id);
    await deleteOrganizationRow(tx, account_id, organization_id);
    await addToCount(tx, current, -1);
    if (current.is_duplicate === 0) {
      await promoteOldestDuplicate(tx, account_id, current.fingerprint);
    }
    await recordEvent(tx, context, {
      action: 'organization_deleted',
      object_type: 'organization',
      object_id: organization_id,
      before: storedDetailsOf(current),
    });
  });
}

async function listDeletionProblems(
  tx: Transaction,
  { principal: { account_id, mode } }: Context,
  organization_id: number,
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const account = await findAccount(tx, account_id);
  if (account?.primary_organization_id === organization_id) {
    problems.push(problem('cannot_delete_primary_organization'));
  }
  if (await hasOrders(tx, account_id, organization_id)) {
    problems.push(problem('organization_has_orders'));
  }
  // Its evidence must outlive what was issued by it (BR 5.5.2), which is not known here.
  if (mode === 'live' && (await hasDecisions(tx, account_id, organization_id))) {
    problems.push(problem('organization_has_vetting_records'));
  }
  return problems;
}

/** What is not there is not there, whatever else is wrong with the request. */
async function refuseUnlessThere(context: Context, organization_id: number): Promise<void> {
  const { account_id } = context.principal;
  if (!(await hasOrganization(context.store.reader, account_id, organization_id))) {
    refuseAsNotFound('organization');
  }
}

async function getCurrent(
  tx: Transaction,
  { principal }: Context,
  organization_id: number,
): Promise<StoredOrganization> {
  const current = await lockOrganization(tx, principal.account_id, organization_id);
  return current ?? refuseAsNotFound('organization');
}

async function replaceDetails(
  tx: Transaction,
  context: Context,
  current: StoredOrganization,
  details: OrganizationDetails,
  skips_duplicate_check: boolean,
): Promise<void> {
  const { account_id, id } = current;
  const derived = deriveDetails(details);
  const is_duplicate = await decideDuplicate(
    tx,
    current,
    derived.fingerprint,
    skips_duplicate_check,
  );
  const document = renderOrganizationDocument(id, details, current.is_active === 1);
  const updated_at = timeOf(context);
  await updateOrganizationDetails(tx, account_id, id, {
    ...details,
    ...derived,
    is_duplicate,
    document,
    updated_at,
  });
  if (current.is_duplicate === 0 && derived.fingerprint !== current.fingerprint) {
    await promoteOldestDuplicate(tx, account_id, current.fingerprint);
  }
  if (derived.name_folded !== current.name_folded) {
    await removeName(tx, account_id, id);
    await queueName(tx, account_id, id);
  }
  const { profile } = await getStoredFacts(tx, account_id, id);
  const [before, after] = [storedDetailsOf(current), details].map((one) => factsOf(one, profile));
  await noteFactsChange(tx, context, id, before as Facts, after as Facts);
}

/**
 * Whether an organization with a new fingerprint stands beside another that has it. One whose
 * fingerprint stays is what it was: a duplicate that was allowed once is not asked about again.
 */
async function decideDuplicate(
  tx: Transaction,
  current: StoredOrganization,
  fingerprint: string,
  skips_duplicate_check: boolean,
): Promise<number> {
  if (fingerprint === current.fingerprint) {
    return current.is_duplicate;
  }
  const other = await lockOrganizationByFingerprint(tx, current.account_id, fingerprint);
  if (other === undefined) {
    return 0;
  }
  if (!skips_duplicate_check) {
    refuseAsDuplicate(other);
  }
  return 1;
}

async function setActive(
  context: Context,
  organization_id: number,
  is_active: boolean,
): Promise<void> {
  await context.store.transaction(async (tx) => {
    const current = await getCurrent(tx, context, organization_id);
    if ((current.is_active === 1) === is_active) {
      return;
    }
    if (!is_active && (await hasPendingOrders(tx, current.account_id, organization_id))) {
      throw new RequestRefused([problem('organization_has_pending_orders')]);
    }
    await moveCounts(tx, current, {
      is_active: Number(is_active),
      document: renderOrganizationDocument(organization_id, storedDetailsOf(current), is_active),
      updated_at: timeOf(context),
    });
    await recordEvent(tx, context, {
      action: is_active ? 'organization_activated' : 'organization_deactivated',
      object_type: 'organization',
      object_id: organization_id,
      before: { is_active: !is_active },
      after: { is_active },
    });
    if (is_active) {
      await announceReadyOrders(tx, context, organization_id);
    }
  });
}

function storedDetailsOf(row: StoredOrganization): OrganizationDetails {
  const { name, assumed_name, address, address2, city, state, zip, country, telephone } = row;
  return { name, assumed_name, address, address2, city, state, zip, country, telephone };
}
