/** How requests and answers name the roles of users. */
import { type Static, Type } from 'typebox';
import { id } from './fields.ts';

export const AccessRole = Type.Object({ id: id('Role id.'), name: Type.String() });
export type AccessRole = Static<typeof AccessRole>;

export const AccessRolesRequest = Type.Array(Type.Object({ id: id('Role id.') }), {
  minItems: 1,
  maxItems: 1,
  description:
    'The role of the user: 1 Administrator, 2 Limited User, 3 Finance Manager, 4 Manager, 5 Standard User.',
});
