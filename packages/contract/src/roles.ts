/** The roles that users have, and how requests name them. */
import { type Static, Type } from 'typebox';
import { id } from './fields.ts';

/** The roles of the vendor's template 6, by their ids. */
export const ACCESS_ROLES = [
  { id: 1, name: 'Administrator' },
  { id: 2, name: 'Limited User' },
  { id: 3, name: 'Finance Manager' },
  { id: 4, name: 'Manager' },
  { id: 5, name: 'Standard User' },
] as const;

export const AccessRole = Type.Object({ id: id('Role id.'), name: Type.String() });
export type AccessRole = Static<typeof AccessRole>;

export const AccessRolesRequest = Type.Array(Type.Object({ id: id('Role id.') }), {
  minItems: 1,
  maxItems: 1,
  description:
    'The role of the user: 1 Administrator, 2 Limited User, 3 Finance Manager, 4 Manager, 5 Standard User.',
});
