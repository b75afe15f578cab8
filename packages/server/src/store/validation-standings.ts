/**
 * Organizations by how their validations stand at a moment: by the index of ends, and by that of what is
 * being worked on. What they are called here is what answers show, as long as the ends have been told.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Handle } from './database.ts';
import { rawStatement, type Statement } from './statement.ts';

/** What is asked of an organization's validations; one of them is enough. */
export interface StandingSelection {
  readonly validation_status?: 'pending' | 'active' | 'expired';
  /** Active, and ends before this. */
  readonly validation_ends_before?: string;
  /** Now. */
  readonly time?: string;
}

export interface StandingArguments {
  readonly account_id: number;
  readonly time: string;
  readonly validation_ends_before: string;
}

type Standing = 'pending' | 'active' | 'expired' | 'ending';

/** The ways in which a selection asks for validations; none where it does not. */
export function listStandings(selection: StandingSelection): Standing[] {
  const { validation_status, validation_ends_before } = selection;
  return [
    ...(validation_status === undefined ? [] : [validation_status]),
    ...(validation_ends_before === undefined ? [] : (['ending'] as const)),
  ];
}

/** The ids of all organizations that have what a selection asks for, however many. */
export async function listStandingIds(
  handle: Handle,
  account_id: number,
  selection: StandingSelection,
): Promise<number[]> {
  const { time = '', validation_ends_before = '' } = selection;
  let found: ReadonlySet<number> | undefined;
  for (const standing of listStandings(selection)) {
    const row = await handle.first(ID_STATEMENTS[standing], {
      ...{ account_id, time, validation_ends_before },
    });
    const ids: ReadonlySet<number> = new Set(JSON.parse(row?.ids ?? '[]') as number[]);
    found = found === undefined ? ids : found.intersection(ids);
  }
  return [...(found ?? [])];
}

/** Whether an organization `o` has a validation of a standing: for a walk over many of them. */
export function hasStanding(standing: Standing, args: StandingArguments): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from validations v
    where v.account_id = ${args.account_id} and v.organization_id = o.id
      and ${CONDITIONS[standing](args, COMPUTED)})`;
}

/** What of a validation tells how it stands. */
interface Columns {
  readonly ends_at: RawBuilder<unknown>;
  readonly is_open: RawBuilder<unknown>;
}

/** For the indexes of them. */
const PLAIN: Columns = { ends_at: sql`v.ends_at`, is_open: sql`v.is_open` };

/** The same, but so that no planner looks through an index of them again and again. */
const COMPUTED: Columns = {
  ends_at: sql`v.ends_at || ''`,
  is_open: sql`v.is_open + 0`,
};

/** Words, not arguments, where the planner is to see that an index has all that is asked for. */
const CONDITIONS: Readonly<
  Record<Standing, (args: StandingArguments, columns: Columns) => RawBuilder<boolean>>
> = {
  pending: ({ time }, { ends_at, is_open }) => sql`${is_open} = 1 and ${ends_at} <= ${time}`,
  active: ({ time }, { ends_at }) => sql`${ends_at} <> '' and ${ends_at} > ${time}`,
  expired: ({ time }, { ends_at, is_open }) =>
    sql`${ends_at} <> '' and ${ends_at} <= ${time} and ${is_open} = 0`,
  ending: ({ time, validation_ends_before }, { ends_at }) =>
    sql`${ends_at} <> '' and ${ends_at} > ${time} and ${ends_at} < ${validation_ends_before}`,
};

/** Not told apart by the database: it would sort them all for that. */
function idsStatement(standing: Standing): Statement<StandingArguments, { ids: string }> {
  return rawStatement((args, { numbersToJson }) => {
    const id = sql.ref<number>('v.organization_id');
    return sql`select ${numbersToJson(id)} as ids from validations v
      where v.account_id = ${args.account_id} and ${CONDITIONS[standing](args, PLAIN)}`;
  });
}

const ID_STATEMENTS: Readonly<Record<Standing, ReturnType<typeof idsStatement>>> = {
  pending: idsStatement('pending'),
  active: idsStatement('active'),
  expired: idsStatement('expired'),
  ending: idsStatement('ending'),
};
