/**
 * The demo: a test account with organizations in every status, and a subaccount. The same everywhere,
 * keys included, so what the documents show can be pasted; that is why it is for test accounts only.
 */
import { hash } from 'node:crypto';
import { VALIDATION_TYPE_NAMES, type VettingRole } from '@orgvet/contract';
import { formatApiKey, makeSecret } from '../domain/api-key.ts';
import { contactOf } from '../domain/contacts.ts';
import { DEMO_ORGANIZATIONS, DEMO_SUBACCOUNT_ORGANIZATIONS } from '../domain/demo-data.ts';
import type { DemoOrganization, DemoValidation } from '../domain/demo-data-types.ts';
import { deriveDetails, detailsOf } from '../domain/organization.ts';
import {
  renderAssignmentsDocument,
  renderOrganizationDocument,
} from '../domain/organization-document.ts';
import { ROLES } from '../domain/permissions.ts';
import { formatTime } from '../domain/time.ts';
import { type KnownUser, planVerifiedContacts } from '../domain/validation.ts';
import { listAccounts, type StoredAccount } from '../store/accounts.ts';
import { replaceAppointments } from '../store/appointments.ts';
import { insertContainerOrganization } from '../store/containers.ts';
import { addToCount } from '../store/counts.ts';
import type { Transaction } from '../store/database.ts';
import { insertOrganizationWithId, type NewOrganization } from '../store/organizations.ts';
import { queueName } from '../store/search.ts';
import { insertValidation } from '../store/validations.ts';
import {
  type AccountKeys,
  insertAccountWithParts,
  insertDivision,
  insertFirstUser,
  insertKey,
  type NewAccountPlan,
  type NewUserPlan,
  startContext,
} from './accounts.ts';
import { type Environment, recordEvent, timeOf } from './context.ts';
import { insertOrganizationContact } from './organization-parts.ts';
import { makeOpenValidation, makeRecordedValidation, planDue } from './validation-lifecycle.ts';
import { insertConfirmedContacts } from './verified-contact-parts.ts';

const DEMO_ACCOUNT: NewAccountPlan = {
  account_id: 1,
  parent_account_id: 0,
  mode: 'test',
  name: 'DigiCert Inc.',
  account_type: 'enterprise',
  root_container_id: 4,
  primary_organization_id: 1,
  administrator: {
    id: 12,
    username: 'ada.adler',
    first_name: 'Ada',
    last_name: 'Adler',
    email: 'ada.adler@example.com',
    job_title: 'Registry Administrator',
    telephone: '801-555-0112',
  },
};

const DEMO_SUBACCOUNT: NewAccountPlan = {
  account_id: 2,
  parent_account_id: DEMO_ACCOUNT.account_id,
  mode: 'test',
  name: 'Tarnbeck Trust Services Ltd',
  account_type: 'retail',
  root_container_id: 5001,
  primary_organization_id: 300001,
  administrator: {
    id: 5101,
    username: 'noah.north',
    first_name: 'Noah',
    last_name: 'North',
    email: 'noah.north@example.com',
    job_title: 'Director',
    telephone: '020 7946 0101',
  },
};

/** Users whom the documents' own requests name as verified contacts. */
const DEMO_USERS: readonly NewUserPlan[] = [
  {
    id: 184,
    username: 'destinee.church',
    first_name: 'Destinee',
    last_name: 'Church',
    email: 'destinee.church@example.com',
    job_title: 'Security Officer',
    telephone: '801-555-0184',
  },
  {
    id: 7286246,
    username: 'marcus.oyelaran',
    first_name: 'Marcus',
    last_name: 'Oyelaran',
    email: 'marcus.oyelaran@example.com',
    job_title: 'Head of Infrastructure',
    telephone: '801-555-0146',
  },
];

/** Two who validate, since nobody reviews what they found themselves. */
const DEMO_SPECIALISTS: readonly (NewUserPlan & { readonly role: 'specialist' | 'reviewer' })[] = [
  {
    id: 7286301,
    username: 'vera.venn',
    first_name: 'Vera',
    last_name: 'Venn',
    email: 'vera.venn@example.com',
    job_title: 'Validation Specialist',
    telephone: '801-555-0131',
    role: 'specialist',
  },
  {
    id: 7286302,
    username: 'rui.reis',
    first_name: 'Rui',
    last_name: 'Reis',
    email: 'rui.reis@example.com',
    job_title: 'Validation Reviewer',
    telephone: '801-555-0132',
    role: 'reviewer',
  },
];

/** Until when those of the demo are qualified. */
const QUALIFIED_UNTIL = '2099-12-31T23:59:59+00:00';

const DEMO_DIVISIONS = [
  { id: 112234, name: 'Research', description: 'Universities and institutes' },
  { id: 112235, name: 'Public sector', description: '' },
];

const DAY_MS = 86_400_000;

const KEY_NAMES = { administrator: 'Demo administrator', view_only: 'Demo view only' };

/**
 * Fills an empty registry with the demo.
 *
 * @returns the accounts with their keys, also if the demo is there already; undefined if the registry
 *   is something else, which is left as it is
 */
export async function seedDemo(environment: Environment): Promise<AccountKeys[] | undefined> {
  return await environment.store.transaction(async (tx) => {
    const accounts = await listAccounts(tx);
    if (accounts.length > 0) {
      return accounts.some(isDemoAccount)
        ? [demoKeys(DEMO_ACCOUNT, 1), demoKeys(DEMO_SUBACCOUNT, 3)]
        : undefined;
    }
    const account = await insertDemoAccount(tx, environment, DEMO_ACCOUNT);
    for (const division of DEMO_DIVISIONS) {
      const { account_id, root_container_id: parent_id } = DEMO_ACCOUNT;
      const random = demoRandom(`division ${division.id}`);
      await insertDivision(tx, { account_id, parent_id, ...division }, random);
    }
    for (const user of DEMO_USERS) {
      await insertFirstUser(tx, environment, DEMO_ACCOUNT, user);
    }
    for (const organization of DEMO_ORGANIZATIONS) {
      await insertDemoOrganization(tx, environment, DEMO_ACCOUNT, organization);
    }
    const subaccount = await insertDemoAccount(tx, environment, DEMO_SUBACCOUNT);
    for (const organization of DEMO_SUBACCOUNT_ORGANIZATIONS) {
      await insertDemoOrganization(tx, environment, DEMO_SUBACCOUNT, organization);
    }
    for (const person of DEMO_SPECIALISTS) {
      await insertDemoSpecialist(tx, environment, person);
    }
    return [account, subaccount];
  });
}

/** The people of the demo as whom one may look at it: the administrator, and those who validate. */
export const DEMO_PEOPLE: readonly (Pick<NewUserPlan, 'id'> & { readonly role: DemoRole })[] = [
  { id: DEMO_ACCOUNT.administrator.id, role: 'administrator' },
  ...DEMO_SPECIALISTS.map(({ id, role }) => ({ id, role })),
];

export type DemoRole = 'administrator' | 'specialist' | 'reviewer';

/** Inserts somebody who works on validations of every type, and orders as little as can be. */
async function insertDemoSpecialist(
  tx: Transaction,
  environment: Environment,
  { role, ...user }: NewUserPlan & { readonly role: VettingRole },
): Promise<void> {
  const { account_id } = DEMO_ACCOUNT;
  await insertFirstUser(tx, environment, DEMO_ACCOUNT, user, ROLES.limited_user);
  const appointments = VALIDATION_TYPE_NAMES.map((validation_type) => ({
    role,
    validation_type,
    qualified_until: QUALIFIED_UNTIL,
    appointed_at: timeOf(environment),
  }));
  await replaceAppointments(tx, account_id, user.id, appointments);
}

function isDemoAccount({ id, mode, name }: StoredAccount): boolean {
  return id === DEMO_ACCOUNT.account_id && mode === 'test' && name === DEMO_ACCOUNT.name;
}

async function insertDemoAccount(
  tx: Transaction,
  environment: Environment,
  plan: NewAccountPlan,
): Promise<AccountKeys> {
  const { account_id, mode } = plan;
  await insertAccountWithParts(tx, environment, plan, demoRandom(`account ${account_id}`));
  const administrator = await insertKey(
    tx,
    environment,
    plan,
    demoRandom(`${KEY_NAMES.administrator} ${account_id}`),
    KEY_NAMES.administrator,
    false,
  );
  const view_only = await insertKey(
    tx,
    environment,
    plan,
    demoRandom(`${KEY_NAMES.view_only} ${account_id}`),
    KEY_NAMES.view_only,
    true,
  );
  return { account_id, mode, keys: { administrator, view_only } };
}

/** The keys of a demo account, which are the same in every demo; its first key has the id given. */
function demoKeys({ account_id, mode }: NewAccountPlan, first_id: number): AccountKeys {
  const key = (name: string, id: number) => {
    const secret = makeSecret(demoRandom(`${name} ${account_id}`)());
    return formatApiKey({ mode, account_id, id, secret });
  };
  return {
    account_id,
    mode,
    keys: {
      administrator: key(KEY_NAMES.administrator, first_id),
      view_only: key(KEY_NAMES.view_only, first_id + 1),
    },
  };
}

/** Bytes that are always the same for a name, and others at each call. */
function demoRandom(name: string): () => Uint8Array {
  let calls = 0;
  return () => {
    calls += 1;
    return hash('sha256', `Orgvet demo: ${name} ${calls}`, 'buffer');
  };
}

async function insertDemoOrganization(
  tx: Transaction,
  environment: Environment,
  plan: NewAccountPlan,
  organization: DemoOrganization,
): Promise<void> {
  const { account_id } = plan;
  const { id, contact, validations = [], container_id_assignments = [] } = organization;
  const row = planDemoRow(environment, account_id, organization);
  await insertOrganizationWithId(tx, { id, ...row });
  const key = { account_id, organization_id: id };
  const details = contactOf(contact, 'organization_contact');
  await insertOrganizationContact(tx, key, details, row.document);
  await insertDemoValidations(tx, environment, account_id, organization);
  for (const container_id of container_id_assignments) {
    await insertContainerOrganization(tx, account_id, container_id, id);
  }
  await addToCount(tx, row, 1);
  await queueName(tx, account_id, id);
  await recordEvent(tx, startContext(environment, plan), {
    action: 'organization_created',
    object_type: 'organization',
    object_id: id,
    after: { ...organization, validations: validations.map(({ type }) => ({ type })) },
  });
}

function planDemoRow(
  environment: Environment,
  account_id: number,
  organization: DemoOrganization,
): NewOrganization {
  const { container_id, container_id_assignments = [], validations = [] } = organization;
  const is_active = organization.is_active !== false;
  const details = detailsOf({ ...organization, telephone: organization.telephone ?? '' });
  const time = timeOf(environment);
  return {
    account_id,
    container_id,
    ...details,
    ...deriveDetails(details),
    is_active: Number(is_active),
    is_pending: Number(validations.some(isPending)),
    has_validations: Number(validations.length > 0),
    is_duplicate: 0,
    document: renderOrganizationDocument(organization.id, details, is_active),
    contact_document: '',
    technical_contact_document: '',
    assignments_document: renderAssignmentsDocument(container_id_assignments),
    created_at: time,
    updated_at: time,
  };
}

async function insertDemoValidations(
  tx: Transaction,
  environment: Environment,
  account_id: number,
  { id: organization_id, validations = [], verified_user_ids = [] }: DemoOrganization,
): Promise<void> {
  for (const validation of validations) {
    const { type } = validation;
    const times = planDemoTimes(environment, validation);
    const requested_at = timeOf(environment);
    const organization = { account_id, organization_id };
    const dates = { requested_at, ...times };
    const made =
      times.date_created === ''
        ? makeOpenValidation(organization, type, requested_at, undefined)
        : makeRecordedValidation(organization, type, dates);
    await insertValidation(tx, { ...made, ...(await planDue(tx, environment, made)) });
  }
  const users: KnownUser[] = DEMO_USERS.filter(({ id }) => verified_user_ids.includes(id));
  const requests = validations.map(({ type }) => ({ type, verified_users: [...users] }));
  const contacts = planVerifiedContacts(requests, users);
  await insertConfirmedContacts(tx, { account_id, organization_id }, contacts);
}

function isPending({ date_created, validated_days_ago }: DemoValidation): boolean {
  return date_created === undefined && validated_days_ago === undefined;
}

/** Counted from the start of the day, so that two demos made on one day are the same. */
function planDemoTimes(
  { clock }: Environment,
  { date_created = '', validated_until = '', validated_days_ago }: DemoValidation,
): { date_created: string; latest_end: string } {
  if (validated_days_ago === undefined) {
    return { date_created, latest_end: validated_until };
  }
  const today_ms = Math.floor(clock.now_ms() / DAY_MS) * DAY_MS;
  const created_ms = today_ms - validated_days_ago * DAY_MS;
  // It ends when the rules say so.
  return { date_created: formatTime(created_ms), latest_end: '' };
}
