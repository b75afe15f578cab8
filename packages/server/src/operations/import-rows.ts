/** The rows that imported organizations become: the same that creates of them would have made. */
import type { ValidationRequest } from '@orgvet/contract';
import { contactOf } from '../domain/contacts.ts';
import {
  renderContactDocument,
  renderOrganizationDocument,
} from '../domain/organization-document.ts';
import { planVerifiedContacts } from '../domain/validation.ts';
import { type StoredAccount, setPrimaryOrganizationOnce } from '../store/accounts.ts';
import { makeReady, type ReadyRows } from '../store/bulk.ts';
import { addToCount } from '../store/counts.ts';
import type { LotTransaction, Transaction } from '../store/database.ts';
import type { Dialect } from '../store/dialects.ts';
import { takeIds } from '../store/ids.ts';
import {
  IMPORTED_CONTACTS,
  IMPORTED_EVENTS,
  IMPORTED_NAMES,
  IMPORTED_ORGANIZATIONS,
  type ImportedContact,
  type ImportedOrganization,
} from '../store/imports.ts';
import { insertValidation } from '../store/validations.ts';
import { type Context, timeOf } from './context.ts';
import type { DecidedLine } from './organization-import.ts';
import { findScript, makeOpenValidation } from './validation-lifecycle.ts';
import { askVerifiedContacts } from './verified-contact-requests.ts';

/** The rows of a lot, made ready for the database, and what is left to do beside them. */
export interface LotRows {
  readonly ready: readonly ReadyRows[];
  readonly organizations: readonly ImportedOrganization[];
  readonly lines: readonly DecidedLine[];
}

/** Ids for the rows of a lot. */
export interface LotIds {
  readonly organizations: readonly number[];
  readonly contacts: readonly number[];
}

/** Takes ids for a lot; those that come to nothing are lost. */
export async function takeLotIds(tx: Transaction, lines: readonly DecidedLine[]): Promise<LotIds> {
  const contacts = lines.filter(({ record }) => record.organization_contact !== undefined).length;
  return {
    organizations: await takeIds(tx, 'organizations', lines.length),
    contacts: await takeIds(tx, 'contacts', contacts),
  };
}

/** The rows of organizations that are checked and decided, with all that belongs to them. */
export function planLotRows(
  dialect: Dialect,
  context: Context,
  container_id: number,
  lines: readonly DecidedLine[],
  ids: LotIds,
): LotRows {
  const { account_id } = context.principal;
  const time = timeOf(context);
  const contacts = planContacts(account_id, lines, ids);
  const contactDocuments = new Map(
    contacts.map(({ row, document }) => [row.organization_id, document]),
  );
  const organizations = lines.map((line, index) => {
    const id = ids.organizations[index] ?? 0;
    const contact_document = contactDocuments.get(id) ?? '';
    return planRow({ account_id, container_id, id, time, contact_document }, line);
  });
  const events = planEvents(context, lines, ids.organizations, time);
  const names = organizations.map(({ id }) => ({ account_id, organization_id: id }));
  const contactRows = contacts.map(({ row }) => row);
  return {
    organizations,
    lines,
    ready: [
      makeReady(dialect, IMPORTED_ORGANIZATIONS, organizations),
      makeReady(dialect, IMPORTED_CONTACTS, contactRows),
      makeReady(dialect, IMPORTED_EVENTS, events),
      makeReady(dialect, IMPORTED_NAMES, names),
    ],
  };
}

/** Inserts the rows of a lot. */
export async function insertLotRows(
  tx: LotTransaction,
  context: Context,
  account: StoredAccount,
  { ready, organizations, lines }: LotRows,
): Promise<void> {
  const [first] = organizations;
  if (first === undefined) {
    return;
  }
  for (const rows of ready) {
    await rows.insert(tx);
  }
  await insertSubmissions(tx, context, lines, organizations);
  await countRows(tx, organizations);
  if (account.primary_organization_id === 0) {
    await setPrimaryOrganizationOnce(tx, account.id, first.id);
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
    technical_contact_document: '',
    assignments_document: '',
    created_at: time,
    updated_at: time,
  };
}

function planContacts(
  account_id: number,
  lines: readonly DecidedLine[],
  ids: LotIds,
): { row: ImportedContact; document: string }[] {
  const contacts: { row: ImportedContact; document: string }[] = [];
  for (const [index, { record }] of lines.entries()) {
    const sent = record.organization_contact;
    if (sent !== undefined) {
      const id = ids.contacts[contacts.length] ?? 0;
      const contact = contactOf(sent, 'organization_contact');
      const row = { account_id, id, organization_id: ids.organizations[index] ?? 0, ...contact };
      contacts.push({ row, document: renderContactDocument({ id, ...contact }) });
    }
  }
  return contacts;
}

function planEvents(
  { principal, request_id, ip_address }: Context,
  lines: readonly DecidedLine[],
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

/** The few that are submitted for validation with the import, and the people who are asked for them. */
async function insertSubmissions(
  tx: Transaction,
  context: Context,
  lines: readonly DecidedLine[],
  organizations: readonly ImportedOrganization[],
): Promise<void> {
  for (const [index, { account_id, id: organization_id, created_at }] of organizations.entries()) {
    const requests: readonly ValidationRequest[] = lines[index]?.record.validations ?? [];
    for (const { type } of requests) {
      const organization = { account_id, organization_id };
      const scripted = await findScript(tx, context);
      await insertValidation(tx, makeOpenValidation(organization, type, created_at, scripted));
    }
    if (requests.length > 0) {
      const contacts = planVerifiedContacts(requests, []);
      await askVerifiedContacts(tx, context, organization_id, contacts);
    }
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
