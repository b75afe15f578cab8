/**
 * Subaccounts: the accounts below an account, at any depth. One is found by the way up from it, a list
 * by the way down; neither loads the tree.
 */
import { type SelectQueryBuilder, sql } from 'kysely';
import type { StoredAccount } from './accounts.ts';
import type { Handle } from './database.ts';
import type { Dialect } from './dialects.ts';
import type { Schema } from './schema.ts';
import { statement } from './statement.ts';
import { StatementShapes } from './statement-shapes.ts';

/** Which subaccounts. Members that are absent do not restrict. */
export interface SubaccountSelection {
  readonly account_type?: string;
  readonly search?: {
    readonly kind: 'contains' | 'equals';
    readonly term_folded: string;
    /** Subaccounts that are found whatever their organization is called. */
    readonly account_ids: readonly number[];
  };
}

/** The order of a list; the last step is the id. */
export type SubaccountOrder = readonly {
  readonly property: keyof typeof SORT_COLUMNS;
  readonly is_descending: boolean;
}[];

/** A subaccount of a list. */
export interface ListedSubaccount {
  readonly account_id: number;
  readonly parent_account_id: number;
  readonly account_type: string;
  readonly child_name: string;
  readonly created_at: string;
  /** Name of its first organization; empty for none. */
  readonly organization_name: string;
  /** Of the user of the parent account who looks after it; empty for none. */
  readonly manager_first_name: string;
  readonly manager_last_name: string;
}

/** A subaccount of an account, or of one below it. */
export async function findSubaccount(
  handle: Handle,
  account_id: number,
  subaccount_id: number,
): Promise<StoredAccount | undefined> {
  return await handle.first(selectBelow, { account_id, subaccount_id });
}

/** The names that an account gave to its own subaccounts, by id; those without one are left out. */
export async function listChildNames(
  handle: Handle,
  account_id: number,
): Promise<{ id: number; child_name: string }[]> {
  return await handle.all(selectChildNames, { account_id });
}

export async function countSubaccounts(
  handle: Handle,
  account_id: number,
  selection: SubaccountSelection,
): Promise<number> {
  const row = await handle.first(countStatement(selection), argumentsOf(account_id, selection));
  return row?.subaccounts ?? 0;
}

/** A page of the subaccounts of an account and of those below it. */
export async function listSubaccounts(
  handle: Handle,
  account_id: number,
  selection: SubaccountSelection,
  order: SubaccountOrder,
  range: { readonly limit: number; readonly offset: number },
): Promise<ListedSubaccount[]> {
  const page = pageStatement(selection, order);
  return await handle.all(page, argumentsOf(account_id, selection, range));
}

/** What a sort property is compared by. */
const SORT_COLUMNS = {
  account_id: sql.ref('a.id'),
  account_type: sql.ref('a.account_type'),
  organization_name: sql`coalesce(o.name_folded, '')`,
  date_created: sql.ref('a.created_at'),
} as const;

/** Everything that a list statement binds. */
interface ListArguments {
  readonly account_id: number;
  readonly account_type: string;
  readonly term_folded: string;
  /** A JSON array. */
  readonly account_ids: string;
  readonly limit: number;
  readonly offset: number;
}

function argumentsOf(
  account_id: number,
  { account_type = '', search }: SubaccountSelection,
  { limit, offset } = { limit: 0, offset: 0 },
): ListArguments {
  const { term_folded = '', account_ids = [] } = search ?? {};
  return {
    account_id,
    account_type,
    term_folded,
    account_ids: JSON.stringify(account_ids),
    limit,
    offset,
  };
}

const shapes = new StatementShapes<ListArguments>();

/** What a statement's text depends on. */
function shapeOf(
  { account_type, search }: SubaccountSelection,
  order: SubaccountOrder = [],
): string {
  const steps = order.map(
    ({ property, is_descending }) => `${is_descending ? '-' : ''}${property}`,
  );
  return `${account_type !== undefined}/${search?.kind ?? ''} ${steps.join(',')}`;
}

function countStatement(selection: SubaccountSelection) {
  return shapes.find(`count ${shapeOf(selection)}`, () =>
    statement<ListArguments, { subaccounts: number }>((db, args, dialect) =>
      select(db, selection, args, dialect).select((eb) =>
        eb.fn.countAll<number>().as('subaccounts'),
      ),
    ),
  );
}

function pageStatement(selection: SubaccountSelection, order: SubaccountOrder) {
  return shapes.find(`page ${shapeOf(selection, order)}`, () =>
    statement<ListArguments, ListedSubaccount>((db, args, dialect) =>
      order
        .reduce(
          (query, { property, is_descending }) =>
            query.orderBy(SORT_COLUMNS[property], is_descending ? 'desc' : 'asc'),
          select(db, selection, args, dialect),
        )
        .leftJoin('users as m', (join) =>
          join
            .onRef('m.account_id', '=', 'a.parent_account_id')
            .onRef('m.id', '=', 'a.account_manager_user_id'),
        )
        .select([
          'a.id as account_id',
          'a.parent_account_id',
          'a.account_type',
          'a.child_name',
          'a.created_at',
          sql<string>`coalesce(o.name, '')`.as('organization_name'),
          sql<string>`coalesce(m.first_name, '')`.as('manager_first_name'),
          sql<string>`coalesce(m.last_name, '')`.as('manager_last_name'),
        ])
        .limit(args.limit)
        .offset(args.offset),
    ),
  );
}

type Subaccounts = SelectQueryBuilder<
  Schema & { a: Schema['accounts']; o: Schema['organizations']; m: Schema['users'] },
  'a',
  Record<never, never>
>;

/** The subaccounts of a selection with their first organizations, with nothing selected yet. */
function select(
  db: Dialect['builder'],
  { account_type, search }: SubaccountSelection,
  args: ListArguments,
  dialect: Dialect,
): Subaccounts {
  const below = db
    .withRecursive('below', (recursive) =>
      recursive
        .selectFrom('accounts as c')
        .select('c.id')
        .where('c.parent_account_id', '=', args.account_id)
        .unionAll(
          recursive
            .selectFrom('below as p')
            .innerJoin('accounts as c', 'c.parent_account_id', 'p.id')
            .select('c.id'),
        ),
    )
    .selectFrom('below as b')
    .innerJoin('accounts as a', 'a.id', 'b.id')
    .leftJoin('organizations as o', (join) =>
      join.onRef('o.account_id', '=', 'a.id').onRef('o.id', '=', 'a.primary_organization_id'),
    ) as unknown as Subaccounts;
  const ofType =
    account_type === undefined ? below : below.where('a.account_type', '=', args.account_type);
  if (search === undefined) {
    return ofType;
  }
  const name = sql<string>`coalesce(o.name_folded, '')`;
  const isCalledSo =
    search.kind === 'contains'
      ? dialect.contains(name, args.term_folded)
      : sql<boolean>`${name} = ${args.term_folded}`;
  const isGiven = dialect.isIn(sql.ref('a.id'), args.account_ids, 'bigint');
  return ofType.where(sql<boolean>`(${isCalledSo} or ${isGiven})`);
}

const selectBelow = statement<{ account_id: number; subaccount_id: number }, StoredAccount>(
  (db, args) =>
    db
      .withRecursive('above', (recursive) =>
        recursive
          .selectFrom('accounts as c')
          .select('c.parent_account_id as id')
          .where('c.id', '=', args.subaccount_id)
          .unionAll(
            recursive
              .selectFrom('above as u')
              .innerJoin('accounts as c', 'c.id', 'u.id')
              .select('c.parent_account_id as id'),
          ),
      )
      .selectFrom('accounts')
      .selectAll('accounts')
      .where('accounts.id', '=', args.subaccount_id)
      .where((eb) =>
        eb.exists(
          eb.selectFrom('above').select('above.id').where('above.id', '=', args.account_id),
        ),
      ),
);

const selectChildNames = statement<{ account_id: number }, { id: number; child_name: string }>(
  (db, args) =>
    db
      .selectFrom('accounts')
      .select(['id', 'child_name'])
      .where('parent_account_id', '=', args.account_id)
      .where('child_name', '<>', '')
      .orderBy('id'),
);
