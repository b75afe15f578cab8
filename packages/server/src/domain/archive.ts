/**
 * Writes ZIP archives, piece by piece as what is in them comes: nothing is compressed, and every member has
 * the same time, so that the same members give the same bytes wherever and whenever it is done.
 */
import { makeZip } from 'client-zip';

/** A file in an archive. */
export interface ArchiveMember {
  readonly name: string;
  /** Read once, when all members before have been. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** The least time that archives can tell. They have no zone: it is the local one that is written. */
const noTime = () => new Date(1980, 0, 1);

/** @throws what reading a member throws */
export async function* writeArchive(
  members: AsyncIterable<ArchiveMember>,
): AsyncGenerator<Uint8Array> {
  const reader = makeZip(entriesOf(members)).getReader();
  try {
    let piece = await reader.read();
    while (!piece.done) {
      yield piece.value;
      piece = await reader.read();
    }
  } finally {
    // Where nobody wants the rest. What went wrong before was thrown already.
    await reader.cancel().catch(() => undefined);
  }
}

async function* entriesOf(members: AsyncIterable<ArchiveMember>) {
  for await (const { name, content } of members) {
    yield { name, input: content, lastModified: noTime() };
  }
}
