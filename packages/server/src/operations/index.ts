/**
 * The operations by the names that the contract's route table has for them, and the one way to perform
 * them: what a request names in its path must be visible to whoever asks.
 */
import type { GuardedOperationName, OperationName } from '@orgvet/contract';
import { getAccount } from './account-info.ts';
import { changeAccountSettings, getAccountSettings } from './account-settings.ts';
import {
  changeApiKey,
  changeApiKeyStatus,
  createApiKey,
  getApiKey,
  listApiKeys,
} from './api-keys.ts';
import { changeAppointments, listAppointments } from './appointments.ts';
import { exportAuditLog } from './audit-log.ts';
import { listAuditLogEntries, verifyAuditLog } from './audit-log-views.ts';
import { listAuthorizations, listAuthorizedContainers } from './authorizations.ts';
import { getBundle } from './bundles.ts';
import { getCertificateSubject } from './certificate-subjects.ts';
import { decideCheck, reviewCheck } from './check-decisions.ts';
import { changeOutcomePolicy, getClock, getOutcomePolicy, moveClock } from './clock.ts';
import {
  assignOrganizations,
  assignUsers,
  listContainerOrganizations,
} from './container-assignments.ts';
import {
  activateContainer,
  changeContainer,
  createChildContainer,
  deactivateContainer,
} from './container-changes.ts';
import {
  getContainer,
  getContainerTemplate,
  getParentContainer,
  listChildContainers,
  listContainerRoles,
  listContainers,
  listContainerTemplates,
} from './containers.ts';
import type { Context } from './context.ts';
import { listCountries, listStates } from './countries.ts';
import { checkDuplicates } from './duplicate-checks.ts';
import { listEvidence, recordEvidence, withdrawEvidence } from './evidence.ts';
import { getExpiry } from './expiry.ts';
import { getFile, storeFile } from './files.ts';
import { listInboxMails } from './inbox.ts';
import { inviteUser } from './invitations.ts';
import { createIpRule, deleteIpRule, listIpRules } from './ip-rules.ts';
import { createOrder } from './order-create.ts';
import { listOrders } from './order-lists.ts';
import { changeOrderStatus, getOrder, getOrderValidation } from './orders.ts';
import { changeOrganizationContacts, listOrganizationContacts } from './organization-contacts.ts';
import { createOrganization } from './organization-create.ts';
import { getOrganizationHistory } from './organization-history.ts';
import { exportOrganizations, listOrganizations } from './organization-lists.ts';
import {
  activateOrganization,
  changeOrganizationDetails,
  deactivateOrganization,
  deleteOrganization,
  getOrganization,
} from './organizations.ts';
import { addPasskey, removePasskey, startPasskey } from './own-passkeys.ts';
import { listCredentials, setPassword } from './own-password.ts';
import { confirmTotp, removeTotp, startTotp } from './own-totp.ts';
import { listPotentialApprovers } from './potential-approvers.ts';
import { changeProfile, getProfile } from './profiles.ts';
import { assignValidation, listQueue } from './queue.ts';
import { listRequirements } from './requirements.ts';
import { getRulePack, listRules } from './rules.ts';
import { compareRules } from './rules-impact.ts';
import { drawSample } from './samples.ts';
import { endSession, endUserSessions, listSessions, listUserSessions } from './session-lists.ts';
import { changeSource, createSource, getSource, listSources, withdrawSource } from './sources.ts';
import { listSubaccountOrganizations } from './subaccount-organizations.ts';
import { createSubaccount, getSubaccount, listSubaccounts } from './subaccounts.ts';
import { getSystemStatus } from './system.ts';
import {
  assignContainers,
  changeUser,
  changeUserRole,
  createUser,
  deleteUser,
} from './user-changes.ts';
import { listUserIdentities, removeUserIdentities } from './user-identities.ts';
import { exportUsers, listServiceUsers, listUsers } from './user-lists.ts';
import { getCurrentUser, getUser, getUsernameAvailability } from './users.ts';
import { decideValidation, rejectValidation } from './validation-outcomes.ts';
import { submitValidations } from './validation-requests.ts';
import { listOrganizationValidations, listValidationTypes } from './validations.ts';
import {
  listVerifiedContacts,
  resendConfirmation,
  withdrawVerifiedContact,
} from './verified-contacts.ts';
import {
  refuseUnlessContainerVisible,
  refuseUnlessOrderVisible,
  refuseUnlessOrganizationVisible,
} from './visibility.ts';

/** What an operation is given of a request. `params` were read by the route's schema. */
export interface OperationRequest {
  // Every route names the ones that it has.
  readonly params: never;
  /** As it was sent: the operation reads it by the contract, and cannot use it before it has. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

/** Answers with an object, with JSON text, or with nothing. */
type Operation = (context: Context, request: OperationRequest) => Promise<unknown>;

const OPERATIONS: Readonly<Record<GuardedOperationName, Operation>> = {
  listOrganizations,
  createOrganization,
  listValidationTypes,
  getOrganization,
  changeOrganizationDetails,
  deleteOrganization,
  activateOrganization,
  deactivateOrganization,
  listOrganizationValidations,
  listPotentialApprovers,
  changeOrganizationContacts,
  submitValidations,
  createOrder,
  listOrders,
  getOrder,
  getOrderValidation,
  changeOrderStatus,
  listContainers,
  getContainer,
  listChildContainers,
  createChildContainer,
  getParentContainer,
  changeContainer,
  activateContainer,
  deactivateContainer,
  listContainerTemplates,
  getContainerTemplate,
  listContainerRoles,
  assignOrganizations,
  assignUsers,
  listContainerOrganizations,
  listIpRules,
  createIpRule,
  deleteIpRule,
  listUsers,
  createUser,
  getCurrentUser,
  listServiceUsers,
  getUsernameAvailability,
  getUser,
  changeUser,
  changeUserRole,
  assignContainers,
  deleteUser,
  listApiKeys,
  createApiKey,
  getApiKey,
  changeApiKey,
  changeApiKeyStatus,
  getAccount,
  createSubaccount,
  listSubaccounts,
  getSubaccount,
  listSubaccountOrganizations,
  listAuthorizations,
  listAuthorizedContainers,
  listOrganizationContacts,
  listVerifiedContacts,
  resendConfirmation,
  withdrawVerifiedContact,
  getAccountSettings,
  changeAccountSettings,
  exportAuditLog,
  listAuditLogEntries,
  verifyAuditLog,
  listRules,
  getRulePack,
  compareRules,
  getSystemStatus,
  getOrganizationHistory,
  getCertificateSubject,
  checkDuplicates,
  getExpiry,
  listCountries,
  listStates,
  listInboxMails,
  decideValidation,
  listAppointments,
  changeAppointments,
  getProfile,
  changeProfile,
  storeFile,
  getFile,
  recordEvidence,
  listEvidence,
  withdrawEvidence,
  listSources,
  createSource,
  getSource,
  changeSource,
  withdrawSource,
  listQueue,
  listRequirements,
  decideCheck,
  reviewCheck,
  rejectValidation,
  assignValidation,
  getBundle,
  drawSample,
  getClock,
  moveClock,
  getOutcomePolicy,
  changeOutcomePolicy,
  listSessions,
  endSession,
  listUserSessions,
  endUserSessions,
  listUserIdentities,
  removeUserIdentities,
  listCredentials,
  setPassword,
  startTotp,
  confirmTotp,
  removeTotp,
  startPasskey,
  addPasskey,
  removePasskey,
  inviteUser,
};

type CsvOperation = (context: Context, request: OperationRequest) => Promise<AsyncIterable<string>>;

/** The operations that can answer with CSV too. */
const CSV_OPERATIONS = {
  listOrganizations: exportOrganizations,
  listUsers: exportUsers,
} satisfies Partial<Record<OperationName, CsvOperation>>;
type CsvOperationName = keyof typeof CSV_OPERATIONS;

export function hasCsv(name: OperationName): name is CsvOperationName {
  return Object.hasOwn(CSV_OPERATIONS, name);
}

/** Performs an operation. @throws RequestRefused also where its path names what is not to be seen */
export async function perform(
  name: GuardedOperationName,
  context: Context,
  request: OperationRequest,
): Promise<unknown> {
  await refuseUnlessVisible(context, request.params);
  return await OPERATIONS[name](context, request);
}

/** As `perform`, with the result as lines of CSV. */
export async function exportCsv(
  name: CsvOperationName,
  context: Context,
  request: OperationRequest,
): Promise<AsyncIterable<string>> {
  await refuseUnlessVisible(context, request.params);
  return await CSV_OPERATIONS[name](context, request);
}

/** In this one place, so that no operation can forget it. Users and keys are looked at where they are found. */
async function refuseUnlessVisible(context: Context, params: object | undefined): Promise<void> {
  const { organization_id, container_id, order_id } = (params ?? {}) as {
    organization_id?: number;
    container_id?: number;
    order_id?: number;
  };
  if (container_id !== undefined) {
    refuseUnlessContainerVisible(context, container_id);
  }
  if (organization_id !== undefined) {
    await refuseUnlessOrganizationVisible(context, organization_id);
  }
  if (order_id !== undefined) {
    await refuseUnlessOrderVisible(context, order_id);
  }
}
