/** Evidence bundles over HTTP: fetched, kept as a file, and opened, for the tests that are about them. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ValidationTypeName } from '@orgvet/contract';
import yauzl from 'yauzl';
import { makeDirectory } from './databases.ts';
import type { TestServer } from './harness.ts';
import type { Work } from './working.ts';

/** A bundle as it was answered. */
export interface FetchedBundle {
  readonly bytes: Buffer;
  readonly headers: Headers;
  /** On disk. */
  readonly file: string;
  /** Its members, by their names in the order of the archive. */
  readonly members: ReadonlyMap<string, Buffer>;
  /** A member as JSON. */
  read<Document>(name: string): Document;
}

/** Asks for a bundle, whatever becomes of it. */
export async function askForBundle(
  server: Pick<TestServer, 'origin'>,
  key: string,
  organization_id: number,
  type: ValidationTypeName,
  query = '',
): Promise<Response> {
  const path = `/vetting/v1/organization/${organization_id}/validation/${type}/bundle${query}`;
  return await fetch(`${server.origin}${path}`, { headers: { 'X-DC-DEVKEY': key } });
}

export async function fetchBundle(
  ...about: Parameters<typeof askForBundle>
): Promise<FetchedBundle> {
  const answer = await askForBundle(...about);
  const bytes = Buffer.from(await answer.arrayBuffer());
  assert.equal(answer.status, 200, bytes.toString());
  const file = join(await makeDirectory(), 'bundle.zip');
  await writeFile(file, bytes);
  const members = await openArchive(bytes);
  return {
    ...{ bytes, headers: answer.headers, file, members },
    read: (name) => JSON.parse(String(members.get(name))),
  };
}

/** The members of an archive. */
export async function openArchive(bytes: Buffer): Promise<Map<string, Buffer>> {
  const archive = await yauzl.fromBufferPromise(bytes);
  const members = new Map<string, Buffer>();
  for await (const entry of archive.eachEntry()) {
    const stream = await archive.openReadStreamPromise(entry);
    members.set(entry.fileName, Buffer.concat(await stream.toArray()));
  }
  return members;
}

/** Stores a file for an organization. @returns its digest */
export async function storeFile(
  { server, organization_id, key }: Work,
  raw: Uint8Array,
): Promise<string> {
  const path = `/vetting/v1/organization/${organization_id}/file`;
  const answer = await server.send('POST', path, { key, raw });
  assert.equal(answer.status, 201, answer.text);
  return answer.json<{ digest: string }>().digest;
}
