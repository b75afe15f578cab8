/** The operations by the names that the contract's route table has for them. */
import type { OperationName } from '@orgvet/contract';
import { getContainer, listContainers } from './containers.ts';
import type { Context } from './context.ts';
import { createOrganization } from './organization-create.ts';
import { exportOrganizations, listOrganizations } from './organization-lists.ts';
import {
  activateOrganization,
  changeOrganizationDetails,
  deactivateOrganization,
  deleteOrganization,
  getOrganization,
} from './organizations.ts';
import { getCurrentUser } from './users.ts';
import { listOrganizationValidations, listValidationTypes } from './validations.ts';

/** What an operation is given of a request. `params` were read by the route's schema. */
export interface OperationRequest {
  // Every route's params are ids; a route names the ones that it has.
  readonly params: never;
  /** As it was sent: the operation reads it by the contract, and cannot use it before it has. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Answers with an object, with JSON text, or with nothing. */
export type Operation = (context: Context, request: OperationRequest) => Promise<unknown>;

export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  listOrganizations,
  createOrganization,
  listValidationTypes,
  getOrganization,
  changeOrganizationDetails,
  deleteOrganization,
  activateOrganization,
  deactivateOrganization,
  listOrganizationValidations,
  listContainers,
  getContainer,
  getCurrentUser,
};

/** The operations that can answer with CSV too. */
export const CSV_OPERATIONS: Readonly<
  Partial<
    Record<
      OperationName,
      (context: Context, request: OperationRequest) => Promise<AsyncIterable<string>>
    >
  >
> = { listOrganizations: exportOrganizations };
