/**
 * The table of who may do what: every operation by everybody, with the status that it is answered with. A
 * new operation without its row does not compile. authorization.test.ts asks for every cell.
 */
import type { GuardedOperationName } from '@orgvet/contract';
import { OVERVIEW_ROWS } from './authorization-overview.ts';
import { READING_ROWS } from './authorization-reading.ts';
import {
  APPROVER,
  newOrder,
  newOrganization,
  newPerson,
  nextName,
  type Row,
  row,
} from './authorization-rows.ts';
import { SIGN_IN_ROWS } from './authorization-sign-in.ts';
import { VALIDATION_ROWS } from './authorization-validation.ts';
import { organizationBody } from './harness.ts';

// Columns:          admin mgr  std  fin  lim  division  other  100  101  102  103  sib  par  sub  spec rev  aud
export const MATRIX: Record<GuardedOperationName, Row> = {
  listOrganizations: row(
    '/organization',
    '                 200  200  403  403  403  200       200    403  200  200  403  200  200  200  403  403  403',
  ),
  createOrganization: row(
    '/organization',
    '                 201  201  403  403  403  201       201    403  201  403  403  201  201  201  403  403  403',
    newOrganization,
  ),
  listValidationTypes: row(
    '/organization/validation-type',
    '                 200  200  403  403  403  200       200    403  200  200  403  200  200  200  403  403  403',
  ),
  getOrganization: row(
    '/organization/{organization}',
    '                 200  200  403  403  403  200       404    403  200  200  403  404  404  404  403  403  403',
  ),
  changeOrganizationDetails: row(
    '/organization/{organization}',
    '                 204  204  403  403  403  204       404    403  204  403  403  404  404  404  403  403  403',
    newOrganization,
  ),
  deleteOrganization: row(
    '/organization/{organization}',
    '                 204  403  403  403  403  204       404    403  204  403  403  404  404  404  403  403  403',
  ),
  activateOrganization: row(
    '/organization/{organization}/activate',
    '                 204  403  403  403  403  204       404    403  204  403  403  404  404  404  403  403  403',
  ),
  deactivateOrganization: row(
    '/organization/{organization}/deactivate',
    '                 204  403  403  403  403  204       404    403  204  403  403  404  404  404  403  403  403',
  ),
  listOrganizationValidations: row(
    '/organization/{organization}/validation',
    '                 200  200  403  403  403  200       404    403  200  200  403  404  404  404  403  403  403',
  ),

  listPotentialApprovers: row(
    '/organization/potential-approvers',
    '                 200  200  403  403  403  200       200    403  200  200  403  200  200  200  403  403  403',
  ),
  changeOrganizationContacts: row(
    '/organization/{organization}/contact',
    '                 204  204  403  403  403  204       404    403  204  403  403  404  404  404  403  403  403',
    () => ({ contacts: [{ ...APPROVER, contact_type: 'technical_contact' }] }),
  ),
  submitValidations: row(
    '/organization/{organization}/validation',
    '                 204  204  403  403  403  204       404    403  204  403  403  404  404  404  403  403  403',
    () => ({ validations: [{ type: 'ov' }] }),
  ),
  listOrganizationContacts: row(
    '/vetting/v1/organization/{organization}/contact',
    '                 200  200  403  403  403  200       404    403  200  200  403  404  404  404  403  403  403',
  ),
  listVerifiedContacts: row(
    '/vetting/v1/organization/{organization}/verified-contact',
    '                 200  200  403  403  403  200       404    403  200  200  403  404  404  404  403  403  403',
  ),
  resendConfirmation: row(
    '/vetting/v1/organization/{organization}/verified-contact/{verified_contact}/resend',
    '                 204  204  403  403  403  204       404    403  204  403  403  404  404  404  403  403  403',
  ),
  withdrawVerifiedContact: row(
    '/vetting/v1/organization/{organization}/verified-contact/{verified_contact}/withdraw',
    '                 204  204  403  403  403  204       404    403  204  403  403  404  404  404  403  403  403',
    () => ({ reason: 'Has left.' }),
  ),
  decideValidation: row(
    '/control/v1/organization/{organization}/validation/ov',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404  403  403  403',
    () => ({ status: 'active' }),
  ),

  listQueue: row(
    '/vetting/v1/queue',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  200  200  200',
  ),
  listRequirements: row(
    '/vetting/v1/organization/{organization}/requirements',
    '                 200  200  403  403  403  200       404    403  200  200  403  404  404  404  200  200  200',
  ),
  decideCheck: row(
    '/vetting/v1/organization/{organization}/validation/ov/check/identity/decision',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  201  403  403',
    () => ({ outcome: 'failed', reason: 'There is no such organization.' }),
  ),
  reviewCheck: row(
    '/vetting/v1/organization/{decided}/validation/ev/check/separation_of_duties/review',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  201  201  403',
    () => ({ outcome: 'agreed', reason: 'They are different people.' }),
  ),
  rejectValidation: row(
    '/vetting/v1/organization/{organization}/validation/ov/reject',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  204  403  403',
    () => ({ reasons: ['There is no such organization.'] }),
  ),
  assignValidation: row(
    '/vetting/v1/organization/{organization}/validation/ov/assignee',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  204  403  403',
    () => ({}),
  ),
  getBundle: row(
    '/vetting/v1/organization/{completed}/validation/ov/bundle',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  200  200  200',
  ),
  drawSample: row(
    '/vetting/v1/sample',
    '                 403  403  403  403  403  403       403    403  403  403  403  403  403  403  403  403  200',
    () => ({ quarter: '2026-Q3' }),
  ),
  getClock: row(
    '/control/v1/clock',
    '                 200  403  403  403  403  200       200    403  403  200  403  200  200  200  403  403  403',
  ),
  moveClock: row(
    '/control/v1/clock',
    '                 200  403  403  403  403  403       403    403  403  403  403  200  200  200  403  403  403',
    () => ({ advance: 'PT1S' }),
  ),
  getOutcomePolicy: row(
    '/control/v1/policy',
    '                 200  403  403  403  403  200       200    403  403  200  403  200  200  200  403  403  403',
  ),
  changeOutcomePolicy: row(
    '/control/v1/policy',
    '                 204  403  403  403  403  403       403    403  403  403  403  204  204  204  403  403  403',
    () => ({ policy: 'manual' }),
  ),

  createOrder: row(
    '/order/certificate/ssl_plus',
    '                 201  201  201  201  201  201       201    201  201  403  403  201  201  201  201  201  201',
    newOrder,
  ),
  listOrders: row(
    '/order/certificate',
    '                 200  200  200  200  200  200       200    200  200  200  403  200  200  200  200  200  200',
  ),
  getOrder: row(
    '/order/certificate/{order}',
    '                 200  200  200  200  404  200       404    200  200  200  403  404  404  404  200  200  200',
  ),
  getOrderValidation: row(
    '/order/certificate/{order}/validation',
    '                 200  200  200  200  404  200       404    200  200  200  403  404  404  404  200  200  200',
  ),
  changeOrderStatus: row(
    '/order/certificate/{order}/status',
    '                 204  204  204  204  403  204       404    204  204  403  403  404  404  404  204  204  204',
    () => ({ status: 'canceled' }),
  ),

  listContainers: row(
    '/container',
    '                 200  200  200  200  200  200       200    200  200  200  403  200  200  200  200  200  200',
  ),
  getContainer: row(
    '/container/{container}',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404  200  200  200',
  ),
  listChildContainers: row(
    '/container/{container}/children',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404  200  200  200',
  ),
  createChildContainer: row(
    '/container/{container}/children',
    '                 201  403  403  403  403  201       404    403  403  403  403  404  404  404  403  403  403',
    () => ({ name: nextName(), template_id: 6 }),
  ),
  getParentContainer: row(
    '/container/{container}/parent',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404  200  200  200',
  ),
  changeContainer: row(
    '/container/{container}',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404  403  403  403',
    () => ({ name: nextName() }),
  ),
  activateContainer: row(
    '/container/{container}/active',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404  403  403  403',
  ),
  deactivateContainer: row(
    '/container/{container}/deactivate',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404  403  403  403',
  ),
  listContainerTemplates: row(
    '/container/{container}/template',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404  200  200  200',
  ),
  getContainerTemplate: row(
    '/container/{container}/template/6',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404  200  200  200',
  ),
  listContainerRoles: row(
    '/container/{container}/role',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404  200  200  200',
  ),
  assignOrganizations: row(
    '/container/{container}/organization-assignments',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404  403  403  403',
    ({ organization }) => ({ organization_id_assignments: [organization] }),
  ),
  assignUsers: row(
    '/container/{container}/user-assignments',
    '                 204  403  403  403  403  204       404    403  403  403  204  404  404  404  403  403  403',
    ({ user }) => ({ user_id_assignments: [user] }),
  ),
  listContainerOrganizations: row(
    '/container/{container}/order/organization',
    '                 200  200  200  200  200  200       404    200  200  200  403  404  404  404  200  200  200',
  ),
  listIpRules: row(
    '/container/{root}/ip/rules',
    '                 200  403  403  403  403  404       404    403  403  200  403  404  404  404  403  403  403',
  ),
  createIpRule: row(
    '/container/{root}/ip/rules',
    '                 201  403  403  403  403  404       404    403  403  403  403  404  404  404  403  403  403',
    () => ({ ip_address: '0.0.0.0', ip_address_end: '255.255.255.255' }),
  ),
  deleteIpRule: row(
    '/container/{root}/ip/rules/{ip_rule}',
    '                 204  403  403  403  403  404       404    403  403  403  403  404  404  404  403  403  403',
  ),

  listUsers: row(
    '/user',
    '                 200  200  403  403  403  200       200    403  403  200  200  200  200  200  403  403  403',
  ),
  createUser: row(
    '/user',
    '                 201  201  403  403  403  201       201    403  403  403  201  201  201  201  403  403  403',
    newPerson,
  ),
  getCurrentUser: row(
    '/user/me',
    '                 200  200  200  200  200  200       200    200  200  200  200  200  200  200  200  200  200',
  ),
  listServiceUsers: row(
    '/user/api-only',
    '                 200  200  403  403  403  200       200    403  403  200  200  200  200  200  403  403  403',
  ),
  getUsernameAvailability: row(
    '/user/availability/somebody',
    '                 200  200  403  403  403  200       200    403  403  200  200  200  200  200  403  403  403',
  ),
  getUser: row(
    '/user/{user}',
    '                 200  200  403  403  403  200       404    403  403  200  200  404  404  404  403  403  403',
  ),
  changeUser: row(
    '/user/{user}',
    '                 204  204  403  403  403  204       404    403  403  403  204  404  404  404  403  403  403',
    () => ({ email: 'other@example.com' }),
  ),
  changeUserRole: row(
    '/user/{user}/role',
    '                 204  204  403  403  403  204       404    403  403  403  204  404  404  404  403  403  403',
    () => ({ access_roles: [{ id: 2 }] }),
  ),
  assignContainers: row(
    '/user/{user}/container-assignments',
    '                 204  403  403  403  403  204       404    403  403  403  204  404  404  404  403  403  403',
    ({ container }) => ({ container_id_assignments: [String(container)] }),
  ),
  deleteUser: row(
    '/user/{user}',
    '                 204  204  403  403  403  204       404    403  403  403  204  404  404  404  403  403  403',
  ),

  listApiKeys: row(
    '/key',
    '                 200  403  403  403  403  200       200    403  403  200  403  200  200  200  403  403  403',
  ),
  createApiKey: row(
    '/key/user/{user}',
    '                 201  403  403  403  403  201       404    403  403  403  403  404  404  404  403  403  403',
    () => ({ name: 'Another key' }),
  ),
  getApiKey: row(
    '/key/{key}',
    '                 200  403  403  403  403  200       404    403  403  200  403  404  404  404  403  403  403',
  ),
  changeApiKey: row(
    '/key/{key}',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404  403  403  403',
    () => ({ name: 'Renamed' }),
  ),
  changeApiKeyStatus: row(
    '/key/{key}/status',
    '                 204  403  403  403  403  204       404    403  403  403  403  404  404  404  403  403  403',
    () => ({ status: 'revoked' }),
  ),

  getAccount: row(
    '/account',
    '                 200  200  200  200  200  200       200    200  200  200  200  200  200  200  200  200  200',
  ),
  createSubaccount: row(
    '/account',
    '                 201  403  403  403  403  403       403    403  403  403  403  201  201  201  403  403  403',
    () => ({
      account_type: 'enterprise',
      allowed_grandchildren: ['enterprise'],
      user: { first_name: 'New', last_name: 'Person', email: 'new.person@example.com' },
      organization: organizationBody({ name: nextName() }),
    }),
  ),
  getAccountSettings: row(
    '/vetting/v1/account/settings',
    '                 200  403  403  403  403  200       200    403  403  200  403  200  200  200  403  403  403',
  ),
  changeAccountSettings: row(
    '/vetting/v1/account/settings',
    '                 204  403  403  403  403  403       403    403  403  403  403  204  204  204  403  403  403',
    () => ({ duplicate_policy: 'error' }),
  ),
  exportAuditLog: row(
    '/vetting/v1/audit-log',
    '                 200  403  403  403  403  403       403    403  403  200  403  200  200  200  403  403  200',
  ),
  listInboxMails: row(
    '/control/v1/mail',
    '                 200  403  403  403  403  200       200    403  403  200  403  200  200  200  403  403  403',
  ),
  listSubaccounts: row(
    '/account/subaccount',
    '                 200  403  403  403  403  200       200    403  403  200  403  200  200  200  403  403  403',
  ),
  getSubaccount: row(
    '/account/subaccount/{subaccount}',
    '                 200  403  403  403  403  404       404    403  403  200  403  404  200  404  403  403  403',
  ),
  listSubaccountOrganizations: row(
    '/account/subaccount/{subaccount}/organization',
    '                 200  403  403  403  403  404       404    403  403  200  403  404  200  404  403  403  403',
  ),
  listAuthorizations: row(
    '/authorization',
    '                 200  200  200  200  200  200       200    200  200  200  200  200  200  200  200  200  200',
  ),
  listAuthorizedContainers: row(
    '/authorization/view_organizations/container',
    '                 200  200  200  200  200  200       200    200  200  200  200  200  200  200  200  200  200',
  ),

  ...READING_ROWS,
  ...SIGN_IN_ROWS,

  ...VALIDATION_ROWS,
  ...OVERVIEW_ROWS,
};
