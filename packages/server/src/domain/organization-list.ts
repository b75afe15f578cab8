/**
 * What a list request asks for: filters, search, sort and page, read from its query. Pure.
 */
import {
  fieldProblem,
  OrganizationListQuery,
  type Problem,
  readQuery,
  SORT_PROPERTIES,
  type SortProperty,
} from '@orgvet/contract';
import { FORMATS } from './formats.ts';
import { parseSearch, parseSort, type SortStep } from './list-query.ts';
import { formatTime } from './time.ts';
import type { ValidationStatus } from './validation.ts';

/** A search on names. */
type NameSearch =
  | { readonly kind: 'contains'; readonly term_folded: string }
  /** `id` is set for a whole number, which finds the organization with that id too; else 0. */
  | { readonly kind: 'equals'; readonly term_folded: string; readonly id: number };

/** Which organizations, in which order, and which part of them. */
export interface OrganizationListRequest {
  /** Only those whose primary container is this one. */
  readonly container_id?: number;
  /** Only those that this container may order for. */
  readonly ordering_container_id?: number;
  readonly is_active?: boolean;
  readonly is_pending?: boolean;
  /** Only those with a validation of this status. */
  readonly validation_status?: ValidationStatus;
  /** Only those with an active validation that ends before this, as on the wire. */
  readonly validation_ends_before?: string;
  readonly search?: NameSearch;
  /** Ends with the id, which breaks every tie. */
  readonly sort: readonly SortStep<SortProperty>[];
  readonly limit: number;
  readonly offset: number;
  readonly includes_validations: boolean;
  /** Whether the client set the limit itself. */
  readonly has_limit: boolean;
}

const LIMIT_DEFAULT = 1000;

/** Reads the query of "List organizations": every problem, or the request. */
export function checkOrganizationListQuery(query: Readonly<Record<string, unknown>>): {
  problems: Problem[];
  request: OrganizationListRequest;
} {
  const { problems, value } = readQuery(OrganizationListQuery, query);
  const container_id = value.container_id;
  const ordering_container_id = value['filters[container_id_for_organization]'];
  const status = value['filters[status]'];
  const validation = value['filters[validation]'];
  const validation_status = value['filters[validation_status]'];
  const validation_ends_before = readEnd(value[ENDS_BEFORE], problems);
  const search = value['filters[search]'];
  const request: OrganizationListRequest = {
    ...(container_id !== undefined && { container_id }),
    ...(ordering_container_id !== undefined && { ordering_container_id }),
    ...(status !== undefined && { is_active: status === 'active' }),
    ...(validation !== undefined && { is_pending: validation === 'pending' }),
    ...(validation_status !== undefined && { validation_status }),
    ...(validation_ends_before !== undefined && { validation_ends_before }),
    ...(search !== undefined && { search: parseNameSearch(search) }),
    sort: parseSort(value.sort ?? '', SORT_PROPERTIES, 'id', problems),
    limit: value.limit ?? LIMIT_DEFAULT,
    offset: value.offset ?? 0,
    includes_validations: value.include_validation ?? false,
    has_limit: value.limit !== undefined,
  };
  return { problems, request };
}

const ENDS_BEFORE = 'filters[validation_expires_before]';

/** A day stands for its beginning. A `+` that was not encoded has come as a space. */
function readEnd(text: string | undefined, problems: Problem[]): string | undefined {
  if (text === undefined) {
    return undefined;
  }
  const moment = text.replace(/ (?=\d\d:\d\d$)/, '+');
  if (FORMATS.date?.(moment) || FORMATS['date-time']?.(moment)) {
    return formatTime(Date.parse(moment));
  }
  problems.push(fieldProblem('invalid', ENDS_BEFORE, 'must be a day or a moment.'));
  return undefined;
}

/** A name that equals the term; a whole number also finds the organization with that id. */
function parseNameSearch(text: string): NameSearch {
  const { kind, term_folded } = parseSearch(text);
  if (kind === 'contains') {
    return { kind, term_folded };
  }
  return { kind, term_folded, id: /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0 };
}
