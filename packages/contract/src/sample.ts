/** Random samples: of what was completed in a quarter, the part that is looked at once more. */
import { type Static, Type } from 'typebox';
import { Person } from './evidence.ts';
import { id, oneOf, optional, text, time } from './fields.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';

export const SampleRequest = Type.Object({
  quarter: Type.String({
    description: 'The quarter by UTC. It must have ended.',
    examples: ['2026-Q3'],
  }),
  seed: optional(
    text(64, 'The same seed draws the same sample again; one is made where it is left out.'),
  ),
  delegated: optional(
    Type.Boolean({
      description: 'Whether somebody else did the work: rules may want a larger share then.',
    }),
  ),
});
export type SampleRequest = Static<typeof SampleRequest>;

const count = (description: string) => Type.Integer({ minimum: 0, description });

const TypeSample = Type.Object({
  type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
  population: count('Validations that decisions completed in the quarter.'),
  percent: Type.Number({ minimum: 0, maximum: 100, description: 'Share that the rules want.' }),
  minimum: count('So many at least, where there are so many.'),
  rules: Type.String({ description: 'Packs in force at the end of the quarter.' }),
  section: Type.String({ description: 'Section of the rules that wants it.' }),
  size: count('Validations that were drawn.'),
  completions: Type.Array(
    Type.Object({
      completion_id: id('Completion id, as "Bundle" takes it.'),
      organization: Type.Object({ id: id('Organization id.'), name: Type.String() }),
      completed_at: time('When.'),
      completed_by: optional(Person),
    }),
    { description: 'In the order in which they were drawn.' },
  ),
});
export type TypeSample = Static<typeof TypeSample>;

export const Sample = Type.Object({
  seed: Type.String({ description: 'To draw the same sample again.' }),
  quarter: Type.String({ examples: ['2026-Q3'] }),
  delegated: Type.Boolean(),
  types: Type.Array(TypeSample, { description: 'Every type that the rules know.' }),
});
export type Sample = Static<typeof Sample>;
