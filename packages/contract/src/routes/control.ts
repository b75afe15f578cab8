/** The operations that only test accounts have; a live account is answered that there is no such route. */
import { InboxMailList, InboxMailListQuery, ValidationOutcomeRequest } from '../control.ts';
import { OrganizationValidationParams, type Route } from '../route.ts';

export const CONTROL_ROUTES = {
  listInboxMails: {
    base_path: '/control/v1',
    method: 'GET',
    path: '/mail',
    tag: 'Test accounts',
    summary: 'List inbox mail',
    description:
      'The mail of a test account, newest first. It never leaves: this is where it arrives.',
    permission: 'view_mail',
    query: InboxMailListQuery,
    success: { status: 200, schema: InboxMailList },
    errors: ['not_found|route', 'unknown_parameter', 'unknown_filter'],
  },
  decideValidation: {
    base_path: '/control/v1',
    method: 'PUT',
    path: '/organization/{organization_id}/validation/{validation_type}',
    tag: 'Test accounts',
    summary: 'Decide validation',
    description:
      'Makes a validation of a test account active, as if the work had been done: from now on for ' +
      '397 days.',
    permission: 'control_test_account',
    params: OrganizationValidationParams,
    body: ValidationOutcomeRequest,
    success: { status: 204 },
    errors: ['not_found|route', 'not_found|organization', 'not_found|validation'],
  },
} as const satisfies Record<string, Route>;
