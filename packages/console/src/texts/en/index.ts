/** The console in English: every text that people see, by the page that shows it. */
import { audit_log } from './audit-log.ts';
import { clock } from './clock.ts';
import { divisions } from './divisions.ts';
import { errors } from './errors.ts';
import { events } from './events.ts';
import { evidence } from './evidence.ts';
import { expiring } from './expiring.ts';
import { findings } from './findings.ts';
import { inbox } from './inbox.ts';
import { key_bindings } from './key-bindings.ts';
import { keys } from './keys.ts';
import { organization } from './organization.ts';
import { organization_contacts } from './organization-contacts.ts';
import { organization_form } from './organization-form.ts';
import { organization_history } from './organization-history.ts';
import { organization_orders } from './organization-orders.ts';
import { organizations } from './organizations.ts';
import { parts } from './parts.ts';
import { queue } from './queue.ts';
import { rule_pack } from './rule-pack.ts';
import { rules } from './rules.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { my_sign_in, sign_in } from './sign-in.ts';
import { subaccounts } from './subaccounts.ts';
import { system } from './system.ts';
import { users } from './users.ts';
import { words } from './words.ts';
import { work } from './work.ts';

export const en = {
  language: 'en',
  my_sign_in,
  sign_in,
  audit_log,
  clock,
  divisions,
  errors,
  evidence,
  events,
  expiring,
  findings,
  inbox,
  key_bindings,
  keys,
  organization,
  organization_contacts,
  organization_form,
  organization_history,
  organization_orders,
  organizations,
  parts,
  rule_pack,
  rules,
  queue,
  settings,
  shell,
  subaccounts,
  system,
  users,
  words,
  work,
} as const;
