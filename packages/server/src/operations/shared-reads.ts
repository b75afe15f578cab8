/** Reads that several want at the same moment: done once for all who asked before it began. */

/**
 * Shares reads by what they are for. Whoever asks while a read is under way does not get that one's
 * result, which may be older than the question, but the next one's, together with all who ask until then.
 */
export class SharedReads<Value> {
  readonly #underWay = new Map<string, Promise<Value>>();
  readonly #next = new Map<string, Promise<Value>>();

  /** @param read is called at most once for all who share it, and not before this call */
  read(subject: string, read: () => Promise<Value>): Promise<Value> {
    const waiting = this.#next.get(subject);
    if (waiting !== undefined) {
      return waiting;
    }
    const current = this.#underWay.get(subject);
    if (current === undefined) {
      return this.#start(subject, read);
    }
    const start = () => {
      this.#next.delete(subject);
      return this.#start(subject, read);
    };
    const next = current.then(start, start);
    this.#next.set(subject, next);
    return next;
  }

  #start(subject: string, read: () => Promise<Value>): Promise<Value> {
    const current = read().finally(() => {
      if (this.#underWay.get(subject) === current) {
        this.#underWay.delete(subject);
      }
    });
    this.#underWay.set(subject, current);
    return current;
  }
}
