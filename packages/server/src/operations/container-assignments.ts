/**
 * What is assigned to containers: the organizations that they may order for, and the users who are
 * restricted to them. An assignment replaces all that there was, or nothing at all.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type CheckedAssignments,
  checkOrganizationAssignments,
  checkUserAssignments,
} from '../domain/container-requests.ts';
import { describeValidations, renderAssignmentsDocument } from '../domain/organization-document.ts';
import { listUnknownIds, type PlacedIds } from '../domain/placed-ids.ts';
import { refuseIfAny } from '../domain/problems.ts';
import {
  deleteContainerOrganizations,
  findContainer,
  insertContainerOrganizations,
  listContainersOfOrganizations,
  listOrganizationsOfContainer,
  lockContainer,
} from '../store/containers.ts';
import type { Transaction } from '../store/database.ts';
import {
  listOrganizationsIn,
  lockOrganizations,
  updateAssignmentsDocument,
} from '../store/organization-assignments.ts';
import { findSelection, listOrganizationsByIds, listPageIds } from '../store/organization-list.ts';
import {
  deleteContainerUsers,
  hasUnrestrictedUser,
  insertContainerUsers,
  listUsersOfContainers,
  listUsersWithin,
  lockUsers,
  updateRestrictions,
} from '../store/user-containers.ts';
import type { OneContainer } from './containers.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { JsonText } from './json-text.ts';
import { findRestrictingContainer, groupRecords } from './organization-lists.ts';
import { lockAdministrators, refuseAsMissingPermission, refuseIfNoneStays } from './user-parts.ts';

type WithBody = OneContainer & { readonly body: unknown };

/** What an assignment does to what was assigned before. */
interface Difference {
  readonly added: PlacedIds;
  readonly removed: readonly number[];
}

/** How one kind of thing is assigned to containers. */
interface Assignable {
  /** The field of events, which is that of requests. */
  readonly field: string;
  readonly action: string;
  /** Locks what must be locked before the container is. @returns ids that `lock` needs */
  begin(tx: Transaction, account_id: number): Promise<number[]>;
  listCurrent(tx: Transaction, account_id: number, container_id: number): Promise<number[]>;
  /** Locks all that changes. @throws RequestRefused for what may not be assigned */
  lock(
    tx: Transaction,
    context: Context,
    difference: Difference,
    begun: readonly number[],
  ): Promise<void>;
  /** Changes the assignments, and whatever has to follow them. */
  change(
    tx: Transaction,
    context: Context,
    container_id: number,
    difference: Difference,
  ): Promise<void>;
}

const ORGANIZATIONS: Assignable = {
  field: 'organization_id_assignments',
  action: 'container_organizations_assigned',
  begin: async () => [],
  listCurrent: listOrganizationsOfContainer,
  lock: lockChangedOrganizations,
  change: changeOrganizations,
};

const USERS: Assignable = {
  field: 'user_id_assignments',
  action: 'container_users_assigned',
  begin: lockAdministrators,
  listCurrent: async (tx, account_id, container_id) =>
    (await listUsersOfContainers(tx, account_id, [container_id])).map(({ user_id }) => user_id),
  lock: lockChangedUsers,
  change: changeUsers,
};

/** Sets the organizations that a container may order for. */
export async function assignOrganizations(
  context: Context,
  { params: { container_id }, body }: WithBody,
): Promise<void> {
  const checked = checkOrganizationAssignments(body);
  await replaceAssignments(context, container_id, checked, ORGANIZATIONS);
}

/** Sets the users who are restricted to a container. */
export async function assignUsers(
  context: Context,
  { params: { container_id }, body }: WithBody,
): Promise<void> {
  const checked = checkUserAssignments(body);
  await replaceAssignments(context, container_id, checked, USERS);
}

/** Organizations that are made ready at once. */
const ORGANIZATIONS_CHUNK = 500;

/**
 * The active organizations that a container may order for, by id, with what they are validated for.
 * All of them, as the documents know no page here: others have their turn between the chunks.
 */
export async function listContainerOrganizations(
  context: Context,
  { params: { container_id } }: OneContainer,
): Promise<JsonText> {
  const { reader } = context.store;
  const { account_id, visible_container_ids } = context.principal;
  const assigned_container_id = await findRestrictingContainer(context, container_id);
  const finding = await findSelection(reader, account_id, {
    is_active: true,
    ...(assigned_container_id !== undefined && { assigned_container_id }),
    ...(visible_container_ids !== undefined && { visible_container_ids }),
  });
  const range = { limit: finding.total, offset: 0 };
  const order = [{ property: 'id', is_descending: false }] as const;
  const ids = await listPageIds(reader, finding, order, range);
  const chunks: string[] = [];
  for (let start = 0; start < ids.length; start += ORGANIZATIONS_CHUNK) {
    const chunk = ids.slice(start, start + ORGANIZATIONS_CHUNK);
    chunks.push(start === 0 ? '' : ',', await renderOrganizations(context, chunk));
    await nextTurn();
  }
  return new JsonText('{"organizations":[', ...chunks, ']}');
}

/** Organizations as the items of a JSON array: without containers, with validations. */
async function renderOrganizations(context: Context, ids: readonly number[]): Promise<string> {
  const rows = await listOrganizationsByIds(
    context.store.reader,
    context.principal.account_id,
    ids,
  );
  const recordsOf = await groupRecords(context, ids);
  const time = timeOf(context);
  return rows
    .map(({ id, document }) => {
      const { is_hidden: _hidden, container: _container, ...shown } = JSON.parse(`${document}}`);
      const { validations, contacts } = recordsOf(id);
      const described = describeValidations(validations, contacts, time);
      return JSON.stringify({ ...shown, ...(described.length > 0 && { validations: described }) });
    })
    .join(',');
}

/** @throws RequestRefused with every problem; then nothing is changed */
async function replaceAssignments(
  context: Context,
  container_id: number,
  { problems, ids }: CheckedAssignments,
  { field, action, begin, listCurrent, lock, change }: Assignable,
): Promise<void> {
  const { store, principal } = context;
  const { account_id } = principal;
  if ((await findContainer(store.reader, account_id, container_id)) === undefined) {
    refuseAsNotFound('container');
  }
  refuseIfAny(problems);
  await store.transaction(async (tx) => {
    const begun = await begin(tx, account_id);
    await lockContainer(tx, account_id, container_id);
    const current = await listCurrent(tx, account_id, container_id);
    const difference = compare(current, ids);
    if (difference.added.size === 0 && difference.removed.length === 0) {
      return;
    }
    await lock(tx, context, difference, begun);
    await change(tx, context, container_id, difference);
    await recordEvent(tx, context, {
      action,
      object_type: 'container',
      object_id: container_id,
      before: { [field]: current },
      after: { [field]: [...ids.keys()] },
    });
  });
}

function compare(current: readonly number[], wanted: PlacedIds): Difference {
  const before = new Set(current);
  return {
    added: new Map([...wanted].filter(([id]) => !before.has(id))),
    removed: current.filter((id) => !wanted.has(id)),
  };
}

/** Organizations may be assigned that the caller sees. */
async function lockChangedOrganizations(
  tx: Transaction,
  { principal }: Context,
  { added, removed }: Difference,
): Promise<void> {
  const { account_id, visible_container_ids } = principal;
  const there = await lockOrganizations(tx, account_id, [...added.keys(), ...removed]);
  const known =
    visible_container_ids === undefined
      ? there
      : await listOrganizationsIn(tx, account_id, there, visible_container_ids);
  refuseIfAny(listUnknownIds(added, new Set(known), 'organization'));
}

async function changeOrganizations(
  tx: Transaction,
  { principal: { account_id } }: Context,
  container_id: number,
  { added, removed }: Difference,
): Promise<void> {
  const added_ids = [...added.keys()];
  await deleteContainerOrganizations(tx, account_id, container_id, removed);
  await insertContainerOrganizations(tx, account_id, container_id, added_ids);
  await followAssignments(tx, account_id, [...added_ids, ...removed]);
}

/** What lists show of organizations' containers. Those that are assigned alike are set together. */
async function followAssignments(
  tx: Transaction,
  account_id: number,
  organization_ids: readonly number[],
): Promise<void> {
  const rows = await listContainersOfOrganizations(tx, account_id, organization_ids);
  const byOrganization = Map.groupBy(rows, ({ organization_id }) => organization_id);
  const byDocument = Map.groupBy(organization_ids, (id) =>
    renderAssignmentsDocument(
      (byOrganization.get(id) ?? []).map(({ container_id }) => container_id),
    ),
  );
  for (const [document, ids] of byDocument) {
    await updateAssignmentsDocument(tx, account_id, ids, document);
  }
}

/** Users may be assigned whom the caller sees, if an administrator stays who sees everything. */
async function lockChangedUsers(
  tx: Transaction,
  { principal }: Context,
  { added, removed }: Difference,
  administrators: readonly number[],
): Promise<void> {
  const { account_id, visible_container_ids } = principal;
  const there = await lockUsers(tx, account_id, [...added.keys(), ...removed]);
  const known =
    visible_container_ids === undefined
      ? there
      : await listUsersWithin(tx, account_id, there, visible_container_ids);
  refuseIfAny(listUnknownIds(added, new Set(known), 'user'));
  refuseIfNoneStays(administrators, [...added.keys()]);
}

async function changeUsers(
  tx: Transaction,
  { principal: { account_id, visible_container_ids } }: Context,
  container_id: number,
  { added, removed }: Difference,
): Promise<void> {
  const added_ids = [...added.keys()];
  await deleteContainerUsers(tx, account_id, container_id, removed);
  await insertContainerUsers(tx, account_id, container_id, added_ids);
  await updateRestrictions(tx, account_id, [...added_ids, ...removed]);
  // Nobody lets others see more of the account than they see themselves, nor themselves.
  const isRestricted = visible_container_ids !== undefined;
  if (isRestricted && (await hasUnrestrictedUser(tx, account_id, removed))) {
    refuseAsMissingPermission();
  }
}
