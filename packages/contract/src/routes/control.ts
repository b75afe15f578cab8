/** The operations that only test accounts have; a live account is answered that there is no such route. */

import { AppointmentsRequest } from '../appointment.ts';
import { ClockAnswer, ClockReading, ClockRequest, OutcomePolicy } from '../clock.ts';
import { InboxMailList, InboxMailListQuery, ValidationOutcomeRequest } from '../control.ts';
import { OrganizationValidationParams, type Route, UserParams } from '../route.ts';

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
      'Makes a validation of a test account active, as if all its checks had been met just now.',
    permission: 'control_test_account',
    params: OrganizationValidationParams,
    body: ValidationOutcomeRequest,
    success: { status: 204 },
    errors: ['not_found|route', 'not_found|organization', 'not_found|validation'],
  },
  getClock: {
    base_path: '/control/v1',
    method: 'GET',
    path: '/clock',
    tag: 'Test accounts',
    summary: 'Clock',
    description: 'What the clock of the test account shows.',
    permission: 'view_test_account',
    success: { status: 200, schema: ClockReading },
    errors: ['not_found|route'],
  },
  moveClock: {
    base_path: '/control/v1',
    method: 'POST',
    path: '/clock',
    tag: 'Test accounts',
    summary: 'Move clock',
    description:
      'Moves the clock of a test account forward. What comes due on the way has been done, in its ' +
      'order and at its time, before the answer, which lists it.',
    permission: 'control_test_account',
    body: ClockRequest,
    success: { status: 200, schema: ClockAnswer },
    errors: ['not_found|route', 'clock_goes_forward'],
  },
  getOutcomePolicy: {
    base_path: '/control/v1',
    method: 'GET',
    path: '/policy',
    tag: 'Test accounts',
    summary: 'Outcome policy',
    description: 'What becomes of validations that are submitted.',
    permission: 'view_test_account',
    success: { status: 200, schema: OutcomePolicy },
    errors: ['not_found|route'],
  },
  changeOutcomePolicy: {
    base_path: '/control/v1',
    method: 'PUT',
    path: '/policy',
    tag: 'Test accounts',
    summary: 'Change outcome policy',
    description:
      'Says what becomes of validations that are submitted from now on: people work on them, or they ' +
      'are approved or rejected after a time, by the clock of the account.',
    permission: 'control_test_account',
    body: OutcomePolicy,
    success: { status: 204 },
    errors: ['not_found|route'],
  },
  changeAppointments: {
    base_path: '/control/v1',
    method: 'PUT',
    path: '/appointment/{user_id}',
    tag: 'Test accounts',
    summary: 'Appoint user',
    description:
      'Says what a user of a test account validates. For live accounts only the operator says so.',
    permission: 'control_test_account',
    params: UserParams,
    body: AppointmentsRequest,
    success: { status: 204 },
    errors: ['not_found|route', 'not_found|user', 'user_administers_organizations'],
  },
} as const satisfies Record<string, Route>;
