/** The operations on organizations. */
import { ContactsRequest, PotentialApproverList } from '../contact.ts';
import {
  Created,
  Organization,
  OrganizationCreateRequest,
  OrganizationDetailsRequest,
  OrganizationList,
  OrganizationListQuery,
  ValidationList,
  ValidationsRequest,
  ValidationTypeList,
} from '../organization.ts';
import { OrganizationParams, type Route } from '../route.ts';

export const ORGANIZATION_ROUTES = {
  listOrganizations: {
    method: 'GET',
    path: '/organization',
    tag: 'Organizations',
    summary: 'List organizations',
    description:
      'Organizations of the account, filtered, sorted and paged. With `Accept: text/csv` the same ' +
      'results as CSV; there, all of them unless `limit` is given.',
    permission: 'view_organizations',
    query: OrganizationListQuery,
    success: { status: 200, schema: OrganizationList },
    csv: 'organizations.csv',
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
    permission: 'create_organizations',
    body: OrganizationCreateRequest,
    success: { status: 201, schema: Created },
    errors: [
      'duplicate_organization',
      'validation_type_duplicate',
      'non_user_verified_contacts_not_allowed',
    ],
  },
  listValidationTypes: {
    method: 'GET',
    path: '/organization/validation-type',
    tag: 'Organizations',
    summary: 'List validation types',
    description: 'The types that an organization can be submitted for.',
    permission: 'view_organizations',
    success: { status: 200, schema: ValidationTypeList },
    errors: [],
  },
  listPotentialApprovers: {
    method: 'GET',
    path: '/organization/potential-approvers',
    tag: 'Organizations',
    summary: 'List approvers',
    description: 'Who can be named as a verified contact.',
    permission: 'view_organizations',
    success: { status: 200, schema: PotentialApproverList },
    errors: [],
  },
  getOrganization: {
    method: 'GET',
    path: '/organization/{organization_id}',
    tag: 'Organizations',
    summary: 'Organization info',
    description: 'One organization with its contacts and validations.',
    permission: 'view_organizations',
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
    permission: 'edit_organizations',
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
    description:
      'Deletes an organization for good, except the first of the account, and one that is on any order.',
    permission: 'delete_organizations',
    params: OrganizationParams,
    success: { status: 204 },
    errors: [
      'not_found|organization',
      'cannot_delete_primary_organization',
      'organization_has_orders',
      'organization_has_vetting_records',
    ],
  },
  activateOrganization: {
    method: 'PUT',
    path: '/organization/{organization_id}/activate',
    tag: 'Organizations',
    summary: 'Activate organization',
    description: 'Makes an organization active; one that is active stays so.',
    permission: 'activate_organizations',
    params: OrganizationParams,
    success: { status: 204 },
    errors: ['not_found|organization'],
  },
  deactivateOrganization: {
    method: 'PUT',
    path: '/organization/{organization_id}/deactivate',
    tag: 'Organizations',
    summary: 'Deactivate organization',
    description:
      'Makes an organization inactive, unless it is on a pending order. Nothing is removed; ' +
      'validations run on.',
    permission: 'activate_organizations',
    params: OrganizationParams,
    success: { status: 204 },
    errors: ['not_found|organization', 'organization_has_pending_orders'],
  },
  changeOrganizationContacts: {
    method: 'PUT',
    path: '/organization/{organization_id}/contact',
    tag: 'Organizations',
    summary: 'Update organization and technical contact',
    description:
      'Updates or replaces the organization and the technical contact, or removes the technical ' +
      'contact. Orders keep the contacts that they were made with.',
    permission: 'edit_organizations',
    params: OrganizationParams,
    body: ContactsRequest,
    success: { status: 204 },
    errors: [
      'not_found|organization',
      'contact_type_duplicate',
      'cannot_remove_organization_contact',
    ],
  },
  submitValidations: {
    method: 'POST',
    path: '/organization/{organization_id}/validation',
    tag: 'Organizations',
    summary: 'Submit organization for validation',
    description:
      'Submits an organization for validation types and adds verified contacts. A type that is ' +
      'pending or active stays as it is.',
    permission: 'edit_organizations',
    params: OrganizationParams,
    body: ValidationsRequest,
    success: { status: 204 },
    errors: [
      'not_found|organization',
      'validation_type_duplicate',
      'non_user_verified_contacts_not_allowed',
    ],
  },
  listOrganizationValidations: {
    method: 'GET',
    path: '/organization/{organization_id}/validation',
    tag: 'Organizations',
    summary: 'Validation details',
    description: 'The validations of one organization, in the order they were asked for.',
    permission: 'view_organizations',
    params: OrganizationParams,
    success: { status: 200, schema: ValidationList },
    errors: ['not_found|organization'],
  },
} as const satisfies Record<string, Route>;
