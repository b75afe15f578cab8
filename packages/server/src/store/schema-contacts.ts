/** The tables of verified contacts, mail and orders as Kysely sees them; see schema.ts for what holds for all. */
import type { ValidationTypeName } from '@orgvet/contract';
import type { Generated } from 'kysely';

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
  purpose: 'confirmation' | 'revalidation_notice' | 'rejection';
  /** Of what the purpose says: the confirmation, the reminder, the rejection. */
  object_id: number;
  organization_id: number;
  recipient: string;
  created_at: string;
  status: 'queued' | 'sent' | 'failed' | 'canceled';
  attempts: number;
  /** Milliseconds since 1970: not before then; 0 at once. Whoever sends it moves it on, so that nobody else does. */
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
  validation_type: ValidationTypeName;
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
