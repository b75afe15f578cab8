/**
 * Proves an export of the audit log, or parts of it that follow one another, from their bytes alone: each
 * line is as it was written, each entry follows from the one before, and none is missing. It finds what
 * was changed since, but not what somebody sealed anew from there to the end: that is told only by a head
 * that was noted before. Pure: it is handed bytes, and knows nothing of files.
 */
import type { AuditLogEnd, AuditLogEntry } from '@orgvet/contract';
import { BEGINNING, isEntry, type ReadLine, readLine, type Seal } from './audit-chain.ts';

type FaultKind = 'changed' | 'missing' | 'out of order' | 'cut off' | 'not JSON';

/** The first thing that does not fit. */
export class AuditLogFault extends Error {
  override readonly name = 'AuditLogFault';
  readonly kind: FaultKind;
  /** In its file, from 1. */
  readonly line: number;
  /** The entry that should stand there; undefined where nothing tells which. */
  readonly sequence: number | undefined;

  constructor(kind: FaultKind, line: number, sequence: number | undefined, reason: string) {
    const entry = sequence === undefined ? '' : `, entry ${sequence}`;
    super(`line ${line}${entry}: ${kind}: ${reason}`);
    this.kind = kind;
    this.line = line;
    this.sequence = sequence;
  }
}

/** What was proved. */
export interface VerifiedAuditLog {
  readonly account_id: number;
  /** 0 where the files have no entry. */
  readonly first_sequence: number;
  readonly last_sequence: number;
  readonly head: string;
  /** When the last part was exported. */
  readonly exported_at: string;
}

/** Longer than any entry: what goes on so long without a line end is none. */
const LINE_BYTES_MAX = 64 * 1024 * 1024;

const LINE_END = 10;

/** How far a file is read. */
interface FileState {
  /** The line that is read, from 1. */
  line: number;
  entries: number;
  end?: AuditLogEnd;
  /** Something is missing here, unless it stands further down. */
  gap?: { readonly sequence: number; readonly fault: AuditLogFault };
}

/** Reads files one after the other; each goes on where the one before ended. */
export class AuditLogVerifier {
  readonly #noted_head: string | undefined;
  #finds_noted_head = false;
  /** What the next entry must follow. */
  #last: (Seal & { readonly account_id: number }) | undefined;
  #first_sequence = 0;
  #exported_at = '';

  /** @param noted_head the hash of an entry, noted when the entry was the last */
  constructor(noted_head?: string) {
    this.#noted_head = noted_head;
  }

  /** @throws AuditLogFault for the first thing in the file that does not fit */
  async readFile(pieces: AsyncIterable<Uint8Array>): Promise<void> {
    const file: FileState = { line: 1, entries: 0 };
    let rest: Uint8Array = Buffer.alloc(0);
    for await (const piece of pieces) {
      const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      // What is left of the last piece has no line end.
      let found = bytes.indexOf(LINE_END, rest.length);
      let start = 0;
      for (; found !== -1; found = bytes.indexOf(LINE_END, start)) {
        this.#readLine(file, bytes.subarray(start, found));
        file.line += 1;
        start = found + 1;
      }
      rest = bytes.subarray(start);
      if (rest.length > LINE_BYTES_MAX) {
        throw this.#fault(file, 'not JSON', 'the line is longer than an entry can be.');
      }
    }
    this.#endFile(file, rest.length > 0);
  }

  /**
   * What was proved by the files that were read.
   *
   * @throws if none was read, or no entry has the head that was noted
   */
  finish(): VerifiedAuditLog {
    if (this.#last === undefined) {
      throw new Error('No file was read.');
    }
    if (this.#noted_head !== undefined && !this.#finds_noted_head) {
      throw new Error(
        `No entry has the head ${this.#noted_head}: the log is not the one of which it was noted, ` +
          'or its part is not among the files.',
      );
    }
    const { account_id, sequence, hash } = this.#last;
    return {
      account_id,
      first_sequence: this.#first_sequence,
      last_sequence: sequence,
      head: hash,
      exported_at: this.#exported_at,
    };
  }

  #readLine(file: FileState, bytes: Uint8Array): void {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
    const value = parseJson(text);
    // Bytes that are no UTF-8 come back as others.
    const read = Buffer.from(text).equals(bytes) ? readLine(text, value) : undefined;
    if (file.gap !== undefined) {
      refuseIfFound(file.gap, file.line, read);
    } else if (file.end !== undefined) {
      throw this.#fault(file, 'changed', 'something stands behind the last line.');
    } else if (value === undefined) {
      throw this.#fault(file, 'not JSON', 'the line is no JSON document.');
    } else if (read === undefined) {
      throw this.#fault(file, 'changed', 'the line is not written as Orgvet writes it.');
    } else if (!read.is_intact) {
      throw this.#fault(file, 'changed', 'the line and its hash do not belong together.');
    } else if (isEntry(read.line)) {
      this.#readEntry(file, read.line);
    } else {
      this.#readEnd(file, read.line);
    }
  }

  #readEntry(file: FileState, entry: AuditLogEntry): void {
    const { account_id, sequence, previous_hash, hash } = entry;
    const before = this.#last ?? this.#begin(account_id, sequence - 1, previous_hash);
    const expected = before.sequence + 1;
    if (account_id !== before.account_id) {
      throw this.#fault(file, 'changed', `the entry is of account ${account_id}.`);
    }
    if (sequence > expected) {
      const fault = this.#fault(file, 'missing', `entry ${sequence} stands in its place.`);
      file.gap = { sequence: expected, fault };
      return;
    }
    if (sequence < expected) {
      throw this.#fault(file, 'out of order', `entry ${sequence} stands in its place.`);
    }
    if (previous_hash !== before.hash) {
      throw this.#fault(file, 'changed', 'it does not follow from the entry before it.');
    }
    this.#first_sequence ||= sequence;
    file.entries += 1;
    this.#moveTo({ account_id, sequence, hash });
  }

  #readEnd(file: FileState, end: AuditLogEnd): void {
    const { account_id, entries, last_sequence, head } = end;
    const last = this.#last ?? this.#begin(account_id, last_sequence, head);
    if (entries > file.entries || last_sequence > last.sequence) {
      const reason = `the last line tells of ${entries} entries up to ${last_sequence}.`;
      throw this.#fault(file, 'missing', reason);
    }
    const isRight =
      account_id === last.account_id &&
      entries === file.entries &&
      last_sequence === last.sequence &&
      head === last.hash;
    if (!isRight) {
      throw this.#fault(file, 'changed', 'the last line does not tell of the entries above it.');
    }
    file.end = end;
  }

  #endFile({ gap, end, ...file }: FileState, hasRest: boolean): void {
    if (gap !== undefined) {
      throw gap.fault;
    }
    if (end !== undefined && hasRest) {
      throw this.#fault(file, 'changed', 'something stands behind the last line.');
    }
    if (end === undefined) {
      const where = hasRest ? 'in the middle of a line' : 'before the last line';
      throw this.#fault(file, 'cut off', `the file ends ${where}.`);
    }
    this.#exported_at = end.exported_at;
  }

  /** The first file may begin anywhere; the beginning of the log has only one hash. */
  #begin(account_id: number, sequence: number, hash: string) {
    const start = { account_id, ...(sequence === 0 ? BEGINNING : { sequence, hash }) };
    this.#moveTo(start);
    return start;
  }

  #moveTo(last: Seal & { readonly account_id: number }): void {
    this.#last = last;
    this.#finds_noted_head ||= last.hash === this.#noted_head;
  }

  #fault(file: FileState, kind: FaultKind, reason: string): AuditLogFault {
    const sequence = this.#last === undefined ? undefined : this.#last.sequence + 1;
    return new AuditLogFault(kind, file.line, sequence, reason);
  }
}

/** @returns undefined for what is no JSON, which no JSON says */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws AuditLogFault if the line is what was missing further up */
function refuseIfFound(
  { sequence, fault }: NonNullable<FileState['gap']>,
  line: number,
  read: ReadLine | undefined,
): void {
  if (read !== undefined && isEntry(read.line) && read.line.sequence === sequence) {
    throw new AuditLogFault('out of order', fault.line, sequence, `it stands in line ${line}.`);
  }
}
