/** The tables of vetting as Kysely sees them; see schema.ts for what holds for all. */
import type { EvidenceKind, MediaType, ValidationTypeName } from '@orgvet/contract';
import type { Generated } from 'kysely';

export interface ValidationRow {
  account_id: number;
  id: Generated<number>;
  organization_id: number;
  type: ValidationTypeName;
  /** Since when it is open, or was the last time. */
  requested_at: string;
  /** When what serves now was completed; empty where nothing does. */
  date_created: string;
  /** It ends then at the latest, whatever it stands on; empty where only that decides. */
  latest_end: string;
  /** Whether it is being worked on: beside what serves, or before anything does. */
  is_open: number;
  opened_because: string;
  /** 0 for nobody. */
  assigned_to_user_id: number;
  /** Empty unless the last work on it ended so. */
  rejected_at: string;
  /** A JSON array. */
  rejection_reasons: string;
  /** JSON of what serves now stands on, see domain/rules/validity.ts; empty: it was recorded as a whole. */
  relied_on: string;
  /** 0 where it was recorded. */
  completion_id: number;
  /** JSON of the facts that were validated; empty while they are those of the organization now. */
  facts: string;
  /** Since when facts that matter are others than those that were validated; empty while they are not. */
  outdated_at: string;
  /** JSON of what becomes of it by itself, and when, in a test account; empty for nothing. */
  scripted_outcome: string;
  /** When something is to be done about it by itself; empty for never. A hint: reads decide. */
  due_at: string;
  /** Digest of the rules by which `due_at` and `ends_at` were told. */
  due_rules: string;
  /** When what was completed ends, or did when the facts changed; empty where nothing was. A hint too. */
  ends_at: string;
}

/** How many validations end in a month; see end-counts.ts. */
export interface ValidationEndCountRow {
  account_id: number;
  /** As `2026-11`. */
  month: string;
  type: ValidationTypeName;
  is_open: number;
  /** A count is the sum over its slots; see counts.ts. */
  slot: number;
  validations: number;
}

/** What a user validates. */
export interface AppointmentRow {
  account_id: number;
  user_id: number;
  role: 'specialist' | 'reviewer' | 'auditor';
  /** Empty for auditors, who look at all of them. */
  validation_type: ValidationTypeName | '';
  qualified_until: string;
  appointed_at: string;
}

/** What was found out about an organization. */
export interface OrganizationProfileRow {
  account_id: number;
  organization_id: number;
  /** JSON of the profile as on the wire. */
  facts: string;
  updated_at: string;
}

/** A registry or database that evidence is from. */
export interface SourceRow {
  account_id: number;
  id: Generated<number>;
  name: string;
  name_folded: string;
  kind: EvidenceKind;
  jurisdiction_country: string;
  jurisdiction_state: string;
  jurisdiction_locality: string;
  url: string;
  number_format: string;
  note: string;
  revision: number;
  date_created: string;
  updated_at: string;
  /** Empty while it may be used. */
  withdrawn_at: string;
  withdrawal_reason: string;
}

/** A file of evidence, named by its own bytes. */
export interface FileRow {
  account_id: number;
  digest: string;
  media_type: MediaType;
  size_bytes: number;
  stored_at: string;
}

/** A piece of a file, in base64. */
export interface FilePieceRow {
  account_id: number;
  digest: string;
  position: number;
  content: string;
}

/** That a file was stored for an organization. */
export interface OrganizationFileRow {
  account_id: number;
  organization_id: number;
  digest: string;
}

export interface EvidenceRow {
  account_id: number;
  id: Generated<number>;
  organization_id: number;
  kind: EvidenceKind;
  /** 0 for none. */
  source_id: number;
  reference: string;
  obtained_at: string;
  note: string;
  /** Empty for none. */
  file_digest: string;
  file_name: string;
  collected_by_user_id: number;
  recorded_at: string;
  /** Empty while it may be relied on. */
  withdrawn_at: string;
  withdrawn_by_user_id: number;
  withdrawal_reason: string;
}

/** What somebody found about a check, and what a second person did. Never changed but for the review. */
export interface DecisionRow {
  account_id: number;
  id: Generated<number>;
  organization_id: number;
  /** In whose validation it was made. */
  validation_type: ValidationTypeName;
  check_id: string;
  /** The packs by which it was made, with their versions. */
  rules: string;
  outcome: 'met' | 'failed' | 'not_applicable';
  reason: string;
  /** JSON of the facts that the check is about, as they were. */
  facts: string;
  /** A JSON array: what whoever decided was qualified for. */
  serves_types: string;
  /** Empty where no contract says so. */
  contract_until: string;
  decided_by_user_id: number;
  decided_at: string;
  review_outcome: '' | 'agreed' | 'disagreed';
  review_reason: string;
  /** 0 before the review. */
  reviewed_by_user_id: number;
  reviewed_at: string;
}

/** What a decision relies on. */
export interface DecisionEvidenceRow {
  account_id: number;
  decision_id: number;
  evidence_id: number;
  /** As in the evidence, for the database to compare. */
  collected_by_user_id: number;
  /** As in the decision. */
  reviewed_by_user_id: number;
}

/** A validation that was completed, with all that it stood on at that moment. Never changed. */
export interface CompletionRow {
  account_id: number;
  id: Generated<number>;
  organization_id: number;
  type: ValidationTypeName;
  completed_at: string;
  /** Whose decision was the last; 0 for nobody's. */
  completed_by_user_id: number;
  way: 'decisions' | 'control' | 'policy';
  rules: string;
  /** JSON of details and profile. */
  facts: string;
  /** JSON, see domain/rules/validity.ts. */
  relied_on: string;
}

/** That an organization was told when a validation ends: once for each end and number of days. */
export interface ReminderRow {
  account_id: number;
  id: Generated<number>;
  organization_id: number;
  type: ValidationTypeName;
  validated_until: string;
  days: number;
  due_at: string;
  /** Empty for one that was passed over, because a later one was due as well. */
  sent_at: string;
}

/** Why work on a validation ended without one. */
export interface RejectionRow {
  account_id: number;
  id: Generated<number>;
  organization_id: number;
  type: ValidationTypeName;
  rejected_at: string;
  rejected_by_user_id: number;
  /** A JSON array. */
  reasons: string;
}
