/** Accounts, their subaccounts, and what a key is authorized to, on the wire. */
import { type Static, Type } from 'typebox';
import { ACCOUNT_TYPES } from './account-types.ts';
import { email, id, oneOf, optional, text, textOrNumber } from './fields.ts';
import { pageFields, searchFilter, sortBy, statusFilter } from './list-query.ts';
import { SubaccountOrganizationRequest, Validation } from './organization.ts';
import { Page } from './page.ts';
import { WIRE_PERMISSIONS } from './permissions.ts';

/** As recorded; what Orgvet has no use for stands there with the recorded values. */
export const Account = Type.Object({
  id: id('Account id.'),
  primary_organization_id: Type.Integer({ description: '0 before the first organization.' }),
  primary_organization_name: Type.String(),
  primary_organization_country: Type.String({ description: 'Here in lower case, as recorded.' }),
  make_renewal_calls: Type.Boolean(),
  express_install_enabled: Type.Boolean(),
  admin_email: optional(Type.String({ description: 'Email of the first administrator.' })),
  display_rep: Type.Boolean(),
  rep_photo_id: Type.Integer(),
  balance_negative_limit: Type.Integer(),
  root_container_id: id('The root container.'),
  cert_transparency: Type.String(),
  cert_central_type: Type.String({ description: 'Type of the account.' }),
  billing_account_id: id('The account that pays.'),
  billing_account_name: Type.String(),
  language_id: Type.Integer(),
  migrated: Type.Boolean(),
  has_auth_key: Type.Boolean(),
  client_mgr_photo_id: Type.Integer(),
  ent_support_plan: Type.String(),
  default_country: Type.String(),
});
export type Account = Static<typeof Account>;

export const AuthorizationList = Type.Object({
  authorizations: Type.Array(
    Type.Object({
      authorized: Type.Boolean(),
      permission: oneOf(WIRE_PERMISSIONS, 'Name of the permission.'),
    }),
  ),
});
export type AuthorizationList = Static<typeof AuthorizationList>;

export const AuthorizedContainerList = Type.Object({
  containers: Type.Array(
    Type.Object({
      id: id('Container id.'),
      parent_id: Type.Integer({ minimum: 0 }),
      name: Type.String(),
      is_active: Type.Boolean(),
    }),
  ),
});
export type AuthorizedContainerList = Static<typeof AuthorizedContainerList>;

export const SubaccountCreateRequest = Type.Object({
  account_type: oneOf(ACCOUNT_TYPES, 'Type of the subaccount.'),
  allowed_grandchildren: Type.Array(oneOf(ACCOUNT_TYPES, 'A type.'), {
    maxItems: 3,
    description: 'Types of the subaccounts that it may have in turn; none for no subaccounts.',
  }),
  account_manager_user_id: optional(id('A user of the parent account who looks after it.')),
  bill_parent: optional(Type.Boolean()),
  enforce_bill_parent: optional(Type.Boolean()),
  child_name: optional(text(64, 'A name for it that only the parent sees.')),
  max_allowed_multi_year_plan_length: optional(Type.Integer({ minimum: 1, maximum: 6 })),
  user: Type.Object(
    {
      first_name: text(128, 'First name.'),
      last_name: text(128, 'Last name.'),
      email: email('Email address.'),
      username: optional(text(255, 'Name to sign in with; the email address where none is given.')),
      job_title: optional(text(64, 'Job title.')),
      telephone: optional(textOrNumber(64, 'Telephone number.')),
      disable_renewal_notifications: optional(Type.Boolean()),
    },
    { description: 'The first administrator.' },
  ),
  organization: SubaccountOrganizationRequest,
});
export type SubaccountCreateRequest = Static<typeof SubaccountCreateRequest>;

const subaccountFields = {
  account_id: id('Account id of the subaccount.'),
  account_type: oneOf(ACCOUNT_TYPES, 'Its type.'),
  organization_name: Type.String({ description: 'Name of its first organization.' }),
  child_name: optional(Type.String({ description: 'The name that only the parent sees.' })),
  date_created: Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$',
    description: 'When it was made, UTC. Here without a zone, as the documents print it.',
  }),
};

export const SubaccountList = Type.Object({
  subaccounts: Type.Array(
    Type.Object({
      ...subaccountFields,
      account_manager: optional(
        Type.String({ description: 'Name of the user who looks after it.' }),
      ),
    }),
  ),
  page: Page,
});
export type SubaccountList = Static<typeof SubaccountList>;

export const Subaccount = Type.Object({
  ...subaccountFields,
  parent_account_id: Type.String({ description: 'Here a string, as the documents print it.' }),
  billing_account_name: Type.String(),
  billing_account_id: id('The account that pays.'),
  account_manager: optional(Type.String({ description: 'Name of the user who looks after it.' })),
  bill_parent: Type.Boolean(),
  enforce_bill_parent: optional(Type.Boolean()),
  master_user: Type.Object({
    first_name: Type.String(),
    last_name: Type.String(),
    email: Type.String(),
    job_title: optional(Type.String()),
    telephone: optional(Type.String()),
    i18n_language_id: Type.String(),
    container_id: Type.String(),
  }),
  organization: optional(
    Type.Object({
      id: id('Organization id.'),
      status: oneOf(['active', 'inactive'] as const, 'Organization status.'),
      name: Type.String(),
      display_name: Type.String(),
      is_active: Type.Boolean(),
      address: Type.String(),
      address2: optional(Type.String()),
      city: Type.String(),
      state: Type.String(),
      zip: Type.String(),
      country: Type.String(),
      telephone: optional(Type.String()),
    }),
  ),
});
export type Subaccount = Static<typeof Subaccount>;

export const SUBACCOUNT_SORT_PROPERTIES = [
  'account_id',
  'account_type',
  'organization_name',
  'date_created',
] as const;
export type SubaccountSortProperty = (typeof SUBACCOUNT_SORT_PROPERTIES)[number];

export const SubaccountListQuery = Type.Object({
  'filters[account_type]': optional(oneOf(ACCOUNT_TYPES, 'Only this type.')),
  'filters[search]': searchFilter('`organization_name` and `child_name`'),
  sort: sortBy(SUBACCOUNT_SORT_PROPERTIES),
  ...pageFields,
});
export type SubaccountListQuery = Static<typeof SubaccountListQuery>;

export const SUBACCOUNT_ORGANIZATION_SORT_PROPERTIES = ['id', 'name', 'is_active'] as const;

export const SubaccountOrganizationListQuery = Type.Object({
  'filters[status]': statusFilter,
  'filters[validation]': optional(
    oneOf(
      ['pending', 'not_pending'] as const,
      '`pending`: only organizations with a pending validation; `not_pending`: only those without.',
    ),
  ),
  'filters[search]': searchFilter('`name`'),
  sort: sortBy(SUBACCOUNT_ORGANIZATION_SORT_PROPERTIES),
  ...pageFields,
});

export const SubaccountOrganizationList = Type.Object({
  organizations: Type.Array(
    Type.Object({
      id: id('Organization id.'),
      status: oneOf(['active', 'inactive'] as const, 'Organization status.'),
      name: Type.String(),
      display_name: Type.String(),
      validations: optional(
        Type.Array(Validation, { description: 'Left out where there are none.' }),
      ),
    }),
  ),
  page: Page,
});
export type SubaccountOrganizationList = Static<typeof SubaccountOrganizationList>;
