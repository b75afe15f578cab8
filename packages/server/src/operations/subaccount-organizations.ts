/** The organizations of a subaccount, as the account above sees them: little more than their names. */
import type { Organization, Page, SubaccountOrganizationList } from '@orgvet/contract';
import { describeValidations } from '../domain/organization-document.ts';
import { refuseIfAny } from '../domain/problems.ts';
import {
  checkSubaccountOrganizationListQuery,
  type SubaccountOrganizationListRequest,
} from '../domain/subaccount-list.ts';
import { findSelection, listPage } from '../store/organization-list.ts';
import type { Selection } from '../store/organization-selection.ts';
import { type Context, timeOf } from './context.ts';
import { getSubaccountBelow } from './subaccounts.ts';
import { listValidationRecords } from './validations.ts';

interface SubaccountOrganizationsRequest {
  readonly params: { readonly subaccount_id: number };
  readonly query: Readonly<Record<string, unknown>>;
}

type Item = SubaccountOrganizationList['organizations'][number];

export async function listSubaccountOrganizations(
  context: Context,
  { params: { subaccount_id }, query }: SubaccountOrganizationsRequest,
): Promise<SubaccountOrganizationList> {
  const { problems, request } = checkSubaccountOrganizationListQuery(query);
  const { id: account_id } = await getSubaccountBelow(context, subaccount_id);
  refuseIfAny(problems);
  const { reader } = context.store;
  const { sort, limit, offset } = request;
  const finding = await findSelection(reader, account_id, selectionOf(request));
  const rows = await listPage(reader, finding, sort, { limit, offset });
  const ids = rows.map(({ id }) => id);
  const records = await listValidationRecords(context, reader, account_id, ids);
  const validations = Map.groupBy(records.validations, ({ organization_id }) => organization_id);
  const time = timeOf(context);
  const page: Page = { total: finding.total, limit, offset };
  return {
    organizations: rows.map(({ id, document }) => {
      // Without the users who approve: they are the subaccount's own affair.
      const described = describeValidations(validations.get(id) ?? [], [], time);
      return describeItem(JSON.parse(`${document}}`), described);
    }),
    page,
  };
}

function describeItem(
  { id, status, name, display_name }: Organization,
  validations: NonNullable<Item['validations']>,
): Item {
  return { id, status, name, display_name, ...(validations.length > 0 && { validations }) };
}

function selectionOf({
  is_active,
  is_pending,
  search,
}: SubaccountOrganizationListRequest): Selection {
  return {
    ...(is_active !== undefined && { is_active }),
    ...(is_pending !== undefined && { is_pending }),
    ...(search !== undefined && { search: selectionSearchOf(search) }),
  };
}

/** Here a number finds no organization by its id (List subaccount organizations, `filters[search]`). */
function selectionSearchOf({
  kind,
  term_folded,
}: NonNullable<SubaccountOrganizationListRequest['search']>): NonNullable<Selection['search']> {
  return kind === 'contains' ? { kind, term_folded } : { kind, term_folded, id: 0 };
}
