/** The rows that imported organizations become: the same that creates of them would have made. */
import type { ValidationRequest } from '@orgvet/contract';
import {
  renderContactDocument,
  renderOrganizationDocument,
} from '../domain/organization-document.ts';
import { planVerifiedContacts } from '../domain/validation.ts';
import { type StoredAccount, setPrimaryOrganizationOnce } from '../store/accounts.ts';
import { addToCount } from '../store/counts.ts';
import type { Transaction } from '../store/database.ts';
import { takeIds } from '../store/ids.ts';
import {
  type ImportedContact,
  type ImportedOrganization,
  insertImportedContacts,
  insertImportedEvents,
  insertImportedRows,
  queueImportedNames,
} from '../store/imports.ts';
import { insertValidation } from '../store/validations.ts';
import { type Context, timeOf } from './context.ts';
import type { PlannedLine } from './import-line.ts';
import type { DecidedLine } from './organization-import.ts';
import { contactOf, insertVerifiedContacts } from './organization-parts.ts';

/** Inserts organizations that are checked and no duplicates, with all that belongs to them. */
export async function insertImportedOrganizations(
  tx: Transaction,
  context: Context,
  { account, container_id }: { account: StoredAccount; container_id: number },
  lines: readonly DecidedLine[],
): Promise<void> {
  const [first] = lines;
  if (first === undefined) {
    return;
  }
  const account_id = account.id;
  const time = timeOf(context);
  const withContact = lines.filter(({ record }) => record.organization_contact !== undefined);
  const ids = await takeIds(tx, 'organizations', lines.length);
  const contacts = planContacts(
    account_id,
    withContact,
    await takeIds(tx, 'contacts', withContact.length),
  );
  const contactDocuments = new Map(contacts.map(({ line, document }) => [line, document]));
  const rows = lines.map((line, index) => {
    const contact_document = contactDocuments.get(line.number) ?? '';
    const id = ids[index] ?? 0;
    return planRow({ account_id, container_id, id, time, contact_document }, line);
  });
  const idsByLine = new Map(lines.map(({ number }, index) => [number, ids[index] ?? 0]));
  await insertImportedRows(tx, rows);
  await insertImportedContacts(
    tx,
    contacts.map(({ line, row }) => ({ ...row, organization_id: idsByLine.get(line) ?? 0 })),
  );
  await queueImportedNames(tx, account_id, ids);
  await insertImportedEvents(tx, planEvents(context, lines, ids, time));
  await insertSubmissions(tx, account_id, lines, ids, time);
  await countRows(tx, rows);
  if (account.primary_organization_id === 0) {
    await setPrimaryOrganizationOnce(tx, account_id, ids[0] ?? 0);
  }
}

interface RowContext {
  readonly account_id: number;
  readonly container_id: number;
  readonly id: number;
  readonly time: string;
  readonly contact_document: string;
}

function planRow(
  { account_id, container_id, id, time, contact_document }: RowContext,
  { details, derived, record, is_duplicate }: DecidedLine,
): ImportedOrganization {
  const is_submitted = Number((record.validations ?? []).length > 0);
  return {
    account_id,
    id,
    container_id,
    ...details,
    ...derived,
    is_active: 1,
    is_pending: is_submitted,
    has_validations: is_submitted,
    is_duplicate: Number(is_duplicate),
    document: renderOrganizationDocument(id, details, true),
    contact_document,
    assignments_document: '',
    created_at: time,
    updated_at: time,
  };
}

function planContacts(
  account_id: number,
  lines: readonly PlannedLine[],
  ids: readonly number[],
): { line: number; row: Omit<ImportedContact, 'organization_id'>; document: string }[] {
  return lines.flatMap(({ number: line, record }, index) => {
    const id = ids[index] ?? 0;
    const sent = record.organization_contact;
    if (sent === undefined) {
      return [];
    }
    const contact = contactOf(sent);
    const document = renderContactDocument({ id, ...contact });
    return [{ line, row: { account_id, id, ...contact }, document }];
  });
}

function planEvents(
  { principal, request_id, ip_address }: Context,
  lines: readonly PlannedLine[],
  ids: readonly number[],
  time: string,
) {
  return lines.map(({ record }, index) => ({
    account_id: principal.account_id,
    occurred_at: time,
    actor_user_id: principal.user_id,
    api_key_id: principal.api_key_id,
    ip_address,
    request_id,
    action: 'organization_created',
    object_type: 'organization',
    object_id: ids[index] ?? 0,
    before: '',
    after: JSON.stringify(record),
  }));
}

/** The few that are submitted for validation with the import. */
async function insertSubmissions(
  tx: Transaction,
  account_id: number,
  lines: readonly PlannedLine[],
  ids: readonly number[],
  time: string,
): Promise<void> {
  for (const [index, { record }] of lines.entries()) {
    const organization_id = ids[index] ?? 0;
    const requests: readonly ValidationRequest[] = record.validations ?? [];
    for (const { type } of requests) {
      await insertValidation(tx, {
        account_id,
        organization_id,
        type,
        requested_at: time,
        date_created: '',
        validated_until: '',
      });
    }
    const contacts = planVerifiedContacts(requests, []);
    await insertVerifiedContacts(tx, { account_id, organization_id }, contacts, 'pending');
  }
}

/** Adds the rows to the counts, each count once. */
async function countRows(tx: Transaction, rows: readonly ImportedOrganization[]): Promise<void> {
  for (const is_pending of [0, 1]) {
    const counted = rows.filter((row) => row.is_pending === is_pending);
    const [first] = counted;
    if (first !== undefined) {
      await addToCount(tx, first, counted.length);
    }
  }
}
