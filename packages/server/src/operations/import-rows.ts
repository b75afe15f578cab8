/**
 * The rows that imported organizations become: the same that creates of them would have made. Pure; they
 * are written by import-lots.ts.
 */
import type { ValidationRequest } from '@orgvet/contract';
import { contactOf } from '../domain/contacts.ts';
import {
  renderContactDocument,
  renderOrganizationDocument,
} from '../domain/organization-document.ts';
import { makeReady } from '../store/bulk.ts';
import type { ReadyRows } from '../store/database.ts';
import {
  IMPORTED_CONTACTS,
  IMPORTED_EVENTS,
  IMPORTED_NAMES,
  IMPORTED_ORGANIZATIONS,
  type ImportedContact,
  type ImportedOrganization,
} from '../store/imports.ts';
import type { PlannedLine } from './import-line.ts';

/** What all rows of an import have alike, and how the database wants them. */
export interface RowSettings {
  readonly account_id: number;
  readonly container_id: number;
  /** Whom the events name. */
  readonly actor: {
    readonly user_id: number;
    readonly api_key_id: number;
    readonly request_id: string;
    readonly ip_address: string;
  };
  /** The dialect's. */
  readonly copiesRows: boolean;
}

/** Ids for the rows of a lot. */
export interface LotIds {
  readonly organizations: readonly number[];
  readonly contacts: readonly number[];
}

/** A line that creates an organization, beside another like it or not. */
interface CreatedLine extends PlannedLine {
  readonly is_duplicate: boolean;
}

/** An organization that is submitted for validation with the import. */
interface ImportedSubmission {
  readonly organization_id: number;
  readonly requests: readonly ValidationRequest[];
}

/** The rows of a lot, made ready for the database, and what is left to do beside them. */
export interface LotRows {
  readonly organizations: ReadyRows;
  /** What belongs to them, a table each. */
  readonly belongings: readonly ReadyRows[];
  /** When they were created. */
  readonly time: string;
  readonly organization_ids: readonly number[];
  readonly submissions: readonly ImportedSubmission[];
}

/** The rows of organizations that are checked and decided, with all that belongs to them. */
export function planLotRows(
  settings: RowSettings,
  lines: readonly CreatedLine[],
  ids: LotIds,
  time: string,
): LotRows {
  const { account_id, copiesRows } = settings;
  const contacts = planContacts(account_id, lines, ids);
  const contactDocuments = new Map(
    contacts.map(({ row, document }) => [row.organization_id, document]),
  );
  const organizations = lines.map((line, index) => {
    const id = ids.organizations[index] ?? 0;
    return planRow(settings, line, { id, time, contact_document: contactDocuments.get(id) ?? '' });
  });
  const events = planEvents(settings, lines, ids.organizations, time);
  const names = organizations.map(({ id }) => ({ account_id, organization_id: id }));
  const contactRows = contacts.map(({ row }) => row);
  return {
    organizations: makeReady(copiesRows, IMPORTED_ORGANIZATIONS, organizations),
    belongings: [
      makeReady(copiesRows, IMPORTED_CONTACTS, contactRows),
      makeReady(copiesRows, IMPORTED_EVENTS, events),
      makeReady(copiesRows, IMPORTED_NAMES, names),
    ],
    time,
    organization_ids: organizations.map(({ id }) => id),
    submissions: lines.flatMap(({ record }, index) => {
      const { validations: requests = [] } = record;
      const organization_id = ids.organizations[index] ?? 0;
      return requests.length === 0 ? [] : [{ organization_id, requests }];
    }),
  };
}

function planRow(
  { account_id, container_id }: RowSettings,
  { details, derived, record, is_duplicate }: CreatedLine,
  { id, time, contact_document }: { id: number; time: string; contact_document: string },
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
  lines: readonly PlannedLine[],
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
  { account_id, actor }: RowSettings,
  lines: readonly PlannedLine[],
  ids: readonly number[],
  time: string,
) {
  const { user_id: actor_user_id, ...means } = actor;
  return lines.map(({ record }, index) => ({
    account_id,
    occurred_at: time,
    actor_user_id,
    ...means,
    action: 'organization_created',
    object_type: 'organization',
    object_id: ids[index] ?? 0,
    before: '',
    after: JSON.stringify(record),
  }));
}
