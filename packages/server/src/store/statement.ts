/**
 * Statements: built by Kysely and compiled once, then only bound and run.
 *
 * Building a query costs more than running it on the hot paths, so a statement is written as a function
 * of its parameters' places, compiled on first use for each dialect, and kept. It refuses to hold a
 * connection: the handle that runs it is always an argument.
 */
import type { Compilable, Kysely, RawBuilder } from 'kysely';
import type { Dialect } from './dialects.ts';
import type { Schema } from './schema.ts';

/** A statement with the arguments that it binds and the rows that it answers. */
export interface Statement<Args, Row> {
  compile(dialect: Dialect): CompiledStatement<Args>;
  /** Carries the row's type; there is never a value. */
  readonly row?: Row;
}

/** SQL text and how to make its parameter list from the arguments. */
export interface CompiledStatement<Args> {
  readonly sql: string;
  /** See `statement`. */
  readonly isForLots: boolean;
  bind(args: Args): Parameter[];
}

type Parameter = string | number;

/** Stands for an argument while a statement is built. */
class Place {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * Makes a statement.
 *
 * @param build makes the query; its second argument has a member for every argument, to be used only
 *   as a value in the query. It runs once for each dialect, so it must not depend on anything else.
 * @param isForLots whether it handles many rows at a time while tables grow fast: PostgreSQL then plans
 *   it anew each time, where a plan that it kept would be one for an empty table
 */
export function statement<Args extends object, Row>(
  build: (db: Kysely<Schema>, args: Args, dialect: Dialect) => Compilable<Row>,
  isForLots = false,
): Statement<Args, Row> {
  const compiled = new Map<Dialect, CompiledStatement<Args>>();
  return {
    compile(dialect) {
      const known = compiled.get(dialect);
      if (known !== undefined) {
        return known;
      }
      const fresh = { ...compileStatement(build, dialect), isForLots };
      compiled.set(dialect, fresh);
      return fresh;
    },
  };
}

/** As `statement`, for SQL that is written out. */
export function rawStatement<Args extends object, Row>(
  build: (args: Args, dialect: Dialect) => RawBuilder<Row>,
  isForLots = false,
): Statement<Args, Row> {
  return statement((db, args, dialect) => {
    const text = build(args, dialect);
    return { compile: () => text.compile(db) } as Compilable<Row>;
  }, isForLots);
}

function compileStatement<Args extends object, Row>(
  build: (db: Kysely<Schema>, args: Args, dialect: Dialect) => Compilable<Row>,
  dialect: Dialect,
): Omit<CompiledStatement<Args>, 'isForLots'> {
  // The query only ever passes these on as values, so a place may stand where an argument will.
  const places = new Proxy({} as Args, { get: (_, name) => new Place(String(name)) });
  const { sql, parameters } = build(dialect.builder, places, dialect).compile();
  const sources = parameters.map((parameter) =>
    parameter instanceof Place
      ? { name: parameter.name as keyof Args }
      : { constant: parameter as Parameter },
  );
  return {
    sql,
    bind: (args) =>
      sources.map((source) =>
        'name' in source ? (args[source.name] as Parameter) : source.constant,
      ),
  };
}
