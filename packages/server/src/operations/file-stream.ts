/** An answer that is a file too large for memory: its bytes as they come, what they are, and its name. */
export class FileStream {
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly media_type: string;
  readonly file_name: string;

  constructor(pieces: AsyncIterable<Uint8Array>, media_type: string, file_name: string) {
    this.pieces = pieces;
    this.media_type = media_type;
    this.file_name = file_name;
  }
}
