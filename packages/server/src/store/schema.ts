/**
 * The tables as Kysely sees them. Members are the wire's nouns in snake_case, from the wire to the row.
 *
 * Texts are never null: what is absent on the wire is the empty text here, so that every database sorts
 * it the same. Truth values are 0 and 1. Times are the wire's texts, which sort as time does.
 */
import type { BackupMeans } from '@orgvet/contract';
import type { Generated } from 'kysely';
import type {
  ApprovalRequestRow,
  ConfirmationLinkRow,
  ConfirmationRow,
  InboxMailRow,
  MailAttemptRow,
  MailRow,
  OrderContactRow,
  OrderRow,
  VerifiedContactRoleRow,
  VerifiedContactRow,
} from './schema-contacts.ts';
import type {
  PasskeyRow,
  SessionRow,
  SignInLinkRow,
  UserIdentityRow,
  UserPasswordRow,
  UserTotpRow,
} from './schema-sign-in.ts';
import type {
  AppointmentRow,
  CompletionRow,
  DecisionEvidenceRow,
  DecisionRow,
  EvidenceRow,
  FilePieceRow,
  FileRow,
  OrganizationFileRow,
  OrganizationProfileRow,
  RejectionRow,
  ReminderRow,
  SourceRow,
  ValidationEndCountRow,
  ValidationRow,
} from './schema-vetting.ts';

export interface AccountRow {
  id: Generated<number>;
  parent_account_id: number;
  mode: 'test' | 'live';
  name: string;
  account_type: string;
  duplicate_policy: 'error' | 'reuse';
  /** 0 until the account has an organization. */
  primary_organization_id: number;
  root_container_id: number;
  created_at: string;
  /** The name that only the parent sees; may be empty. */
  child_name: string;
  /** A JSON array of the types of subaccounts that it may have. */
  allowed_grandchildren: string;
  /** A user of the parent account; 0 for none. */
  account_manager_user_id: number;
  bill_parent: number;
  enforce_bill_parent: number;
  /** Its first administrator. */
  master_user_id: number;
  /** Whether any rule is about the addresses that requests may come from. */
  has_ip_rules: number;
  /** Whether people who are no users may be named as verified contacts. */
  allow_non_user_verified_contacts: number;
  /** How far the clock of a test account is ahead; 0 for a live one. */
  clock_offset_ms: Generated<number>;
  /** JSON: what becomes of the validations of a test account by themselves. */
  outcome_policy: Generated<string>;
  /** A JSON array: so many days before a validation ends its organization is reminded; negative: after. */
  reminder_days: Generated<string>;
}

export interface ContainerRow {
  account_id: number;
  id: Generated<number>;
  public_id: string;
  name: string;
  description: string;
  parent_id: number;
  template_id: number;
  ekey: string;
  is_active: number;
  /** A JSON array of domain names. */
  allowed_domain_names: string;
  /** The `container` member of an organization as it stands in answers: derived, see domain/organization-document.ts. */
  document: string;
}

export interface UserRow {
  account_id: number;
  id: Generated<number>;
  container_id: number;
  username: string;
  first_name: string;
  last_name: string;
  email: string;
  job_title: string;
  telephone: string;
  status: 'active' | 'inactive';
  access_role_id: number;
  created_at: string;
  /** Whether it is a service user: it holds keys and signs in nowhere. */
  is_api_only: number;
  is_saml_sso_only: number;
  /** Whether it is restricted to some containers: kept in step with `user_containers`. */
  has_container_assignments: number;
  /** Whether it validates organizations: kept in step with `appointments`. */
  has_appointments: number;
  /** Empty before the first. */
  last_login_date: string;
  /** Unique in the account. */
  username_folded: string;
  first_name_folded: string;
  last_name_folded: string;
  email_folded: string;
}

/** A container that a user is restricted to, with those below it. */
interface UserContainerRow {
  account_id: number;
  user_id: number;
  container_id: number;
}

/** Addresses that requests may come from. */
export interface IpRuleRow {
  account_id: number;
  id: Generated<number>;
  /** 0 where it is not for one user. */
  user_id: number;
  /** 0 where it is not for one key. */
  api_key_id: number;
  ip_address: string;
  ip_address_end: string;
  description: string;
  created_at: string;
}

export interface ApiKeyRow {
  account_id: number;
  id: Generated<number>;
  user_id: number;
  name: string;
  secret_hash: string;
  restricted_to_role_id: number;
  status: 'active' | 'revoked';
  created_at: string;
  /** Empty before the first use; written now and then, see operations/key-usage.ts. */
  last_used_date: string;
}

export interface OrganizationRow {
  account_id: number;
  id: Generated<number>;
  container_id: number;
  name: string;
  assumed_name: string;
  address: string;
  address2: string;
  city: string;
  state: string;
  /** The full name of the state, where the code or name that was sent is known. */
  state_name: string;
  zip: string;
  country: string;
  telephone: string;
  is_active: number;
  /** Whether a validation of it is pending; kept in step by the operations. */
  is_pending: number;
  /** Whether it was ever submitted for validation. */
  has_validations: number;
  name_folded: string;
  address_folded: string;
  city_folded: string;
  state_folded: string;
  zip_folded: string;
  telephone_folded: string;
  fingerprint: string;
  /** 1 for an organization that was knowingly created beside another with the same fingerprint. */
  is_duplicate: number;
  /** The answer's text up to its container, rendered: derived, see domain/organization-document.ts. */
  document: string;
  /** The organization contact as answers show it, or empty: derived. */
  contact_document: string;
  /** The technical contact as answers show it, or empty: derived. */
  technical_contact_document: string;
  /** `,"container_id_assignments":[…]`, or empty: derived. */
  assignments_document: string;
  created_at: string;
  updated_at: string;
}

export interface ContactRow {
  account_id: number;
  id: Generated<number>;
  organization_id: number;
  contact_type: 'organization_contact' | 'technical_contact';
  first_name: string;
  last_name: string;
  email: string;
  job_title: string;
  telephone: string;
  telephone_extension: string;
  language_id: number;
}

interface ContainerOrganizationRow {
  account_id: number;
  container_id: number;
  organization_id: number;
}

interface OrganizationCountRow {
  account_id: number;
  container_id: number;
  is_active: number;
  is_pending: number;
  /** A count is the sum over its slots; see counts.ts. */
  slot: number;
  organizations: number;
}

export interface EventRow {
  account_id: number;
  id: Generated<number>;
  occurred_at: string;
  actor_user_id: number;
  api_key_id: number;
  ip_address: string;
  request_id: string;
  action: string;
  object_type: string;
  object_id: number;
  /** JSON of the object before the change; empty for a creation. */
  before: string;
  /** JSON of the object after the change; empty for a deletion. */
  after: string;
  /** Its place in the account's audit log, from 1; 0 until it is sealed. */
  sequence: Generated<number>;
  /** Empty until it is sealed; see domain/audit-chain.ts. */
  hash: Generated<string>;
}

/** Names that still have to enter the search index; see search.ts. */
interface SearchQueueRow {
  account_id: number;
  organization_id: number;
}

/** Work in the background, and who does it until when; see leases.ts. */
interface LeaseRow {
  name: string;
  holder: string;
  /** Milliseconds since 1970. */
  expires_at_ms: number;
}

/** A registry that was copied into this one. */
export interface CopyRow {
  /** Names the registry that was copied, without secrets. */
  source: string;
  started_at: string;
  /** Empty until all of it is here and verified. */
  finished_at: string;
}

/** A backup of the registry that was made. */
export interface BackupRow {
  /** Milliseconds since 1970: two of one second are told apart. */
  finished_ms: number;
  /** Where it is, in words for people. */
  place: string;
  /** By `orgvet backup`, or by other means that somebody told of. */
  means: BackupMeans;
  /** 0 where nobody says. */
  size_bytes: number;
}

/** A file whose organizations were created, and how far. */
export interface ImportRow {
  account_id: number;
  /** Of the file's bytes. */
  digest: string;
  file_name: string;
  lines_done: number;
  created: number;
  duplicates: number;
  refused: number;
  started_at: string;
  /** Empty until the last line is done. */
  finished_at: string;
}

interface MigrationRow {
  version: number;
  name: string;
  applied_at: string;
}

export interface Schema {
  accounts: AccountRow;
  containers: ContainerRow;
  users: UserRow;
  api_keys: ApiKeyRow;
  user_containers: UserContainerRow;
  ip_rules: IpRuleRow;
  sessions: SessionRow;
  sign_in_links: SignInLinkRow;
  user_passwords: UserPasswordRow;
  user_totps: UserTotpRow;
  passkeys: PasskeyRow;
  user_identities: UserIdentityRow;
  organizations: OrganizationRow;
  contacts: ContactRow;
  validations: ValidationRow;
  validation_end_counts: ValidationEndCountRow;
  appointments: AppointmentRow;
  organization_profiles: OrganizationProfileRow;
  sources: SourceRow;
  files: FileRow;
  file_pieces: FilePieceRow;
  organization_files: OrganizationFileRow;
  evidence: EvidenceRow;
  decisions: DecisionRow;
  decision_evidence: DecisionEvidenceRow;
  completions: CompletionRow;
  reminders: ReminderRow;
  rejections: RejectionRow;
  verified_contacts: VerifiedContactRow;
  verified_contact_roles: VerifiedContactRoleRow;
  approval_requests: ApprovalRequestRow;
  confirmations: ConfirmationRow;
  confirmation_links: ConfirmationLinkRow;
  mails: MailRow;
  mail_attempts: MailAttemptRow;
  inbox_mails: InboxMailRow;
  orders: OrderRow;
  order_contacts: OrderContactRow;
  container_organizations: ContainerOrganizationRow;
  organization_counts: OrganizationCountRow;
  events: EventRow;
  organization_search_queue: SearchQueueRow;
  leases: LeaseRow;
  copies: CopyRow;
  backups: BackupRow;
  imports: ImportRow;
  schema_migrations: MigrationRow;
}
