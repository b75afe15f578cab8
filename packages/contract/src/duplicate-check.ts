/** What an organization that is about to be created would meet: others that are it, or are called like it. */
import { type Static, Type } from 'typebox';
import { id, oneOf, optional } from './fields.ts';
import { detailFields } from './organization.ts';

/** As many as fit beside a form. */
export const DUPLICATE_MATCHES_MAX = 5;

const { name, ...otherDetails } = detailFields;

export const DuplicateCheckRequest = Type.Object({
  name,
  assumed_name: otherDetails.assumed_name,
  country: optional(otherDetails.country),
  address: optional(otherDetails.address),
  address2: otherDetails.address2,
  city: optional(otherDetails.city),
  state: optional(otherDetails.state),
  zip: optional(otherDetails.zip),
});
export type DuplicateCheckRequest = Static<typeof DuplicateCheckRequest>;

const DuplicateMatch = Type.Object({
  id: id('Organization id.'),
  is_exact: Type.Boolean({
    description: 'Whether its details match, so that a create would find it.',
  }),
  name: optional(
    Type.String({
      description: 'Left out, as all that follows, of one that the key does not see.',
    }),
  ),
  assumed_name: optional(Type.String()),
  country: optional(Type.String({ description: 'ISO 3166-1 alpha-2, upper case.' })),
  city: optional(Type.String()),
  status: optional(oneOf(['active', 'inactive'] as const, 'Organization status.')),
});
export type DuplicateMatch = Static<typeof DuplicateMatch>;

export const DuplicateMatchList = Type.Object({
  matches: Type.Array(DuplicateMatch, {
    maxItems: DUPLICATE_MATCHES_MAX,
    description:
      'What a create would find first, then equal names, then names that have it in them.',
  }),
});
export type DuplicateMatchList = Static<typeof DuplicateMatchList>;
