/**
 * What the lists of subaccounts, and of a subaccount's organizations, are asked for: filters, search,
 * sort and page, read from their queries. Pure.
 */
import {
  type AccountType,
  type Problem,
  readQuery,
  SUBACCOUNT_ORGANIZATION_SORT_PROPERTIES,
  SUBACCOUNT_SORT_PROPERTIES,
  SubaccountListQuery,
  SubaccountOrganizationListQuery,
  type SubaccountSortProperty,
} from '@orgvet/contract';
import { fold } from './fold.ts';
import { parseSearch, parseSort, type Search, type SortStep } from './list-query.ts';

/** Which subaccounts, in which order, and which part of them. */
export interface SubaccountListRequest {
  readonly account_type?: AccountType;
  readonly search?: Search;
  /** Ends with the account id, which breaks every tie. */
  readonly sort: readonly SortStep<SubaccountSortProperty>[];
  readonly limit: number;
  readonly offset: number;
}

const LIMIT_DEFAULT = 1000;

/** Reads the query of "List subaccounts": every problem, or the request. */
export function checkSubaccountListQuery(query: Readonly<Record<string, unknown>>): {
  problems: Problem[];
  request: SubaccountListRequest;
} {
  const { problems, value } = readQuery(SubaccountListQuery, query);
  const account_type = value['filters[account_type]'];
  const search = value['filters[search]'];
  const sort = parseSort(value.sort ?? '', SUBACCOUNT_SORT_PROPERTIES, 'account_id', problems);
  const request: SubaccountListRequest = {
    ...(account_type !== undefined && { account_type }),
    ...(search !== undefined && { search: parseSearch(search) }),
    // What follows the id decides nothing.
    sort: sort.slice(0, sort.findIndex(({ property }) => property === 'account_id') + 1),
    limit: value.limit ?? LIMIT_DEFAULT,
    offset: value.offset ?? 0,
  };
  return { problems, request };
}

/** Whether a text is what a search looks for. */
export function matchesSearch(text: string, { kind, term_folded }: Search): boolean {
  const folded = fold(text);
  return kind === 'contains' ? folded.includes(term_folded) : folded === term_folded;
}

/** Which organizations of a subaccount, in which order, and which part of them. */
export interface SubaccountOrganizationListRequest {
  readonly is_active?: boolean;
  readonly is_pending?: boolean;
  readonly search?: Search;
  /** Ends with the id, which breaks every tie. */
  readonly sort: readonly SortStep<(typeof SUBACCOUNT_ORGANIZATION_SORT_PROPERTIES)[number]>[];
  readonly limit: number;
  readonly offset: number;
}

/** Reads the query of "List subaccount organizations": every problem, or the request. */
export function checkSubaccountOrganizationListQuery(query: Readonly<Record<string, unknown>>): {
  problems: Problem[];
  request: SubaccountOrganizationListRequest;
} {
  const { problems, value } = readQuery(SubaccountOrganizationListQuery, query);
  const status = value['filters[status]'];
  const validation = value['filters[validation]'];
  const search = value['filters[search]'];
  const request: SubaccountOrganizationListRequest = {
    ...(status !== undefined && { is_active: status === 'active' }),
    ...(validation !== undefined && { is_pending: validation === 'pending' }),
    ...(search !== undefined && { search: parseSearch(search) }),
    sort: parseSort(value.sort ?? '', SUBACCOUNT_ORGANIZATION_SORT_PROPERTIES, 'id', problems),
    limit: value.limit ?? LIMIT_DEFAULT,
    offset: value.offset ?? 0,
  };
  return { problems, request };
}
