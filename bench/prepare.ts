/**
 * Prepares the registry that is measured: an account with its key and many organizations, written by the
 * server's own functions, so that the rows are those that creates would have made.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../packages/server/src/clock.ts';
import { type ContactDetails, contactOf } from '../packages/server/src/domain/contacts.ts';
import { fold } from '../packages/server/src/domain/fold.ts';
import { deriveDetails, detailsOf } from '../packages/server/src/domain/organization.ts';
import {
  renderContactDocument,
  renderOrganizationDocument,
} from '../packages/server/src/domain/organization-document.ts';
import { openEnvironment } from '../packages/server/src/environment.ts';
import { createFirstAccount, insertDivision } from '../packages/server/src/operations/accounts.ts';
import { sealNextEvents, stopSealingEvents } from '../packages/server/src/operations/audit-log.ts';
import { type Environment, timeOf } from '../packages/server/src/operations/context.ts';
import { indexNames, stopIndexingNames } from '../packages/server/src/operations/search-index.ts';
import { makeOpenValidation } from '../packages/server/src/operations/validation-lifecycle.ts';
import type { DatabaseLocation } from '../packages/server/src/settings.ts';
import { setPrimaryOrganizationOnce } from '../packages/server/src/store/accounts.ts';
import { makeReady } from '../packages/server/src/store/bulk.ts';
import { addToCount } from '../packages/server/src/store/counts.ts';
import type { LotTransaction } from '../packages/server/src/store/database.ts';
import { raiseLastId } from '../packages/server/src/store/ids.ts';
import {
  IMPORTED_CONTACTS,
  IMPORTED_EVENTS,
  IMPORTED_NAMES,
  IMPORTED_ORGANIZATIONS,
  type ImportedOrganization,
} from '../packages/server/src/store/imports.ts';
import { insertValidation } from '../packages/server/src/store/validations.ts';
import { type MadeOrganization, makeOrganization, SEARCH_WORDS } from './organizations.ts';

/** What is known of a prepared registry; kept beside its database, because a key is shown only once. */
export interface PreparedRegistry {
  /** Raised when the organizations that are made change: an older registry would fail the checks. */
  readonly form: 1;
  readonly organizations: number;
  readonly account_id: number;
  readonly key: string;
  /** How many names contain each of the search words. */
  readonly matches: Readonly<Record<keyof typeof SEARCH_WORDS, number>>;
  readonly prepare_s: number;
}

const REGISTRY_FILE = 'bench.json';
const DATABASE_FILE = 'orgvet.db';
const ORGANIZATIONS_PER_TRANSACTION = 1000;
const ROOT_CONTAINER_ID = 1;
const DIVISIONS = [
  { id: 2, name: 'Research' },
  { id: 3, name: 'Public sector' },
  { id: 4, name: 'Retail' },
];

/**
 * Makes the registry, or takes the one that an earlier run left in the directory.
 *
 * @throws if the directory holds something else
 */
export async function prepareRegistry(
  directory: string,
  database: DatabaseLocation,
  organizations: number,
  print: (line: string) => void,
): Promise<PreparedRegistry> {
  const file = join(directory, REGISTRY_FILE);
  if (existsSync(file)) {
    const known = JSON.parse(readFileSync(file, 'utf8')) as PreparedRegistry;
    if (known.form !== 1 || known.organizations !== organizations) {
      throw new Error(
        `${directory} holds a registry of ${known.organizations} organizations (form ${known.form}). ` +
          'Give another directory with --data, or remove it.',
      );
    }
    await finishBacklog(database);
    return known;
  }
  if (existsSync(directory) && readdirSync(directory).some((name) => name !== 'postgres')) {
    throw new Error(`${directory} is neither empty nor a registry that a benchmark finished.`);
  }
  const registry = await makeRegistry(database, organizations, print);
  writeFileSync(file, `${JSON.stringify(registry, null, 2)}\n`, { mode: 0o600 });
  return registry;
}

export function getDatabaseFile(directory: string): string {
  return join(directory, DATABASE_FILE);
}

export function measureDatabase(directory: string): number {
  return statSync(getDatabaseFile(directory)).size;
}

/** What an earlier run created may still wait for the search index or the audit log. */
async function finishBacklog(database: DatabaseLocation): Promise<void> {
  const environment = await openEnvironment(database, systemClock);
  try {
    await clearBacklog(environment);
  } finally {
    await environment.store.close();
  }
}

/** What a server would do in the background, and be slower for while it is measured. */
async function clearBacklog(environment: Environment): Promise<void> {
  while (await indexNames(environment, 'bench', 2000)) {
    // Each lot makes the queue shorter.
  }
  while ((await sealNextEvents(environment, 'bench', 0)) !== undefined) {
    // Each lot leaves fewer.
  }
  await stopIndexingNames(environment, 'bench');
  await stopSealingEvents(environment, 'bench');
}

async function makeRegistry(
  database: DatabaseLocation,
  organizations: number,
  print: (line: string) => void,
): Promise<PreparedRegistry> {
  const start_ms = performance.now();
  const elapsed_s = () => Math.round((performance.now() - start_ms) / 100) / 10;
  const environment = await openEnvironment(database, systemClock);
  try {
    const { account_id, key } = await makeAccount(environment);
    const matches = { rare: 0, middling: 0, common: 0 };
    for (let first = 0; first < organizations; first += ORGANIZATIONS_PER_TRANSACTION) {
      const end = Math.min(first + ORGANIZATIONS_PER_TRANSACTION, organizations);
      const made = Array.from({ length: end - first }, (_, index) =>
        makeOrganization(first + index, organizations),
      );
      countMatches(matches, made);
      await environment.store.lotTransaction((tx) =>
        insertLot(tx, environment, account_id, first, made),
      );
      if (end % 100_000 === 0) {
        print(`  ${end} organizations after ${elapsed_s()} s`);
      }
    }
    await clearBacklog(environment);
    print(`  names in the search index, events in the audit log after ${elapsed_s()} s`);
    return { form: 1, organizations, account_id, key, matches, prepare_s: elapsed_s() };
  } finally {
    await environment.store.close();
  }
}

async function makeAccount(environment: Environment): Promise<{ account_id: number; key: string }> {
  const account = await createFirstAccount(environment, randomBytes);
  const key = account?.keys.administrator;
  if (account === undefined || key === undefined) {
    throw new Error('The new registry has an account already.');
  }
  const { account_id } = account;
  await environment.store.transaction(async (tx) => {
    for (const division of DIVISIONS) {
      const container = { account_id, parent_id: ROOT_CONTAINER_ID, description: '', ...division };
      await insertDivision(tx, container, randomBytes);
    }
  });
  return { account_id, key };
}

function countMatches(
  matches: Record<keyof typeof SEARCH_WORDS, number>,
  made: readonly MadeOrganization[],
): void {
  for (const { name } of made) {
    const folded = fold(name);
    for (const word of Object.keys(SEARCH_WORDS) as (keyof typeof SEARCH_WORDS)[]) {
      matches[word] += folded.includes(SEARCH_WORDS[word]) ? 1 : 0;
    }
  }
}

/** Inserts organizations with ids from `first + 1`: the rows that `createOrganization` would make. */
async function insertLot(
  tx: LotTransaction,
  environment: Environment,
  account_id: number,
  first: number,
  made: readonly MadeOrganization[],
): Promise<void> {
  const organizations = made.map((organization, index) =>
    planRow(environment, account_id, first + index + 1, organization),
  );
  const contacts = made.map((organization, index) => {
    const id = first + index + 1;
    return { account_id, id, organization_id: id, ...planContact(organization) };
  });
  const names = organizations.map(({ id }) => ({ account_id, organization_id: id }));
  const { copiesRows } = tx.dialect;
  const events = planEvents(account_id, organizations, made);
  await tx.insertRows(makeReady(copiesRows, IMPORTED_ORGANIZATIONS, organizations));
  await tx.insertRows(makeReady(copiesRows, IMPORTED_CONTACTS, contacts));
  await tx.insertRows(makeReady(copiesRows, IMPORTED_EVENTS, events));
  await tx.insertRows(makeReady(copiesRows, IMPORTED_NAMES, names));
  for (const { id: organization_id, is_pending, created_at: requested_at } of organizations) {
    if (is_pending === 1) {
      const organization = { account_id, organization_id };
      await insertValidation(tx, makeOpenValidation(organization, 'ov', requested_at, undefined));
    }
  }
  await countRows(tx, organizations);
  const last_id = first + made.length;
  await raiseLastId(tx, 'organizations', last_id);
  await raiseLastId(tx, 'contacts', last_id);
  await setPrimaryOrganizationOnce(tx, account_id, first + 1);
}

/** Adds organizations to the counts, each count once. */
async function countRows(
  tx: LotTransaction,
  organizations: readonly ImportedOrganization[],
): Promise<void> {
  const counted = Map.groupBy(
    organizations,
    ({ container_id, is_active, is_pending }) => `${container_id} ${is_active} ${is_pending}`,
  );
  for (const [first, ...others] of counted.values()) {
    if (first !== undefined) {
      await addToCount(tx, first, others.length + 1);
    }
  }
}

function planEvents(
  account_id: number,
  organizations: readonly ImportedOrganization[],
  made: readonly MadeOrganization[],
) {
  return organizations.map(({ id, created_at }, index) => ({
    account_id,
    occurred_at: created_at,
    actor_user_id: 1,
    api_key_id: 1,
    ip_address: '127.0.0.1',
    request_id: 'bench',
    action: 'organization_created',
    object_type: 'organization',
    object_id: id,
    before: '',
    after: JSON.stringify(made[index]),
  }));
}

function planContact({ organization_contact }: MadeOrganization): ContactDetails {
  return contactOf(organization_contact, 'organization_contact');
}

/** About 2 % are inactive, 1 % wait for a validation, and 15 % belong to a division. */
function planRow(
  environment: Environment,
  account_id: number,
  id: number,
  organization: MadeOrganization,
): ImportedOrganization {
  const details = detailsOf(organization);
  const is_active = id % 50 !== 0;
  const division = DIVISIONS[id % 20];
  const time = timeOf(environment);
  return {
    account_id,
    id,
    container_id: division?.id ?? ROOT_CONTAINER_ID,
    ...details,
    ...deriveDetails(details),
    is_active: Number(is_active),
    is_pending: Number(id % 100 === 1),
    has_validations: Number(id % 100 === 1),
    is_duplicate: 0,
    document: renderOrganizationDocument(id, details, is_active),
    contact_document: renderContactDocument({ id, ...planContact(organization) }),
    technical_contact_document: '',
    assignments_document: '',
    created_at: time,
    updated_at: time,
  };
}
