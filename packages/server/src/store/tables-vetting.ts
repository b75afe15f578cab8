/** The tables of vetting, for what moves a registry as a whole; see tables.ts. Parents come first. */
import type { Schema } from './schema.ts';

type Columns<Name extends keyof Schema> = readonly (keyof Schema[Name])[];

export const VETTING_TABLES = {
  appointments: {
    key: ['account_id', 'user_id', 'role', 'validation_type'],
    columns: [
      'account_id',
      'user_id',
      'role',
      'validation_type',
      'qualified_until',
      'appointed_at',
    ],
  },
  organization_profiles: {
    key: ['account_id', 'organization_id'],
    columns: ['account_id', 'organization_id', 'facts', 'updated_at'],
  },
  sources: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'name',
      'name_folded',
      'kind',
      'jurisdiction_country',
      'jurisdiction_state',
      'jurisdiction_locality',
      'url',
      'number_format',
      'note',
      'revision',
      'date_created',
      'updated_at',
      'withdrawn_at',
      'withdrawal_reason',
    ],
  },
  files: {
    key: ['account_id', 'digest'],
    columns: ['account_id', 'digest', 'media_type', 'size_bytes', 'stored_at'],
  },
  file_pieces: {
    key: ['account_id', 'digest', 'position'],
    columns: ['account_id', 'digest', 'position', 'content'],
    // Half a megabyte each.
    rows_at_once: 32,
  },
  organization_files: {
    key: ['account_id', 'organization_id', 'digest'],
    columns: ['account_id', 'organization_id', 'digest'],
  },
  evidence: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'organization_id',
      'kind',
      'source_id',
      'reference',
      'obtained_at',
      'note',
      'file_digest',
      'file_name',
      'collected_by_user_id',
      'recorded_at',
      'withdrawn_at',
      'withdrawn_by_user_id',
      'withdrawal_reason',
    ],
  },
  decisions: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'organization_id',
      'validation_type',
      'check_id',
      'rules',
      'outcome',
      'reason',
      'facts',
      'serves_types',
      'contract_until',
      'decided_by_user_id',
      'decided_at',
      'review_outcome',
      'review_reason',
      'reviewed_by_user_id',
      'reviewed_at',
    ],
  },
  decision_evidence: {
    key: ['account_id', 'decision_id', 'evidence_id'],
    columns: [
      'account_id',
      'decision_id',
      'evidence_id',
      'collected_by_user_id',
      'reviewed_by_user_id',
    ],
  },
  completions: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'organization_id',
      'type',
      'completed_at',
      'completed_by_user_id',
      'way',
      'rules',
      'facts',
      'relied_on',
    ],
  },
  reminders: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'organization_id',
      'type',
      'validated_until',
      'days',
      'due_at',
      'sent_at',
    ],
  },
  rejections: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'organization_id',
      'type',
      'rejected_at',
      'rejected_by_user_id',
      'reasons',
    ],
  },
} as const satisfies {
  [Name in keyof Schema]?: { key: Columns<Name>; columns: Columns<Name>; rows_at_once?: number };
};
