/** The register of sources: registries and databases that evidence is from. */
import { type Static, Type } from 'typebox';
import { id, lines, oneOf, optional, text, time } from './fields.ts';
import { pageFields } from './list-query.ts';
import { Page } from './page.ts';
import { EVIDENCE_KIND_NAMES } from './rule-pack.ts';

const members = {
  name: text(200, 'Name of the registry or database.'),
  kind: oneOf(EVIDENCE_KIND_NAMES, 'What evidence from it is.'),
  jurisdiction_country: optional(
    Type.String({
      minLength: 1,
      maxLength: 2,
      format: 'iso-3166-1-alpha-2',
      description: 'ISO 3166-1; left out where it is of none.',
    }),
  ),
  jurisdiction_state: optional(text(128, 'Full name, for a source of a state or province.')),
  jurisdiction_locality: optional(text(128, 'Full name, for a source of a locality.')),
  url: optional(text(500, 'Where it is consulted.')),
  number_format: optional(
    text(
      200,
      'How its numbers are written: `9` is a digit, `A` a letter, `*` either, anything else itself; `|` between several.',
    ),
  ),
  note: optional(
    lines(
      4000,
      'Why it can be relied on: age, updates, provider, purpose, access, hardness to falsify.',
    ),
  ),
};

export const SourceRequest = Type.Object(members);
export type SourceRequest = Static<typeof SourceRequest>;

export const Source = Type.Object({
  id: id('Source id.'),
  ...members,
  revision: Type.Integer({ minimum: 1, description: 'Rises with every change.' }),
  date_created: time('When it was registered.'),
  updated_at: time('Since when the revision stands.'),
  withdrawn_at: optional(time('Since when it is not to be used any more.')),
  withdrawal_reason: optional(Type.String()),
});
export type Source = Static<typeof Source>;

export const SourceListQuery = Type.Object({
  'filters[kind]': optional(oneOf(EVIDENCE_KIND_NAMES, 'Only this kind.')),
  'filters[jurisdiction_country]': optional(
    Type.String({ maxLength: 2, description: 'Only of this country.' }),
  ),
  'filters[status]': optional(oneOf(['active', 'withdrawn'] as const, 'Only this status.')),
  ...pageFields,
});
export type SourceListQuery = Static<typeof SourceListQuery>;

export const SourceList = Type.Object({ sources: Type.Array(Source), page: Page });
export type SourceList = Static<typeof SourceList>;
