/** Lists of organizations: as a page of JSON, or as CSV. */
import type { Page } from '@orgvet/contract';
import { renderCsvLine } from '../domain/csv.ts';
import { renderListValidations } from '../domain/organization-document.ts';
import {
  checkOrganizationListQuery,
  type OrganizationListRequest,
} from '../domain/organization-list.ts';
import { refuseIfAny } from '../domain/problems.ts';
import {
  findContainer,
  hasAssignedOrganizations,
  type StoredContainer,
} from '../store/containers.ts';
import type { Handle } from '../store/database.ts';
import {
  type Finding,
  findSelection,
  listOrganizationsByIds,
  listPage,
  listPageIds,
  renderPage,
} from '../store/organization-list.ts';
import type { Selection } from '../store/organization-selection.ts';
import { type Context, refuseAsNotFound, timeOf } from './context.ts';
import { JsonText } from './json-text.ts';
import { listValidationRecords } from './validations.ts';
import { refuseUnlessContainerVisible } from './visibility.ts';

type ListQuery = { readonly query: Readonly<Record<string, unknown>> };

/** A page of organizations, as JSON. */
export async function listOrganizations(context: Context, { query }: ListQuery): Promise<JsonText> {
  const { problems, request } = checkOrganizationListQuery(query);
  refuseIfAny(problems);
  const { reader } = context.store;
  const { account_id } = context.principal;
  const selection = await selectionOf(context, request);
  const { sort, limit, offset } = request;
  const head = '{"organizations":[';
  const renderTail = (total: number) => {
    const page: Page = { total, limit, offset };
    return `],"page":${JSON.stringify(page)}}`;
  };
  if (request.includes_validations) {
    const finding = await findSelection(reader, account_id, selection);
    const organizations = await renderPageWithValidations(context, finding, request);
    return new JsonText(`${head}${organizations}${renderTail(finding.total)}`);
  }
  const range = { limit, offset };
  const { total, documents } = await renderPage(reader, account_id, selection, sort, range);
  return new JsonText(head, documents, renderTail(total));
}

/** The columns of the CSV, by the wire's names; validations only where they were asked for. */
const CSV_COLUMNS = [
  'id',
  'status',
  'name',
  'assumed_name',
  'display_name',
  'is_active',
  'address',
  'address2',
  'city',
  'state',
  'zip',
  'country',
  'telephone',
  'container_id',
  'container_id_assignments',
] as const;

/** Organizations that are fetched at once while CSV streams. */
const CSV_CHUNK = 500;

/**
 * Organizations as CSV, in chunks. All of them unless the request sets a limit: who exports a registry
 * would not see that a thousand is not everything.
 *
 * @throws RequestRefused before the first chunk, never after
 */
export async function exportOrganizations(
  context: Context,
  { query }: ListQuery,
): Promise<AsyncIterable<string>> {
  const { problems, request } = checkOrganizationListQuery(query);
  refuseIfAny(problems);
  const { reader } = context.store;
  const { account_id } = context.principal;
  const selection = await selectionOf(context, request);
  const finding = await findSelection(reader, account_id, selection);
  const limit = request.has_limit ? request.limit : finding.total;
  const ids = await listPageIds(reader, finding, request.sort, { limit, offset: request.offset });
  return renderCsv(context, ids, request.includes_validations);
}

async function* renderCsv(
  context: Context,
  ids: readonly number[],
  includes_validations: boolean,
): AsyncIterable<string> {
  yield renderCsvLine(includes_validations ? [...CSV_COLUMNS, 'validations'] : CSV_COLUMNS);
  for (let start = 0; start < ids.length; start += CSV_CHUNK) {
    yield await renderCsvChunk(context, ids.slice(start, start + CSV_CHUNK), includes_validations);
  }
}

async function renderCsvChunk(
  context: Context,
  ids: readonly number[],
  includes_validations: boolean,
): Promise<string> {
  const { account_id } = context.principal;
  const rows = await listOrganizationsByIds(context.store.reader, account_id, ids);
  const documents = includes_validations
    ? await addValidations(context, rows)
    : rows.map(({ document, assignments_document }) => `${document}${assignments_document}}`);
  return documents
    .map((document) => JSON.parse(document))
    .map((organization) => {
      const cells = CSV_COLUMNS.map((column) => cellOf(organization, column));
      return renderCsvLine(
        includes_validations ? [...cells, describeForCsv(organization.validations)] : cells,
      );
    })
    .join('');
}

type CsvColumn = (typeof CSV_COLUMNS)[number];

function cellOf(organization: Record<string, unknown>, column: CsvColumn) {
  if (column === 'container_id') {
    return (organization.container as { id: number }).id;
  }
  const value = organization[column];
  return Array.isArray(value) ? value.join(' ') : ((value ?? '') as string | number | boolean);
}

/** `ov active 2027-01-02T00:00:00+00:00; ev pending` */
function describeForCsv(
  validations: readonly { type: string; status: string; validated_until?: string }[] = [],
): string {
  return validations
    .map(({ type, status, validated_until = '' }) => `${type} ${status} ${validated_until}`.trim())
    .join('; ');
}

async function renderPageWithValidations(
  context: Context,
  finding: Finding,
  { sort, limit, offset }: OrganizationListRequest,
): Promise<string> {
  const rows = await listPage(context.store.reader, finding, sort, { limit, offset });
  return (await addValidations(context, rows)).join(',');
}

/** The documents of listed organizations with their validations and approvers, complete. */
async function addValidations(
  context: Context,
  rows: readonly { id: number; document: string; assignments_document: string }[],
): Promise<string[]> {
  const recordsOf = await groupRecords(
    context,
    rows.map(({ id }) => id),
  );
  const time = timeOf(context);
  return rows.map(({ id, document, assignments_document }) => {
    const { validations, contacts } = recordsOf(id);
    const parts = renderListValidations(validations, contacts, time);
    return `${document}${parts}${assignments_document}}`;
  });
}

/** @returns what each of some organizations was submitted for, and who approves, by its id */
export async function groupRecords(context: Context, ids: readonly number[]) {
  const { store, principal } = context;
  const records = await listValidationRecords(context, store.reader, principal.account_id, ids);
  const validations = Map.groupBy(records.validations, (record) => record.organization_id);
  const contacts = Map.groupBy(records.verified_contacts, (record) => record.organization_id);
  return (id: number) => ({
    validations: validations.get(id) ?? [],
    contacts: contacts.get(id) ?? [],
  });
}

/** What the filters select. A container that is not there is an error, not an empty list. */
async function selectionOf(context: Context, request: OrganizationListRequest): Promise<Selection> {
  const { container_id, ordering_container_id, is_active, is_pending, search } = request;
  const { validation_status, validation_ends_before } = request;
  const isOfMoment = validation_status !== undefined || validation_ends_before !== undefined;
  if (container_id !== undefined) {
    await refuseUnlessContainer(context, container_id);
  }
  const assigned_container_id = await findRestrictingContainer(context, ordering_container_id);
  const { visible_container_ids } = context.principal;
  return {
    ...(visible_container_ids !== undefined && { visible_container_ids }),
    ...(container_id !== undefined && { container_id }),
    ...(assigned_container_id !== undefined && { assigned_container_id }),
    ...(is_active !== undefined && { is_active }),
    ...(is_pending !== undefined && { is_pending }),
    ...(validation_status !== undefined && { validation_status }),
    ...(validation_ends_before !== undefined && { validation_ends_before }),
    ...(isOfMoment && { time: timeOf(context) }),
    ...(search !== undefined && { search }),
  };
}

/**
 * A container that may order only for the organizations assigned to it. The root, and a container with
 * none assigned, may order for all (List organizations, `filters[container_id_for_organization]`).
 */
export async function findRestrictingContainer(
  context: Context,
  container_id: number | undefined,
): Promise<number | undefined> {
  if (container_id === undefined) {
    return undefined;
  }
  const container = await refuseUnlessContainer(context, container_id);
  const { account_id } = context.principal;
  const isRestricted = await restrictsOrders(context.store.reader, account_id, container);
  return isRestricted ? container_id : undefined;
}

/** Whether a container may order only for the organizations assigned to it. */
export async function restrictsOrders(
  handle: Handle,
  account_id: number,
  { id, parent_id }: Pick<StoredContainer, 'id' | 'parent_id'>,
): Promise<boolean> {
  return parent_id !== 0 && (await hasAssignedOrganizations(handle, account_id, id));
}

async function refuseUnlessContainer(context: Context, container_id: number) {
  refuseUnlessContainerVisible(context, container_id);
  const { account_id } = context.principal;
  const container = await findContainer(context.store.reader, account_id, container_id);
  return container ?? refuseAsNotFound('container');
}
