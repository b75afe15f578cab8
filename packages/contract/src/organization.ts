/**
 * Organizations and their validations on the wire.
 *
 * Member order in these schemas is the order in which answers print them (as recorded).
 */
import { type Static, Type } from 'typebox';
import {
  Contact,
  OrganizationContactRequest,
  VerifiedContact,
  VerifiedUserRequest,
} from './contact.ts';
import { conditional, id, oneOf, optional, text, textOrNumber, time } from './fields.ts';
import { pageFields, sortBy, statusFilter } from './list-query.ts';
import { Page } from './page.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';

/** `name` together with `assumed_name`: 64 less the three characters of " (" and ")". */
export const COMBINED_NAME_MAX_LENGTH = 61;

export const ValidationRequest = Type.Object({
  type: oneOf(VALIDATION_TYPE_NAMES, 'The validation type to submit the organization for.'),
  verified_users: conditional(
    Type.Array(VerifiedUserRequest, {
      maxItems: 50,
      description: 'Verified contacts. Required for `ev`, `cs` and `ev_cs`; not used otherwise.',
    }),
  ),
});
export type ValidationRequest = Static<typeof ValidationRequest>;

const validationRequests = Type.Array(ValidationRequest, {
  maxItems: VALIDATION_TYPE_NAMES.length,
  description: 'Validation types to submit the organization for, each at most once.',
});

export const ValidationsRequest = Type.Object({
  validations: { ...validationRequests, minItems: 1 },
});
export type ValidationsRequest = Static<typeof ValidationsRequest>;

export const detailFields = {
  name: text(
    64,
    'Legal name. At most 64 characters, or 61 together with `assumed_name` where that is given.',
  ),
  assumed_name: optional(
    text(60, 'Public name ("doing business as"). At most 61 characters together with `name`.'),
  ),
  country: Type.String({
    pattern: '^[A-Za-z]{2}$',
    format: 'iso-3166-1-alpha-2',
    description: 'ISO 3166-1 alpha-2 code, in any case; answered in upper case.',
  }),
  address: text(64, 'First line of the address.'),
  address2: optional(text(64, 'Second line of the address.')),
  city: text(64, 'City.'),
  state: text(64, 'State or province, name or code; answered as it was sent.'),
  zip: textOrNumber(40, 'Postal code.'),
  telephone: textOrNumber(32, 'Telephone number of the organization.'),
};

export const skipDuplicateCheck = optional(
  Type.Boolean({
    default: false,
    description:
      'Create the organization even if its details match those of an existing organization.',
  }),
);

export const OrganizationCreateRequest = Type.Object({
  ...detailFields,
  organization_contact: OrganizationContactRequest,
  skip_duplicate_org_check: skipDuplicateCheck,
  organization: optional(
    Type.Object(
      { skip_duplicate_org_check: skipDuplicateCheck },
      { description: 'The other place where `skip_duplicate_org_check` may stand.' },
    ),
  ),
  validations: optional(validationRequests),
});
export type OrganizationCreateRequest = Static<typeof OrganizationCreateRequest>;

/**
 * One organization of a file that is imported: as a create, but the contact may be missing, because
 * lists of organizations seldom have one.
 */
export const OrganizationImportRecord = Type.Object({
  ...detailFields,
  organization_contact: optional(OrganizationContactRequest),
  skip_duplicate_org_check: skipDuplicateCheck,
  validations: optional(validationRequests),
});
export type OrganizationImportRecord = Static<typeof OrganizationImportRecord>;

export const OrganizationDetailsRequest = Type.Object({
  ...detailFields,
  skip_duplicate_org_check: skipDuplicateCheck,
  organization: optional(Type.Object({ skip_duplicate_org_check: skipDuplicateCheck })),
});
export type OrganizationDetailsRequest = Static<typeof OrganizationDetailsRequest>;

/** The first organization of a subaccount. */
export const SubaccountOrganizationRequest = Type.Object(detailFields, {
  description: 'The first organization.',
});

export const Created = Type.Object({ id: id('Id of what was created.') });

const statusOf = oneOf(['active', 'inactive'] as const, 'Organization status.');

export const OrganizationContainer = Type.Object({
  id: id('Container id.'),
  parent_id: Type.Integer({ minimum: 0, description: 'Id of its parent; 0 for the root.' }),
  name: Type.String({ description: 'Name of the container.' }),
  is_active: Type.Boolean({ description: 'Whether the container is active.' }),
});

export const VerifiedUser = Type.Object({
  id: id('User id.'),
  first_name: Type.String(),
  last_name: Type.String(),
});

export const Validation = Type.Object({
  type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
  name: Type.String({ description: 'Short name of the type.' }),
  description: Type.String({ description: 'Long name of the type.' }),
  date_created: optional(time('When the organization was validated; absent while pending.')),
  validated_until: optional(time('When the validation expires; absent while pending.')),
  status: oneOf(['pending', 'active', 'expired'] as const, 'Status at the time of the answer.'),
  verified_users: optional(
    Type.Array(VerifiedUser, { description: 'Users who are verified contacts for this type.' }),
  ),
});
export type Validation = Static<typeof Validation>;

const organizationFields = {
  id: id('Organization id.'),
  status: statusOf,
  name: Type.String({ description: 'Legal name.' }),
  assumed_name: optional(Type.String({ description: 'Public name ("doing business as").' })),
  display_name: Type.String({ description: '`name`, or `name (assumed_name)`.' }),
  is_active: Type.Boolean({ description: 'Whether the organization is active.' }),
  is_hidden: Type.Boolean({ description: 'Always false: Orgvet hides no organization.' }),
  address: Type.String(),
  address2: optional(Type.String()),
  city: Type.String(),
  state: Type.String({ description: 'As it was sent.' }),
  zip: Type.String(),
  country: Type.String({ description: 'ISO 3166-1 alpha-2, upper case.' }),
  telephone: optional(Type.String()),
  container: OrganizationContainer,
  validations: optional(Type.Array(Validation)),
};

export const OrganizationListItem = Type.Object({
  ...organizationFields,
  ev_approvers: optional(
    Type.Array(VerifiedUser, {
      description: 'Users who may approve EV and code signing orders.',
    }),
  ),
  container_id_assignments: optional(
    Type.Array(Type.String(), { description: 'Containers the organization is assigned to.' }),
  ),
});
export type OrganizationListItem = Static<typeof OrganizationListItem>;

const {
  container: _container,
  is_hidden: _isHidden,
  ...containerOrganizationFields
} = organizationFields;

/** What identifies an organization and may appear in certificates: for those who validate it. */
export const ValidatedDetails = Type.Object(
  {
    name: organizationFields.name,
    assumed_name: organizationFields.assumed_name,
    country: organizationFields.country,
    address: organizationFields.address,
    address2: organizationFields.address2,
    city: organizationFields.city,
    state: organizationFields.state,
    zip: organizationFields.zip,
    telephone: organizationFields.telephone,
  },
  { description: 'What the organization says of itself: the very details that are validated.' },
);

/** The organizations that a container may order for: without their containers, without a page. */
export const ContainerOrganizationList = Type.Object({
  organizations: Type.Array(Type.Object(containerOrganizationFields)),
});
export type ContainerOrganizationList = Static<typeof ContainerOrganizationList>;

export const OrganizationList = Type.Object({
  organizations: Type.Array(OrganizationListItem),
  page: Page,
});
export type OrganizationList = Static<typeof OrganizationList>;

export const Organization = Type.Object({
  ...organizationFields,
  organization_contact: optional(Contact),
  verified_contacts: optional(Type.Array(VerifiedContact)),
  ev_approvers: optional(
    Type.Array(VerifiedUser, { description: 'Users who may approve EV and code signing orders.' }),
  ),
  contacts: optional(Type.Array(Contact)),
});
export type Organization = Static<typeof Organization>;

export const ValidationList = Type.Object({ validations: Type.Array(Validation) });
export type ValidationList = Static<typeof ValidationList>;

export const ValidationTypeList = Type.Object({
  validation_types: Type.Array(
    Type.Object({
      type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
      name: Type.String(),
      description: Type.String(),
      requires_user: Type.Boolean({ description: 'Whether a verified contact is needed.' }),
      requires_dcv: optional(
        Type.Boolean({ description: 'Whether control of a domain is needed too.' }),
      ),
    }),
  ),
});
export type ValidationTypeList = Static<typeof ValidationTypeList>;

export const SORT_PROPERTIES = [
  'id',
  'name',
  'is_active',
  'address',
  'city',
  'state',
  'zip',
  'country',
  'telephone',
  'container_id',
] as const;
export type SortProperty = (typeof SORT_PROPERTIES)[number];

export const OrganizationListQuery = Type.Object({
  container_id: optional(id('Only organizations whose primary container is this one.')),
  include_validation: optional(
    Type.Boolean({ default: false, description: 'Whether to answer `validations` too.' }),
  ),
  'filters[status]': statusFilter,
  'filters[validation]': optional(
    oneOf(
      ['pending', 'not_pending'] as const,
      '`pending`: only organizations with a pending validation; `not_pending`: only those without.',
    ),
  ),
  'filters[validation_status]': optional(
    oneOf(
      ['pending', 'active', 'expired'] as const,
      "Orgvet's own. Only organizations with a validation that has this status now.",
    ),
  ),
  'filters[validation_expires_before]': optional(
    Type.String({
      maxLength: 32,
      description:
        "Orgvet's own. Only organizations with an active validation that ends before this: a day " +
        '(its beginning in UTC), or a moment.',
      examples: ['2026-12-21'],
    }),
  ),
  'filters[container_id_for_organization]': optional(
    id(
      'Only organizations that this container may order for. The root and a container with no ' +
        'organizations assigned may order for all.',
    ),
  ),
  'filters[search]': optional(
    Type.String({
      maxLength: 255,
      description:
        'On `name`, ignoring case. With a leading `%`: contains the rest. Without: equals it; a ' +
        'whole number also finds the organization with that id.',
    }),
  ),
  sort: sortBy(SORT_PROPERTIES),
  ...pageFields,
});
export type OrganizationListQuery = Static<typeof OrganizationListQuery>;
