/** The queue: the open validations of an account, filtered and paged. */
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from './database.ts';
import type { Dialect } from './dialects.ts';
import { isOfContainers } from './organization-selection.ts';
import type { ValidationRow } from './schema-vetting.ts';
import { statement } from './statement.ts';
import { StatementShapes } from './statement-shapes.ts';

/** Which open validations. Members that are absent do not restrict. */
export interface QueueSelection {
  readonly type?: ValidationRow['type'];
  /** 0 for those that nobody works on. */
  readonly assigned_to_user_id?: number;
  readonly organization_id?: number;
  /** Only of organizations that belong or are assigned to one of these. */
  readonly visible_container_ids?: readonly number[];
}

/** Which part of the queue, from which end. */
export interface QueueRange {
  readonly newest_first: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** An open validation, by what it is of. */
export type QueuedValidation = Pick<ValidationRow, 'organization_id' | 'type'>;

/** The number of open validations in a selection, exactly. */
export async function countQueue(
  handle: Handle,
  account_id: number,
  selection: QueueSelection,
): Promise<number> {
  const count = shapes.find(`count ${shapeOf(selection)}`, () => countStatement(selection));
  const range = { newest_first: false, limit: 0, offset: 0 };
  const row = await handle.first(count, argumentsOf(account_id, selection, range));
  return row?.validations ?? 0;
}

/** A part of the open validations in a selection, by how long they have been open. */
export async function listQueue(
  handle: Handle,
  account_id: number,
  selection: QueueSelection,
  range: QueueRange,
): Promise<QueuedValidation[]> {
  const shape = `list ${range.newest_first} ${shapeOf(selection)}`;
  const list = shapes.find(shape, () => listStatement(selection, range.newest_first));
  return await handle.all(list, argumentsOf(account_id, selection, range));
}

/** Everything that any statement of the queue binds. */
interface QueueArguments {
  readonly account_id: number;
  readonly type: string;
  readonly assigned_to_user_id: number;
  readonly organization_id: number;
  /** A JSON array. */
  readonly visible: string;
  readonly limit: number;
  readonly offset: number;
}

function argumentsOf(
  account_id: number,
  selection: QueueSelection,
  { limit, offset }: QueueRange,
): QueueArguments {
  const { type = '', assigned_to_user_id = 0, organization_id = 0 } = selection;
  const visible = JSON.stringify(selection.visible_container_ids ?? []);
  return { account_id, type, assigned_to_user_id, organization_id, visible, limit, offset };
}

const shapes = new StatementShapes<QueueArguments>();

/** What a statement's text depends on. */
function shapeOf(selection: QueueSelection): string {
  const { type, assigned_to_user_id, organization_id, visible_container_ids } = selection;
  return [type, assigned_to_user_id, organization_id, visible_container_ids]
    .map((member) => Number(member !== undefined))
    .join('');
}

const countStatement = (selection: QueueSelection) =>
  statement<QueueArguments, { validations: number }>((db, args, dialect) =>
    db
      .selectFrom('validations as v')
      .where('v.account_id', '=', args.account_id)
      .where('v.is_open', '=', sql.lit(1))
      .where((eb) => eb.and(restrictionsOf(selection, args, dialect)))
      .select((eb) => eb.fn.countAll<number>().as('validations')),
  );

const listStatement = (selection: QueueSelection, newest_first: boolean) =>
  statement<QueueArguments, QueuedValidation>((db, args, dialect) => {
    const direction = newest_first ? 'desc' : 'asc';
    return db
      .selectFrom('validations as v')
      .where('v.account_id', '=', args.account_id)
      .where('v.is_open', '=', sql.lit(1))
      .where((eb) => eb.and(restrictionsOf(selection, args, dialect)))
      .select(['v.organization_id', 'v.type'])
      .orderBy('v.requested_at', direction)
      .orderBy('v.id', direction)
      .limit(args.limit)
      .offset(args.offset);
  });

function restrictionsOf(
  selection: QueueSelection,
  args: QueueArguments,
  dialect: Dialect,
): RawBuilder<boolean>[] {
  const { type, assigned_to_user_id, organization_id, visible_container_ids } = selection;
  return [
    ...(type === undefined ? [] : [sql<boolean>`v.type = ${args.type}`]),
    ...(assigned_to_user_id === undefined
      ? []
      : [sql<boolean>`v.assigned_to_user_id = ${args.assigned_to_user_id}`]),
    ...(organization_id === undefined
      ? []
      : [sql<boolean>`v.organization_id = ${args.organization_id}`]),
    ...(visible_container_ids === undefined
      ? []
      : [isOfContainers(sql.ref('v.organization_id'), args, dialect)]),
  ];
}
