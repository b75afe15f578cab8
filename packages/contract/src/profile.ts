/** What is found out about an organization in the course of validating it, beside what it said. */
import { type Static, Type } from 'typebox';
import { id, oneOf, optional, text, time } from './fields.ts';
import { ENTITY_CLASSES } from './rule-pack.ts';

const members = {
  entity_class: optional(oneOf(ENTITY_CLASSES, 'What kind of entity it is (EVG 4.1.1).')),
  formed_on: optional(
    Type.String({ minLength: 1, maxLength: 10, format: 'date', description: 'Day it was formed.' }),
  ),
  jurisdiction_country: optional(
    Type.String({
      minLength: 1,
      maxLength: 2,
      format: 'iso-3166-1-alpha-2',
      description: 'ISO 3166-1.',
    }),
  ),
  jurisdiction_state: optional(text(128, 'Full name of the state, where the agency is of one.')),
  jurisdiction_locality: optional(text(128, 'Full name, where the agency is of a locality.')),
  registration_number: optional(text(64, 'As the agency writes it.')),
  registration_source_id: optional(id('The agency, in the register of sources.')),
  lei: optional(text(20, 'Legal entity identifier.')),
  organization_identifier: optional(text(128, 'As it goes into certificates.')),
  latin_name: optional(text(64, 'Verified romanization or translation of the name.')),
  relies_on_affiliate: optional(
    Type.Boolean({ description: 'Whether a parent, subsidiary or affiliate is relied on.' }),
  ),
  has_preauthorized_approvers: optional(
    Type.Boolean({ description: 'Whether approvers were authorized in advance.' }),
  ),
};

/** Replaces the profile: what is left out is not known. */
export const ProfileRequest = Type.Object(members);
export type ProfileRequest = Static<typeof ProfileRequest>;

export const Profile = Type.Object({
  ...members,
  updated_at: optional(time('When it was last changed; left out before the first time.')),
});
export type Profile = Static<typeof Profile>;
