/**
 * The statements behind lists of organizations: one for every shape of request (which filters, which
 * order, found how), built once and kept. Which way costs least is organization-list.ts's to say.
 */
import {
  type Expression,
  type RawBuilder,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely';
import type { Dialect, MatchArguments } from './dialects.ts';
import type { Schema } from './schema.ts';
import { matchingIds } from './search.ts';
import { type Statement, statement } from './statement.ts';
import { StatementShapes } from './statement-shapes.ts';
import {
  hasStanding,
  listStandings,
  type StandingArguments,
  type StandingSelection,
} from './validation-standings.ts';

/** Which organizations of an account. Members that are absent do not restrict. */
export interface Selection extends StandingSelection {
  readonly container_id?: number;
  /** Only those assigned to this container. */
  readonly assigned_container_id?: number;
  /** Only those that belong or are assigned to one of these. */
  readonly visible_container_ids?: readonly number[];
  readonly is_active?: boolean;
  readonly is_pending?: boolean;
  readonly search?:
    | { readonly kind: 'contains'; readonly term_folded: string }
    | { readonly kind: 'equals'; readonly term_folded: string; readonly id: number };
}

/** The order of a list; the last step is the id. */
export type Order = readonly { readonly property: SortColumn; readonly is_descending: boolean }[];

/** Which part of a list. */
export interface Range {
  readonly limit: number;
  readonly offset: number;
}

/**
 * How a search for a part of a name finds the organizations: by a walk along an index of the order that
 * looks at every name, by the search index, or by the ids that the search index has given already; or by
 * the ids of all that have the validations that are asked for.
 */
export type Way = 'walk' | 'index' | 'ids' | 'standing';

/** A page that ends among so many rows of its list is near the list's beginning, or its end. */
const NEAR_ROWS = 2048;

/** How a page is found: by which way, in which direction, and then which part. */
export interface PagePlan {
  readonly way: Way;
  /** Whether the order is walked backwards; the range then counts from the other end. */
  readonly is_reversed: boolean;
  readonly range: Range;
}

/** What a sort property is compared by. */
const SORT_COLUMNS = {
  id: 'o.id',
  name: 'o.name_folded',
  is_active: 'o.is_active',
  address: 'o.address_folded',
  city: 'o.city_folded',
  state: 'o.state_folded',
  zip: 'o.zip_folded',
  country: 'o.country',
  telephone: 'o.telephone_folded',
  container_id: 'o.container_id',
} as const;
type SortColumn = keyof typeof SORT_COLUMNS;

/** What so few organizations have alike that an index of it serves for whatever comes behind it. */
const NEARLY_UNIQUE: readonly SortColumn[] = ['id', 'name'];

/** What an index has with the id behind it, and nothing else. */
const WITH_ID: readonly SortColumn[] = ['city', 'state', 'country', 'container_id'];

/** Whether a list in this order is a walk along an index, forwards or backwards. */
export function hasIndex(order: Order): boolean {
  const [first, second] = order;
  return (
    isNearlyUnique(order) ||
    (first !== undefined &&
      WITH_ID.includes(first.property) &&
      second?.property === 'id' &&
      second.is_descending === first.is_descending)
  );
}

function isNearlyUnique([first]: Order): boolean {
  return first !== undefined && NEARLY_UNIQUE.includes(first.property);
}

/** The answer's text of an organization up to its container, without the closing brace. */
export const DOCUMENT = sql<string>`o.document ||
  (select c.document from containers c
    where c.account_id = o.account_id and c.id = o.container_id)`;

/** Everything that any list statement binds. */
export interface ListArguments extends MatchArguments, StandingArguments {
  readonly container_id: number;
  readonly assigned_container_id: number;
  /** A JSON array. */
  readonly visible: string;
  readonly search_id: number;
  /** A JSON array, for the ways by ids. */
  readonly ids: string;
  readonly limit: number;
  readonly offset: number;
}

export function argumentsOf(
  { names }: Dialect,
  account_id: number,
  selection: Selection,
  ids: readonly number[] = [],
  { limit, offset }: Range = { limit: 0, offset: 0 },
): ListArguments {
  const { container_id = 0, assigned_container_id = 0, visible_container_ids = [] } = selection;
  const { search, time = '', validation_ends_before = '' } = selection;
  const term_folded = search?.term_folded ?? '';
  return {
    account_id,
    container_id,
    assigned_container_id,
    visible: JSON.stringify(visible_container_ids),
    term_folded,
    match: names.matchOf(account_id, term_folded),
    search_id: search?.kind === 'equals' ? search.id : 0,
    ids: JSON.stringify(ids),
    time,
    validation_ends_before,
    limit,
    offset,
  };
}

/** Counts a selection, found in a way. */
export function countStatement(selection: Selection, way: Way) {
  return shapes.find(`count ${way} ${shapeOf(selection)}`, () =>
    statement<ListArguments, { organizations: number }>((db, args, dialect) =>
      select(db, selection, way, args, dialect).select((eb) =>
        eb.fn.countAll<number>().as('organizations'),
      ),
    ),
  );
}

/** The ids of a page, backwards where the plan is. */
export function idsStatement(selection: Selection, order: Order, { way, is_reversed }: PagePlan) {
  const walked = is_reversed ? reverse(order) : order;
  return shapes.find(`ids ${way} ${shapeOf(selection, walked)}`, () =>
    statement<ListArguments, { id: number }>((db, args, dialect) =>
      sorted(select(db, selection, way, args, dialect), walked)
        .select('o.id')
        .limit(args.limit)
        .offset(args.offset),
    ),
  );
}

/**
 * The documents of a page, joined by the database: a thousand rows then cross over as one value. Unless
 * the order is that of names or ids, and walked forwards, the ids come first and the documents after: a
 * sort would carry every document of the account.
 */
export function renderStatement(
  selection: Selection,
  order: Order,
  { way, is_reversed, range }: PagePlan,
): Statement<ListArguments, { documents: Uint8Array | string }> {
  const isWalked = way === 'walk' && !is_reversed && isNearlyUnique(order);
  const walked = is_reversed ? reverse(order) : order;
  const bound = isNearWalk(selection, order, range) ? boundOf(range) : 0;
  return shapes.find(`render ${way} ${is_reversed} ${bound} ${shapeOf(selection, order)}`, () =>
    statement<ListArguments, { documents: Uint8Array | string }>((db, args, dialect) => {
      const all = select(db, selection, way, args, dialect);
      const page =
        bound > 0 && dialect.replansForArguments
          ? nearPage(db, all, walked, args, bound)
          : sorted(all, walked).limit(args.limit).offset(args.offset);
      const isInOrder = isWalked && dialect.skipsUnrendered;
      const rows = sql<string>`${DOCUMENT} || o.assignments_document || '}'`.as('document');
      const documents = isInOrder
        ? page.select(rows)
        : sorted(refetch(db, page, args), order).select(rows);
      return db
        .selectFrom(documents.as('page'))
        .select(dialect.joinDocuments(sql.ref('page.document')).as('documents'));
    }),
  );
}

/**
 * Whether a page is found by a short walk from the beginning, however many there are. The plan's range may
 * count from the other end.
 */
export function isNearWalk(selection: Selection, order: Order, { limit, offset }: Range): boolean {
  return isPlain(selection) && hasIndex(order) && limit + offset <= NEAR_ROWS;
}

/** Whether nothing restricts a selection but flags: one plan is as good for each that is like it. */
function isPlain({ is_active: _active, is_pending: _pending, ...others }: Selection): boolean {
  return Object.values(others).every((member) => member === undefined);
}

/** The limits that statements are written for, each for all up to it: few, since each is kept prepared. */
function boundOf({ limit }: Range): number {
  return [32, 128, 512].find((bound) => limit <= bound) ?? NEAR_ROWS;
}

/**
 * A page near the beginning of a walk, for PostgreSQL. It takes a tenth of the rows for an offset or a
 * limit that it does not know, plans for what it is given instead, and so does it anew every time, which
 * takes longer than the page. Written limits bound what a tenth can be: one plan is as good for all
 * offsets and limits within them, and is kept.
 */
function nearPage(
  db: Dialect['builder'],
  all: Organizations,
  order: Order,
  args: ListArguments,
  bound: number,
): Organizations {
  const columns = [...new Set(['id' as const, ...order.map(({ property }) => property)])].map(
    (property) => SORT_COLUMNS[property] as never,
  );
  const near = sorted(all, order).select(columns).limit(sql.lit(NEAR_ROWS)).as('o');
  const skipped = sorted(db.selectFrom(near) as unknown as Organizations, order)
    .select(columns)
    .limit(sql.lit(bound))
    .offset(args.offset)
    .as('o');
  return sorted(db.selectFrom(skipped) as unknown as Organizations, order).limit(args.limit);
}

function reverse(order: Order): Order {
  return order.map(({ property, is_descending }) => ({ property, is_descending: !is_descending }));
}

const shapes = new StatementShapes<ListArguments>();

/** What a statement's text depends on. */
function shapeOf(selection: Selection, order: Order = []): string {
  const { container_id, assigned_container_id, visible_container_ids } = selection;
  const { is_active, is_pending, search } = selection;
  const filters = [
    container_id === undefined ? '' : 'container',
    assigned_container_id === undefined ? '' : 'assigned',
    visible_container_ids === undefined ? '' : 'visible',
    is_active ?? '',
    is_pending ?? '',
    search?.kind ?? '',
    search?.kind === 'equals' && search.id !== 0 ? 'id' : '',
    ...listStandings(selection),
  ];
  const steps = order.map(
    ({ property, is_descending }) => `${is_descending ? '-' : ''}${property}`,
  );
  return `${filters.join('/')} ${steps.join(',')}`;
}

type Organizations = SelectQueryBuilder<
  Schema & { o: Schema['organizations'] },
  'o',
  Record<never, never>
>;

/** The organizations of a selection, with nothing selected yet. */
function select(
  db: Dialect['builder'],
  selection: Selection,
  way: Way,
  args: ListArguments,
  dialect: Dialect,
): Organizations {
  return restrictionsOf(selection, way, args, dialect).reduce(
    (query, restriction) => query.where(restriction),
    from(db, way, args, dialect).where('o.account_id', '=', args.account_id),
  );
}

function from(
  db: Dialect['builder'],
  way: Way,
  args: ListArguments,
  dialect: Dialect,
): Organizations {
  if (way === 'walk') {
    return db.selectFrom('organizations as o') as unknown as Organizations;
  }
  if (way === 'ids' || way === 'standing') {
    const { account_id, ids: json } = args;
    const given = dialect.organizationsBy('id', { account_id, json });
    return db.selectFrom(given.from as never).where(given.where) as unknown as Organizations;
  }
  // Crossed, not joined: what was found leads, and no planner turns that round.
  return db
    .selectFrom(matchingIds(args, dialect).as<'m'>(sql.ref('m') as never))
    .crossJoin('organizations as o')
    .where(sql<boolean>`o.id = m.id`) as unknown as Organizations;
}

/** The organizations of a page again, in no order: the page leads, or SQLite walks every name. */
function refetch(db: Dialect['builder'], page: Organizations, args: ListArguments): Organizations {
  return db
    .selectFrom(page.select('o.id').as('p'))
    .crossJoin('organizations as o')
    .where('o.account_id', '=', args.account_id)
    .whereRef('o.id', '=', 'p.id') as unknown as Organizations;
}

function restrictionsOf(
  selection: Selection,
  way: Way,
  args: ListArguments,
  dialect: Dialect,
): Expression<SqlBool>[] {
  const { container_id, assigned_container_id, visible_container_ids } = selection;
  const { is_active, is_pending, search } = selection;
  const restrictions: Expression<SqlBool>[] = [];
  if (visible_container_ids !== undefined) {
    restrictions.push(isOfContainers(sql.ref('o.id'), args, dialect));
  }
  if (container_id !== undefined) {
    restrictions.push(sql<boolean>`o.container_id = ${args.container_id}`);
  }
  if (assigned_container_id !== undefined) {
    restrictions.push(sql<boolean>`o.id in (select a.organization_id from container_organizations a
      where a.account_id = ${args.account_id} and a.container_id = ${args.assigned_container_id})`);
  }
  // As literals, not arguments: only then can the planner use the partial indexes.
  if (is_active !== undefined) {
    restrictions.push(sql<boolean>`o.is_active = ${sql.lit(Number(is_active))}`);
  }
  if (is_pending !== undefined) {
    restrictions.push(sql<boolean>`o.is_pending = ${sql.lit(Number(is_pending))}`);
  }
  if (way !== 'standing') {
    restrictions.push(...listStandings(selection).map((one) => hasStanding(one, args)));
  }
  if (search?.kind === 'contains' && (way === 'walk' || way === 'standing')) {
    restrictions.push(dialect.contains(sql.ref('o.name_folded'), args.term_folded));
  }
  if (search?.kind === 'equals') {
    restrictions.push(
      search.id === 0
        ? sql<boolean>`o.name_folded = ${args.term_folded}`
        : sql<boolean>`(o.name_folded = ${args.term_folded} or o.id = ${args.search_id})`,
    );
  }
  return restrictions;
}

function sorted<Query extends { orderBy(column: never, direction: 'asc' | 'desc'): unknown }>(
  query: Query,
  order: Order,
): Query {
  return order.reduce(
    (ordered, { property, is_descending }) =>
      ordered.orderBy(SORT_COLUMNS[property] as never, is_descending ? 'desc' : 'asc') as Query,
    query,
  );
}

/**
 * Whether an organization belongs or is assigned to one of some containers. Both looks are by an index,
 * so that what a few containers have is found without a look at all the rest.
 *
 * @param args.visible the ids of the containers, as a JSON array
 */
export function isOfContainers(
  organization_id: Expression<unknown>,
  { account_id, visible }: { readonly account_id: number; readonly visible: string },
  { isIn }: Dialect,
): RawBuilder<boolean> {
  return sql<boolean>`${organization_id} in (
    select b.id from organizations b
      where b.account_id = ${account_id}
        and ${isIn(sql.ref('b.container_id'), visible, 'bigint')}
    union
    select a.organization_id from container_organizations a
      where a.account_id = ${account_id}
        and ${isIn(sql.ref('a.container_id'), visible, 'bigint')})`;
}
