/** Lists of users: as a page of JSON, or as CSV. */
import { ACCESS_ROLES, type Page } from '@orgvet/contract';
import { renderCsvLine } from '../domain/csv.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { checkUserListQuery, type UserListRequest } from '../domain/user-list.ts';
import { findContainer } from '../store/containers.ts';
import {
  type ContainerAssignment,
  countUsers,
  listContainerAssignments,
  listContainersOfUsers,
  listUserIds,
  listUsersByIds,
  type UserSelection,
} from '../store/user-list.ts';
import type { StoredUser } from '../store/users.ts';
import { type Context, refuseAsNotFound } from './context.ts';
import { describeListedUser } from './users.ts';
import { refuseUnlessContainerVisible } from './visibility.ts';

type ListQuery = { readonly query: Readonly<Record<string, unknown>> };

/** A user of a list; the container is there unless the request leaves it out. */
type ListedUser = ReturnType<typeof describeListedUser>;
type ListedUsers = { readonly users: ListedUser[]; readonly page: Page };

/** A page of the users who sign in. */
export async function listUsers(context: Context, { query }: ListQuery): Promise<ListedUsers> {
  return await listPage(context, query, false);
}

/** A page of the service users. */
export async function listServiceUsers(
  context: Context,
  { query }: ListQuery,
): Promise<ListedUsers> {
  return await listPage(context, query, true);
}

async function listPage(
  context: Context,
  query: ListQuery['query'],
  is_api_only: boolean,
): Promise<ListedUsers> {
  const { problems, request } = checkUserListQuery(query);
  refuseIfAny(problems);
  const { reader } = context.store;
  const { account_id } = context.principal;
  const selection = await selectionOf(context, request, is_api_only);
  const { sort, limit, offset, without_container } = request;
  const total = await countUsers(reader, account_id, selection);
  const ids = await listUserIds(reader, account_id, selection, sort, { limit, offset });
  const users = await listUsersByIds(reader, account_id, ids);
  const containers = without_container ? [] : await listContainersOfUsers(reader, account_id, ids);
  const containersById = new Map(containers.map((container) => [container.id, container]));
  const assignments = await groupAssignments(context, users);
  return {
    users: users.map((user) =>
      describeListedUser(
        user,
        containersById.get(user.container_id),
        assignments.get(user.id) ?? [],
      ),
    ),
    page: { total, limit, offset },
  };
}

const CSV_COLUMNS = [
  'id',
  'username',
  'first_name',
  'last_name',
  'email',
  'job_title',
  'telephone',
  'status',
  'last_login_date',
  'access_role',
  'container_id',
  'container_id_assignments',
] as const;

/** Users that are fetched at once while CSV streams. */
const CSV_CHUNK = 500;

/**
 * The users who sign in as CSV, in chunks: all of them unless the request sets a limit.
 *
 * @throws RequestRefused before the first chunk, never after
 */
export async function exportUsers(
  context: Context,
  { query }: ListQuery,
): Promise<AsyncIterable<string>> {
  const { problems, request } = checkUserListQuery(query);
  refuseIfAny(problems);
  const { reader } = context.store;
  const { account_id } = context.principal;
  const selection = await selectionOf(context, request, false);
  const { sort, offset } = request;
  const limit = request.has_limit ? request.limit : await countUsers(reader, account_id, selection);
  return renderCsv(
    context,
    await listUserIds(reader, account_id, selection, sort, { limit, offset }),
  );
}

async function* renderCsv(context: Context, ids: readonly number[]): AsyncIterable<string> {
  yield renderCsvLine(CSV_COLUMNS);
  const { account_id } = context.principal;
  for (let start = 0; start < ids.length; start += CSV_CHUNK) {
    const chunk = ids.slice(start, start + CSV_CHUNK);
    const users = await listUsersByIds(context.store.reader, account_id, chunk);
    const assignments = await groupAssignments(context, users);
    yield users.map((user) => renderUserLine(user, assignments.get(user.id) ?? [])).join('');
  }
}

function renderUserLine(user: StoredUser, assignments: readonly ContainerAssignment[]): string {
  const access_role = ACCESS_ROLES.find(({ id }) => id === user.access_role_id)?.name ?? '';
  const container_id_assignments = assignments.map(({ id }) => id).join(' ');
  const cells = { ...user, access_role, container_id_assignments };
  return renderCsvLine(CSV_COLUMNS.map((column) => cells[column]));
}

/** The containers that users are restricted to, by the user's id. */
async function groupAssignments(
  { store, principal }: Context,
  users: readonly StoredUser[],
): Promise<Map<number, ContainerAssignment[]>> {
  const ids = users
    .filter(({ has_container_assignments }) => has_container_assignments === 1)
    .map(({ id }) => id);
  const assignments =
    ids.length === 0 ? [] : await listContainerAssignments(store.reader, principal.account_id, ids);
  return Map.groupBy(assignments, ({ user_id }) => user_id);
}

/** What the filters select. A container that is not there is an error, not an empty list. */
async function selectionOf(
  context: Context,
  { container_id, access_role_id, status, search }: UserListRequest,
  is_api_only: boolean,
): Promise<UserSelection> {
  const { account_id, visible_container_ids } = context.principal;
  if (container_id !== undefined) {
    refuseUnlessContainerVisible(context, container_id);
    const container = await findContainer(context.store.reader, account_id, container_id);
    if (container === undefined) {
      refuseAsNotFound('container');
    }
  }
  return {
    is_api_only,
    ...(container_id !== undefined && { container_id }),
    ...(access_role_id !== undefined && { access_role_id }),
    ...(status !== undefined && { status }),
    ...(search !== undefined && { search }),
    ...(visible_container_ids !== undefined && { visible_container_ids }),
  };
}
