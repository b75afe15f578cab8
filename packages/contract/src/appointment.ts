/** The people who validate: what they are appointed for, until when. */
import { type Static, Type } from 'typebox';
import { conditional, givenTime, id, oneOf, optional, time } from './fields.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';
import { VETTING_ROLES } from './vetting-roles.ts';

const role = oneOf(VETTING_ROLES, 'What they do.');
const validationType = oneOf(
  VALIDATION_TYPE_NAMES,
  'What they are qualified for; left out for auditors.',
);

export const AppointmentsRequest = Type.Object({
  appointments: Type.Array(
    Type.Object({
      role,
      validation_type: conditional(validationType),
      qualified_until: givenTime('Until when they are qualified.'),
    }),
    { maxItems: 50, description: 'All that the user has from now on; none takes all away.' },
  ),
});
export type AppointmentsRequest = Static<typeof AppointmentsRequest>;

export const AppointmentList = Type.Object({
  people: Type.Array(
    Type.Object({
      user_id: id('User id.'),
      name: Type.String(),
      email: Type.String(),
      appointments: Type.Array(
        Type.Object({
          role,
          validation_type: optional(validationType),
          qualified_until: time('Until when they are qualified.'),
          is_qualified: Type.Boolean({ description: 'Whether they are now.' }),
          appointed_at: time('When.'),
        }),
      ),
    }),
  ),
});
export type AppointmentList = Static<typeof AppointmentList>;
