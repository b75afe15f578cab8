/** Users on the wire, in the recorded member order. */
import { type Static, Type } from 'typebox';
import { EmbeddedContainer } from './container.ts';
import { conditional, email, id, oneOf, optional, text, textOrNumber } from './fields.ts';
import { pageFields, searchFilter, sortBy, statusFilter } from './list-query.ts';
import { Page } from './page.ts';
import { AccessRole, AccessRolesRequest } from './roles.ts';

const userFields = {
  id: id('User id.'),
  username: Type.String(),
  account_id: id('Account of the user.'),
  first_name: Type.String(),
  last_name: Type.String(),
  email: Type.String(),
  job_title: optional(Type.String()),
  telephone: optional(Type.String()),
  status: oneOf(['active', 'inactive'] as const, 'User status.'),
  last_login_date: optional(Type.String({ description: 'Left out before the first.' })),
  container: EmbeddedContainer,
  access_roles: Type.Array(AccessRole),
};

const assignmentFields = {
  type: oneOf(['standard'] as const, 'Kind of user.'),
  has_container_assignments: Type.Boolean({
    description: 'Whether the user is restricted to some containers and those below them.',
  }),
  container_assignments: optional(
    Type.Array(Type.Object({ id: id('Container id.'), name: Type.String() }), {
      description: 'The containers that the user is restricted to.',
    }),
  ),
};

export const UserListItem = Type.Object({
  ...userFields,
  container: optional(EmbeddedContainer),
  ...assignmentFields,
});
export type UserListItem = Static<typeof UserListItem>;

export const User = Type.Object({
  ...userFields,
  is_cert_central: Type.Boolean(),
  is_enterprise: Type.Boolean(),
  is_saml_sso_only: Type.Boolean(),
  ...assignmentFields,
  language_id: Type.Integer({ description: 'Language of the user; 1 is English.' }),
  account_language_id: Type.Integer({ description: 'Language of the account; 1 is English.' }),
});
export type User = Static<typeof User>;

export const UserList = Type.Object({ users: Type.Array(UserListItem), page: Page });
export type UserList = Static<typeof UserList>;

export const USER_SORT_PROPERTIES = [
  'id',
  'username',
  'first_name',
  'last_name',
  'email',
  'status',
  'last_login_date',
] as const;
export type UserSortProperty = (typeof USER_SORT_PROPERTIES)[number];

export const UserListQuery = Type.Object({
  container_id: optional(id('Only users who belong to this container.')),
  access_role_id: optional(id('Only users with this role.')),
  without_container: optional(
    Type.Boolean({ default: false, description: 'Whether to leave `container` out.' }),
  ),
  'filters[status]': statusFilter,
  'filters[search]': searchFilter('`username`, `first_name`, `last_name` and `email`'),
  sort: sortBy(USER_SORT_PROPERTIES),
  ...pageFields,
});
export type UserListQuery = Static<typeof UserListQuery>;

const ContainerReference = Type.Object({ id: id('Container id.') });

const assignments = optional(
  Type.Array(textOrNumber(16, 'A container id.'), {
    maxItems: 1000,
    description: 'The containers that the user is restricted to; none for all.',
  }),
);

/** One schema for both kinds: which members are required depends on `is_api_only`. */
export const UserCreateRequest = Type.Object({
  is_api_only: optional(
    Type.Boolean({
      description: 'Whether to make a service user, with a key and without sign-in.',
    }),
  ),
  username: conditional(text(255, 'Letters, digits and `@ - _ + .`. Not for service users.')),
  first_name: conditional(text(128, 'First name. Not for service users.')),
  last_name: conditional(text(128, 'Last name. Not for service users.')),
  email: email('Email address.'),
  job_title: optional(text(64, 'Job title; needed of a verified contact.')),
  telephone: optional(textOrNumber(64, 'Telephone number; needed of a verified contact.')),
  container: optional(ContainerReference),
  access_roles: conditional(AccessRolesRequest),
  container_id_assignments: assignments,
  is_saml_sso_only: optional(
    Type.Boolean({ description: 'Whether only single sign-on is allowed.' }),
  ),
  api_name: conditional(text(255, "Name of the service user's key. Only for service users.")),
  restricted_to_role_id: optional(
    Type.Integer({
      minimum: 0,
      maximum: 103,
      description: "Restriction of the service user's key.",
    }),
  ),
});
export type UserCreateRequest = Static<typeof UserCreateRequest>;

export const UserCreated = Type.Object({
  id: id('User id.'),
  api_key: optional(Type.String({ description: "A service user's key; shown this once." })),
});
export type UserCreated = Static<typeof UserCreated>;

/** Of a service user only `email` may change. */
export const UserEditRequest = Type.Object({
  username: optional(text(255, 'Letters, digits and `@ - _ + .`; stays where it is left out.')),
  first_name: optional(text(128, 'First name; stays where it is left out.')),
  last_name: optional(text(128, 'Last name; stays where it is left out.')),
  email: email('Email address.'),
  job_title: optional(text(64, 'Job title; removed where it is left out.')),
  telephone: optional(textOrNumber(64, 'Telephone number; removed where it is left out.')),
});
export type UserEditRequest = Static<typeof UserEditRequest>;

export const UserRoleRequest = Type.Object({ access_roles: AccessRolesRequest });
export type UserRoleRequest = Static<typeof UserRoleRequest>;

export const UsernameAvailability = Type.Object({
  available: Type.Boolean({ description: 'Whether no user of the account has the name.' }),
});
export type UsernameAvailability = Static<typeof UsernameAvailability>;
