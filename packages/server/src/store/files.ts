/**
 * Files by their own bytes: the same bytes are kept once in an account, in pieces that every database
 * takes as texts, together with the organizations that they were stored for.
 */
import type { Insertable, Selectable } from 'kysely';
import { type Handle, type Transaction, TransactionConflict } from './database.ts';
import type { FileRow } from './schema-vetting.ts';
import { statement } from './statement.ts';

export type StoredFile = Selectable<FileRow>;

/** Bytes of a piece; a whole number of three, so that only the last has filling. */
export const PIECE_BYTES = 384 * 1024;

/**
 * Keeps a file, unless its bytes are kept already.
 *
 * @param pieces the bytes, as `splitFile` makes them
 */
export async function insertFileOnce(
  tx: Transaction,
  file: Insertable<FileRow>,
  pieces: readonly string[],
): Promise<void> {
  const { account_id, digest } = file;
  if ((await tx.change(insertFile, file)) === 0) {
    // Whoever deletes it with its last organization goes first, or waits.
    if ((await tx.first(lockOne, { account_id, digest })) === undefined) {
      throw new TransactionConflict('The file was deleted meanwhile.');
    }
    return;
  }
  for (const [position, content] of pieces.entries()) {
    await tx.run(insertPiece, { account_id, digest, position, content });
  }
}

/** The bytes of a file as they are kept. */
export function splitFile({ buffer, byteOffset, byteLength }: Uint8Array): string[] {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const count = Math.ceil(bytes.length / PIECE_BYTES);
  return Array.from({ length: count }, (_, position) =>
    bytes.toString('base64', position * PIECE_BYTES, (position + 1) * PIECE_BYTES),
  );
}

/** A piece of a file, by its position from 0. */
export async function findPiece(
  handle: Handle,
  account_id: number,
  digest: string,
  position: number,
): Promise<Buffer | undefined> {
  const row = await handle.first(selectPiece, { account_id, digest, position });
  return row && Buffer.from(row.content, 'base64');
}

/** Says that a file is for an organization. @returns whether it was not before */
export async function addFileToOrganization(
  tx: Transaction,
  account_id: number,
  organization_id: number,
  digest: string,
): Promise<boolean> {
  return (await tx.change(insertOrganizationFile, { account_id, organization_id, digest })) === 1;
}

/** A file that was stored for an organization. */
export async function findFileOfOrganization(
  handle: Handle,
  account_id: number,
  organization_id: number,
  digest: string,
): Promise<StoredFile | undefined> {
  return await handle.first(selectOfOrganization, { account_id, organization_id, digest });
}

/** The files that were stored for an organization. */
export async function listFilesOfOrganization(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<StoredFile[]> {
  return await handle.all(selectAllOfOrganization, { account_id, organization_id });
}

/** Takes all files from an organization. Those that are for no other are gone with it. */
export async function deleteFilesOfOrganization(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  const files = await tx.all(lockAllOfOrganization, { account_id, organization_id });
  await tx.run(deleteOrganizationFiles, { account_id, organization_id });
  for (const { digest } of files) {
    if ((await tx.first(selectUse, { account_id, digest })) === undefined) {
      await tx.run(deletePieces, { account_id, digest });
      await tx.run(deleteOne, { account_id, digest });
    }
  }
}

type OneFile = { account_id: number; digest: string };
type OfOrganization = { account_id: number; organization_id: number };

const insertFile = statement<Insertable<FileRow>, unknown>((db, args) =>
  db
    .insertInto('files')
    .values({
      account_id: args.account_id,
      digest: args.digest,
      media_type: args.media_type,
      size_bytes: args.size_bytes,
      stored_at: args.stored_at,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'digest']).doNothing()),
);

const lockOne = statement<OneFile, { digest: string }>((db, args, dialect) =>
  db
    .selectFrom('files')
    .select('digest')
    .where('account_id', '=', args.account_id)
    .where('digest', '=', args.digest)
    .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const insertPiece = statement<OneFile & { position: number; content: string }, unknown>(
  (db, args) =>
    db.insertInto('file_pieces').values({
      account_id: args.account_id,
      digest: args.digest,
      position: args.position,
      content: args.content,
    }),
);

const selectPiece = statement<OneFile & { position: number }, { content: string }>((db, args) =>
  db
    .selectFrom('file_pieces')
    .select('content')
    .where('account_id', '=', args.account_id)
    .where('digest', '=', args.digest)
    .where('position', '=', args.position),
);

const insertOrganizationFile = statement<OfOrganization & OneFile, unknown>((db, args) =>
  db
    .insertInto('organization_files')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      digest: args.digest,
    })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'organization_id', 'digest']).doNothing(),
    ),
);

const selectOfOrganization = statement<OfOrganization & OneFile, StoredFile>((db, args) =>
  db
    .selectFrom('organization_files as x')
    .innerJoin('files as f', (join) =>
      join.onRef('f.account_id', '=', 'x.account_id').onRef('f.digest', '=', 'x.digest'),
    )
    .selectAll('f')
    .where('x.account_id', '=', args.account_id)
    .where('x.organization_id', '=', args.organization_id)
    .where('x.digest', '=', args.digest),
);

const selectAllOfOrganization = statement<OfOrganization, StoredFile>((db, args) =>
  db
    .selectFrom('organization_files as x')
    .innerJoin('files as f', (join) =>
      join.onRef('f.account_id', '=', 'x.account_id').onRef('f.digest', '=', 'x.digest'),
    )
    .selectAll('f')
    .where('x.account_id', '=', args.account_id)
    .where('x.organization_id', '=', args.organization_id),
);

// In one order for everybody, so that two who lock them do not wait for each other.
const lockAllOfOrganization = statement<OfOrganization, { digest: string }>((db, args, dialect) =>
  db
    .selectFrom('organization_files as x')
    .innerJoin('files as f', (join) =>
      join.onRef('f.account_id', '=', 'x.account_id').onRef('f.digest', '=', 'x.digest'),
    )
    .select('f.digest')
    .where('x.account_id', '=', args.account_id)
    .where('x.organization_id', '=', args.organization_id)
    .orderBy('f.digest')
    .$if(dialect.locksRows, (query) => query.forUpdate(['f'])),
);

const deleteOrganizationFiles = statement<OfOrganization, unknown>((db, args) =>
  db
    .deleteFrom('organization_files')
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id),
);

const selectUse = statement<OneFile, { organization_id: number }>((db, args) =>
  db
    .selectFrom('organization_files')
    .select('organization_id')
    .where('account_id', '=', args.account_id)
    .where('digest', '=', args.digest)
    .limit(1),
);

const deletePieces = statement<OneFile, unknown>((db, args) =>
  db
    .deleteFrom('file_pieces')
    .where('account_id', '=', args.account_id)
    .where('digest', '=', args.digest),
);

const deleteOne = statement<OneFile, unknown>((db, args) =>
  db
    .deleteFrom('files')
    .where('account_id', '=', args.account_id)
    .where('digest', '=', args.digest),
);
