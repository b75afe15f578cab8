/**
 * The tables that make up a registry, for what moves it as a whole: their columns, and the key by which
 * their rows are read in order. A table that is not copied stands here as well, with the reason.
 *
 * Every column holds whole numbers or texts and is never null, so that a row is the same in every
 * database.
 */
import type { Schema } from './schema.ts';
import { SIGN_IN_TABLES } from './tables-sign-in.ts';
import { VETTING_TABLES } from './tables-vetting.ts';

/** A table that is copied. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns that no two rows share, behind an index in every database; the first holds an id. */
  readonly key: readonly string[];
  /** Rows that are read at once: few enough that the longest there can be fit into memory. */
  readonly rows_at_once: number;
}

/** The tables that no copy takes along, and why. */
export const NOT_COPIED = {
  schema_migrations: 'Tells of the schema around the rows, which the target made for itself.',
  leases: 'Tells which of the running servers does what.',
  copies: 'Tells of the copy itself.',
  backups: 'Of the source: no backup has the copy in it.',
  organization_search_queue: 'Made anew: every organization that is copied enters it.',
  organization_name_index: 'Made anew from the queue.',
  sessions: 'Of the server that they were begun at: people sign in again at the copy.',
  sign_in_links: 'Lead to the server that made them, and end within days.',
} as const;

type TableName = Exclude<keyof Schema, keyof typeof NOT_COPIED>;
/** Enough for rows that are as long as the longest events. */
export const ROWS_AT_ONCE = 1000;

type Columns<Name extends TableName> = readonly (keyof Schema[Name])[];

/** Parents before those that refer to them. */
export const TABLES = {
  accounts: {
    key: ['id'],
    columns: [
      'id',
      'parent_account_id',
      'mode',
      'name',
      'account_type',
      'duplicate_policy',
      'primary_organization_id',
      'root_container_id',
      'created_at',
      'child_name',
      'allowed_grandchildren',
      'account_manager_user_id',
      'bill_parent',
      'enforce_bill_parent',
      'master_user_id',
      'has_ip_rules',
      'allow_non_user_verified_contacts',
      'clock_offset_ms',
      'outcome_policy',
      'reminder_days',
    ],
  },
  containers: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'public_id',
      'name',
      'description',
      'parent_id',
      'template_id',
      'ekey',
      'is_active',
      'allowed_domain_names',
      'document',
    ],
  },
  users: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'container_id',
      'username',
      'first_name',
      'last_name',
      'email',
      'job_title',
      'telephone',
      'status',
      'access_role_id',
      'created_at',
      'is_api_only',
      'is_saml_sso_only',
      'has_container_assignments',
      'has_appointments',
      'last_login_date',
      'username_folded',
      'first_name_folded',
      'last_name_folded',
      'email_folded',
    ],
  },
  api_keys: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'user_id',
      'name',
      'secret_hash',
      'restricted_to_role_id',
      'status',
      'created_at',
      'last_used_date',
    ],
  },
  user_containers: {
    key: ['account_id', 'user_id', 'container_id'],
    columns: ['account_id', 'user_id', 'container_id'],
  },
  ip_rules: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'user_id',
      'api_key_id',
      'ip_address',
      'ip_address_end',
      'description',
      'created_at',
    ],
  },
  organizations: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'container_id',
      'name',
      'assumed_name',
      'address',
      'address2',
      'city',
      'state',
      'state_name',
      'zip',
      'country',
      'telephone',
      'is_active',
      'is_pending',
      'has_validations',
      'name_folded',
      'address_folded',
      'city_folded',
      'state_folded',
      'zip_folded',
      'telephone_folded',
      'fingerprint',
      'is_duplicate',
      'document',
      'contact_document',
      'technical_contact_document',
      'assignments_document',
      'created_at',
      'updated_at',
    ],
  },
  contacts: {
    key: ['account_id', 'organization_id', 'contact_type'],
    columns: [
      'account_id',
      'id',
      'organization_id',
      'contact_type',
      'first_name',
      'last_name',
      'email',
      'job_title',
      'telephone',
      'telephone_extension',
      'language_id',
    ],
  },
  validations: {
    key: ['account_id', 'organization_id', 'type'],
    columns: [
      'account_id',
      'id',
      'organization_id',
      'type',
      'requested_at',
      'date_created',
      'latest_end',
      'is_open',
      'opened_because',
      'assigned_to_user_id',
      'rejected_at',
      'rejection_reasons',
      'relied_on',
      'completion_id',
      'facts',
      'outdated_at',
      'scripted_outcome',
      'due_at',
      'due_rules',
      'ends_at',
    ],
  },
  verified_contacts: {
    key: ['account_id', 'organization_id', 'id'],
    columns: [
      'account_id',
      'id',
      'organization_id',
      'user_id',
      'first_name',
      'last_name',
      'job_title',
      'telephone',
      'telephone_extension',
      'email',
      'language_id',
      'withdrawn_at',
      'withdrawal_reason',
    ],
  },
  verified_contact_roles: {
    key: ['account_id', 'organization_id', 'verified_contact_id', 'validation_type'],
    columns: ['account_id', 'organization_id', 'verified_contact_id', 'validation_type', 'status'],
  },
  approval_requests: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'organization_id',
      'requested_by_user_id',
      'requested_at',
      'approved_at',
    ],
  },
  confirmations: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'organization_id',
      'approval_request_id',
      'verified_contact_id',
      'validation_types',
      'status',
      'requested_at',
      'expires_at',
      'answered_at',
      'reason',
    ],
  },
  confirmation_links: {
    key: ['account_id', 'token_hash'],
    columns: ['account_id', 'token_hash', 'confirmation_id', 'created_at'],
  },
  mails: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'purpose',
      'object_id',
      'organization_id',
      'recipient',
      'created_at',
      'status',
      'attempts',
      'next_attempt_ms',
    ],
  },
  mail_attempts: {
    key: ['account_id', 'mail_id', 'attempt'],
    columns: ['account_id', 'mail_id', 'attempt', 'attempted_at', 'outcome', 'response'],
  },
  inbox_mails: {
    key: ['account_id', 'mail_id'],
    columns: [
      'account_id',
      'mail_id',
      'sender',
      'recipient',
      'recipient_folded',
      'subject',
      'locale',
      'text_body',
      'html_body',
      'links',
      'organization_id',
      'created_at',
    ],
  },
  orders: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'organization_id',
      'container_id',
      'user_id',
      'product_name_id',
      'validation_type',
      'status',
      'common_name',
      'csr',
      'dns_names',
      'signature_hash',
      'organization_units',
      'comments',
      'validity_years',
      'disable_renewal_notifications',
      'date_created',
      'ready_at',
    ],
  },
  order_contacts: {
    key: ['account_id', 'order_id', 'position'],
    columns: [
      'account_id',
      'order_id',
      'position',
      'contact_type',
      'user_id',
      'verified_contact_id',
      'first_name',
      'last_name',
      'email',
      'job_title',
      'telephone',
      'telephone_extension',
    ],
  },
  container_organizations: {
    key: ['account_id', 'container_id', 'organization_id'],
    columns: ['account_id', 'container_id', 'organization_id'],
  },
  organization_counts: {
    key: ['account_id', 'container_id', 'is_active', 'is_pending', 'slot'],
    columns: ['account_id', 'container_id', 'is_active', 'is_pending', 'slot', 'organizations'],
  },
  validation_end_counts: {
    key: ['account_id', 'month', 'type', 'is_open', 'slot'],
    columns: ['account_id', 'month', 'type', 'is_open', 'slot', 'validations'],
  },
  imports: {
    key: ['account_id', 'digest'],
    columns: [
      'account_id',
      'digest',
      'file_name',
      'lines_done',
      'created',
      'duplicates',
      'refused',
      'started_at',
      'finished_at',
    ],
  },
  ...SIGN_IN_TABLES,
  ...VETTING_TABLES,
  events: {
    key: ['account_id', 'id'],
    columns: [
      'account_id',
      'id',
      'occurred_at',
      'actor_user_id',
      'api_key_id',
      'ip_address',
      'request_id',
      'action',
      'object_type',
      'object_id',
      'before',
      'after',
      'sequence',
      'hash',
    ],
  },
} as const satisfies {
  [Name in TableName]: { key: Columns<Name>; columns: Columns<Name>; rows_at_once?: number };
};

/** In an order in which every row finds what it refers to. */
export const COPIED_TABLES: readonly CopiedTable[] = Object.entries(TABLES).map(
  ([name, table]) => ({ name, rows_at_once: ROWS_AT_ONCE, ...table }),
);

/** Whose names a copy has to bring into the target's search index. */
export const ORGANIZATIONS = 'organizations' satisfies TableName;
