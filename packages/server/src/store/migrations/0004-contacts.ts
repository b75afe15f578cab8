/**
 * Contacts: technical contacts, verified contacts who are asked by mail and answer, the mail itself, and
 * orders with the contacts that they were made with.
 */
import type { Dialect } from '../dialects.ts';
import type { Migration } from '../migrations.ts';

export const contacts: Migration = {
  version: 4,
  name: 'contacts',
  statements: ({ ddl }) => [
    ...newColumns(ddl),
    ...rolesWithDeclined(ddl),
    ...confirmations(ddl),
    ...mails(ddl),
    ...orders(ddl),
  ],
};

const newColumns = ({ text }: Dialect['ddl']): string[] => [
  'alter table accounts add column allow_non_user_verified_contacts integer not null default 0',
  // Until now everybody could be named, and a test account is there to try things.
  `update accounts set allow_non_user_verified_contacts = 1 where mode = 'test'`,
  `alter table organizations add column technical_contact_document ${text} not null default ''`,
  'alter table verified_contacts add column language_id bigint not null default 0',
  `alter table verified_contacts add column withdrawn_at ${text} not null default ''`,
  `alter table verified_contacts add column withdrawal_reason ${text} not null default ''`,
];

/** Made anew beside the old one: SQLite cannot change a check. */
const rolesWithDeclined = ({ text }: Dialect['ddl']): string[] => [
  `create table verified_contact_roles_with_declined (
     account_id bigint not null,
     organization_id bigint not null,
     verified_contact_id bigint not null,
     validation_type ${text} not null check (validation_type in ('EV', 'EV_CS', 'CS')),
     status ${text} not null check (status in ('pending', 'active', 'declined')),
     primary key (account_id, organization_id, verified_contact_id, validation_type),
     foreign key (account_id, organization_id, verified_contact_id)
       references verified_contacts (account_id, organization_id, id))`,
  `insert into verified_contact_roles_with_declined
     (account_id, organization_id, verified_contact_id, validation_type, status)
     select account_id, organization_id, verified_contact_id, validation_type, status
     from verified_contact_roles`,
  'drop table verified_contact_roles',
  'alter table verified_contact_roles_with_declined rename to verified_contact_roles',
];

const confirmations = ({ text, idColumn, accountKey }: Dialect['ddl']): string[] => [
  `create table approval_requests (
     account_id bigint not null,
     ${idColumn},
     organization_id bigint not null,
     requested_by_user_id bigint not null,
     requested_at ${text} not null,
     approved_at ${text} not null,
     ${accountKey},
     foreign key (account_id, organization_id) references organizations (account_id, id))`,
  `create index approval_requests_by_organization
     on approval_requests (account_id, organization_id)`,
  `create table confirmations (
     account_id bigint not null,
     ${idColumn},
     organization_id bigint not null,
     approval_request_id bigint not null,
     verified_contact_id bigint not null,
     validation_types ${text} not null,
     status ${text} not null check (status in ('pending', 'confirmed', 'declined')),
     requested_at ${text} not null,
     expires_at ${text} not null,
     answered_at ${text} not null,
     reason ${text} not null,
     ${accountKey},
     foreign key (account_id, approval_request_id) references approval_requests (account_id, id),
     foreign key (account_id, organization_id, verified_contact_id)
       references verified_contacts (account_id, organization_id, id))`,
  `create index confirmations_by_organization on confirmations (account_id, organization_id, id)`,
  `create table confirmation_links (
     account_id bigint not null,
     token_hash ${text} not null,
     confirmation_id bigint not null,
     created_at ${text} not null,
     primary key (account_id, token_hash),
     foreign key (account_id, confirmation_id) references confirmations (account_id, id))`,
  `create index confirmation_links_by_confirmation
     on confirmation_links (account_id, confirmation_id)`,
];

const mails = ({ text, idColumn, accountKey }: Dialect['ddl']): string[] => [
  // The outbox: a mail enters it in the transaction of what it tells of.
  `create table mails (
     account_id bigint not null,
     ${idColumn},
     purpose ${text} not null check (purpose in ('confirmation')),
     object_id bigint not null,
     organization_id bigint not null,
     recipient ${text} not null,
     created_at ${text} not null,
     status ${text} not null check (status in ('queued', 'sent', 'failed', 'canceled')),
     attempts integer not null,
     next_attempt_ms bigint not null,
     ${accountKey})`,
  // Those that wait, of all accounts: few.
  `create index mails_queued on mails (next_attempt_ms) where status = 'queued'`,
  'create index mails_by_organization on mails (account_id, organization_id)',
  `create table mail_attempts (
     account_id bigint not null,
     mail_id bigint not null,
     attempt integer not null,
     attempted_at ${text} not null,
     outcome ${text} not null check (outcome in ('sent', 'deferred', 'refused')),
     response ${text} not null,
     primary key (account_id, mail_id, attempt),
     foreign key (account_id, mail_id) references mails (account_id, id))`,
  `create table inbox_mails (
     account_id bigint not null,
     mail_id bigint not null,
     sender ${text} not null,
     recipient ${text} not null,
     recipient_folded ${text} not null,
     subject ${text} not null,
     locale ${text} not null,
     text_body ${text} not null,
     html_body ${text} not null,
     links ${text} not null,
     organization_id bigint not null,
     created_at ${text} not null,
     primary key (account_id, mail_id))`,
];

const orders = ({ text, idColumn, accountKey }: Dialect['ddl']): string[] => [
  `create table orders (
     account_id bigint not null,
     ${idColumn},
     organization_id bigint not null,
     container_id bigint not null,
     user_id bigint not null,
     product_name_id ${text} not null,
     validation_type ${text} not null check (validation_type in ('ov', 'ev', 'cs', 'ev_cs', 'ds', 'smime')),
     status ${text} not null check (status in ('pending', 'issued', 'rejected', 'canceled')),
     common_name ${text} not null,
     csr ${text} not null,
     dns_names ${text} not null,
     signature_hash ${text} not null,
     organization_units ${text} not null,
     comments ${text} not null,
     validity_years integer not null,
     disable_renewal_notifications integer not null,
     date_created ${text} not null,
     ready_at ${text} not null,
     ${accountKey},
     foreign key (account_id, organization_id) references organizations (account_id, id),
     foreign key (account_id, container_id) references containers (account_id, id))`,
  'create index orders_by_organization on orders (account_id, organization_id, id)',
  // Few beside all orders, and asked for whenever a validation becomes active.
  `create index orders_unready on orders (account_id, organization_id)
     where status = 'pending' and ready_at = ''`,
  `create table order_contacts (
     account_id bigint not null,
     order_id bigint not null,
     position integer not null,
     contact_type ${text} not null
       check (contact_type in ('organization_contact', 'technical_contact', 'verified_contact')),
     user_id bigint not null,
     verified_contact_id bigint not null,
     first_name ${text} not null,
     last_name ${text} not null,
     email ${text} not null,
     job_title ${text} not null,
     telephone ${text} not null,
     telephone_extension ${text} not null,
     primary key (account_id, order_id, position),
     foreign key (account_id, order_id) references orders (account_id, id))`,
  `create index order_contacts_by_verified_contact
     on order_contacts (account_id, verified_contact_id, order_id) where verified_contact_id <> 0`,
];
