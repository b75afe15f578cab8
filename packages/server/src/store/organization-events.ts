/**
 * The events about an organization and what belongs to it: what that is is looked up first, and then the
 * events of each thing, so that the other events of the account cost nothing.
 */
import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Handle } from './database.ts';
import type { Dialect } from './dialects.ts';
import type { EventRow } from './schema.ts';
import { rawStatement, type Statement } from './statement.ts';
import { StatementShapes } from './statement-shapes.ts';

type StoredEvent = Selectable<EventRow>;

/** What of an organization's events somebody asks for. Members that are absent do not restrict. */
export interface HistorySelection {
  /** Kinds of what belongs to the organization; its own events always are among them. */
  readonly belongings: readonly Belonging[];
  /** Only the orders that this user made. */
  readonly order_user_id?: number;
  /** Only the orders that belong to one of these. */
  readonly order_container_ids?: readonly number[];
  /** Actions that are left out. */
  readonly without_actions?: readonly string[];
}

type Belonging = 'verified_contact' | 'evidence' | 'order';

/** The newest events of a selection that are older than one of them, newest first. */
export async function listNewestOrganizationEvents(
  handle: Handle,
  account_id: number,
  organization_id: number,
  selection: HistorySelection,
  { before_id, limit }: { readonly before_id: number; readonly limit: number },
): Promise<StoredEvent[]> {
  const { order_user_id = 0, order_container_ids = [], without_actions = [] } = selection;
  return await handle.all(findStatement(selection, 'desc'), {
    ...{ account_id, organization_id, before_id, limit, order_user_id, after_id: 0 },
    order_container_ids: JSON.stringify(order_container_ids),
    without_actions: JSON.stringify(without_actions),
  });
}

/** Events that are read at once: some milliseconds. */
const EVENTS_AT_ONCE = 2000;

/** The events about an organization, its evidence and its verified contacts, oldest first, in pages. */
export async function* readOrganizationEvents(
  handle: Handle,
  account_id: number,
  organization_id: number,
): AsyncGenerator<readonly StoredEvent[]> {
  const select = findStatement({ belongings: ['verified_contact', 'evidence'] }, 'asc');
  let after_id = 0;
  let found = EVENTS_AT_ONCE;
  while (found === EVENTS_AT_ONCE) {
    const page = await handle.all(select, {
      ...{ account_id, organization_id, after_id, before_id: Number.MAX_SAFE_INTEGER },
      ...{ limit: EVENTS_AT_ONCE, order_user_id: 0, order_container_ids: '[]' },
      without_actions: '[]',
    });
    yield page;
    found = page.length;
    after_id = page.at(-1)?.id ?? after_id;
  }
}

interface HistoryArguments {
  readonly account_id: number;
  readonly organization_id: number;
  readonly after_id: number;
  readonly before_id: number;
  readonly limit: number;
  readonly order_user_id: number;
  /** JSON arrays. */
  readonly order_container_ids: string;
  readonly without_actions: string;
}

const shapes = new StatementShapes<HistoryArguments>();

function findStatement(
  { belongings, order_user_id, order_container_ids }: HistorySelection,
  direction: 'asc' | 'desc',
): Statement<HistoryArguments, StoredEvent> {
  const restrictions: OrderRestriction[] = [
    ...(order_user_id === undefined ? [] : (['user'] as const)),
    ...(order_container_ids === undefined ? [] : (['containers'] as const)),
  ];
  const shape = [direction, ...belongings, ...restrictions].join(' ');
  return shapes.find(shape, () => eventsStatement(belongings, restrictions, direction));
}

/**
 * The ids first and the rows after, or a sort would carry whatever was recorded. What belongs to the
 * organization leads; with the sum no planner can walk all events in their order instead.
 */
function eventsStatement(
  belongings: readonly Belonging[],
  restrictions: readonly OrderRestriction[],
  direction: 'asc' | 'desc',
): Statement<HistoryArguments, StoredEvent> {
  return rawStatement((args, dialect) => {
    const { isIn } = dialect;
    const objects = [
      sql`select 'organization' as object_type, cast(${args.organization_id} as bigint) as object_id`,
      ...belongings.map((one) =>
        one === 'order' ? orders(args, restrictions, dialect) : BELONGINGS[one](args),
      ),
    ];
    const order = sql.raw(direction);
    return sql`select e.* from (
        select f.id from (${sql.join(objects, sql` union all `)}) o cross join events f
        where f.account_id = ${args.account_id}
          and f.object_type = o.object_type and f.object_id = o.object_id
          and f.id > ${args.after_id} and f.id < ${args.before_id}
          and not ${isIn(sql.ref('f.action'), args.without_actions, 'text')}
        order by f.id + 0 ${order} limit ${args.limit}) p
      cross join events e
      where e.account_id = ${args.account_id} and e.id = p.id
      order by e.id ${order}`;
  });
}

const BELONGINGS = {
  verified_contact: ({ account_id, organization_id }: HistoryArguments) =>
    sql`select 'verified_contact', id from verified_contacts
      where account_id = ${account_id} and organization_id = ${organization_id}`,
  evidence: ({ account_id, organization_id }: HistoryArguments) =>
    sql`select 'evidence', id from evidence
      where account_id = ${account_id} and organization_id = ${organization_id}`,
} as const;

type OrderRestriction = 'user' | 'containers';

function orders(
  { account_id, organization_id, order_user_id, order_container_ids }: HistoryArguments,
  restrictions: readonly OrderRestriction[],
  { isIn }: Dialect,
): RawBuilder<unknown> {
  const conditions = {
    user: sql`user_id = ${order_user_id}`,
    containers: isIn(sql.ref('container_id'), order_container_ids, 'bigint'),
  } as const satisfies Record<OrderRestriction, RawBuilder<unknown>>;
  return sql`select 'order', id from orders where ${sql.join(
    [
      sql`account_id = ${account_id} and organization_id = ${organization_id}`,
      ...restrictions.map((name) => conditions[name]),
    ],
    sql` and `,
  )}`;
}
