/** `orgvet audit`: the audit log of an account, exported, and proved from the files alone. */
import { createReadStream } from 'node:fs';
import type { AuditLogEnd, AuditLogQuery } from '@orgvet/contract';
import type { AuditLogVerifier } from '@orgvet/server/offline';
import { type Command, defineCommand, type Io, UsageError } from './command.ts';
import { type Api, CONNECTION_OPTIONS, withApi } from './connection.ts';
import { type ExportTarget, openExport } from './export.ts';
import { printLine, printNote } from './output.ts';

const HASH = /^[0-9a-f]{64}$/;

/** At once from a file: a million lines are some thousand pieces. */
const PIECE_BYTES = 256 * 1024;

const exportLog = defineCommand({
  name: 'audit export',
  help: 'write the audit log to a file or stdout, as JSON lines',
  example: 'orgvet audit export --output audit-2026.jsonl',
  notes:
    'A file is there only when it is complete. Each line is an entry with the hash of the one before ' +
    'it, the last line says how many there are.',
  options: {
    output: { kind: 'file', help: 'stdout without it, or for -' },
    'from-sequence': { kind: 'id', value: 'N', help: 'only from this entry on' },
    'to-sequence': { kind: 'id', value: 'N', help: 'only up to this entry' },
    ...CONNECTION_OPTIONS,
  },
  async run(call) {
    const { options, io } = call;
    const file = options.output === '-' ? undefined : options.output;
    const from_sequence = options['from-sequence'];
    const to_sequence = options['to-sequence'];
    const query: AuditLogQuery = {
      ...(from_sequence !== undefined && { from_sequence }),
      ...(to_sequence !== undefined && { to_sequence }),
    };
    await withApi(call, async (api) => {
      const target = await openExport(file, io, 'entries');
      try {
        const { last_sequence, head } = await exportTo(target, api, query);
        await target.finish();
        printNote(io, `The hash of entry ${last_sequence} is ${head}.`);
      } finally {
        await target.close();
      }
    });
  },
});

/** @returns the last line. @throws if there is none, and so not all has come */
async function exportTo(
  target: ExportTarget,
  api: Api,
  query: AuditLogQuery,
): Promise<AuditLogEnd> {
  const whole = await findEnd(api);
  const { from_sequence: first = 1, to_sequence: last = whole.last_sequence } = query;
  const total = Math.max(0, Math.min(last, whole.last_sequence) - first + 1);
  let done = 0;
  let line = '';
  for await (const piece of await api.callLines('exportAuditLog', { query })) {
    await target.write(piece);
    done += piece.split('\n').length - 1;
    line = lastLineOf(line + piece);
    target.progress(done, Math.max(done, total));
  }
  const end = readEnd(line);
  target.progress(end.entries, end.entries);
  return end;
}

/** The line that a text ends with, complete or not. */
function lastLineOf(text: string): string {
  return text.slice(text.lastIndexOf('\n', text.length - 2) + 1);
}

function readEnd(line: string): AuditLogEnd {
  const end = line.endsWith('\n') ? (JSON.parse(line) as AuditLogEnd) : undefined;
  if (end?.entries === undefined) {
    throw new Error('The server has broken off before the last line.');
  }
  return end;
}

/** What stands beyond all entries: the last line alone, which tells of the last entry. */
async function findEnd(api: Api): Promise<AuditLogEnd> {
  const query = { from_sequence: Number.MAX_SAFE_INTEGER };
  let text = '';
  for await (const piece of await api.callLines('exportAuditLog', { query })) {
    text += piece;
  }
  return readEnd(text);
}

const head = defineCommand({
  name: 'audit head',
  help: 'print the hash of the last entry of the audit log',
  example: 'orgvet audit head >> /mnt/elsewhere/heads',
  notes:
    'Note it where whoever can change the registry cannot: orgvet audit verify --head then proves ' +
    'that nothing up to that entry was changed since.',
  options: { ...CONNECTION_OPTIONS },
  async run(call) {
    await withApi(call, async (api) => {
      const end = await findEnd(api);
      printLine(call.io, end.head);
      printNote(call.io, `Entry ${end.last_sequence} of account ${end.account_id}.`);
    });
  },
});

const verify = defineCommand({
  name: 'audit verify',
  help: 'prove that nothing was changed in exports of the audit log',
  example: 'orgvet audit verify audit-2025.jsonl audit-2026.jsonl --head 5e0c…',
  notes:
    'Needs no server. Parts of a log are given in their order. Names the first entry that does not ' +
    'fit and ends with 1.',
  arguments: [{ name: 'FILE', kind: 'file', is_multiple: true, help: 'an export, or - for stdin' }],
  options: {
    head: {
      kind: 'text',
      value: 'HASH',
      help: 'a hash from orgvet audit head that was noted before',
    },
  },
  async run({ options, arguments: { FILE: files }, io }) {
    const noted = options.head;
    if (noted !== undefined && !HASH.test(noted)) {
      throw new UsageError(`--head must be a hash of 64 hexadecimal digits, not ${noted}.`);
    }
    const { AuditLogVerifier } = await import('@orgvet/server/offline');
    const verifier = new AuditLogVerifier(noted);
    for (const file of files) {
      await verifyFile(verifier, file, io);
    }
    const { account_id, first_sequence: first, ...proved } = verifier.finish();
    const entries = first === 0 ? 'No entries' : `Entries ${first} to ${proved.last_sequence}`;
    printLine(io, `${entries} of account ${account_id}, exported ${proved.exported_at}: proved.`);
    if (first > 1) {
      printLine(io, `What came before entry ${first} is not in the files.`);
    }
    printLine(io, `The hash of entry ${proved.last_sequence} is ${proved.head}.`);
  },
});

async function verifyFile(verifier: AuditLogVerifier, file: string, io: Io): Promise<void> {
  const { AuditLogFault } = await import('@orgvet/server/offline');
  const pieces =
    file === '-' ? readStdin(io) : createReadStream(file, { highWaterMark: PIECE_BYTES });
  try {
    await verifier.readFile(pieces);
  } catch (error) {
    throw error instanceof AuditLogFault ? new Error(`${file}: ${error.message}`) : error;
  }
}

async function* readStdin({ stdin }: Io): AsyncIterable<Uint8Array> {
  for await (const piece of stdin) {
    yield typeof piece === 'string' ? Buffer.from(piece) : piece;
  }
}

export const AUDIT_COMMANDS: readonly Command[] = [exportLog, head, verify];
