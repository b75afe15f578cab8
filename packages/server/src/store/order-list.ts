/**
 * Lists of orders: how many there are, a part of their ids in an order, and what a list shows of some of
 * them. One statement for every shape of request.
 */
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Handle } from './database.ts';
import type { Dialect } from './dialects.ts';
import type { StoredOrder } from './orders.ts';
import { type Statement, statement } from './statement.ts';
import { StatementShapes } from './statement-shapes.ts';

/** Which orders of an account. Members that are absent do not restrict. */
export interface OrderSelection {
  readonly organization_id?: number;
  readonly status?: StoredOrder['status'];
  readonly product_name_id?: string;
  /** Only those that this user made. */
  readonly user_id?: number;
  /** Only those that belong to one of these. */
  readonly visible_container_ids?: readonly number[];
}

/** What a list shows of an order: all but what is long and what is seldom asked for. */
interface ListedOrder
  extends Pick<
    StoredOrder,
    | 'id'
    | 'organization_id'
    | 'container_id'
    | 'product_name_id'
    | 'status'
    | 'common_name'
    | 'dns_names'
    | 'signature_hash'
    | 'validity_years'
    | 'disable_renewal_notifications'
    | 'date_created'
  > {
  readonly organization_name: string;
  readonly container_name: string;
}

/** What a sort property is compared by. */
const SORT_COLUMNS = {
  id: 'o.id',
  common_name: 'o.common_name',
  product_name_id: 'o.product_name_id',
  date_created: 'o.date_created',
  validity_years: 'o.validity_years',
} as const;

/** The order of a list; the last step is the id. */
type Order = readonly {
  readonly property: keyof typeof SORT_COLUMNS;
  readonly is_descending: boolean;
}[];

interface Range {
  readonly limit: number;
  readonly offset: number;
}

/** The number of orders in a selection, exactly. */
export async function countOrders(
  handle: Handle,
  account_id: number,
  selection: OrderSelection,
): Promise<number> {
  const names = namesIn(selection);
  const count = shapes.find(`count ${names}`, () => countStatement(names));
  const row = await handle.first(count, argumentsOf(account_id, selection));
  return row?.orders ?? 0;
}

/** A part of a selection, in an order. */
export async function listOrders(
  handle: Handle,
  account_id: number,
  selection: OrderSelection,
  order: Order,
  range: Range,
): Promise<ListedOrder[]> {
  const names = namesIn(selection);
  const steps = order.map(({ property, is_descending }) => `${property} ${is_descending}`);
  const list = shapes.find(`ids ${names} ${steps}`, () => idsStatement(names, order));
  const found = await handle.all(list, { ...argumentsOf(account_id, selection), ...range });
  const ids = found.map(({ id }) => id);
  // In two steps: rows that are not shown need not be joined, or carried along while sorting.
  const rows = await handle.all(selectByIds, { account_id, ids: JSON.stringify(ids) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Everything that any list statement binds. */
interface ListArguments extends Range {
  readonly account_id: number;
  readonly organization_id: number;
  readonly status: string;
  readonly product_name_id: string;
  readonly user_id: number;
  /** A JSON array. */
  readonly visible: string;
}

function argumentsOf(account_id: number, selection: OrderSelection): ListArguments {
  return {
    account_id,
    organization_id: selection.organization_id ?? 0,
    status: selection.status ?? '',
    product_name_id: selection.product_name_id ?? '',
    user_id: selection.user_id ?? 0,
    visible: JSON.stringify(selection.visible_container_ids ?? []),
    limit: 0,
    offset: 0,
  };
}

type Name = keyof OrderSelection;

/** What each member of a selection means. */
const RESTRICTIONS: Readonly<
  Record<Name, (args: ListArguments, dialect: Dialect) => Expression<SqlBool>>
> = {
  organization_id: (args) => sql`o.organization_id = ${args.organization_id}`,
  status: (args) => sql`o.status = ${args.status}`,
  product_name_id: (args) => sql`o.product_name_id = ${args.product_name_id}`,
  user_id: (args) => sql`o.user_id = ${args.user_id}`,
  visible_container_ids: (args, { isIn }) =>
    isIn(sql.ref('o.container_id'), args.visible, 'bigint'),
};

const NAMES = Object.keys(RESTRICTIONS) as Name[];

/** The members that restrict a selection, always in the same order. */
function namesIn(selection: OrderSelection): Name[] {
  return NAMES.filter((name) => selection[name] !== undefined);
}

const shapes = new StatementShapes<ListArguments>();

const selected = (
  db: Dialect['builder'],
  names: readonly Name[],
  args: ListArguments,
  dialect: Dialect,
) =>
  db
    .selectFrom('orders as o')
    .where('o.account_id', '=', args.account_id)
    .where((eb) => eb.and(names.map((name) => RESTRICTIONS[name](args, dialect))));

const countStatement = (names: readonly Name[]): Statement<ListArguments, { orders: number }> =>
  statement((db, args, dialect) =>
    selected(db, names, args, dialect).select((eb) => eb.fn.countAll<number>().as('orders')),
  );

const idsStatement = (
  names: readonly Name[],
  order: Order,
): Statement<ListArguments, { id: number }> =>
  statement((db, args, dialect) =>
    order
      .reduce(
        (query, { property, is_descending }) =>
          query.orderBy(SORT_COLUMNS[property], is_descending ? 'desc' : 'asc'),
        selected(db, names, args, dialect).select('o.id'),
      )
      .limit(args.limit)
      .offset(args.offset),
  );

const selectByIds = statement<{ account_id: number; ids: string }, ListedOrder>(
  (db, args, dialect) =>
    db
      .selectFrom('orders as o')
      .innerJoin('organizations as g', (join) =>
        join.onRef('g.account_id', '=', 'o.account_id').onRef('g.id', '=', 'o.organization_id'),
      )
      .innerJoin('containers as c', (join) =>
        join.onRef('c.account_id', '=', 'o.account_id').onRef('c.id', '=', 'o.container_id'),
      )
      .select([
        'o.id',
        'o.organization_id',
        'o.container_id',
        'o.product_name_id',
        'o.status',
        'o.common_name',
        'o.dns_names',
        'o.signature_hash',
        'o.validity_years',
        'o.disable_renewal_notifications',
        'o.date_created',
        'g.name as organization_name',
        'c.name as container_name',
      ])
      .where('o.account_id', '=', args.account_id)
      .where(dialect.isIn(sql.ref('o.id'), args.ids, 'bigint')),
);
