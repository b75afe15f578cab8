/** What ends when: how many validations of each type, month by month. */
import { type Static, Type } from 'typebox';
import { optional } from './fields.ts';
import { VALIDATION_TYPE_NAMES, type ValidationTypeName } from './validation-types.ts';

export const EXPIRY_MONTHS_DEFAULT = 13;

export const ExpiryQuery = Type.Object({
  months: optional(
    Type.Integer({
      minimum: 1,
      maximum: 60,
      default: EXPIRY_MONTHS_DEFAULT,
      description: 'So many months, from this one on.',
    }),
  ),
});
export type ExpiryQuery = Static<typeof ExpiryQuery>;

const TypeCounts = Type.Unsafe<Partial<Record<ValidationTypeName, number>>>(
  Type.Object(
    Object.fromEntries(
      VALIDATION_TYPE_NAMES.map((type) => [type, optional(Type.Integer({ minimum: 1 }))]),
    ),
    { description: 'Validations by type; a type without any is left out.' },
  ),
);
export type TypeCounts = Static<typeof TypeCounts>;

export const ExpiryOverview = Type.Object({
  months: Type.Array(
    Type.Object({
      month: Type.String({ pattern: '^\\d{4}-\\d{2}$', description: 'In UTC.' }),
      counts: TypeCounts,
    }),
    { description: 'Active validations by the month in which they end, from this one on.' },
  ),
  expired: TypeCounts,
  is_complete: Type.Boolean({
    description:
      'Whether all ends are those by the rules in force: for a while after these have changed ' +
      'some are not yet.',
  }),
});
export type ExpiryOverview = Static<typeof ExpiryOverview>;
