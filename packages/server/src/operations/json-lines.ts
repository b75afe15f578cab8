/** An answer that comes in lines of JSON, in pieces of one or more lines, as long as it takes. */
export class JsonLines {
  readonly pieces: AsyncIterable<string>;

  constructor(pieces: AsyncIterable<string>) {
    this.pieces = pieces;
  }
}
