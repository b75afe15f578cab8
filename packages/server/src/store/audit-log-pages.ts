/** The sealed events of an account from the newest back, all of them or some: one statement for each shape. */
import { type Expression, type SqlBool, sql } from 'kysely';
import type { StoredEvent } from './audit-log.ts';
import type { Handle } from './database.ts';
import { statement } from './statement.ts';
import { StatementShapes } from './statement-shapes.ts';

/** Which events. Members that are absent do not restrict. */
export interface EventSelection {
  readonly action?: string;
  readonly actor_user_id?: number;
  readonly object_type?: string;
  readonly object_id?: number;
}

/** In which part of the log, and how many at most. */
interface LogBefore {
  readonly after_sequence: number;
  readonly before_sequence: number;
  readonly limit: number;
}

/** Sealed events in a part of the log, newest first. */
export async function listNewestSealedEvents(
  handle: Handle,
  account_id: number,
  selection: EventSelection,
  part: LogBefore,
): Promise<StoredEvent[]> {
  const names = NAMES.filter((name) => selection[name] !== undefined);
  const list = shapes.find(names.join(), () => listStatement(names));
  return await handle.all(list, { ...NOTHING, ...selection, ...part, account_id });
}

/** Everything that any of these statements binds. */
type ListArguments = Required<EventSelection> & LogBefore & { readonly account_id: number };

const NOTHING: Required<EventSelection> = {
  action: '',
  actor_user_id: 0,
  object_type: '',
  object_id: 0,
};

type Name = keyof EventSelection;

/** What each member of a selection means. */
const RESTRICTIONS: Readonly<Record<Name, (args: ListArguments) => Expression<SqlBool>>> = {
  action: ({ action }) => sql`action = ${action}`,
  actor_user_id: ({ actor_user_id }) => sql`actor_user_id = ${actor_user_id}`,
  object_type: ({ object_type }) => sql`object_type = ${object_type}`,
  object_id: ({ object_id }) => sql`object_id = ${object_id}`,
};

const NAMES = Object.keys(RESTRICTIONS) as Name[];

const shapes = new StatementShapes<ListArguments>();

const listStatement = (names: readonly Name[]) =>
  statement<ListArguments, StoredEvent>((db, args) =>
    db
      .selectFrom('events')
      .selectAll()
      .where('account_id', '=', args.account_id)
      // As a literal, not an argument: only then can the planner use the partial index.
      .where('sequence', '>', sql.lit(0))
      .where('sequence', '>', args.after_sequence)
      .where('sequence', '<', args.before_sequence)
      .where((eb) => eb.and(names.map((name) => RESTRICTIONS[name](args))))
      .orderBy('sequence', 'desc')
      .limit(args.limit),
  );
