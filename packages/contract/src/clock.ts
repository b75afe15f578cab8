/** The clock of a test account, and what becomes of its validations by themselves. */
import { type Static, Type } from 'typebox';
import { conditional, givenTime, id, lines, oneOf, optional, time } from './fields.ts';

export const ClockRequest = Type.Object({
  now: optional(givenTime('What the clock is to show; not before what it shows.')),
  advance: optional(
    Type.String({
      minLength: 1,
      maxLength: 40,
      format: 'duration',
      description: 'How far it is to go on instead, as an ISO 8601 duration without months.',
      examples: ['P397D', 'PT2M'],
    }),
  ),
});
export type ClockRequest = Static<typeof ClockRequest>;

export const ClockReading = Type.Object({
  now: time('What the clock shows.'),
  offset_seconds: Type.Integer({ minimum: 0, description: 'How far it is ahead.' }),
});
export type ClockReading = Static<typeof ClockReading>;

export const ClockAnswer = Type.Object({
  ...ClockReading.properties,
  happened: Type.Array(
    Type.Object({
      occurred_at: time('When.'),
      action: Type.String({ description: 'As in the audit log.' }),
      object_type: Type.String(),
      object_id: id('Id of the object.'),
      details: Type.Object({}, { additionalProperties: true, description: 'What it tells.' }),
    }),
    { description: 'What came due on the way, in order.' },
  ),
});
export type ClockAnswer = Static<typeof ClockAnswer>;

export const OutcomePolicy = Type.Object({
  policy: oneOf(
    ['manual', 'approve', 'reject'] as const,
    'What becomes of validations that are submitted from now on.',
  ),
  after: optional(
    Type.String({
      minLength: 1,
      maxLength: 40,
      format: 'duration',
      description: 'How long after it was submitted; at once where it is left out.',
      examples: ['PT2M'],
    }),
  ),
  reason: conditional(lines(1000, 'Why it is rejected; needed with `reject`.')),
});
export type OutcomePolicy = Static<typeof OutcomePolicy>;
