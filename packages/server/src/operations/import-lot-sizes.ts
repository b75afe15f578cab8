/**
 * How many lines of a file are written together: few at first, so that writing begins soon, then more, and
 * few again while others write to the same database, which wait as long as a lot takes.
 */

const FEW_LINES = 1000;

/** So many lots without anybody else's commit, and nobody seems to be there any more. */
const QUIET_LOTS = 50;

export class LotSizes {
  readonly #lines_max: number;
  #lines: number;
  #version: number | undefined;
  /** Lots that have still to be small. */
  #few_left = 0;

  /** @param lines_max lines of a lot at most */
  constructor(lines_max: number) {
    this.#lines_max = lines_max;
    this.#lines = Math.min(FEW_LINES, lines_max);
  }

  /** Whether others write to the database, and should be let in between two lots. */
  get isBesideOthers(): boolean {
    return this.#few_left > 0;
  }

  /** Lines of the next lot at most. */
  takeNext(): number {
    const lines = this.#lines;
    this.#lines = Math.min(this.#lines_max, this.#few_left > 0 ? FEW_LINES : 2 * lines);
    this.#few_left = Math.max(0, this.#few_left - 1);
    return lines;
  }

  /**
   * Notes what a transaction that writes a lot says of others (`Handle.findVersion`).
   *
   * @param version undefined where nobody waits for a lot
   */
  noteVersion(version: number | undefined): void {
    if (this.#version !== undefined && version !== this.#version) {
      this.#lines = Math.min(FEW_LINES, this.#lines_max);
      this.#few_left = QUIET_LOTS;
    }
    this.#version = version;
  }
}
