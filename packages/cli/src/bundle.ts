/** `orgvet bundle`: what a completed validation stood on, fetched as an archive, and proved whole from it. */
import { createHash } from 'node:crypto';
import type { BundleQuery } from '@orgvet/contract';
import { VALIDATION_TYPE_NAMES } from '@orgvet/contract/words';
import { type Command, defineCommand, UsageError } from './command.ts';
import { CONNECTION_OPTIONS, withApi } from './connection.ts';
import { openExportFile } from './export.ts';
import { printLine, printNote } from './output.ts';

const exportBundle = defineCommand({
  name: 'bundle export',
  help: 'write the evidence bundle of a completed validation to a file',
  example: 'orgvet bundle export 112233 ev --output audit/acme-ev.zip',
  notes:
    'The file is there only when it is complete. The same state of the registry gives the same bytes: ' +
    'its SHA-256, which is printed, tells whether two bundles are one.',
  arguments: [
    { name: 'ORGANIZATION', kind: 'id', help: 'the organization' },
    {
      name: 'TYPE',
      kind: 'word',
      words: VALIDATION_TYPE_NAMES,
      help: `the validation, of ${VALIDATION_TYPE_NAMES.join(', ')}`,
    },
  ],
  options: {
    completion: { kind: 'id', help: 'which completion of it; the newest without it' },
    output: { kind: 'file', help: 'the file; bundle-ORGANIZATION-TYPE.zip without it' },
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { options, io } = call;
    const { ORGANIZATION: organization_id, TYPE } = call.arguments;
    const validation_type = getType(TYPE);
    const query: BundleQuery = {
      ...(options.completion !== undefined && { completion_id: options.completion }),
    };
    const file = options.output ?? `bundle-${organization_id}-${validation_type}.zip`;
    await withApi(call, async (api) => {
      const params = { organization_id, validation_type };
      const pieces = await api.callFile('getBundle', { params, query });
      const target = await openExportFile(file, io, 'bytes');
      try {
        const hash = createHash('sha256');
        let done = 0;
        for await (const piece of pieces) {
          await target.write(piece);
          hash.update(piece);
          done += piece.length;
        }
        target.progress(done, done);
        await target.finish();
        printLine(io, hash.digest('hex'));
      } finally {
        await target.close();
      }
    });
  },
});

/** The type that a word is; the command line was read by the same names. */
function getType(word: string) {
  const type = VALIDATION_TYPE_NAMES.find((known) => known === word);
  if (type === undefined) {
    throw new UsageError(`TYPE must be one of ${VALIDATION_TYPE_NAMES.join(', ')}, not ${word}.`);
  }
  return type;
}

const check = defineCommand({
  name: 'bundle check',
  help: 'prove that an evidence bundle is whole',
  example: 'orgvet bundle check audit/acme-ev.zip',
  notes:
    'Needs no server. Every member that the manifest tells of must be there, as it was written, and ' +
    'nothing else; ends with 1 where that is not so. It does not prove who made the bundle: for that ' +
    'let the registry make it again, and compare the SHA-256.',
  arguments: [{ name: 'FILE', kind: 'file', help: 'the bundle' }],
  options: {},
  async run({ arguments: { FILE: file }, io }) {
    const { members, wanted, sha256 } = await readBundle(file);
    const { checkBundle } = await import('@orgvet/server/offline');
    const { faults, manifest } = checkBundle(members, wanted);
    if (manifest === undefined || faults.length > 0) {
      throw new Error(faults.map((fault) => `${file}: ${fault}`).join('\n'));
    }
    const { organization, validation_type, completion_id, completed_at } = manifest;
    printLine(io, sha256);
    printNote(
      io,
      `${members.length} members of ${file} are as they were written: completion ${completion_id} ` +
        `of ${validation_type} of ${organization.name} (${organization.id}), ${completed_at}.`,
    );
  },
});

async function readBundle(file: string) {
  const { MANIFEST_NAME, readArchive } = await import('@orgvet/server/offline');
  try {
    return await readArchive(file, MANIFEST_NAME);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}

export const BUNDLE_COMMANDS: readonly Command[] = [exportBundle, check];
