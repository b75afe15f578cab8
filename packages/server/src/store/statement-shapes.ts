/**
 * Statements that are one for every shape of request: built when the shape is first asked for, and kept.
 * It refuses to keep more than a bound, since clients can ask for more shapes than are worth it.
 */
import type { Statement } from './statement.ts';

/** As many as the kind of list with the most has in daily use, and some. */
const SHAPES_MAX = 500;

/** Keeps the statements of one kind of list. */
export class StatementShapes<Args> {
  readonly #statements = new Map<string, Statement<Args, unknown>>();

  /** @param shape all that the statement's text depends on */
  find<Row>(shape: string, build: () => Statement<Args, Row>): Statement<Args, Row> {
    const known = this.#statements.get(shape);
    if (known !== undefined) {
      return known as Statement<Args, Row>;
    }
    if (this.#statements.size >= SHAPES_MAX) {
      this.#statements.clear();
    }
    const fresh = build();
    this.#statements.set(shape, fresh);
    return fresh;
  }
}
