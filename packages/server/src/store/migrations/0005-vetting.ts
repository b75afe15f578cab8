/**
 * Vetting: who validates, what evidence there is, what was decided about each check, and what completed
 * validations stand on; and for test accounts the clock and the outcomes that a test decides.
 */
import type { Dialect } from '../dialects.ts';
import type { Migration } from '../migrations.ts';

export const vetting: Migration = {
  version: 5,
  name: 'vetting',
  statements: ({ ddl }) => [
    ...newColumns(ddl),
    ...people(ddl),
    ...evidence(ddl),
    ...decisions(ddl),
    ...completions(ddl),
    ...mailsOfMorePurposes(ddl),
  ],
};

const TYPES = `('ov', 'ev', 'cs', 'ev_cs', 'ds', 'smime')`;

const newColumns = ({ text }: Dialect['ddl']): string[] => [
  'alter table accounts add column clock_offset_ms bigint not null default 0',
  `alter table accounts add column outcome_policy ${text} not null default '{"policy":"manual"}'`,
  `alter table accounts add column reminder_days ${text} not null default '[90,60,30,7,0,-7]'`,
  'alter table users add column has_appointments integer not null default 0',
  // What ends a validation follows from what it stands on; this end was set when it was recorded.
  'alter table validations rename column validated_until to latest_end',
  'alter table validations add column is_open integer not null default 0',
  `update validations set is_open = 1 where date_created = ''`,
  `alter table validations add column opened_because ${text} not null default 'request'`,
  'alter table validations add column assigned_to_user_id bigint not null default 0',
  `alter table validations add column rejected_at ${text} not null default ''`,
  `alter table validations add column rejection_reasons ${text} not null default '[]'`,
  `alter table validations add column relied_on ${text} not null default ''`,
  `alter table validations add column completion_id bigint not null default 0`,
  `alter table validations add column facts ${text} not null default ''`,
  `alter table validations add column outdated_at ${text} not null default ''`,
  `alter table validations add column scripted_outcome ${text} not null default ''`,
  `alter table validations add column due_at ${text} not null default ''`,
  `alter table validations add column due_rules ${text} not null default ''`,
  // Of all accounts, for the work in the background.
  `create index validations_due_rules on validations (due_rules, account_id, id)
     where date_created <> ''`,
  `create index validations_due on validations (due_at, account_id, id) where due_at <> ''`,
  `create index validations_open on validations (account_id, requested_at, id) where is_open = 1`,
];

const people = ({ text }: Dialect['ddl']): string[] => [
  `create table appointments (
     account_id bigint not null,
     user_id bigint not null,
     role ${text} not null check (role in ('specialist', 'reviewer', 'auditor')),
     validation_type ${text} not null,
     qualified_until ${text} not null,
     appointed_at ${text} not null,
     primary key (account_id, user_id, role, validation_type))`,
];

const evidence = ({ text, idColumn, accountKey }: Dialect['ddl']): string[] => [
  `create table organization_profiles (
     account_id bigint not null,
     organization_id bigint not null,
     facts ${text} not null,
     updated_at ${text} not null,
     primary key (account_id, organization_id),
     foreign key (account_id, organization_id) references organizations (account_id, id))`,
  `create table sources (
     account_id bigint not null,
     ${idColumn},
     name ${text} not null,
     name_folded ${text} not null,
     kind ${text} not null,
     jurisdiction_country ${text} not null,
     jurisdiction_state ${text} not null,
     jurisdiction_locality ${text} not null,
     url ${text} not null,
     number_format ${text} not null,
     note ${text} not null,
     revision integer not null,
     date_created ${text} not null,
     updated_at ${text} not null,
     withdrawn_at ${text} not null,
     withdrawal_reason ${text} not null,
     ${accountKey})`,
  `create index sources_by_name on sources (account_id, name_folded, id)`,
  `create table files (
     account_id bigint not null,
     digest ${text} not null,
     media_type ${text} not null,
     size_bytes bigint not null,
     stored_at ${text} not null,
     primary key (account_id, digest))`,
  // In pieces, as texts in base64: the same rows in every database, and in every copy.
  `create table file_pieces (
     account_id bigint not null,
     digest ${text} not null,
     position integer not null,
     content ${text} not null,
     primary key (account_id, digest, position),
     foreign key (account_id, digest) references files (account_id, digest))`,
  // Which organizations a file was stored for: nobody gets at it through another one.
  `create table organization_files (
     account_id bigint not null,
     organization_id bigint not null,
     digest ${text} not null,
     primary key (account_id, organization_id, digest),
     foreign key (account_id, organization_id) references organizations (account_id, id),
     foreign key (account_id, digest) references files (account_id, digest))`,
  `create table evidence (
     account_id bigint not null,
     ${idColumn},
     organization_id bigint not null,
     kind ${text} not null,
     source_id bigint not null,
     reference ${text} not null,
     obtained_at ${text} not null,
     note ${text} not null,
     file_digest ${text} not null,
     file_name ${text} not null,
     collected_by_user_id bigint not null,
     recorded_at ${text} not null,
     withdrawn_at ${text} not null,
     withdrawn_by_user_id bigint not null,
     withdrawal_reason ${text} not null,
     ${accountKey},
     unique (account_id, id, collected_by_user_id),
     foreign key (account_id, organization_id) references organizations (account_id, id))`,
  `create index evidence_by_organization on evidence (account_id, organization_id, id)`,
  `create index evidence_by_source on evidence (account_id, source_id, id) where source_id <> 0`,
];

const decisions = ({ text, idColumn, accountKey }: Dialect['ddl']): string[] => [
  `create table decisions (
     account_id bigint not null,
     ${idColumn},
     organization_id bigint not null,
     validation_type ${text} not null check (validation_type in ${TYPES}),
     check_id ${text} not null,
     rules ${text} not null,
     outcome ${text} not null check (outcome in ('met', 'failed', 'not_applicable')),
     reason ${text} not null,
     facts ${text} not null,
     serves_types ${text} not null,
     contract_until ${text} not null,
     decided_by_user_id bigint not null,
     decided_at ${text} not null,
     review_outcome ${text} not null check (review_outcome in ('', 'agreed', 'disagreed')),
     review_reason ${text} not null,
     reviewed_by_user_id bigint not null,
     reviewed_at ${text} not null,
     ${accountKey},
     check (reviewed_by_user_id = 0 or reviewed_by_user_id <> decided_by_user_id),
     foreign key (account_id, organization_id) references organizations (account_id, id))`,
  `create index decisions_by_organization on decisions (account_id, organization_id, id)`,
  // Who collected stands here again, so that the database itself refuses them as reviewers.
  `create table decision_evidence (
     account_id bigint not null,
     decision_id bigint not null,
     evidence_id bigint not null,
     collected_by_user_id bigint not null,
     reviewed_by_user_id bigint not null,
     primary key (account_id, decision_id, evidence_id),
     check (reviewed_by_user_id = 0 or reviewed_by_user_id <> collected_by_user_id),
     foreign key (account_id, decision_id) references decisions (account_id, id),
     foreign key (account_id, evidence_id, collected_by_user_id)
       references evidence (account_id, id, collected_by_user_id))`,
  `create index decision_evidence_by_evidence on decision_evidence (account_id, evidence_id)`,
];

const completions = ({ text, idColumn, accountKey }: Dialect['ddl']): string[] => [
  `create table completions (
     account_id bigint not null,
     ${idColumn},
     organization_id bigint not null,
     type ${text} not null check (type in ${TYPES}),
     completed_at ${text} not null,
     completed_by_user_id bigint not null,
     way ${text} not null check (way in ('decisions', 'control', 'policy')),
     rules ${text} not null,
     facts ${text} not null,
     relied_on ${text} not null,
     ${accountKey})`,
  `create index completions_by_organization on completions (account_id, organization_id, id)`,
  `create index completions_by_time on completions (account_id, completed_at, id)`,
  `create table reminders (
     account_id bigint not null,
     ${idColumn},
     organization_id bigint not null,
     type ${text} not null check (type in ${TYPES}),
     validated_until ${text} not null,
     days integer not null,
     due_at ${text} not null,
     sent_at ${text} not null,
     ${accountKey},
     unique (account_id, organization_id, type, validated_until, days))`,
  `create table rejections (
     account_id bigint not null,
     ${idColumn},
     organization_id bigint not null,
     type ${text} not null check (type in ${TYPES}),
     rejected_at ${text} not null,
     rejected_by_user_id bigint not null,
     reasons ${text} not null,
     ${accountKey})`,
  `create index rejections_by_organization on rejections (account_id, organization_id, id)`,
];

/** By a new column in the place of the old one: SQLite cannot change a check. */
const mailsOfMorePurposes = ({ text }: Dialect['ddl']): string[] => [
  `alter table mails add column topic ${text} not null default 'confirmation'
     check (topic in ('confirmation', 'revalidation_notice', 'rejection'))`,
  'alter table mails drop column purpose',
  'alter table mails rename column topic to purpose',
];
