/** The history of an organization: what was done about it and what belongs to it, field by field. */
import { type Static, Type } from 'typebox';
import { CONTACT_TYPES } from './contact.ts';
import { Person } from './evidence.ts';
import { id, oneOf, optional, time } from './fields.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';

/** The kinds of things whose events are told. */
export const HISTORY_OBJECT_TYPES = [
  'organization',
  'verified_contact',
  'evidence',
  'order',
] as const;
export type HistoryObjectType = (typeof HISTORY_OBJECT_TYPES)[number];

export const HistoryQuery = Type.Object({
  limit: optional(
    Type.Integer({ minimum: 1, maximum: 100, default: 50, description: 'Largest page size.' }),
  ),
  before_id: optional(
    id(
      'Only events before this one: `next_before_id` of the page before; left out for the newest.',
    ),
  ),
});
export type HistoryQuery = Static<typeof HistoryQuery>;

const FieldChange = Type.Object({
  field: Type.String({ description: 'The field; of a nested one the way to it, with dots.' }),
  before: optional(Type.Unknown({ description: 'Its value before; left out for none.' })),
  after: optional(Type.Unknown({ description: 'Its value since; left out for none.' })),
});
export type FieldChange = Static<typeof FieldChange>;

const HistoryEvent = Type.Object({
  id: id('Event id.'),
  occurred_at: time('When.'),
  action: Type.String({ description: 'What was done.' }),
  object_type: oneOf(HISTORY_OBJECT_TYPES, 'The kind of thing that it was done to.'),
  object_id: id('The id of that thing.'),
  validation_type: optional(oneOf(VALIDATION_TYPE_NAMES, 'The validation type it is about.')),
  contact_type: optional(oneOf(CONTACT_TYPES, 'The contact it is about.')),
  actor: optional({
    ...Person,
    description: 'Who did it; left out for whoever is no user, and for Orgvet itself.',
  }),
  changes: Type.Array(FieldChange, { description: 'The fields that differ, and only they.' }),
});
export type HistoryEvent = Static<typeof HistoryEvent>;

export const OrganizationHistory = Type.Object({
  events: Type.Array(HistoryEvent, { description: 'Newest first.' }),
  next_before_id: optional(id('`before_id` of the next page; left out on the last.')),
});
export type OrganizationHistory = Static<typeof OrganizationHistory>;
