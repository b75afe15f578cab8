/**
 * Everything in which databases differ, as one object for each; today there is SQLite.
 *
 * Statements are written once against this interface. A difference that is not here does not exist.
 */
import {
  DummyDriver,
  type Expression,
  Kysely,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from 'kysely';
import type { Schema } from './schema.ts';

export interface Dialect {
  readonly name: 'sqlite';
  /** Builds queries; has no connection. */
  readonly builder: Kysely<Schema>;
  /** Whether `text` contains `term`, compared bytewise. */
  contains(text: Expression<string>, term: string): RawBuilder<boolean>;
  /** Texts joined by commas in the rows' order, as bytes in UTF-8: nothing for no rows. */
  joinDocuments(document: Expression<string>): RawBuilder<Uint8Array>;
  /** The whole numbers of a JSON array, as a subquery with one column `id`. */
  numbersFromJson(json: string): RawBuilder<{ id: number }>;
  /** The numbers of all rows as one JSON array: many rows cross over far more cheaply so. */
  numbersToJson(number: Expression<number>): RawBuilder<string>;
  /** The statements that make the search index over folded names. */
  readonly nameIndexSchema: readonly string[];
  /** The column `id` of a table, whose ids the database hands out and never uses again. */
  readonly idColumn: string;
}

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
  contains: (text, term) => sql<boolean>`instr(${text}, ${term}) > 0`,
  joinDocuments: (document) =>
    sql<Uint8Array>`cast(coalesce(group_concat(${document}, ','), '') as blob)`,
  numbersFromJson: (json) => sql<{ id: number }>`(select value as id from json_each(${json}))`,
  numbersToJson: (number) => sql<string>`json_group_array(${number})`,
  nameIndexSchema: [
    // Only the index is kept, not the names: they stand in organizations already.
    `create virtual table organization_name_index using fts5(
       name_folded, tokenize = 'trigram case_sensitive 1', content = '', contentless_delete = 1)`,
  ],
  idColumn: 'id integer primary key autoincrement',
};
