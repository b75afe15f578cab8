/** The queue: validations that are being worked on. */
import { type Static, Type } from 'typebox';
import { Person } from './evidence.ts';
import { id, oneOf, optional, time } from './fields.ts';
import { Page } from './page.ts';
import { NEXT_ACTORS } from './requirements.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';

export const QueueList = Type.Object({
  items: Type.Array(
    Type.Object({
      organization: Type.Object({
        id: id('Organization id.'),
        name: Type.String(),
        country: Type.String(),
      }),
      type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
      opened_because: Type.String({ description: 'Why it is open.' }),
      requested_at: time('Since when it is open.'),
      age_days: Type.Integer({ minimum: 0, description: 'Whole days since.' }),
      assigned_to: optional(Person),
      met: Type.Integer({ minimum: 0 }),
      total: Type.Integer({ minimum: 0 }),
      next_actor: oneOf(NEXT_ACTORS, 'Who must act next.'),
      serves_until: optional(time('When the validation that it is to follow ends.')),
    }),
  ),
  page: Page,
});
export type QueueList = Static<typeof QueueList>;
