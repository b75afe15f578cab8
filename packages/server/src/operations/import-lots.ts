/** Writes what imported organizations become: rows that were made ready, and what belongs to them. */
import { planVerifiedContacts } from '../domain/validation.ts';
import { type StoredAccount, setPrimaryOrganizationOnce } from '../store/accounts.ts';
import { addToCount } from '../store/counts.ts';
import type { LotTransaction, Transaction } from '../store/database.ts';
import { takeIds } from '../store/ids.ts';
import { insertValidation } from '../store/validations.ts';
import type { Context } from './context.ts';
import type { LotIds, LotRows } from './import-rows.ts';
import { findScript, makeOpenValidation } from './validation-lifecycle.ts';
import { askVerifiedContacts } from './verified-contact-requests.ts';

/** Takes ids for a lot; those that come to nothing are lost. */
export async function takeLotIds(
  tx: Transaction,
  created: readonly { readonly has_contact: boolean }[],
): Promise<LotIds> {
  const contacts = created.filter(({ has_contact }) => has_contact).length;
  return {
    organizations: await takeIds(tx, 'organizations', created.length),
    contacts: await takeIds(tx, 'contacts', contacts),
  };
}

/** Inserts the organizations of a lot. It may wait for others who bring one of them. */
export async function insertOrganizations(tx: LotTransaction, rows: LotRows): Promise<void> {
  await tx.insertRows(rows.organizations);
}

/**
 * Counts the organizations of a lot and submits those that are to be validated. It may wait for others
 * who count.
 *
 * @param container_id whose count they belong to
 */
export async function countLotRows(
  tx: LotTransaction,
  context: Context,
  account: StoredAccount,
  container_id: number,
  rows: LotRows,
): Promise<void> {
  const [first_id] = rows.organization_ids;
  if (first_id === undefined) {
    return;
  }
  await insertSubmissions(tx, context, rows);
  await countRows(tx, { account_id: account.id, container_id }, rows);
  if (account.primary_organization_id === 0) {
    await setPrimaryOrganizationOnce(tx, account.id, first_id);
  }
}

/** Inserts what belongs to organizations that are there. It waits for nobody: nobody else knows of them. */
export async function insertBelongings(tx: LotTransaction, rows: LotRows): Promise<void> {
  for (const table of rows.belongings) {
    await tx.insertRows(table);
  }
}

/** The few that are submitted for validation with the import, and the people who are asked for them. */
async function insertSubmissions(
  tx: Transaction,
  context: Context,
  { submissions, time }: LotRows,
): Promise<void> {
  const { account_id } = context.principal;
  for (const { organization_id, requests } of submissions) {
    for (const { type } of requests) {
      const organization = { account_id, organization_id };
      const scripted = await findScript(tx, context);
      await insertValidation(tx, makeOpenValidation(organization, type, time, scripted));
    }
    const contacts = planVerifiedContacts(requests, []);
    await askVerifiedContacts(tx, context, organization_id, contacts);
  }
}

/** Adds the rows to the counts, each count once. */
async function countRows(
  tx: Transaction,
  counted: { readonly account_id: number; readonly container_id: number },
  { organization_ids, submissions }: LotRows,
): Promise<void> {
  const pending = submissions.length;
  const others = organization_ids.length - pending;
  for (const [is_pending, count] of [others, pending].entries()) {
    if (count > 0) {
      await addToCount(tx, { ...counted, is_active: 1, is_pending }, count);
    }
  }
}
