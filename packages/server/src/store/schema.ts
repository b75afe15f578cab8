/**
 * The tables as Kysely sees them. Members are the wire's nouns in snake_case, from the wire to the row.
 *
 * Texts are never null: what is absent on the wire is the empty text here, so that every database sorts
 * it the same. Truth values are 0 and 1. Times are the wire's texts, which sort as time does.
 */
import type { Generated } from 'kysely';

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

export interface ValidationRow {
  account_id: number;
  id: Generated<number>;
  organization_id: number;
  type: 'ov' | 'ev' | 'cs' | 'ev_cs' | 'ds' | 'smime';
  requested_at: string;
  /** Empty while pending. */
  date_created: string;
  /** Empty while pending. */
  validated_until: string;
}

export interface VerifiedContactRow {
  account_id: number;
  id: Generated<number>;
  organization_id: number;
  /** 0 for a person who is no user. */
  user_id: number;
  first_name: string;
  last_name: string;
  job_title: string;
  telephone: string;
  telephone_extension: string;
  email: string;
  /** 0 where nobody said. */
  language_id: number;
  /** Since when the contact no longer approves; empty for one who does. */
  withdrawn_at: string;
  withdrawal_reason: string;
}

export interface VerifiedContactRoleRow {
  account_id: number;
  organization_id: number;
  verified_contact_id: number;
  validation_type: 'EV' | 'EV_CS' | 'CS';
  status: 'pending' | 'active' | 'declined';
}

/** Verified contacts who were named together: the first who confirms is enough for all. */
export interface ApprovalRequestRow {
  account_id: number;
  id: Generated<number>;
  organization_id: number;
  /** 0 for nobody who is a user. */
  requested_by_user_id: number;
  requested_at: string;
  /** Empty until somebody has confirmed. */
  approved_at: string;
}

/** What a verified contact was asked to confirm, and the answer. */
export interface ConfirmationRow {
  account_id: number;
  id: Generated<number>;
  organization_id: number;
  approval_request_id: number;
  verified_contact_id: number;
  /** A JSON array of validation types. */
  validation_types: string;
  /** An open one that has run out is still `pending` here: that is told by `expires_at`. */
  status: 'pending' | 'confirmed' | 'declined';
  requested_at: string;
  expires_at: string;
  /** Empty until there is an answer. */
  answered_at: string;
  reason: string;
}

/** A link that answers a confirmation; the token in it is kept nowhere, only its hash. */
export interface ConfirmationLinkRow {
  account_id: number;
  token_hash: string;
  confirmation_id: number;
  created_at: string;
}

/** A mail to be sent, or that was; see operations/mail-outbox.ts. */
export interface MailRow {
  account_id: number;
  id: Generated<number>;
  /** What it is about, which says how it is rendered when it is sent. */
  purpose: 'confirmation';
  /** Of what the purpose says: the confirmation. */
  object_id: number;
  organization_id: number;
  recipient: string;
  created_at: string;
  status: 'queued' | 'sent' | 'failed' | 'canceled';
  attempts: number;
  /** Milliseconds since 1970: not before then. Whoever sends it moves it on, so that nobody else does. */
  next_attempt_ms: number;
}

/** One try to send a mail. */
export interface MailAttemptRow {
  account_id: number;
  mail_id: number;
  attempt: number;
  attempted_at: string;
  outcome: 'sent' | 'deferred' | 'refused';
  response: string;
}

/** A mail of a test account as it would have been sent: it never leaves. */
export interface InboxMailRow {
  account_id: number;
  mail_id: number;
  sender: string;
  recipient: string;
  recipient_folded: string;
  subject: string;
  locale: string;
  text_body: string;
  html_body: string;
  /** A JSON array. */
  links: string;
  organization_id: number;
  created_at: string;
}

export interface OrderRow {
  account_id: number;
  id: Generated<number>;
  organization_id: number;
  container_id: number;
  /** Whoever ordered. */
  user_id: number;
  product_name_id: string;
  validation_type: 'ov' | 'ev' | 'cs' | 'ev_cs' | 'ds' | 'smime';
  status: 'pending' | 'issued' | 'rejected' | 'canceled';
  common_name: string;
  csr: string;
  /** A JSON array. */
  dns_names: string;
  signature_hash: string;
  /** A JSON array. */
  organization_units: string;
  comments: string;
  /** 0 where nobody said. */
  validity_years: number;
  disable_renewal_notifications: number;
  date_created: string;
  /** When its organization was first validated for the product since the order; empty until then. */
  ready_at: string;
}

/** A contact of an order, as it was at the moment of the order. */
export interface OrderContactRow {
  account_id: number;
  order_id: number;
  /** In the order in which they are shown. */
  position: number;
  contact_type: 'organization_contact' | 'technical_contact' | 'verified_contact';
  /** 0 for a person who is no user. */
  user_id: number;
  /** 0 for a contact that is no verified contact. */
  verified_contact_id: number;
  first_name: string;
  last_name: string;
  email: string;
  job_title: string;
  telephone: string;
  telephone_extension: string;
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
  organizations: OrganizationRow;
  contacts: ContactRow;
  validations: ValidationRow;
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
  imports: ImportRow;
  schema_migrations: MigrationRow;
}
