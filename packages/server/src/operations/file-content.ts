/** An answer that is a file: its bytes, what they are, and what to call them. */
export class FileContent {
  readonly bytes: Uint8Array;
  readonly media_type: string;
  readonly file_name: string;

  constructor(bytes: Uint8Array, media_type: string, file_name: string) {
    this.bytes = bytes;
    this.media_type = media_type;
    this.file_name = file_name;
  }
}
