/**
 * Rows looked up by their id, which is most of what a server does. Where a statement is a journey to
 * another process, those who ask at the same moment share one.
 */
import { type Compilable, type Expression, type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';
import { rawStatement, type Statement, statement } from './statement.ts';

/** How a row of an account is looked up by its id: alone, or with others. */
export interface Lookup<Row> {
  readonly one: Statement<{ account_id: number; id: number }, Row>;
  /** Only where the database is another process. */
  readonly many: Statement<{ account_id: number; ids: string }, Row & Found>;
}

interface Found {
  readonly looked_up_id: number;
}

/** @param build makes the query of one row, as for `statement` */
export function lookup<Row>(
  build: (
    db: Kysely<Schema>,
    args: { readonly account_id: number; readonly id: number },
  ) => Compilable<Row> & Expression<unknown>,
): Lookup<Row> {
  return {
    one: statement(build),
    many: rawStatement(({ account_id, ids }, { builder }) => {
      // Where an argument may stand, a column may.
      const id = sql`given.looked_up_id` as unknown as number;
      // With a limit of its own, one look into the index for each: nothing else is left to plan.
      return sql`select given.looked_up_id, found.* from
        (select cast(value as bigint) as looked_up_id
          from jsonb_array_elements_text(cast(${ids} as jsonb)) as elements) as given
        cross join lateral (${build(builder, { account_id, id })} limit 1) as found`;
    }),
  };
}

/** Looks of one kind into one account, by id. */
interface Asked<Row> {
  readonly kind: Lookup<Row>;
  readonly account_id: number;
  readonly rows: Map<number, PromiseWithResolvers<Row | undefined>>;
}

type Run = <Args extends object, Row>(
  statement: Statement<Args, Row>,
  args: Args,
) => Promise<Row[]>;

/**
 * Looks rows up with as few statements as may be. Whoever asks while some are under way waits for the
 * next: nobody gets what was read before they asked.
 */
export class JointLookups {
  readonly #run: Run;
  #waiting = new Map<Lookup<unknown>, Map<number, Asked<unknown>>>();
  #isUnderWay = false;

  constructor(run: Run) {
    this.#run = run;
  }

  find<Row>(kind: Lookup<Row>, account_id: number, id: number): Promise<Row | undefined> {
    const { rows } = this.#findAsked(kind, account_id);
    const row = rows.get(id) ?? Promise.withResolvers<Row | undefined>();
    rows.set(id, row);
    if (!this.#isUnderWay) {
      this.#isUnderWay = true;
      void this.#answerAll();
    }
    return row.promise;
  }

  #findAsked<Row>(kind: Lookup<Row>, account_id: number): Asked<Row> {
    const accounts = this.#waiting.get(kind) ?? new Map<number, Asked<unknown>>();
    this.#waiting.set(kind, accounts);
    const asked = accounts.get(account_id) ?? { kind, account_id, rows: new Map() };
    accounts.set(account_id, asked);
    return asked as Asked<Row>;
  }

  /** Never rejects. */
  async #answerAll(): Promise<void> {
    do {
      // Requests that have arrived with this one are to come along.
      await new Promise((resolve) => setImmediate(resolve));
      const waiting = this.#waiting;
      this.#waiting = new Map();
      const asked = [...waiting.values()].flatMap((accounts) => [...accounts.values()]);
      await Promise.all(asked.map((one) => this.#answer(one)));
    } while (this.#waiting.size > 0);
    this.#isUnderWay = false;
  }

  async #answer<Row>(asked: Asked<Row>): Promise<void> {
    try {
      await this.#answerOne(asked);
    } catch (error) {
      for (const { reject } of asked.rows.values()) {
        reject(error);
      }
    }
  }

  async #answerOne<Row>({ kind, account_id, rows }: Asked<Row>): Promise<void> {
    const ids = [...rows.keys()];
    const [id] = ids;
    if (id !== undefined && ids.length === 1) {
      const [row] = await this.#run(kind.one, { account_id, id });
      rows.get(id)?.resolve(row);
      return;
    }
    const found = await this.#run(kind.many, { account_id, ids: JSON.stringify(ids) });
    for (const row of found) {
      rows.get(row.looked_up_id)?.resolve(row);
    }
    for (const { resolve } of rows.values()) {
      // Those that were found have been answered already.
      resolve(undefined);
    }
  }
}
