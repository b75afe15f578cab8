/**
 * Lists of users: how many there are, a part of their ids in an order, and what an answer shows of some
 * of them. One statement for every shape of request, built once and kept.
 */
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { StoredContainer } from './containers.ts';
import type { Handle } from './database.ts';
import type { Dialect } from './dialects.ts';
import { statement } from './statement.ts';
import { StatementShapes } from './statement-shapes.ts';
import type { StoredUser } from './users.ts';

/** Which users of an account. Members that are absent do not restrict. */
export interface UserSelection {
  /** Only service users, or only the others. */
  readonly is_api_only: boolean;
  readonly container_id?: number;
  readonly access_role_id?: number;
  readonly status?: 'active' | 'inactive';
  readonly search?: { readonly kind: 'contains' | 'equals'; readonly term_folded: string };
  /** Only users who are restricted, and to none but these. */
  readonly visible_container_ids?: readonly number[];
}

/** The order of a list; the last step is the id. */
type UserOrder = readonly {
  readonly property: keyof typeof SORT_COLUMNS;
  readonly is_descending: boolean;
}[];

/** Which part of a list. */
interface UserRange {
  readonly limit: number;
  readonly offset: number;
}

/** A container that a user is restricted to, as a user shows it. */
export interface ContainerAssignment {
  readonly user_id: number;
  readonly id: number;
  readonly name: string;
}

/** What a sort property is compared by. */
const SORT_COLUMNS = {
  id: 'u.id',
  username: 'u.username_folded',
  first_name: 'u.first_name_folded',
  last_name: 'u.last_name_folded',
  email: 'u.email_folded',
  status: 'u.status',
  last_login_date: 'u.last_login_date',
} as const;

const SEARCHED_COLUMNS = [
  'u.username_folded',
  'u.first_name_folded',
  'u.last_name_folded',
  'u.email_folded',
] as const;

/** The number of users in a selection, exactly. */
export async function countUsers(
  handle: Handle,
  account_id: number,
  selection: UserSelection,
): Promise<number> {
  const count = shapes.find(`count ${shapeOf(selection)}`, () => countStatement(selection));
  const row = await handle.first(count, argumentsOf(account_id, selection));
  return row?.users ?? 0;
}

/** The ids of a part of a selection, in an order. */
export async function listUserIds(
  handle: Handle,
  account_id: number,
  selection: UserSelection,
  order: UserOrder,
  range: UserRange,
): Promise<number[]> {
  const list = shapes.find(`ids ${shapeOf(selection, order)}`, () =>
    idsStatement(selection, order),
  );
  const rows = await handle.all(list, { ...argumentsOf(account_id, selection), ...range });
  return rows.map(({ id }) => id);
}

/** Users by their ids, in the order of the ids; those that are gone are left out. */
export async function listUsersByIds(
  handle: Handle,
  account_id: number,
  ids: readonly number[],
): Promise<StoredUser[]> {
  const rows = await handle.all(selectByIds, { account_id, ids: JSON.stringify(ids) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The containers that some users belong to. */
export async function listContainersOfUsers(
  handle: Handle,
  account_id: number,
  user_ids: readonly number[],
): Promise<StoredContainer[]> {
  return await handle.all(selectContainers, { account_id, ids: JSON.stringify(user_ids) });
}

/** The containers that some users are restricted to, by user and container. */
export async function listContainerAssignments(
  handle: Handle,
  account_id: number,
  user_ids: readonly number[],
): Promise<ContainerAssignment[]> {
  return await handle.all(selectAssignments, { account_id, ids: JSON.stringify(user_ids) });
}

/** Whether a user `u` is restricted, and to none but some containers. */
export function isWithinContainers(visible: string, { isIn }: Dialect): RawBuilder<boolean> {
  return sql<boolean>`(u.has_container_assignments = 1 and not exists (
    select 1 from user_containers x
      where x.account_id = u.account_id and x.user_id = u.id
        and not (${isIn(sql.ref('x.container_id'), visible, 'bigint')})))`;
}

/** Everything that any list statement binds. */
interface ListArguments extends UserRange {
  readonly account_id: number;
  readonly container_id: number;
  readonly access_role_id: number;
  readonly term_folded: string;
  /** A JSON array. */
  readonly visible: string;
}

function argumentsOf(account_id: number, selection: UserSelection): ListArguments {
  return {
    account_id,
    container_id: selection.container_id ?? 0,
    access_role_id: selection.access_role_id ?? 0,
    term_folded: selection.search?.term_folded ?? '',
    visible: JSON.stringify(selection.visible_container_ids ?? []),
    limit: 0,
    offset: 0,
  };
}

const countStatement = (selection: UserSelection) =>
  statement<ListArguments, { users: number }>((db, args, dialect) =>
    db
      .selectFrom('users as u')
      .where('u.account_id', '=', args.account_id)
      .where((eb) => eb.and(restrictionsOf(selection, args, dialect)))
      .select((eb) => eb.fn.countAll<number>().as('users')),
  );

const idsStatement = (selection: UserSelection, order: UserOrder) =>
  statement<ListArguments, { id: number }>((db, args, dialect) => {
    const selected = db
      .selectFrom('users as u')
      .where('u.account_id', '=', args.account_id)
      .where((eb) => eb.and(restrictionsOf(selection, args, dialect)))
      .select('u.id');
    return order
      .reduce(
        (query, { property, is_descending }) =>
          query.orderBy(SORT_COLUMNS[property], is_descending ? 'desc' : 'asc'),
        selected,
      )
      .limit(args.limit)
      .offset(args.offset);
  });

function restrictionsOf(
  { is_api_only, container_id, access_role_id, status, search, ...selection }: UserSelection,
  args: ListArguments,
  dialect: Dialect,
): Expression<SqlBool>[] {
  const restrictions = [sql<boolean>`u.is_api_only = ${sql.lit(Number(is_api_only))}`];
  if (container_id !== undefined) {
    restrictions.push(sql<boolean>`u.container_id = ${args.container_id}`);
  }
  if (access_role_id !== undefined) {
    restrictions.push(sql<boolean>`u.access_role_id = ${args.access_role_id}`);
  }
  if (status !== undefined) {
    restrictions.push(sql<boolean>`u.status = ${sql.lit(status)}`);
  }
  if (search !== undefined) {
    const finds = SEARCHED_COLUMNS.map((name) => sql.ref<string>(name)).map((column) =>
      search.kind === 'contains'
        ? dialect.contains(column, args.term_folded)
        : sql<boolean>`${column} = ${args.term_folded}`,
    );
    restrictions.push(sql<boolean>`(${sql.join(finds, sql` or `)})`);
  }
  if (selection.visible_container_ids !== undefined) {
    restrictions.push(isWithinContainers(args.visible, dialect));
  }
  return restrictions;
}

const shapes = new StatementShapes<ListArguments>();

/** What a statement's text depends on. */
function shapeOf(
  { is_api_only, status, search, ...selection }: UserSelection,
  order: UserOrder = [],
): string {
  const filters = [
    is_api_only,
    status ?? '',
    search?.kind ?? '',
    selection.container_id === undefined ? '' : 'container',
    selection.access_role_id === undefined ? '' : 'role',
    selection.visible_container_ids === undefined ? '' : 'visible',
  ];
  const steps = order.map(
    ({ property, is_descending }) => `${is_descending ? '-' : ''}${property}`,
  );
  return `${filters.join('/')} ${steps.join(',')}`;
}

type OfUsers = { account_id: number; ids: string };

const selectByIds = statement<OfUsers, StoredUser>((db, args, dialect) =>
  db
    .selectFrom('users')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('id'), args.ids, 'bigint')),
);

const selectContainers = statement<OfUsers, StoredContainer>((db, args, dialect) =>
  db
    .selectFrom('containers')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('users as u')
        .select('u.container_id')
        .where('u.account_id', '=', args.account_id)
        .where(dialect.isIn(sql.ref('u.id'), args.ids, 'bigint')),
    ),
);

const selectAssignments = statement<OfUsers, ContainerAssignment>((db, args, dialect) =>
  db
    .selectFrom('user_containers as a')
    .innerJoin('containers as c', (join) =>
      join.onRef('c.account_id', '=', 'a.account_id').onRef('c.id', '=', 'a.container_id'),
    )
    .select(['a.user_id', 'c.id', 'c.name'])
    .where('a.account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('a.user_id'), args.ids, 'bigint'))
    .orderBy('a.user_id')
    .orderBy('c.id'),
);
