/** Looking into the audit log page by page, and proving it where it stands, stretch by stretch. */
import { type Static, Type } from 'typebox';
import { AuditLogEntry } from './audit-log.ts';
import { Person } from './evidence.ts';
import { id, oneOf, optional } from './fields.ts';

const { previous_hash, ...listedMembers } = AuditLogEntry.properties;

const count = (description: string) =>
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description });

export const AuditLogPageQuery = Type.Object({
  before_sequence: optional(id('Only entries before this one. From the newest without it.')),
  'filters[action]': optional(Type.String({ maxLength: 64, description: 'Only this action.' })),
  'filters[actor_user_id]': optional(
    count('Only what this user did; 0 for the operator and for Orgvet itself.'),
  ),
  'filters[object_type]': optional(
    Type.String({ maxLength: 64, description: 'Only what was done to things of this kind.' }),
  ),
  'filters[object_id]': optional(count('Only what was done to things of this id.')),
  limit: optional(
    Type.Integer({ minimum: 1, maximum: 100, default: 50, description: 'Largest page size.' }),
  ),
});
export type AuditLogPageQuery = Static<typeof AuditLogPageQuery>;

export const AuditLogPage = Type.Object({
  entries: Type.Array(Type.Object({ ...listedMembers, actor: optional(Person) }), {
    description: 'Newest first.',
  }),
  total: count('How many entries the log has, whatever is asked for.'),
  next_before_sequence: optional(
    id(
      'Where to go on; left out at the beginning of the log. A selection is looked for in a part of ' +
        'the log at a time: a page may have fewer entries than the limit, or none, and more follow.',
    ),
  ),
});
export type AuditLogPage = Static<typeof AuditLogPage>;

export const AuditLogVerificationQuery = Type.Object({
  from_sequence: optional(id('The first entry that is proved. From the beginning without it.')),
  limit: optional(
    Type.Integer({
      minimum: 1,
      maximum: 20_000,
      default: 20_000,
      description: 'How many entries are proved at most.',
    }),
  ),
});
export type AuditLogVerificationQuery = Static<typeof AuditLogVerificationQuery>;

export const AuditLogVerification = Type.Object({
  from_sequence: id('The first entry that was asked for.'),
  to_sequence: count('The last that was proved; the one before `from_sequence` where none was.'),
  verified: count('How many were proved.'),
  total: count('How many entries the log has.'),
  head: { ...previous_hash, description: 'The hash of the last entry of the log; note it.' },
  is_intact: Type.Boolean({ description: 'Whether all that was looked at fits.' }),
  fault: optional(
    Type.Object({
      sequence: id('The first entry that does not fit.'),
      what: oneOf(
        ['missing', 'changed'] as const,
        '`changed`: its hash is not that of what it says and follows.',
      ),
    }),
  ),
  next_sequence: optional(
    id('Where to go on; left out at the end of the log, and after what does not fit.'),
  ),
});
export type AuditLogVerification = Static<typeof AuditLogVerification>;
