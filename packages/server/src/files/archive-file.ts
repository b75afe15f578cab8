/**
 * Reads the members of a ZIP archive one after the other, as its directory has them, and measures each.
 * What they mean is not its business, and it writes nothing anywhere.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

/** What was found in an archive under a name. */
interface MeasuredMember {
  readonly name: string;
  readonly size_bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Whether the bytes are those that the archive was made of, as far as its own check sums tell. */
  readonly is_intact: boolean;
}

export interface MeasuredArchive {
  /** Of the whole file, hexadecimal. */
  readonly sha256: string;
  readonly size_bytes: number;
  readonly members: readonly MeasuredMember[];
  /** The bytes of the member that was asked for; none where it is not there. */
  readonly wanted?: Buffer;
}

/** Larger than anything that is wanted whole. */
const WANTED_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Reads an archive.
 *
 * @param wanted the name of a member whose bytes are wanted
 * @throws if it is no ZIP archive, or a part of one
 */
export async function readArchive(file: string, wanted: string): Promise<MeasuredArchive> {
  const whole = await measureFile(file);
  const archive = await yauzl.openPromise(file, { strictFileNames: true, autoClose: false });
  try {
    const members: MeasuredMember[] = [];
    let bytes: Buffer | undefined;
    for await (const entry of archive.eachEntry()) {
      const kept: Buffer[] | undefined = entry.fileName === wanted ? [] : undefined;
      members.push(await measureMember(archive, entry, kept));
      bytes ??= kept && Buffer.concat(kept);
    }
    return { ...whole, members, ...(bytes && { wanted: bytes }) };
  } finally {
    archive.close();
  }
}

async function measureFile(file: string) {
  const hash = createHash('sha256');
  let size_bytes = 0;
  for await (const piece of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(piece);
    size_bytes += piece.length;
  }
  return { sha256: hash.digest('hex'), size_bytes };
}

/** @param kept takes the bytes */
async function measureMember(
  archive: ZipFile,
  entry: Entry,
  kept: Buffer[] | undefined,
): Promise<MeasuredMember> {
  const { fileName: name, uncompressedSize } = entry;
  if (kept !== undefined && uncompressedSize > WANTED_BYTES_MAX) {
    throw new Error(`${name} is too large: ${uncompressedSize} bytes.`);
  }
  const hash = createHash('sha256');
  let checksum = 0;
  let size_bytes = 0;
  const stream: AsyncIterable<Buffer> = await archive.openReadStreamPromise(entry);
  for await (const piece of stream) {
    hash.update(piece);
    checksum = crc32(piece, checksum);
    size_bytes += piece.length;
    kept?.push(piece);
  }
  const is_intact = checksum === entry.crc32;
  return { name, size_bytes, sha256: hash.digest('hex'), is_intact };
}
