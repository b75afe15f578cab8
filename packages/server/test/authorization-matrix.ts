/**
 * The table of who may do what: every operation by everybody, with the status that it is answered with. A
 * new operation without its row does not compile. authorization.test.ts asks for every cell.
 */
import type { OperationName } from '@orgvet/contract';
import { organizationBody } from './harness.ts';

/** What a request can be about. */
export interface Objects {
  readonly organization: number;
  readonly container: number;
  readonly user: number;
  readonly key: number;
  readonly ip_rule: number;
  readonly subaccount: number;
  readonly order: number;
  readonly verified_contact: number;
  readonly root: number;
}

/** Whoever asks, for an object of one account, in a division of it. */
export const ACTORS = [
  // Of the account, with keys that are not restricted:
  'administrator',
  'manager',
  'standard user',
  'finance manager',
  'limited user',
  // An administrator who is restricted to the object's division, and one to another division:
  'of the division',
  'of another division',
  // Administrators with keys that are restricted:
  'key for orders',
  'key for organizations',
  'view only key',
  'key for users',
  // Administrators of other accounts:
  'sibling account',
  'parent account',
  'subaccount',
] as const;
export type Actor = (typeof ACTORS)[number];

/** An operation's path, with objects in braces that are made for each request, and its statuses. */
export interface Row {
  readonly path: string;
  readonly statuses: readonly number[];
  readonly body?: (objects: Objects) => object;
}

function row(path: string, statuses: string, body?: Row['body']): Row {
  return { path, statuses: statuses.trim().split(/\s+/).map(Number), ...(body && { body }) };
}

let names = 0;
/** Something that nothing else is called. */
export const nextName = () => {
  names += 1;
  return `Name ${names}`;
};
export const newOrganization = () => organizationBody({ name: nextName() });
const APPROVER = {
  first_name: 'Jane',
  last_name: 'Doe',
  job_title: 'Manager',
  telephone: '555-555-0100',
  email: 'jane.doe@example.com',
};
/** As `newOrganization`, submitted for validation with a verified contact. */
export const newSubmittedOrganization = () => ({
  ...newOrganization(),
  validations: [{ type: 'ov' }, { type: 'ev', verified_users: [APPROVER] }],
});
/** An order for a new organization. */
export const newOrder = () => {
  const { organization_contact, ...details } = newOrganization();
  const contacts = [{ ...(organization_contact as object), contact_type: 'organization_contact' }];
  return { certificate: { common_name: 'example.com' }, organization: { ...details, contacts } };
};
const newPerson = () => ({
  username: nextName().replace(' ', '-'),
  first_name: 'New',
  last_name: 'Person',
  email: 'new.person@example.com',
  access_roles: [{ id: 5 }],
});

// Columns:          admin mgr  std  fin  lim  division  other  100  101  102  103  sib  par  sub
export const MATRIX: Record<OperationName, Row> = {
  listOrganizations: row(
    '/organization',
    '                 200  200  403  403  403  200       200    403  200  200  403  200  200  200',
  ),
  createOrganization: row(
    '/organization',
    '                 201  201  403  403  403  201       201    403  201  403  403  201  201  201',
    newOrganization,
  ),
  listValidationTypes: row(
    '/organization/validation-type',
    '                 200  200  403  403  403  200       200    403  200  200  403  200  200  200',
  ),
  getOrganization: row(
    '/organization/{organization}',
    '                 200  200  403  403  403  200       404    403  200  200  403  404  404  404',
  ),
  changeOrganizationDetails: row(
    '/organization/{organization}',
    '                 204  204  403  403  403  204       404    403  204  403  403  404  404  404',
    newOrganization,
  ),
  deleteOrganization: row(
    '/organization/{organization}',
    '                 204  403  403  403  403  204       404    403  204  403  403  404  404  404',
  ),
  activateOrganization: row(
    '/organization/{organization}/activate',
    '                 204  403  403  403  403  204       404    403  204  403  403  404  404  404',
  ),
  deactivateOrganization: row(
    '/organization/{organization}/deactivate',
    '                 204  403  403  403  403  204       404    403  204  403  403  404  404  404',
  ),
  listOrganizationValidations: row(
    '/organization/{organization}/validation',
    '                 200  200  403  403  403  200       404    403  200  200  403  404  404  404',
  ),

  listPotentialApprovers: row(
    '/organization/potential-approvers',
    '                 200  200  403  403  403  200       200    403  200  200  403  200  200  200',
  ),
  changeOrganizationContacts: row(
    '/organization/{organization}/contact',
    '                 204  204  403  403  403  204       404    403  204  403  403  404  404  404',
    () => ({ contacts: [{ ...APPROVER, contact_type: 'technical_contact' }] }),
  ),
  submitValidations: row(
    '/organization/{organization}/validation',
    '                 204  204  403  403  403  204       404    403  204  403  403  404  404  404',
    () => ({ validations: [{ type: 'ov' }] }),
  ),
  listOrganizationContacts: row(
    '/vetting/v1/organization/{organization}/contact',
    '                 200  200  403  403  403  200       404    403  200  200  403  404  404  404',
  ),
  listVerifiedContacts: row(
    '/vetting/v1/organization/{organization}/verified-contact',
    '                 200  200  403  403  403  200       404    403  200  200  403  404  404  404',
  ),
  resendConfirmation: row(
    '/vetting/v1/organization/{organization}/verified-contact/{verified_contact}/resend',
    '                 204  204  403  403  403  204       404    403  204  403  403  404  404  404',
  ),
  withdrawVerifiedContact: row(
    '/vetting/v1/organization/{organization}/verified-contact/{verified_contact}/withdraw',
    '                 204  204  403  403  403  204       404    403  204  403  403  404  404  404',
    () => ({ reason: 'Has left.' }),
  ),
  decideValidation: row(
    '/control/v1/organization/{organization}/validation/ov',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404',
    () => ({ status: 'active' }),
  ),

  createOrder: row(
    '/order/certificate/ssl_plus',
    '                 201  201  201  201  201  201       201    201  201  403  403  201  201  201',
    newOrder,
  ),
  listOrders: row(
    '/order/certificate',
    '                 200  200  200  200  200  200       200    200  200  200  403  200  200  200',
  ),
  getOrder: row(
    '/order/certificate/{order}',
    '                 200  200  200  200  404  200       404    200  200  200  403  404  404  404',
  ),
  getOrderValidation: row(
    '/order/certificate/{order}/validation',
    '                 200  200  200  200  404  200       404    200  200  200  403  404  404  404',
  ),
  changeOrderStatus: row(
    '/order/certificate/{order}/status',
    '                 204  204  204  204  403  204       404    204  204  403  403  404  404  404',
    () => ({ status: 'canceled' }),
  ),

  listContainers: row(
    '/container',
    '                 200  200  200  200  200  200       200    200  200  200  403  200  200  200',
  ),
  getContainer: row(
    '/container/{container}',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404',
  ),
  listChildContainers: row(
    '/container/{container}/children',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404',
  ),
  createChildContainer: row(
    '/container/{container}/children',
    '                 201  403  403  403  403  201       404    403  403  403  403  404  404  404',
    () => ({ name: nextName(), template_id: 6 }),
  ),
  getParentContainer: row(
    '/container/{container}/parent',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404',
  ),
  changeContainer: row(
    '/container/{container}',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404',
    () => ({ name: nextName() }),
  ),
  activateContainer: row(
    '/container/{container}/active',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404',
  ),
  deactivateContainer: row(
    '/container/{container}/deactivate',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404',
  ),
  listContainerTemplates: row(
    '/container/{container}/template',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404',
  ),
  getContainerTemplate: row(
    '/container/{container}/template/6',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404',
  ),
  listContainerRoles: row(
    '/container/{container}/role',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404',
  ),
  assignOrganizations: row(
    '/container/{container}/organization-assignments',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404',
    ({ organization }) => ({ organization_id_assignments: [organization] }),
  ),
  assignUsers: row(
    '/container/{container}/user-assignments',
    '                 204  403  403  403  403  204       404    403  403  403  204  404  404  404',
    ({ user }) => ({ user_id_assignments: [user] }),
  ),
  listContainerOrganizations: row(
    '/container/{container}/order/organization',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404',
  ),
  listIpRules: row(
    '/container/{root}/ip/rules',
    '                 200  403  403  403  403  404       404    403  403  200  403  404  404  404',
  ),
  createIpRule: row(
    '/container/{root}/ip/rules',
    '                 201  403  403  403  403  404       404    403  403  403  403  404  404  404',
    () => ({ ip_address: '0.0.0.0', ip_address_end: '255.255.255.255' }),
  ),
  deleteIpRule: row(
    '/container/{root}/ip/rules/{ip_rule}',
    '                 204  403  403  403  403  404       404    403  403  403  403  404  404  404',
  ),

  listUsers: row(
    '/user',
    '                 200  200  403  403  403  200       200    403  403  200  200  200  200  200',
  ),
  createUser: row(
    '/user',
    '                 201  201  403  403  403  201       201    403  403  403  201  201  201  201',
    newPerson,
  ),
  getCurrentUser: row(
    '/user/me',
    '                 200  200  200  200  200  200       200    200  200  200  200  200  200  200',
  ),
  listServiceUsers: row(
    '/user/api-only',
    '                 200  200  403  403  403  200       200    403  403  200  200  200  200  200',
  ),
  getUsernameAvailability: row(
    '/user/availability/somebody',
    '                 200  200  403  403  403  200       200    403  403  200  200  200  200  200',
  ),
  getUser: row(
    '/user/{user}',
    '                 200  200  403  403  403  200       404    403  403  200  200  404  404  404',
  ),
  changeUser: row(
    '/user/{user}',
    '                 204  204  403  403  403  204       404    403  403  403  204  404  404  404',
    () => ({ email: 'other@example.com' }),
  ),
  changeUserRole: row(
    '/user/{user}/role',
    '                 204  204  403  403  403  204       404    403  403  403  204  404  404  404',
    () => ({ access_roles: [{ id: 2 }] }),
  ),
  assignContainers: row(
    '/user/{user}/container-assignments',
    '                 204  403  403  403  403  204       404    403  403  403  204  404  404  404',
    ({ container }) => ({ container_id_assignments: [String(container)] }),
  ),
  deleteUser: row(
    '/user/{user}',
    '                 204  204  403  403  403  204       404    403  403  403  204  404  404  404',
  ),

  listApiKeys: row(
    '/key',
    '                 200  403  403  403  403  200       200    403  403  200  403  200  200  200',
  ),
  createApiKey: row(
    '/key/user/{user}',
    '                 201  403  403  403  403  201       404    403  403  403  403  404  404  404',
    () => ({ name: 'Another key' }),
  ),
  getApiKey: row(
    '/key/{key}',
    '                 200  403  403  403  403  200       404    403  403  200  403  404  404  404',
  ),
  changeApiKey: row(
    '/key/{key}',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404',
    () => ({ name: 'Renamed' }),
  ),
  changeApiKeyStatus: row(
    '/key/{key}/status',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404',
    () => ({ status: 'revoked' }),
  ),

  getAccount: row(
    '/account',
    '                 200  200  200  200  200  200       200    200  200  200  200  200  200  200',
  ),
  createSubaccount: row(
    '/account',
    '                 201  403  403  403  403  403       403    403  403  403  403  201  201  201',
    () => ({
      account_type: 'enterprise',
      allowed_grandchildren: ['enterprise'],
      user: { first_name: 'New', last_name: 'Person', email: 'new.person@example.com' },
      organization: organizationBody({ name: nextName() }),
    }),
  ),
  getAccountSettings: row(
    '/vetting/v1/account/settings',
    '                 200  403  403  403  403  200       200    403  403  200  403  200  200  200',
  ),
  changeAccountSettings: row(
    '/vetting/v1/account/settings',
    '                 204  403  403  403  403  403       403    403  403  403  403  204  204  204',
    () => ({ duplicate_policy: 'error' }),
  ),
  listInboxMails: row(
    '/control/v1/mail',
    '                 200  403  403  403  403  200       200    403  403  200  403  200  200  200',
  ),
  listSubaccounts: row(
    '/account/subaccount',
    '                 200  403  403  403  403  200       200    403  403  200  403  200  200  200',
  ),
  getSubaccount: row(
    '/account/subaccount/{subaccount}',
    '                 200  403  403  403  403  404       404    403  403  200  403  404  200  404',
  ),
  listSubaccountOrganizations: row(
    '/account/subaccount/{subaccount}/organization',
    '                 200  403  403  403  403  404       404    403  403  200  403  404  200  404',
  ),
  listAuthorizations: row(
    '/authorization',
    '                 200  200  200  200  200  200       200    200  200  200  200  200  200  200',
  ),
  listAuthorizedContainers: row(
    '/authorization/view_organizations/container',
    '                 200  200  200  200  200  200       200    200  200  200  200  200  200  200',
  ),
};
