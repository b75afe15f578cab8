/** The audit log: every event of an account, each chained to the one before it by a hash. */
import { type Static, Type } from 'typebox';
import { id, optional, time } from './fields.ts';

const hash = (description: string) =>
  Type.String({ pattern: '^[0-9a-f]{64}$', description: `${description} SHA-256, hexadecimal.` });

const count = (description: string) =>
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description });

/** The order of the members is part of the log's form: the hash is made of the line as it stands. */
export const AuditLogEntry = Type.Object({
  sequence: id('The place of the entry in the log, from 1 without gaps.'),
  id: id('Event id. Ids rise by time, nearly: they may have gaps.'),
  account_id: id('The account whose log it is.'),
  occurred_at: time('When it happened.'),
  actor_user_id: count('The user who did it; 0 for the operator and for Orgvet itself.'),
  api_key_id: count('The key that was used; 0 for none.'),
  ip_address: Type.String({ description: 'Where the request came from; empty for none.' }),
  request_id: Type.String({ description: 'Id of the request.' }),
  action: Type.String({ description: 'What was done.' }),
  object_type: Type.String({ description: 'The kind of thing that it was done to.' }),
  object_id: count('The id of that thing.'),
  before: optional(Type.Unknown({ description: 'What changed, as it was before.' })),
  after: optional(Type.Unknown({ description: 'What changed, as it is since.' })),
  previous_hash: hash('The hash of the entry before; 64 zeros in the first.'),
  hash: hash('Of the line as it stands, without this member.'),
});
export type AuditLogEntry = Static<typeof AuditLogEntry>;

/** The last line of an export: without it the export was cut off. */
export const AuditLogEnd = Type.Object({
  account_id: id('The account whose log it is.'),
  entries: count('How many entries stand above.'),
  last_sequence: count('The place of the last of them, or of the one before where there are none.'),
  head: hash('The hash of that entry; 64 zeros where the log is empty.'),
  exported_at: time('When the export was made.'),
  hash: hash('Of the line as it stands, without this member.'),
});
export type AuditLogEnd = Static<typeof AuditLogEnd>;

export const AuditLogLine = Type.Union([AuditLogEntry, AuditLogEnd], {
  description: 'A line: an entry, or the last line.',
});

export const AuditLogQuery = Type.Object({
  from_sequence: optional(
    id('The first entry. Beyond the last one: no entries, only the last line with the head.'),
  ),
  to_sequence: optional(id('The last entry, if there is one so far.')),
});
export type AuditLogQuery = Static<typeof AuditLogQuery>;
