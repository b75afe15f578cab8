/**
 * Everything in which databases differ, as one object for each.
 *
 * Statements are written once against this interface. A difference that is not here does not exist; how
 * a connection is used stands in sqlite.ts and postgres.ts.
 */
import {
  DummyDriver,
  type Expression,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
import type { Schema } from './schema.ts';
import { hashTrigrams } from './trigrams.ts';

export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** Builds queries; has no connection. */
  readonly builder: Kysely<Schema>;
  /**
   * Whether a transaction must lock the rows that it decides by (`for update`). SQLite runs one
   * transaction that writes at a time, and knows no such lock.
   */
  readonly locksRows: boolean;
  /** Whether what a row selects is left alone where an offset skips the row. */
  readonly skipsUnrendered: boolean;
  /**
   * Whether a prepared statement is planned anew for its arguments as long as they might matter: then it
   * is planned nearly every time where a limit is among them.
   */
  readonly replansForArguments: boolean;
  /** Whether `text` contains `term`, compared bytewise. */
  contains(text: Expression<string>, term: string): RawBuilder<boolean>;
  /** Texts joined by commas in the rows' order: nothing for no rows. */
  joinDocuments(document: Expression<string>): RawBuilder<Uint8Array | string>;
  /** Whether a column is one of the numbers or texts in a JSON array: for a few among many rows. */
  isIn(column: Expression<unknown>, json: string, type: 'bigint' | 'text'): RawBuilder<boolean>;
  /**
   * The organizations `o` of an account whose ids, or whose fingerprints if they are no duplicates, are
   * in a JSON array; to follow `from` and `where`. What is given leads: no planner may walk all of an
   * account instead, however little it knows of the table.
   */
  organizationsBy(
    key: 'id' | 'fingerprint',
    given: { readonly account_id: number; readonly json: string },
  ): { from: RawBuilder<unknown>; where: RawBuilder<boolean> };
  /** The numbers of all rows as one JSON array: many rows cross over far more cheaply so. */
  numbersToJson(number: Expression<number>): RawBuilder<string>;
  /** Whether many rows are best sent as one text (`copy … from stdin`), instead of one by one. */
  readonly copiesRows: boolean;
  /** What the database says of itself: which version it is, and how large, where that is told alike. */
  readonly engine: {
    readonly version: RawBuilder<{ version: string }>;
    readonly size?: RawBuilder<{ size_bytes: number }>;
  };
  readonly names: NameIndex;
  readonly ids: IdSource;
  readonly ddl: SchemaWords;
}

/** How a database hands out ids. */
interface IdSource {
  /** Whether ids that were given with an insert count as handed out. */
  readonly followsInserts: boolean;
  /** The highest id of a table that was ever handed out, as `last_id`. */
  findLast(table: TableWithIds): RawBuilder<{ last_id: number }>;
  /** Hands out so many ids at once, as a JSON array `ids`, where ids cannot be chosen by looking. */
  take?(table: TableWithIds, count: number): RawBuilder<{ ids: string }>;
  /** Makes sure that `raise` finds something to raise, where that may not be so. */
  prepareRaise?(table: TableWithIds): RawBuilder<unknown>;
  /** After this no id up to `last_id` is handed out any more. */
  raise(table: TableWithIds, last_id: number): RawBuilder<unknown>;
}

/** Tables whose ids the database hands out. */
export const TABLES_WITH_IDS = [
  'accounts',
  'containers',
  'users',
  'api_keys',
  'ip_rules',
  'events',
  'organizations',
  'contacts',
  'validations',
  'verified_contacts',
  'approval_requests',
  'confirmations',
  'mails',
  'orders',
  'sources',
  'evidence',
  'decisions',
  'completions',
  'reminders',
  'rejections',
  'passkeys',
] as const;
export type TableWithIds = (typeof TABLES_WITH_IDS)[number];

/** The search index over folded names: how it is asked, filled and made. */
interface NameIndex {
  /** A term of at least three characters as the index is asked for it. */
  matchOf(account_id: number, term_folded: string): string;
  /** Where the names with a term are, to follow `from`, and the id of an organization there. */
  matches(args: MatchArguments): { id: RawBuilder<number>; from: RawBuilder<unknown> };
  insert(name: IndexedName): RawBuilder<unknown>;
  remove(name: OrganizationKey): RawBuilder<unknown>;
  /** What of a name enters the index, beside the name. */
  entryOf(account_id: number, name_folded: string): string;
  /**
   * What visiting one entry costs, roughly, in microseconds, measured at a million organizations: a name
   * on a walk along the index of names, a row on any other walk, a match of the search index that is
   * counted, and one whose row is fetched and sorted.
   */
  readonly cost_us: {
    readonly name: number;
    readonly row: number;
    readonly countedMatch: number;
    readonly sortedMatch: number;
  };
}

interface OrganizationKey {
  readonly account_id: number;
  readonly organization_id: number;
}

/** A name that enters the index, with what `entryOf` makes of it. */
export interface IndexedName extends OrganizationKey {
  readonly name_folded: string;
  readonly entry: string;
}

/** What a search by the index binds. */
export interface MatchArguments {
  readonly account_id: number;
  readonly term_folded: string;
  /** Made by `matchOf`. */
  readonly match: string;
}

/** The words in which schemas differ. */
interface SchemaWords {
  /** The type of a text. Texts are compared bytewise everywhere. */
  readonly text: string;
  /** The column `id` of a table, whose ids the database hands out and never uses again. */
  readonly idColumn: string;
  /** The key of a table of the account's: the account leads it, unless the id alone is the key. */
  readonly accountKey: string;
  /** As `accountKey`, where SQLite needs no second index beside the one by id: ends with a comma. */
  readonly primaryKey: string;
  /** As `primaryKey`, of the accounts themselves: begins with a comma. */
  readonly ownKey: string;
  /** The statements that make the search index. */
  readonly nameIndex: readonly string[];
}

/** Rowids of SQLite's search index: the account above, the organization below this factor. */
const ACCOUNT_FACTOR = sql.lit(4_294_967_296);

const rowidOf = ({ account_id, organization_id }: OrganizationKey) =>
  sql<number>`${account_id} * ${ACCOUNT_FACTOR} + ${organization_id}`;

/** How organizations are looked up; one by each, as an index has it. */
const KEY_CONDITIONS = {
  id: sql`o.id = given.value`,
  fingerprint: sql`o.fingerprint = given.value and o.is_duplicate = 0`,
} as const;

/** FTS5 over sequences of three characters. */
const SQLITE_NAMES: NameIndex = {
  matchOf: (_account_id, term_folded) => `"${term_folded.replaceAll('"', '""')}"`,
  matches: ({ account_id, match }) => ({
    id: sql<number>`rowid - ${account_id} * ${ACCOUNT_FACTOR}`,
    from: sql`organization_name_index where organization_name_index match ${match}
      and rowid between ${account_id} * ${ACCOUNT_FACTOR}
        and ${account_id} * ${ACCOUNT_FACTOR} + ${ACCOUNT_FACTOR} - 1`,
  }),
  insert: (name) =>
    sql`insert into organization_name_index (rowid, name_folded)
      values (${rowidOf(name)}, ${name.name_folded})`,
  remove: (name) => sql`delete from organization_name_index where rowid = ${rowidOf(name)}`,
  entryOf: () => '',
  cost_us: { name: 0.2, row: 0.8, countedMatch: 0.5, sortedMatch: 2.5 },
};

const SQLITE_IDS: IdSource = {
  followsInserts: true,
  findLast: (table) =>
    sql`select coalesce((select seq from sqlite_sequence where name = ${sql.lit(table)}), 0) as last_id`,
  prepareRaise: (table) =>
    sql`insert into sqlite_sequence (name, seq) select ${sql.lit(table)}, 0
      where not exists (select 1 from sqlite_sequence where name = ${sql.lit(table)})`,
  raise: (table, last_id) =>
    sql`update sqlite_sequence set seq = ${last_id}
      where name = ${sql.lit(table)} and seq < ${last_id}`,
};

export const SQLITE: Dialect = {
  name: 'sqlite',
  builder: new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  }),
  locksRows: false,
  skipsUnrendered: true,
  replansForArguments: false,
  contains: (text, term) => sql<boolean>`instr(${text}, ${term}) > 0`,
  joinDocuments: (document) =>
    sql<Uint8Array>`cast(coalesce(group_concat(${document}, ','), '') as blob)`,
  isIn: (column, json) => sql<boolean>`${column} in (select value from json_each(${json}))`,
  organizationsBy: (key, { account_id, json }) => ({
    from: sql`json_each(${json}) as given cross join organizations as o`,
    where: sql<boolean>`o.account_id = ${account_id} and ${KEY_CONDITIONS[key]}`,
  }),
  numbersToJson: (number) => sql<string>`json_group_array(${number})`,
  copiesRows: false,
  engine: {
    version: sql`select sqlite_version() as version`,
    size: sql`select page_count * page_size as size_bytes from pragma_page_count(), pragma_page_size()`,
  },
  names: SQLITE_NAMES,
  ids: SQLITE_IDS,
  ddl: {
    text: 'text',
    idColumn: 'id integer primary key autoincrement',
    accountKey: 'unique (account_id, id)',
    primaryKey: '',
    ownKey: '',
    nameIndex: [
      // Only the index is kept, not the names: they stand in organizations already.
      `create virtual table organization_name_index using fts5(
       name_folded, tokenize = 'trigram case_sensitive 1', content = '', contentless_delete = 1)`,
    ],
  },
};

/**
 * An inverted index over hashes of an account and three characters. Unlike the extension for trigrams
 * it asks nothing of the database's locale, knows every script, keeps accounts apart, and is there on
 * the engines that speak PostgreSQL's protocol. What it finds is looked at once more: hashes collide,
 * and three characters here and three there are no word.
 */
const POSTGRES_NAMES: NameIndex = {
  matchOf: (account_id, term_folded) => arrayOf(hashTrigrams(account_id, term_folded)),
  matches: ({ account_id, match, term_folded }) => ({
    id: sql<number>`i.organization_id`,
    from: sql`organization_name_index i
      where i.trigrams @> cast(${match} as integer[]) and i.account_id = ${account_id}
      and strpos(i.name_folded, ${term_folded}) > 0`,
  }),
  insert: (name) =>
    sql`insert into organization_name_index (account_id, organization_id, name_folded, trigrams)
      values (${name.account_id}, ${name.organization_id}, ${name.name_folded},
        cast(${name.entry} as integer[]))`,
  remove: ({ account_id, organization_id }) =>
    sql`delete from organization_name_index
      where account_id = ${account_id} and organization_id = ${organization_id}`,
  entryOf: (account_id, name_folded) => arrayOf(hashTrigrams(account_id, name_folded)),
  cost_us: { name: 0.2, row: 2, countedMatch: 1.5, sortedMatch: 4 },
};

/** Whole numbers as PostgreSQL writes an array of them. */
function arrayOf(numbers: readonly number[]): string {
  return `{${numbers.join(',')}}`;
}

const POSTGRES_IDS: IdSource = {
  followsInserts: false,
  take: (table, count) =>
    sql`select cast(jsonb_agg(nextval(${sql.lit(`${table}_id_seq`)})) as text) as ids
      from generate_series(1, cast(${count} as integer))`,
  findLast: (table) =>
    sql`select case when is_called then last_value else 0 end as last_id
      from ${sql.ref(`${table}_id_seq`)}`,
  raise: (table, last_id) =>
    sql`select setval(${sql.lit(`${table}_id_seq`)}, greatest(last_value, ${last_id}))
      from ${sql.ref(`${table}_id_seq`)}`,
};

/** As an array that is made first: a join with it would be planned by what is guessed of the table. */
function isAnyOf(column: Expression<unknown>, json: string, type: 'bigint' | 'text') {
  return sql<boolean>`${column} = any(array(
    select cast(value as ${sql.raw(type)}) from jsonb_array_elements_text(cast(${json} as jsonb))))`;
}

export const POSTGRES: Dialect = {
  name: 'postgres',
  builder: new Kysely<Schema>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  }),
  locksRows: true,
  skipsUnrendered: false,
  replansForArguments: true,
  contains: (text, term) => sql<boolean>`strpos(${text}, ${term}) > 0`,
  joinDocuments: (document) => sql<string>`coalesce(string_agg(${document}, ','), '')`,
  isIn: isAnyOf,
  organizationsBy: (key, { account_id, json }) => ({
    // With a limit of its own, one look into the index for each: nothing else is left to plan.
    from: sql`(select cast(value as ${sql.raw(key === 'id' ? 'bigint' : 'text')}) as value
        from jsonb_array_elements_text(cast(${json} as jsonb)) as elements) as given
      cross join lateral (select * from organizations as o
        where o.account_id = ${account_id} and ${KEY_CONDITIONS[key]} limit 1) as o`,
    where: sql<boolean>`true`,
  }),
  numbersToJson: (number) => sql<string>`cast(coalesce(jsonb_agg(${number}), '[]') as text)`,
  copiesRows: true,
  engine: { version: sql`select current_setting('server_version') as version` },
  names: POSTGRES_NAMES,
  ids: POSTGRES_IDS,
  ddl: {
    text: 'text collate "C"',
    idColumn: 'id bigint not null generated by default as identity',
    accountKey: 'primary key (account_id, id)',
    primaryKey: 'primary key (account_id, id),',
    ownKey: ', primary key (id)',
    nameIndex: [
      `create table organization_name_index (
         account_id bigint not null,
         organization_id bigint not null,
         name_folded text collate "C" not null,
         trigrams integer[] not null,
         primary key (account_id, organization_id))`,
      'create index organization_name_index_trigrams on organization_name_index using gin (trigrams)',
    ],
  },
};
