/** Working on validations: what is needed, who decides, and the queue. */
import { AppointmentList } from '../appointment.ts';
import { BundleQuery } from '../bundle.ts';
import { QueueList } from '../queue.ts';
import {
  AssignmentRequest,
  Decision,
  DecisionRequest,
  QueueQuery,
  RejectionRequest,
  RequirementList,
  RequirementsQuery,
  ReviewRequest,
} from '../requirements.ts';
import {
  CheckParams,
  OrganizationParams,
  OrganizationValidationParams,
  type Route,
} from '../route.ts';
import { Sample, SampleRequest } from '../sample.ts';

export const VALIDATION_ROUTES = {
  listQueue: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/queue',
    tag: 'Vetting',
    summary: 'Queue',
    description: 'The validations that are being worked on, oldest first.',
    permission: 'view_vetting',
    query: QueueQuery,
    success: { status: 200, schema: QueueList },
    errors: ['unknown_parameter', 'unknown_filter'],
  },
  listRequirements: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/organization/{organization_id}/requirements',
    tag: 'Vetting',
    summary: 'Requirements',
    description:
      'Per validation type which checks are met, by what and until when; which are missing, who must ' +
      'act next, what would do, since when; and what a program finds odd in the details.',
    permission: 'view_requirements',
    params: OrganizationParams,
    query: RequirementsQuery,
    success: { status: 200, schema: RequirementList },
    errors: ['not_found|organization', 'unknown_parameter'],
  },
  decideCheck: {
    base_path: '/vetting/v1',
    method: 'POST',
    path: '/organization/{organization_id}/validation/{validation_type}/check/{check_id}/decision',
    tag: 'Vetting',
    summary: 'Decide check',
    description:
      'Decides a check of an open validation. The last decision that was needed completes it.',
    permission: 'work_validations',
    params: CheckParams,
    body: DecisionRequest,
    success: { status: 201, schema: Decision },
    errors: [
      'not_found|organization',
      'not_found|validation',
      'not_found|check',
      'not_qualified',
      'validation_not_open',
      'check_not_applicable',
      'check_applies',
      'check_not_ready',
      'evidence_not_accepted',
      'evidence_not_sufficient',
      'evidence_too_old',
      'evidence_withdrawn',
      'contract_term_not_allowed',
    ],
  },
  reviewCheck: {
    base_path: '/vetting/v1',
    method: 'POST',
    path: '/organization/{organization_id}/validation/{validation_type}/check/{check_id}/review',
    tag: 'Vetting',
    summary: 'Review check',
    description:
      'What a second person finds about a decision, where the rules ask for one. Disagreeing opens the check again.',
    permission: 'review_validations',
    params: CheckParams,
    body: ReviewRequest,
    success: { status: 201, schema: Decision },
    errors: [
      'not_found|organization',
      'not_found|validation',
      'not_found|check',
      'not_qualified',
      'validation_not_open',
      'nothing_to_review',
      'reviewer_not_independent',
    ],
  },
  rejectValidation: {
    base_path: '/vetting/v1',
    method: 'PUT',
    path: '/organization/{organization_id}/validation/{validation_type}/reject',
    tag: 'Vetting',
    summary: 'Reject validation',
    description:
      'Ends the work on a validation, with reasons that the applicant sees. One that is active serves until its own end.',
    permission: 'work_validations',
    params: OrganizationValidationParams,
    body: RejectionRequest,
    success: { status: 204 },
    errors: [
      'not_found|organization',
      'not_found|validation',
      'not_qualified',
      'validation_not_open',
    ],
  },
  assignValidation: {
    base_path: '/vetting/v1',
    method: 'PUT',
    path: '/organization/{organization_id}/validation/{validation_type}/assignee',
    tag: 'Vetting',
    summary: 'Assign validation',
    description: 'Says who works on a validation. The person must be qualified for it.',
    permission: 'work_validations',
    params: OrganizationValidationParams,
    body: AssignmentRequest,
    success: { status: 204 },
    errors: ['not_found|organization', 'not_found|validation', 'validation_not_open'],
  },
  getBundle: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/organization/{organization_id}/validation/{validation_type}/bundle',
    tag: 'Vetting',
    summary: 'Bundle',
    description:
      'Everything that a completed validation stood on, as one ZIP archive with a manifest: facts, ' +
      'decisions, evidence with its files, people, rules and events. `orgvet bundle check` proves it ' +
      'whole. The same state of the registry gives the same bytes.',
    permission: 'view_vetting',
    params: OrganizationValidationParams,
    query: BundleQuery,
    success: { status: 200, media_type: 'application/zip' },
    errors: ['not_found|organization', 'not_found|validation', 'unknown_parameter'],
  },
  drawSample: {
    base_path: '/vetting/v1',
    method: 'POST',
    path: '/sample',
    tag: 'Vetting',
    summary: 'Draw sample',
    description:
      'Draws of what was completed in a quarter the share that the rules want looked at once more. ' +
      'The same seed draws the same again from the same completions.',
    permission: 'draw_samples',
    body: SampleRequest,
    success: { status: 200, schema: Sample },
    errors: [],
  },
  listAppointments: {
    base_path: '/vetting/v1',
    method: 'GET',
    path: '/appointment',
    tag: 'Vetting',
    summary: 'List appointments',
    description: 'The people who validate, and what they are qualified for until when.',
    permission: 'view_requirements',
    success: { status: 200, schema: AppointmentList },
    errors: [],
  },
} as const satisfies Record<string, Route>;
