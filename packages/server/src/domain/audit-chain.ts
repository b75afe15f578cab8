/**
 * The chain of the audit log: how an event becomes a line, and how each line is bound to the one before
 * it by a hash. There is one way to write a line, so that whoever has the bytes can make its hash: it is
 * that of the line without its last member. Pure.
 */
import { hash } from 'node:crypto';
import {
  type AuditLogEnd,
  type AuditLogEntry,
  AuditLogQuery,
  fieldProblem,
  type Problem,
  readQuery,
} from '@orgvet/contract';

/** An event as it was recorded. */
export interface RecordedEvent {
  readonly id: number;
  readonly account_id: number;
  readonly occurred_at: string;
  readonly actor_user_id: number;
  readonly api_key_id: number;
  readonly ip_address: string;
  readonly request_id: string;
  readonly action: string;
  readonly object_type: string;
  readonly object_id: number;
  /** JSON, or empty for nothing; and so `after`. */
  readonly before: string;
  readonly after: string;
}

/** The place of an event in the log, and its hash. */
export interface Seal {
  readonly sequence: number;
  readonly hash: string;
}

/** What the first entry follows. */
export const BEGINNING: Seal = { sequence: 0, hash: '0'.repeat(64) };

/** The part of the log that is asked for; without an end all that there is. */
interface LogRange {
  readonly from_sequence: number;
  readonly to_sequence: number;
}

/** Reads the query of "Export audit log": every problem, or the part. */
export function checkAuditLogQuery(query: Readonly<Record<string, unknown>>): {
  problems: Problem[];
  range: LogRange;
} {
  const { problems, value } = readQuery(AuditLogQuery, query);
  const { from_sequence = 1, to_sequence = Number.MAX_SAFE_INTEGER } = value;
  if (problems.length === 0 && to_sequence < from_sequence) {
    problems.push(fieldProblem('invalid', 'to_sequence', 'must not be before from_sequence.'));
  }
  return { problems, range: { from_sequence, to_sequence } };
}

/** Seals an event behind another one. */
export function sealEvent(event: RecordedEvent, previous: Seal): Seal {
  const sequence = previous.sequence + 1;
  return { sequence, hash: hashText(renderUnsealed(event, sequence, previous.hash)) };
}

/** The first thing that does not fit in the log as it is kept. */
interface ChainFault {
  readonly sequence: number;
  readonly what: 'missing' | 'changed';
}

/**
 * Goes on along the log as it is kept: each event must be in the next place, with the hash that it has
 * behind the one before it.
 *
 * @param previous what the first of them must follow
 * @returns the last that fits, and what does not
 */
export function followChain(
  events: readonly (RecordedEvent & Seal)[],
  previous: Seal,
): { readonly last: Seal; readonly fault?: ChainFault } {
  let last = previous;
  for (const event of events) {
    const sealed = sealEvent(event, last);
    const { sequence } = sealed;
    if (event.sequence !== sequence) {
      return { last, fault: { sequence, what: 'missing' } };
    }
    if (event.hash !== sealed.hash) {
      return { last, fault: { sequence, what: 'changed' } };
    }
    last = sealed;
  }
  return { last };
}

/** The line of an entry with the hash that is kept of it, whether it fits or not. */
export function renderEntry(event: RecordedEvent & Seal, previous_hash: string): string {
  return addHash(renderUnsealed(event, event.sequence, previous_hash), event.hash);
}

/** The last line of an export, which has a hash of its own. */
export function renderEnd(end: Omit<AuditLogEnd, 'hash'>): string {
  const { account_id, entries, last_sequence, head, exported_at } = end;
  const text = JSON.stringify({ account_id, entries, last_sequence, head, exported_at });
  return addHash(text, hashText(text));
}

/** A line that was read: what it says, and whether its own hash is right. */
export interface ReadLine {
  readonly line: AuditLogEntry | AuditLogEnd;
  readonly is_intact: boolean;
}

/**
 * Reads a line.
 *
 * @returns undefined for anything that was not written here, to the last character
 */
export function readLine(text: string, value: unknown): ReadLine | undefined {
  if (!isOfForm(value, ENTRY_FORM) && !isOfForm(value, END_FORM)) {
    return undefined;
  }
  const line = value as unknown as AuditLogEntry | AuditLogEnd;
  if (JSON.stringify(line) !== text) {
    return undefined;
  }
  const { hash: kept, ...rest } = line;
  return { line, is_intact: hashText(JSON.stringify(rest)) === kept };
}

export function isEntry(line: AuditLogEntry | AuditLogEnd): line is AuditLogEntry {
  return 'sequence' in line;
}

function renderUnsealed(event: RecordedEvent, sequence: number, previous_hash: string): string {
  const { id, account_id, occurred_at, actor_user_id, api_key_id, ip_address } = event;
  const { request_id, action, object_type, object_id } = event;
  return JSON.stringify({
    sequence,
    ...{ id, account_id, occurred_at, actor_user_id, api_key_id, ip_address },
    ...{ request_id, action, object_type, object_id },
    before: readRecorded(event.before),
    after: readRecorded(event.after),
    previous_hash,
  });
}

/** What was recorded as JSON, nothing as undefined; what is none, which nothing here records, as the text that it is. */
export function readRecorded(text: string): unknown {
  if (text === '') {
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    return text;
  }
}

/** @param text an object with at least one member */
function addHash(text: string, kept: string): string {
  return `${text.slice(0, -1)},"hash":${JSON.stringify(kept)}}`;
}

function hashText(text: string): string {
  return hash('sha256', text, 'hex');
}

const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
const isPlace = (value: unknown) => isCount(value) && value !== 0;
const isText = (value: unknown) => typeof value === 'string';
const isHash = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isAny = () => true;

type Form = Readonly<Record<string, (value: unknown) => boolean>>;

/** The members of an entry, in their order. */
const ENTRY_FORM = {
  sequence: isPlace,
  id: isCount,
  account_id: isCount,
  occurred_at: isText,
  actor_user_id: isCount,
  api_key_id: isCount,
  ip_address: isText,
  request_id: isText,
  action: isText,
  object_type: isText,
  object_id: isCount,
  before: isAny,
  after: isAny,
  previous_hash: isHash,
  hash: isHash,
} satisfies Record<keyof AuditLogEntry, Form[string]>;

const END_FORM = {
  account_id: isCount,
  entries: isCount,
  last_sequence: isCount,
  head: isHash,
  exported_at: isText,
  hash: isHash,
} satisfies Record<keyof AuditLogEnd, Form[string]>;

const MAY_BE_ABSENT = ['before', 'after'];

function isOfForm(value: unknown, form: Form): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const members = value as Record<string, unknown>;
  const names = Object.keys(form).filter(
    (name) => Object.hasOwn(members, name) || !MAY_BE_ABSENT.includes(name),
  );
  const found = Object.keys(members);
  return (
    found.length === names.length &&
    names.every((name, index) => found[index] === name && form[name]?.(members[name]))
  );
}
