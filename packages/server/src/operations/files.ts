/**
 * The files of evidence. A file is known by its bytes alone: the same bytes are one file, and what they
 * are is told by them. Nobody gets at a file through an organization that it was not stored for.
 */
import { hash } from 'node:crypto';
import { MEDIA_TYPES, problem, type StoredFile } from '@orgvet/contract';
import { endingOf, findMediaType } from '../domain/file-type.ts';
import { RequestRefused } from '../domain/problems.ts';
import {
  addFileToOrganization,
  findFileOfOrganization,
  findPiece,
  insertFileOnce,
  PIECE_BYTES,
  type StoredFile as StoredFileRow,
  splitFile,
} from '../store/files.ts';
import { hasOrganization, lockOrganization } from '../store/organizations.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { FileContent } from './file-content.ts';

type OneOrganization = { readonly params: { readonly organization_id: number } };
type OneFile = { readonly params: { readonly organization_id: number; readonly digest: string } };

/** Keeps a file for an organization. @param body its bytes */
export async function storeFile(
  context: Context,
  { params: { organization_id }, body }: OneOrganization & { readonly body: unknown },
): Promise<StoredFile> {
  const { store, principal } = context;
  const { account_id } = principal;
  const bytes = body instanceof Uint8Array ? body : new Uint8Array();
  if (!(await hasOrganization(store.reader, account_id, organization_id))) {
    refuseAsNotFound('organization');
  }
  const media_type = findMediaType(bytes);
  if (media_type === undefined) {
    const accepted = MEDIA_TYPES.join(', ');
    throw new RequestRefused([problem('file_type_not_accepted', { accepted })]);
  }
  const file: StoredFile = { digest: digestOf(bytes), media_type, size_bytes: bytes.length };
  // Before the transaction, for which others wait.
  const pieces = splitFile(bytes);
  return await store.transaction(async (tx) => {
    if ((await lockOrganization(tx, account_id, organization_id)) === undefined) {
      refuseAsNotFound('organization');
    }
    await insertFileOnce(tx, { ...file, account_id, stored_at: timeOf(context) }, pieces);
    if (await addFileToOrganization(tx, account_id, organization_id, file.digest)) {
      await recordEvent(tx, context, {
        action: 'file_stored',
        object_type: 'organization',
        object_id: organization_id,
        after: file,
      });
    }
    return file;
  });
}

/**
 * A file of the evidence of an organization, as it was stored or not at all.
 *
 * @throws if what is kept is not what was stored any more
 */
export async function getFile(
  context: Context,
  { params: { organization_id, digest } }: OneFile,
): Promise<FileContent> {
  const { reader } = context.store;
  const { account_id } = context.principal;
  if (!(await hasOrganization(reader, account_id, organization_id))) {
    refuseAsNotFound('organization');
  }
  const file = await findFileOfOrganization(reader, account_id, organization_id, digest);
  if (file === undefined) {
    refuseAsNotFound('file');
  }
  const bytes = await readPieces(context, file);
  if (digestOf(bytes) === digest) {
    return new FileContent(bytes, file.media_type, nameOf(file));
  }
  if ((await findFileOfOrganization(reader, account_id, organization_id, digest)) === undefined) {
    // It was deleted while it was read.
    refuseAsNotFound('file');
  }
  throw new Error(`The file ${digest} of the account ${account_id} is damaged in the database.`);
}

/** Piece by piece: all at once would be in memory twice. */
async function readPieces(
  { store }: Context,
  { account_id, digest, size_bytes }: StoredFileRow,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let position = 0; position * PIECE_BYTES < size_bytes; position += 1) {
    pieces.push((await findPiece(store.reader, account_id, digest, position)) ?? Buffer.alloc(0));
  }
  return Buffer.concat(pieces);
}

/** What a file is called whose sender gave it no name. */
export function nameOf({ digest, media_type }: Pick<StoredFileRow, 'digest' | 'media_type'>) {
  return `${digest}.${endingOf(media_type)}`;
}

function digestOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
