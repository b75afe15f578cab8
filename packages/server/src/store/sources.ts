/** The register of sources: registries and databases that evidence is from. */
import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { SourceRow } from './schema-vetting.ts';
import { statement } from './statement.ts';
import { StatementShapes } from './statement-shapes.ts';

type NewSource = Omit<Insertable<SourceRow>, 'id' | 'withdrawn_at' | 'withdrawal_reason'>;
export type StoredSource = Selectable<SourceRow>;

/** @returns the id of the new source */
export async function insertSource(tx: Transaction, source: NewSource): Promise<number> {
  const row = await tx.first(insertOne, source);
  if (row === undefined) {
    throw new Error('A source was not inserted.');
  }
  return row.id;
}

export async function findSource(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<StoredSource | undefined> {
  return await handle.first(selectOne, { account_id, id });
}

/** As `findSource`; whoever else would change the source waits until this transaction ends. */
export async function lockSource(
  tx: Transaction,
  account_id: number,
  id: number,
): Promise<StoredSource | undefined> {
  return await tx.first(lockOne, { account_id, id });
}

/** The names of some sources, by their ids. */
export async function listSourceNames(
  handle: Handle,
  account_id: number,
  ids: readonly number[],
): Promise<Map<number, string>> {
  const rows = await handle.all(selectNames, { account_id, ids: JSON.stringify(ids) });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Which sources of an account. Members that are absent do not restrict. */
export interface SourceSelection {
  readonly kind?: string;
  readonly jurisdiction_country?: string;
  readonly is_withdrawn?: boolean;
}

/** The number of sources in a selection. */
export async function countSources(
  handle: Handle,
  account_id: number,
  selection: SourceSelection,
): Promise<number> {
  const count = shapes.find(`count ${shapeOf(selection)}`, () => countStatement(selection));
  const row = await handle.first(count, argumentsOf(account_id, selection));
  return row?.sources ?? 0;
}

/** A part of the sources in a selection, by name. */
export async function listSources(
  handle: Handle,
  account_id: number,
  selection: SourceSelection,
  range: { readonly limit: number; readonly offset: number },
): Promise<StoredSource[]> {
  const list = shapes.find(`list ${shapeOf(selection)}`, () => listStatement(selection));
  return await handle.all(list, { ...argumentsOf(account_id, selection), ...range });
}

type SourceChange = Omit<NewSource, 'date_created'> & OneSource;

export async function updateSource(tx: Transaction, source: SourceChange): Promise<void> {
  await tx.run(update, source);
}

/** Ends the use of a source that may be used. */
export async function withdrawSource(
  tx: Transaction,
  account_id: number,
  id: number,
  withdrawal: Pick<StoredSource, 'withdrawn_at' | 'withdrawal_reason'>,
): Promise<void> {
  await tx.run(updateWithdrawal, { ...withdrawal, account_id, id });
}

type OneSource = { account_id: number; id: number };

/** The columns that a change replaces, each as an argument. */
function changingColumns(args: Omit<SourceChange, 'account_id' | 'id'>) {
  return {
    name: args.name,
    name_folded: args.name_folded,
    kind: args.kind,
    jurisdiction_country: args.jurisdiction_country,
    jurisdiction_state: args.jurisdiction_state,
    jurisdiction_locality: args.jurisdiction_locality,
    url: args.url,
    number_format: args.number_format,
    note: args.note,
    revision: args.revision,
    updated_at: args.updated_at,
  };
}

const insertOne = statement<NewSource, { id: number }>((db, args) =>
  db
    .insertInto('sources')
    .values({
      account_id: args.account_id,
      ...changingColumns(args),
      date_created: args.date_created,
      withdrawn_at: sql`''`,
      withdrawal_reason: sql`''`,
    })
    .returning('id'),
);

const selectOne = statement<OneSource, StoredSource>((db, args) =>
  db
    .selectFrom('sources')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const lockOne = statement<OneSource, StoredSource>((db, args, dialect) =>
  db
    .selectFrom('sources')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id)
    .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const selectNames = statement<
  { account_id: number; ids: string },
  Pick<StoredSource, 'id' | 'name'>
>((db, args, dialect) =>
  db
    .selectFrom('sources')
    .select(['id', 'name'])
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('id'), args.ids, 'bigint')),
);

/** Everything that any list statement binds. */
interface ListArguments {
  readonly account_id: number;
  readonly kind: string;
  readonly jurisdiction_country: string;
  readonly limit: number;
  readonly offset: number;
}

function argumentsOf(account_id: number, selection: SourceSelection): ListArguments {
  const { kind = '', jurisdiction_country = '' } = selection;
  return { account_id, kind, jurisdiction_country, limit: 0, offset: 0 };
}

const shapes = new StatementShapes<ListArguments>();

/** What a statement's text depends on. */
function shapeOf({ kind, jurisdiction_country, is_withdrawn }: SourceSelection): string {
  return [
    kind === undefined ? '' : 'kind',
    jurisdiction_country === undefined ? '' : 'country',
    is_withdrawn ?? '',
  ].join('/');
}

const countStatement = (selection: SourceSelection) =>
  statement<ListArguments, { sources: number }>((db, args) =>
    db
      .selectFrom('sources')
      .where('account_id', '=', args.account_id)
      .where((eb) => eb.and(restrictionsOf(selection, args)))
      .select((eb) => eb.fn.countAll<number>().as('sources')),
  );

const listStatement = (selection: SourceSelection) =>
  statement<ListArguments, StoredSource>((db, args) =>
    db
      .selectFrom('sources')
      .selectAll()
      .where('account_id', '=', args.account_id)
      .where((eb) => eb.and(restrictionsOf(selection, args)))
      .orderBy('name_folded')
      .orderBy('id')
      .limit(args.limit)
      .offset(args.offset),
  );

function restrictionsOf(selection: SourceSelection, args: ListArguments): RawBuilder<boolean>[] {
  const { kind, jurisdiction_country, is_withdrawn } = selection;
  const restrictions: RawBuilder<boolean>[] = [];
  if (kind !== undefined) {
    restrictions.push(sql<boolean>`kind = ${args.kind}`);
  }
  if (jurisdiction_country !== undefined) {
    restrictions.push(sql<boolean>`jurisdiction_country = ${args.jurisdiction_country}`);
  }
  if (is_withdrawn !== undefined) {
    restrictions.push(is_withdrawn ? sql<boolean>`withdrawn_at <> ''` : sql`withdrawn_at = ''`);
  }
  return restrictions;
}

const update = statement<SourceChange, unknown>((db, args) =>
  db
    .updateTable('sources')
    .set({
      ...changingColumns(args),
    })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const updateWithdrawal = statement<
  OneSource & Pick<StoredSource, 'withdrawn_at' | 'withdrawal_reason'>,
  unknown
>((db, args) =>
  db
    .updateTable('sources')
    .set({ withdrawn_at: args.withdrawn_at, withdrawal_reason: args.withdrawal_reason })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);
