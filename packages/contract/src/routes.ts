/**
 * The route table: every operation on the wire, once. The server binds it, the client's types and the
 * OpenAPI document come out of it.
 *
 * Paths are below `/services/v2`.
 */
import { type Static, type TObject, type TSchema, Type } from 'typebox';
import { Container, ContainerList } from './container.ts';
import type { ErrorCode } from './errors.ts';
import { id } from './fields.ts';
import {
  Created,
  Organization,
  OrganizationCreateRequest,
  OrganizationDetailsRequest,
  OrganizationList,
  OrganizationListQuery,
  ValidationList,
  ValidationTypeList,
} from './organization.ts';
import { User } from './user.ts';

export const BASE_PATH = '/services/v2';

/** One operation on the wire. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/${string}`;
  readonly tag: 'Organizations' | 'Containers' | 'Users';
  readonly summary: string;
  readonly description: string;
  /** What a key needs: `view` is anything that reads; a view only key has no `change`. */
  readonly permission: 'view' | 'change';
  readonly params?: TObject;
  readonly query?: TObject;
  readonly body?: TSchema;
  readonly success: { readonly status: 200 | 201 | 204; readonly schema?: TSchema };
  /** Whether the answer is also to be had as CSV. */
  readonly csv?: true;
  /** Fixed codes that this operation can answer with, beside those every operation has. */
  readonly errors: readonly ErrorCode[];
}

const OrganizationParams = Type.Object({ organization_id: id('Organization id.') });
const ContainerParams = Type.Object({ container_id: id('Container id.') });

export const ROUTES = {
  listOrganizations: {
    method: 'GET',
    path: '/organization',
    tag: 'Organizations',
    summary: 'List organizations',
    description:
      'Organizations of the account, filtered, sorted and paged. With `Accept: text/csv` the same ' +
      'results as CSV; there, all of them unless `limit` is given.',
    permission: 'view',
    query: OrganizationListQuery,
    success: { status: 200, schema: OrganizationList },
    csv: true,
    errors: ['not_found|container', 'unknown_parameter', 'unknown_filter'],
  },
  createOrganization: {
    method: 'POST',
    path: '/organization',
    tag: 'Organizations',
    summary: 'Create organization',
    description:
      'Creates an organization, unless its details match those of one that exists, and may submit ' +
      'it for validation.',
    permission: 'change',
    body: OrganizationCreateRequest,
    success: { status: 201, schema: Created },
    errors: ['duplicate_organization', 'validation_type_duplicate'],
  },
  listValidationTypes: {
    method: 'GET',
    path: '/organization/validation-type',
    tag: 'Organizations',
    summary: 'List validation types',
    description: 'The types that an organization can be submitted for.',
    permission: 'view',
    success: { status: 200, schema: ValidationTypeList },
    errors: [],
  },
  getOrganization: {
    method: 'GET',
    path: '/organization/{organization_id}',
    tag: 'Organizations',
    summary: 'Organization info',
    description: 'One organization with its contacts and validations.',
    permission: 'view',
    params: OrganizationParams,
    success: { status: 200, schema: Organization },
    errors: ['not_found|organization'],
  },
  changeOrganizationDetails: {
    method: 'PUT',
    path: '/organization/{organization_id}',
    tag: 'Organizations',
    summary: 'Change organization details',
    description:
      'Replaces the details. Optional members that are left out are cleared; contacts stay. A ' +
      'change sends every completed validation back to pending, since it was made for the old ' +
      'details.',
    permission: 'change',
    params: OrganizationParams,
    body: OrganizationDetailsRequest,
    success: { status: 204 },
    errors: ['not_found|organization', 'duplicate_organization'],
  },
  deleteOrganization: {
    method: 'DELETE',
    path: '/organization/{organization_id}',
    tag: 'Organizations',
    summary: 'Delete organization',
    description: 'Deletes an organization for good, except the first of the account.',
    permission: 'change',
    params: OrganizationParams,
    success: { status: 204 },
    errors: ['not_found|organization', 'cannot_delete_primary_organization'],
  },
  activateOrganization: {
    method: 'PUT',
    path: '/organization/{organization_id}/activate',
    tag: 'Organizations',
    summary: 'Activate organization',
    description: 'Makes an organization active; one that is active stays so.',
    permission: 'change',
    params: OrganizationParams,
    success: { status: 204 },
    errors: ['not_found|organization'],
  },
  deactivateOrganization: {
    method: 'PUT',
    path: '/organization/{organization_id}/deactivate',
    tag: 'Organizations',
    summary: 'Deactivate organization',
    description: 'Makes an organization inactive. Nothing is removed; validations run on.',
    permission: 'change',
    params: OrganizationParams,
    success: { status: 204 },
    errors: ['not_found|organization'],
  },
  listOrganizationValidations: {
    method: 'GET',
    path: '/organization/{organization_id}/validation',
    tag: 'Organizations',
    summary: 'Validation details',
    description: 'The validations of one organization, in the order they were asked for.',
    permission: 'view',
    params: OrganizationParams,
    success: { status: 200, schema: ValidationList },
    errors: ['not_found|organization'],
  },
  listContainers: {
    method: 'GET',
    path: '/container',
    tag: 'Containers',
    summary: 'List containers',
    description: 'All containers (divisions) of the account by id, inactive ones too.',
    permission: 'view',
    success: { status: 200, schema: ContainerList },
    errors: [],
  },
  getContainer: {
    method: 'GET',
    path: '/container/{container_id}',
    tag: 'Containers',
    summary: 'Container info',
    description: 'One container with the organizations assigned to it.',
    permission: 'view',
    params: ContainerParams,
    success: { status: 200, schema: Container },
    errors: ['not_found|container'],
  },
  getCurrentUser: {
    method: 'GET',
    path: '/user/me',
    tag: 'Users',
    summary: 'Current user',
    description: 'The user whom the key belongs to.',
    permission: 'view',
    success: { status: 200, schema: User },
    errors: [],
  },
} as const satisfies Record<string, Route>;

export type Routes = typeof ROUTES;
export type OperationName = keyof Routes;

type SchemaType<Schema> = Schema extends TSchema ? Static<Schema> : undefined;

/** What an operation takes, by its name: only the parts that its route has. */
export type RequestOf<Name extends OperationName> = {
  [Part in Extract<keyof Routes[Name], 'params' | 'query' | 'body'>]: SchemaType<
    Routes[Name][Part]
  >;
};

/** What an operation answers, by its name; undefined where it answers 204. */
export type ResponseOf<Name extends OperationName> = Routes[Name]['success'] extends {
  schema: infer Schema;
}
  ? SchemaType<Schema>
  : undefined;
