/** What an organization's validations still need: check by check, and who must act next. */
import { type Static, Type } from 'typebox';
import { Person } from './evidence.ts';
import { givenTime, id, lines, oneOf, optional, time } from './fields.ts';
import { Finding } from './finding.ts';
import { ValidatedDetails } from './organization.ts';
import { EVIDENCE_KIND_NAMES } from './rule-pack.ts';
import { VALIDATION_TYPE_NAMES } from './validation-types.ts';

export const CHECK_STATUSES = [
  'met',
  'not_applicable',
  'in_review',
  'missing',
  'failed',
  'disagreed',
  'too_old',
  'reopened',
] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

export const OUTCOMES = ['met', 'failed', 'not_applicable'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const NEXT_ACTORS = ['specialist', 'reviewer', 'applicant', 'verified_contact'] as const;
export type NextActor = (typeof NEXT_ACTORS)[number];

export const DecisionRequest = Type.Object({
  outcome: oneOf(OUTCOMES, 'What was found.'),
  reason: lines(4000, 'How it was found.'),
  evidence_ids: optional(
    Type.Array(id('Evidence id.'), { maxItems: 50, description: 'What it relies on.' }),
  ),
  contract_until: optional(
    givenTime('Until when a contract lets it serve, where the pack leaves that to a contract.'),
  ),
});
export type DecisionRequest = Static<typeof DecisionRequest>;

export const ReviewRequest = Type.Object({
  outcome: oneOf(['agreed', 'disagreed'] as const, 'What the second person finds.'),
  reason: lines(4000, 'Why.'),
});
export type ReviewRequest = Static<typeof ReviewRequest>;

export const RejectionRequest = Type.Object({
  reasons: Type.Array(lines(1000, 'A reason, as the applicant reads it.'), {
    minItems: 1,
    maxItems: 20,
  }),
});
export type RejectionRequest = Static<typeof RejectionRequest>;

export const AssignmentRequest = Type.Object({
  user_id: optional(id('The specialist who works on it; nobody where it is left out.')),
});
export type AssignmentRequest = Static<typeof AssignmentRequest>;

export const Decision = Type.Object({
  id: id('Decision id.'),
  validation_type: oneOf(VALIDATION_TYPE_NAMES, 'Type in whose validation it was made.'),
  check_id: Type.String(),
  rules: Type.String({ description: 'Packs by which it was made, with their versions.' }),
  outcome: oneOf(OUTCOMES, 'What was found.'),
  reason: Type.String(),
  evidence_ids: Type.Array(id('Evidence id.')),
  contract_until: optional(time('Until when a contract lets it serve.')),
  decided_by: Person,
  decided_at: time('When.'),
  review: optional(
    Type.Object({
      outcome: oneOf(['agreed', 'disagreed'] as const, 'What the second person found.'),
      reason: Type.String(),
      reviewed_by: Person,
      reviewed_at: time('When.'),
    }),
  ),
});
export type Decision = Static<typeof Decision>;

const Requirement = Type.Object({
  check_id: Type.String(),
  title: Type.String(),
  section: Type.String({ description: 'Section of the rules.' }),
  statement: Type.String({ description: 'What must be shown.' }),
  status: oneOf(CHECK_STATUSES, 'How it stands.'),
  until: optional(time('Until when what it stands on serves; left out for what does not age.')),
  needs_second_person: Type.Boolean(),
  decision: optional({
    ...Decision,
    description: 'What it stands on or fell by; only for those who validate.',
  }),
  next: optional(
    Type.Object(
      {
        actor: oneOf(NEXT_ACTORS, 'Who must act.'),
        since: time('Since when.'),
        what: Type.String({ description: 'What would do.' }),
        accepts: Type.Array(Type.Array(oneOf(EVIDENCE_KIND_NAMES, 'Kind of evidence.')), {
          description: 'Kinds of evidence; each list is enough by itself.',
        }),
        usable_evidence_ids: Type.Array(id('Evidence id.'), {
          description: 'Evidence that is recorded and could serve.',
        }),
        unknown_facts: Type.Array(Type.String(), {
          description: 'What of the profile would tell whether the check applies at all.',
        }),
      },
      { description: 'Left out where there is nothing to do.' },
    ),
  ),
});
export type Requirement = Static<typeof Requirement>;

export const WORK_STATUSES = ['open', 'closed', 'rejected'] as const;

const TypeRequirements = Type.Object({
  type: oneOf(VALIDATION_TYPE_NAMES, 'Validation type.'),
  status: oneOf(['none', 'pending', 'active', 'expired'] as const, 'As on the wire.'),
  work: oneOf(WORK_STATUSES, 'Whether it is being worked on.'),
  opened_because: optional(Type.String({ description: 'Why it is open.' })),
  requested_at: optional(time('Since when it is open.')),
  date_created: optional(time('When it was last completed.')),
  validated_until: optional(time('When what serves now ends.')),
  would_serve_until: optional(time('Until when it would serve if it were complete as it stands.')),
  rules: Type.String({ description: 'Packs in force, with their versions.' }),
  assigned_to: optional(Person),
  met: Type.Integer({ minimum: 0, description: 'Checks that are met, or do not apply.' }),
  total: Type.Integer({ minimum: 0 }),
  next_actor: optional(oneOf(NEXT_ACTORS, 'Who must act next.')),
  rejection: optional(
    Type.Object({ rejected_at: time('When.'), reasons: Type.Array(Type.String()) }),
  ),
  checks: Type.Array(Requirement),
});
export type TypeRequirements = Static<typeof TypeRequirements>;

export const RequirementsQuery = Type.Object({
  type: optional(
    oneOf(VALIDATION_TYPE_NAMES, 'Only this type, also where it was not submitted for it.'),
  ),
});
export type RequirementsQuery = Static<typeof RequirementsQuery>;

export const QueueQuery = Type.Object({
  'filters[type]': optional(oneOf(VALIDATION_TYPE_NAMES, 'Only this type.')),
  'filters[assigned_to]': optional(
    Type.String({ maxLength: 20, description: 'Only of this user id; `none` for nobody.' }),
  ),
  'filters[organization_id]': optional(id('Only this organization.')),
  sort: optional(
    Type.String({
      maxLength: 100,
      description: '`requested_at` (oldest first, the default), or `-requested_at`.',
    }),
  ),
  limit: optional(
    Type.Integer({ minimum: 1, maximum: 100, default: 50, description: 'Largest page size.' }),
  ),
  offset: optional(
    Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      default: 0,
      description: 'Index of the first result.',
    }),
  ),
});
export type QueueQuery = Static<typeof QueueQuery>;

export const RequirementList = Type.Object({
  organization_id: id('Organization id.'),
  details: ValidatedDetails,
  types: Type.Array(TypeRequirements, {
    description: 'Types that it was submitted for, or the one that was asked about.',
  }),
  findings: Type.Array(Finding, {
    description: 'What a program finds odd in the details, before anybody looks.',
  }),
});
export type RequirementList = Static<typeof RequirementList>;
