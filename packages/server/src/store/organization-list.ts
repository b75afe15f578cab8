/**
 * Lists of organizations: how many there are, and a page of them. Finding the way that costs least is
 * here: a walk along an index, or the search index and a sort of what it finds.
 */
import { sql } from 'kysely';
import { countOrganizations } from './counts.ts';
import type { Handle } from './database.ts';
import {
  argumentsOf,
  countStatement,
  DOCUMENT,
  hasIndex,
  idsStatement,
  isNearWalk,
  type Order,
  type PagePlan,
  type Range,
  renderStatement,
  type Selection,
  type Way,
} from './organization-selection.ts';
import { countMatchingNames, INDEXED_TERM_LENGTH_MIN, listMatchingIds } from './search.ts';
import { rawStatement, statement } from './statement.ts';
import { listStandingIds, listStandings } from './validation-standings.ts';

/** A selection that was looked at: how many it has, and what is known for finding them. */
export interface Finding {
  readonly account_id: number;
  readonly selection: Selection;
  /** The number of organizations in the selection, exactly. */
  readonly total: number;
  /** All that the search index has for the term, where they are few. */
  readonly ids?: readonly number[];
  /** All that have the validations that are asked for, where any are. */
  readonly standing_ids?: readonly number[];
}

/** An organization of a list whose text is put together by the caller. */
export interface ListedOrganization {
  readonly id: number;
  /** The answer's text up to its container, without the closing brace. */
  readonly document: string;
  readonly assignments_document: string;
}

/** So few matches are fetched at once instead of being counted first. */
const FEW_MATCHES_MAX = 250;

/** Looks at a selection: counts it, by the way that costs least. */
export async function findSelection(
  handle: Handle,
  account_id: number,
  selection: Selection,
): Promise<Finding> {
  const { search, assigned_container_id, visible_container_ids } = selection;
  const finding = (total: number): Finding => ({ account_id, selection, total });
  if (listStandings(selection).length > 0) {
    return await findStanding(handle, account_id, selection);
  }
  const isCounted = assigned_container_id === undefined && visible_container_ids === undefined;
  if (search === undefined && isCounted) {
    return finding(await countKept(handle, account_id, selection));
  }
  if (!usesIndex(selection)) {
    return finding(await countBy(handle, account_id, selection, 'walk'));
  }
  const term_folded = search?.term_folded ?? '';
  const ids = await listMatchingIds(handle, account_id, term_folded, FEW_MATCHES_MAX + 1);
  if (ids.length <= FEW_MATCHES_MAX) {
    const total = isOnlySearch(selection)
      ? ids.length
      : await countBy(handle, account_id, selection, 'ids', ids);
    return { ...finding(total), ids };
  }
  if (!isOnlySearch(selection)) {
    return finding(await countBy(handle, account_id, selection, 'index'));
  }
  const isScanned = await isCommon(handle, account_id, ids);
  return finding(
    isScanned
      ? await countBy(handle, account_id, selection, 'walk')
      : await countMatchingNames(handle, account_id, term_folded),
  );
}

/** As `findSelection`, where it depends on validations: their index tells the organizations. */
async function findStanding(
  handle: Handle,
  account_id: number,
  selection: Selection,
): Promise<Finding> {
  const standing_ids = await listStandingIds(handle, account_id, selection);
  const { validation_status, validation_ends_before, time, ...others } = selection;
  const isAll = Object.values(others).every((member) => member === undefined);
  const total = isAll
    ? standing_ids.length
    : await countBy(handle, account_id, selection, 'standing', standing_ids);
  return { account_id, selection, total, standing_ids };
}

/** A page with the total of its list. */
interface RenderedPage {
  readonly total: number;
  /** The items of a JSON array, without its brackets. */
  readonly documents: Uint8Array | string;
}

/** Counts a selection and renders a page of it, by the ways that cost least. */
export async function renderPage(
  handle: Handle,
  account_id: number,
  selection: Selection,
  order: Order,
  range: Range,
): Promise<RenderedPage> {
  if (isNearWalk(selection, order, range)) {
    // However many there are, such a page is found from the beginning: nobody waits for the total.
    const plan: PagePlan = { way: 'walk', is_reversed: false, range };
    const [total, documents] = await Promise.all([
      countKept(handle, account_id, selection),
      renderPlanned(handle, { account_id, selection }, order, plan),
    ]);
    return { total, documents };
  }
  const finding = await findSelection(handle, account_id, selection);
  const plan = await planPage(handle, finding, order, range);
  const documents = await renderPlanned(handle, finding, order, plan);
  return { total: finding.total, documents };
}

async function renderPlanned(
  handle: Handle,
  finding: Omit<Finding, 'total'>,
  order: Order,
  plan: PagePlan,
): Promise<RenderedPage['documents']> {
  const { account_id, selection } = finding;
  const ids = idsFor(finding, plan);
  const row = await handle.first(
    renderStatement(selection, order, plan),
    argumentsOf(handle.dialect, account_id, selection, ids, plan.range),
  );
  return row?.documents ?? '';
}

/** A page, row by row, for the caller to add what depends on the moment. */
export async function listPage(
  handle: Handle,
  finding: Finding,
  order: Order,
  range: Range,
): Promise<ListedOrganization[]> {
  const ids = await listPageIds(handle, finding, order, range);
  return await listOrganizationsByIds(handle, finding.account_id, ids);
}

/** The ids of a page, in its order. */
export async function listPageIds(
  handle: Handle,
  finding: Finding,
  order: Order,
  range: Range,
): Promise<number[]> {
  const { account_id, selection } = finding;
  const plan = await planPage(handle, finding, order, range);
  const ids = idsFor(finding, plan);
  const list = idsStatement(selection, order, plan);
  const rows = await handle.all(
    list,
    argumentsOf(handle.dialect, account_id, selection, ids, plan.range),
  );
  const found = rows.map(({ id }) => id);
  return plan.is_reversed ? found.reverse() : found;
}

/** They may be most of an account: only the way by them takes them along. */
function idsFor(
  { ids, standing_ids }: Omit<Finding, 'total'>,
  { way }: PagePlan,
): readonly number[] | undefined {
  return way === 'standing' ? standing_ids : ids;
}

/** Organizations by their ids, in the order of the ids; those that are gone are left out. */
export async function listOrganizationsByIds(
  handle: Handle,
  account_id: number,
  ids: readonly number[],
): Promise<ListedOrganization[]> {
  const rows = await handle.all(selectByIds, { account_id, ids: JSON.stringify(ids) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/**
 * How a page is found. Beyond the middle the walk begins at the other end, in the reversed order: the
 * last page of a million then costs what the first does.
 */
async function planPage(
  handle: Handle,
  finding: Finding,
  order: Order,
  range: Range,
): Promise<PagePlan> {
  const { total } = finding;
  const way = await chooseWay(handle, finding, order, nearerEnd(total, range));
  const is_reversed = way === 'walk' && range.offset > total / 2;
  return { way, is_reversed, range: is_reversed ? nearerEnd(total, range) : range };
}

/** The same page counted from whichever end of the list is nearer. */
function nearerEnd(total: number, { limit, offset }: Range): Range {
  if (offset <= total / 2) {
    return { limit, offset };
  }
  const end = Math.min(total, offset + limit);
  return { limit: Math.max(0, end - offset), offset: total - end };
}

/** A common term is soon found by walking along the order; a rarer one by the search index. */
async function chooseWay(
  handle: Handle,
  { account_id, selection, total, ids, standing_ids }: Finding,
  order: Order,
  { limit, offset }: Range,
): Promise<Way> {
  if (ids !== undefined) {
    return 'ids';
  }
  const other = standing_ids === undefined ? 'index' : 'standing';
  if (other === 'index' && !usesIndex(selection)) {
    return 'walk';
  }
  if (total === 0 || !hasIndex(order)) {
    return other;
  }
  const all = await countKept(handle, account_id, {});
  const isNamesOnly = order[0]?.property === 'name' && isOnlySearch(selection);
  const visited = Math.min(all, ((offset + limit) * all) / total);
  const { cost_us } = handle.dialect.names;
  // On a walk for validations a row of theirs is looked at as well.
  const visit_us = standing_ids === undefined ? cost_us.row : 2 * cost_us.row;
  const walk_us = visited * (isNamesOnly ? cost_us.name : visit_us);
  return walk_us < (standing_ids?.length ?? total) * cost_us.sortedMatch ? 'walk' : other;
}

/**
 * Whether so many names have a term that looking at every name counts them sooner than the search index
 * does, judged by how close together its first matches are.
 */
async function isCommon(
  handle: Handle,
  account_id: number,
  first_ids: readonly number[],
): Promise<boolean> {
  const bounds = await handle.first(selectIdBounds, { account_id });
  const span = (bounds?.last_id ?? 0) - (bounds?.first_id ?? 0) + 1;
  const covered = Math.max(...first_ids) - (bounds?.first_id ?? 0) + 1;
  const all = await countKept(handle, account_id, {});
  const expected = (first_ids.length * span) / covered;
  const { cost_us } = handle.dialect.names;
  return all * cost_us.name < expected * cost_us.countedMatch;
}

/** A total that is kept: costs a few rows. */
async function countKept(
  handle: Handle,
  account_id: number,
  { container_id, is_active, is_pending }: Selection,
): Promise<number> {
  const flagOrAny = (flag: boolean | undefined) => (flag === undefined ? -1 : Number(flag));
  return await countOrganizations(handle, account_id, {
    container_id: container_id ?? -1,
    is_active: flagOrAny(is_active),
    is_pending: flagOrAny(is_pending),
  });
}

async function countBy(
  handle: Handle,
  account_id: number,
  selection: Selection,
  way: Way,
  ids: readonly number[] = [],
): Promise<number> {
  const count = countStatement(selection, way);
  const row = await handle.first(count, argumentsOf(handle.dialect, account_id, selection, ids));
  return row?.organizations ?? 0;
}

/** The search index knows nothing shorter than three characters. */
function usesIndex({ search }: Selection): boolean {
  return search?.kind === 'contains' && [...search.term_folded].length >= INDEXED_TERM_LENGTH_MIN;
}

function isOnlySearch(selection: Selection): boolean {
  const { search: _search, ...filters } = selection;
  return Object.values(filters).every((member) => member === undefined);
}

const selectByIds = rawStatement<{ account_id: number; ids: string }, ListedOrganization>(
  ({ account_id, ids }, dialect) => {
    const { from, where } = dialect.organizationsBy('id', { account_id, json: ids });
    return sql`select o.id, o.assignments_document, ${DOCUMENT} as document from ${from}
      where ${where}`;
  },
);

const selectIdBounds = statement<
  { account_id: number },
  { first_id: number | null; last_id: number | null }
>((db, args) =>
  // Two looks into the index; min and max in one go would walk it.
  db.selectNoFrom((eb) => [
    eb
      .selectFrom('organizations as f')
      .select((min) => min.fn.min('f.id').as('id'))
      .where('f.account_id', '=', args.account_id)
      .as('first_id'),
    eb
      .selectFrom('organizations as l')
      .select((max) => max.fn.max('l.id').as('id'))
      .where('l.account_id', '=', args.account_id)
      .as('last_id'),
  ]),
);
