/** An answer that is JSON already, in pieces of text or bytes: put together once, not parsed again. */
export class JsonText {
  readonly pieces: readonly (string | Uint8Array)[];

  constructor(...pieces: (string | Uint8Array)[]) {
    this.pieces = pieces;
  }
}
