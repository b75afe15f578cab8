/**
 * Orgvet's own operations, for those who look after organizations: what the vendor has only in its
 * console, or not at all.
 */
import { AccountSettings, AccountSettingsRequest } from '../account-settings.ts';
import { OrganizationParams, type Route, VerifiedContactParams } from '../route.ts';
import {
  OrganizationContactList,
  VerifiedContactRecordList,
  WithdrawalRequest,
} from '../verified-contact.ts';

export const VETTING_ROUTES = {
  listOrganizationContacts: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/organization/{organization_id}/contact',
    tag: 'Vetting',
    summary: 'List contacts',
    description: 'The organization and technical contact, with what follows from what was sent.',
    permission: 'view_organizations',
    params: OrganizationParams,
    success: { status: 200, schema: OrganizationContactList },
    errors: ['not_found|organization'],
  },
  listVerifiedContacts: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/organization/{organization_id}/verified-contact',
    tag: 'Vetting',
    summary: 'List verified contacts',
    description:
      'The verified contacts of an organization: what each was asked, by which mail, what was ' +
      'answered, and what stands on the contact.',
    permission: 'view_organizations',
    params: OrganizationParams,
    success: { status: 200, schema: VerifiedContactRecordList },
    errors: ['not_found|organization'],
  },
  resendConfirmation: {
    base_path: '/vetting/v1',
    method: 'POST',
    path: '/organization/{organization_id}/verified-contact/{verified_contact_id}/resend',
    tag: 'Vetting',
    summary: 'Resend confirmation mail',
    description:
      'Asks a verified contact once more for what is still open, with a new link in place of the ' +
      'old, for 30 days from now.',
    permission: 'edit_organizations',
    params: VerifiedContactParams,
    success: { status: 204 },
    errors: ['not_found|organization', 'not_found|verified_contact', 'nothing_to_confirm'],
  },
  withdrawVerifiedContact: {
    base_path: '/vetting/v1',
    method: 'PUT',
    path: '/organization/{organization_id}/verified-contact/{verified_contact_id}/withdraw',
    tag: 'Vetting',
    summary: 'Withdraw verified contact',
    description:
      'From a moment on a contact no longer approves. What stands on the contact is shown by ' +
      '"List verified contacts".',
    permission: 'edit_organizations',
    params: VerifiedContactParams,
    body: WithdrawalRequest,
    success: { status: 204 },
    errors: ['not_found|organization', 'not_found|verified_contact', 'verified_contact_withdrawn'],
  },
  getAccountSettings: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/account/settings',
    tag: 'Vetting',
    summary: 'Account settings',
    description: 'The settings of the account.',
    permission: 'view_settings',
    success: { status: 200, schema: AccountSettings },
    errors: [],
  },
  changeAccountSettings: {
    base_path: '/vetting/v1',
    method: 'PUT',
    path: '/account/settings',
    tag: 'Vetting',
    summary: 'Change account settings',
    description: 'Changes settings of the account; one that is left out stays.',
    permission: 'manage_settings',
    body: AccountSettingsRequest,
    success: { status: 204 },
    errors: [],
  },
} as const satisfies Record<string, Route>;
