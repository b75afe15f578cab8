/** Evidence: what was seen, where, when and by whom, recorded once for every type that it serves. */
import { type Static, Type } from 'typebox';
import { givenTime, id, lines, oneOf, optional, text, time } from './fields.ts';
import { EVIDENCE_KIND_NAMES } from './rule-pack.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';

/** Bytes that a file may have. */
export const FILE_MAX_BYTES = 20 * 1024 * 1024;

export const MEDIA_TYPES = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/tiff',
  'image/webp',
  'message/rfc822',
  'text/plain',
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

const digest = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'SHA-256 of the bytes of the file, in hexadecimal.',
});

export const StoredFile = Type.Object({
  digest,
  media_type: oneOf(MEDIA_TYPES, 'As the bytes of the file tell.'),
  size_bytes: Type.Integer({ minimum: 1 }),
});
export type StoredFile = Static<typeof StoredFile>;

export const EvidenceRequest = Type.Object({
  kind: oneOf(EVIDENCE_KIND_NAMES, 'What it is.'),
  source_id: optional(id('The source, in the register of sources.')),
  reference: text(500, 'Where to find it again: entry, number, address, who was spoken to.'),
  obtained_at: givenTime('When it was obtained; not in the future.'),
  note: optional(lines(4000, 'What it shows.')),
  file_digest: optional(text(64, 'A file that was stored by "Store file".')),
  file_name: optional(text(255, 'Name of the file, for people.')),
});
export type EvidenceRequest = Static<typeof EvidenceRequest>;

/** Somebody who did something, as a name for people. */
export const Person = Type.Object({ id: id('User id.'), name: Type.String() });
export type Person = Static<typeof Person>;

const Withdrawal = Type.Object({
  withdrawn_at: time('When.'),
  withdrawn_by: Person,
  reason: Type.String(),
});

/** A check that relies on evidence. */
const Reliance = Type.Object({
  validation_type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type of the decision.'),
  check_id: Type.String({ description: 'Check of the rule pack.' }),
  decision_id: id('Decision id.'),
});

export const Evidence = Type.Object({
  id: id('Evidence id.'),
  organization_id: id('Organization id.'),
  kind: oneOf(EVIDENCE_KIND_NAMES, 'What it is.'),
  source: optional(Type.Object({ id: id('Source id.'), name: Type.String() })),
  reference: Type.String(),
  obtained_at: time('When it was obtained.'),
  note: optional(Type.String()),
  file: optional(Type.Object({ ...StoredFile.properties, name: Type.String() })),
  collected_by: Person,
  recorded_at: time('When it was recorded.'),
  withdrawal: optional(Withdrawal),
  relied_on_by: Type.Array(Reliance, { description: 'Decisions that stand on it.' }),
});
export type Evidence = Static<typeof Evidence>;

export const EvidenceList = Type.Object({ evidence: Type.Array(Evidence) });
export type EvidenceList = Static<typeof EvidenceList>;

export const EvidenceWithdrawalRequest = Type.Object({
  reason: lines(1000, 'Why it is not to be relied on any more.'),
});
export type EvidenceWithdrawalRequest = Static<typeof EvidenceWithdrawalRequest>;

/** What stood on a source or a piece of evidence that was withdrawn. */
export const AffectedList = Type.Object({
  affected: Type.Array(
    Type.Object({
      organization_id: id('Organization id.'),
      organization_name: Type.String(),
      evidence_id: id('Evidence id.'),
      validation_type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
      check_id: Type.String(),
      is_ended: Type.Boolean({ description: 'Whether a validation that was active ended by it.' }),
    }),
  ),
});
export type AffectedList = Static<typeof AffectedList>;
