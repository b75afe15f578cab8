/**
 * People on the wire: the organization and technical contact of an organization, and the verified
 * contacts who approve for it.
 */
import { type Static, Type } from 'typebox';
import { conditional, email, id, oneOf, optional, text, textOrNumber } from './fields.ts';
import { LANGUAGES } from './languages.ts';
import { VERIFIED_ROLES } from './validation-types.ts';

export const CONTACT_TYPES = ['organization_contact', 'technical_contact'] as const;
export type ContactType = (typeof CONTACT_TYPES)[number];

const languageField = optional(
  Type.Unsafe<string>({
    type: ['string', 'integer'],
    minLength: 1,
    maxLength: 5,
    format: 'language',
    description: `Language, as an id or a locale code: ${LANGUAGES.map(
      ({ id: language_id, locale }) => `${language_id} ${locale}`,
    ).join(', ')}.`,
  }),
);

const contactFields = {
  first_name: text(128, 'First name of the contact.'),
  last_name: text(128, 'Last name of the contact.'),
  job_title: optional(text(64, 'Job title of the contact.')),
  email: email('Email address that reaches the contact.'),
  telephone: optional(textOrNumber(32, 'Telephone number that reaches the contact.')),
  telephone_extension: optional(textOrNumber(16, 'Telephone extension of the contact.')),
  language_id: languageField,
};

export const OrganizationContactRequest = Type.Object(contactFields, {
  description: 'The organization contact.',
});
export type OrganizationContactRequest = Static<typeof OrganizationContactRequest>;

const REMOVAL = 'Left out, with all else, to remove the technical contact.';

export const ContactChange = Type.Object({
  ...contactFields,
  first_name: conditional(text(128, `First name of the contact. ${REMOVAL}`)),
  last_name: conditional(text(128, `Last name of the contact. ${REMOVAL}`)),
  email: conditional(email(`Email address that reaches the contact. ${REMOVAL}`)),
  contact_type: oneOf(CONTACT_TYPES, 'Which contact it is.'),
});
export type ContactChange = Static<typeof ContactChange>;

export const ContactsRequest = Type.Object({
  contacts: Type.Array(ContactChange, {
    minItems: 1,
    maxItems: 50,
    description:
      'At most one of each `contact_type`. A type that is left out stays as it is; optional members ' +
      'that are left out are cleared.',
  }),
});
export type ContactsRequest = Static<typeof ContactsRequest>;

export const Contact = Type.Object({
  id: id('Contact id.'),
  first_name: Type.String(),
  last_name: Type.String(),
  email: Type.String(),
  job_title: optional(Type.String()),
  telephone: optional(Type.String()),
  telephone_extension: optional(Type.String()),
  language_id: Type.Integer({ description: 'Language of the contact; 1 is English.' }),
  name: Type.String({ description: 'First and last name.' }),
  contact_type: oneOf(CONTACT_TYPES, 'Kind of contact.'),
});
export type Contact = Static<typeof Contact>;

export const VerifiedUserRequest = Type.Object(
  {
    id: optional(
      id('An existing user of the account. When it is given, the other members are ignored.'),
    ),
    first_name: conditional(text(128, 'First name. Required without `id`.')),
    last_name: conditional(text(128, 'Last name. Required without `id`.')),
    job_title: conditional(text(64, 'Job title. Required without `id`.')),
    telephone: conditional(textOrNumber(32, 'Telephone number. Required without `id`.')),
    telephone_extension: optional(textOrNumber(16, 'Telephone extension.')),
    email: conditional(email('Email address. Required without `id`.')),
    language_id: languageField,
  },
  { description: 'A verified contact: an existing user by `id`, or a person by name.' },
);
export type VerifiedUserRequest = Static<typeof VerifiedUserRequest>;

/**
 * How far a verified contact is with a role. The vendor's list of these was not seen; `pending` and
 * `active` were recorded, the others are Orgvet's own.
 */
export const ROLE_STATUSES = ['pending', 'active', 'declined', 'withdrawn'] as const;
export type RoleStatus = (typeof ROLE_STATUSES)[number];

export const VerifiedContact = Type.Object({
  id: id('Verified contact id; never the user id.'),
  user_id: Type.String({ description: 'User id as a string; "0" when it is no user.' }),
  name: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  job_title: optional(Type.String()),
  telephone: optional(Type.String()),
  telephone_extension: optional(Type.String()),
  email: Type.String(),
  verified_roles: Type.Array(
    Type.Object({
      validation_type: oneOf(VERIFIED_ROLES, 'What the contact may approve.'),
      status: oneOf(ROLE_STATUSES, 'Whether the contact has confirmed it.'),
    }),
  ),
});
export type VerifiedContact = Static<typeof VerifiedContact>;

const approverFields = {
  name: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  job_title: Type.String(),
  telephone: Type.String(),
  email: Type.String(),
};

export const PotentialApproverList = Type.Object({
  users: Type.Array(
    Type.Object({
      user_id: Type.String({ description: 'User id, here a string.' }),
      ...approverFields,
    }),
    { description: 'Users with a job title and a telephone number.' },
  ),
  contacts: Type.Array(Type.Object(approverFields), {
    description: 'People without an account who have been named as verified contacts.',
  }),
});
export type PotentialApproverList = Static<typeof PotentialApproverList>;
