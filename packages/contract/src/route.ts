/** One operation on the wire: what the route table is made of. Paths are below `/services/v2`. */
import { type TObject, type TSchema, Type } from 'typebox';
import type { ErrorCode } from './errors.ts';
import { id } from './fields.ts';
import type { Permission } from './permissions.ts';

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/${string}`;
  /** Another path that clients use for the same. */
  readonly alias?: `/${string}`;
  readonly tag: 'Organizations' | 'Containers' | 'Users' | 'API keys' | 'Accounts';
  readonly summary: string;
  readonly description: string;
  /** What a key must be permitted. */
  readonly permission: Permission;
  readonly params?: TObject;
  readonly query?: TObject;
  readonly body?: TSchema;
  readonly success: { readonly status: 200 | 201 | 204; readonly schema?: TSchema };
  /** The file that the answer is as CSV, where it is to be had so. */
  readonly csv?: `${string}.csv`;
  /** Fixed codes that this operation can answer with, beside those every operation has. */
  readonly errors: readonly ErrorCode[];
}

export const OrganizationParams = Type.Object({ organization_id: id('Organization id.') });
export const ContainerParams = Type.Object({ container_id: id('Container id.') });
export const UserParams = Type.Object({ user_id: id('User id.') });
export const ApiKeyParams = Type.Object({ key_id: id('Key id.') });
export const SubaccountParams = Type.Object({ subaccount_id: id('Account id of the subaccount.') });
