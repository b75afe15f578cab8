/** Users on the wire, in the recorded member order. */
import { type Static, Type } from 'typebox';
import { EmbeddedContainer } from './container.ts';
import { id, oneOf, optional } from './fields.ts';

/** The roles of the vendor's template 6, by their ids. */
export const ACCESS_ROLES = [
  { id: 1, name: 'Administrator' },
  { id: 2, name: 'Limited User' },
  { id: 3, name: 'Finance Manager' },
  { id: 4, name: 'Manager' },
  { id: 5, name: 'Standard User' },
] as const;

export const User = Type.Object({
  id: id('User id.'),
  username: Type.String(),
  account_id: id('Account of the user.'),
  first_name: Type.String(),
  last_name: Type.String(),
  email: Type.String(),
  job_title: optional(Type.String()),
  telephone: optional(Type.String()),
  status: oneOf(['active', 'inactive'] as const, 'User status.'),
  container: EmbeddedContainer,
  access_roles: Type.Array(Type.Object({ id: id('Role id.'), name: Type.String() })),
  is_cert_central: Type.Boolean(),
  is_enterprise: Type.Boolean(),
  is_saml_sso_only: Type.Boolean(),
  type: oneOf(['standard'] as const, 'Kind of user.'),
  has_container_assignments: Type.Boolean(),
});
export type User = Static<typeof User>;
