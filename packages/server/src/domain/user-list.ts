/** What a request for a list of users asks for, read from its query. Pure. */
import {
  fieldProblem,
  type Problem,
  readQuery,
  USER_SORT_PROPERTIES,
  UserListQuery,
  type UserSortProperty,
} from '@orgvet/contract';
import { parseSearch, parseSort, type Search, type SortStep } from './list-query.ts';
import { isAccessRole } from './user.ts';

/** Which users, in which order, and which part of them. */
export interface UserListRequest {
  /** Only those who belong to this container. */
  readonly container_id?: number;
  readonly access_role_id?: number;
  readonly status?: 'active' | 'inactive';
  readonly search?: Search;
  /** Ends with the id, which breaks every tie. */
  readonly sort: readonly SortStep<UserSortProperty>[];
  readonly limit: number;
  readonly offset: number;
  /** Whether the client set the limit itself. */
  readonly has_limit: boolean;
  readonly without_container: boolean;
}

const LIMIT_DEFAULT = 1000;

/** Reads the query of "List users": every problem, or the request. */
export function checkUserListQuery(query: Readonly<Record<string, unknown>>): {
  problems: Problem[];
  request: UserListRequest;
} {
  const { problems, value } = readQuery(UserListQuery, query);
  const { container_id, access_role_id } = value;
  const status = value['filters[status]'];
  const search = value['filters[search]'];
  if (access_role_id !== undefined && !isAccessRole(access_role_id)) {
    problems.push(fieldProblem('invalid', 'access_role_id', 'must be a role, see "List roles".'));
  }
  const request: UserListRequest = {
    ...(container_id !== undefined && { container_id }),
    ...(access_role_id !== undefined && { access_role_id }),
    ...(status !== undefined && { status }),
    ...(search !== undefined && { search: parseSearch(search) }),
    sort: parseSort(value.sort ?? '', USER_SORT_PROPERTIES, 'id', problems),
    limit: value.limit ?? LIMIT_DEFAULT,
    offset: value.offset ?? 0,
    has_limit: value.limit !== undefined,
    without_container: value.without_container ?? false,
  };
  return { problems, request };
}
