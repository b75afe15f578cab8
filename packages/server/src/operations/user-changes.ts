/**
 * Changes of users: their details, role and restrictions, and their end. No change leaves the account
 * without an administrator who sees all of it.
 */
import { fieldProblem, problem } from '@orgvet/contract';
import { administersOrganizations, ROLES } from '../domain/permissions.ts';
import { listUnknownIds } from '../domain/placed-ids.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import {
  checkContainerAssignments,
  checkUserEdit,
  checkUserRole,
  deriveUser,
  type UserTexts,
} from '../domain/user.ts';
import { listAppointmentsOfUser, replaceAppointments } from '../store/appointments.ts';
import type { Transaction } from '../store/database.ts';
import { deleteSignInOfUser } from '../store/sign-in-of-user.ts';
import {
  deleteContainersOfUser,
  insertUserContainer,
  listContainersOfUser,
} from '../store/user-containers.ts';
import {
  deleteUserWithKeys,
  findUser,
  findUserIdByName,
  lockUser,
  replaceUserOfAccounts,
  type StoredUser,
  updateHasContainerAssignments,
  updateUserDetails,
  updateUserRole,
} from '../store/users.ts';
import { appointmentOf } from './appointments.ts';
import { type Context, recordEvent } from './context.ts';
import { listKnownContainerIds } from './user-create.ts';
import {
  lockAdministrators,
  refuseAsMissingPermission,
  refuseIfNoneStays,
  refuseUnlessMayEdit,
  refuseUnlessUserVisible,
} from './user-parts.ts';

export { createUser } from './user-create.ts';

type OneUser = { readonly params: { readonly user_id: number } };
type OneUserWithBody = OneUser & { readonly body: unknown };

export async function changeUser(
  context: Context,
  { params: { user_id }, body }: OneUserWithBody,
): Promise<void> {
  refuseIfAny(checkUserEdit(body, await getEditable(context, user_id)).problems);
  await context.store.transaction(async (tx) => {
    const current = await lockEditable(tx, context, user_id);
    const before = textsOf(current);
    const { texts } = checkUserEdit(body, current);
    if (JSON.stringify(before) === JSON.stringify(texts)) {
      return;
    }
    const derived = deriveUser(texts);
    if (derived.username_folded !== current.username_folded) {
      await refuseIfTaken(tx, current, texts.username, derived.username_folded);
    }
    await updateUserDetails(tx, current.account_id, user_id, { ...texts, ...derived });
    await recordEvent(tx, context, {
      action: 'user_changed',
      object_type: 'user',
      object_id: user_id,
      before,
      after: texts,
    });
  });
}

export async function changeUserRole(
  context: Context,
  { params: { user_id }, body }: OneUserWithBody,
): Promise<void> {
  const { problems, access_role_id } = checkUserRole(body);
  const { is_api_only } = await getEditable(context, user_id);
  refuseUnlessMayEdit(context.principal, { access_role_id });
  if (is_api_only === 1 && problems.length === 0 && access_role_id !== ROLES.administrator) {
    const detail = 'must be 1: a service user may do what an administrator may.';
    problems.push(fieldProblem('invalid', 'access_roles[0].id', detail));
  }
  refuseIfAny(problems);
  await context.store.transaction(async (tx) => {
    const { account_id } = context.principal;
    const administrators = await lockAdministrators(tx, account_id);
    const current = await lockEditable(tx, context, user_id);
    if (current.access_role_id === access_role_id) {
      return;
    }
    if (current.has_appointments === 1 && administersOrganizations({ access_role_id })) {
      throw new RequestRefused([problem('user_is_appointed', { user_id })]);
    }
    refuseIfNoneStays(administrators, [user_id]);
    await updateUserRole(tx, account_id, user_id, access_role_id);
    await recordEvent(tx, context, {
      action: 'user_role_changed',
      object_type: 'user',
      object_id: user_id,
      before: { access_role_id: current.access_role_id },
      after: { access_role_id },
    });
  });
}

/** Sets the containers that a user is restricted to, in place of all before; none for no restriction. */
export async function assignContainers(
  context: Context,
  { params: { user_id }, body }: OneUserWithBody,
): Promise<void> {
  const { problems, container_id_assignments: assignments } = checkContainerAssignments(body);
  await getEditable(context, user_id);
  if (assignments.size > 0) {
    const known = await listKnownContainerIds(context);
    problems.push(...listUnknownIds(assignments, known, 'container'));
  }
  refuseIfAny(problems);
  const after = [...assignments.keys()].sort((a, b) => a - b);
  if (after.length === 0 && context.principal.visible_container_ids !== undefined) {
    // Such a user would see more than whoever changes it.
    refuseAsMissingPermission();
  }
  await context.store.transaction(async (tx) => {
    const { account_id } = context.principal;
    const administrators = await lockAdministrators(tx, account_id);
    await lockEditable(tx, context, user_id);
    const before = await listContainersOfUser(tx, account_id, user_id);
    if (before.join() === after.join()) {
      return;
    }
    if (after.length > 0) {
      refuseIfNoneStays(administrators, [user_id]);
    }
    await replaceAssignments(tx, account_id, user_id, after);
    await recordEvent(tx, context, {
      action: 'user_containers_assigned',
      object_type: 'user',
      object_id: user_id,
      before: { container_id_assignments: before },
      after: { container_id_assignments: after },
    });
  });
}

/** Deletes a user with all keys, and with all that signs the user in. The first user of the account is then the administrator made first. */
export async function deleteUser(
  context: Context,
  { params: { user_id } }: OneUser,
): Promise<void> {
  const { account_id } = context.principal;
  await context.store.transaction(async (tx) => {
    const administrators = await lockAdministrators(tx, account_id);
    const current = await lockEditable(tx, context, user_id);
    if (user_id === context.principal.user_id) {
      throw new RequestRefused([problem('cannot_delete_yourself')]);
    }
    const [successor_id = 0] = refuseIfNoneStays(administrators, [user_id]);
    const container_id_assignments = await listContainersOfUser(tx, account_id, user_id);
    const appointments = await listAppointmentsOfUser(tx, account_id, user_id);
    await replaceUserOfAccounts(tx, account_id, user_id, successor_id);
    await deleteContainersOfUser(tx, account_id, user_id);
    await replaceAppointments(tx, account_id, user_id, []);
    await deleteSignInOfUser(tx, account_id, user_id);
    await deleteUserWithKeys(tx, account_id, user_id);
    const { access_role_id, container_id, is_api_only } = current;
    await recordEvent(tx, context, {
      action: 'user_deleted',
      object_type: 'user',
      object_id: user_id,
      before: {
        ...textsOf(current),
        access_role_id,
        container_id,
        is_api_only: is_api_only === 1,
        container_id_assignments,
        ...(appointments.length > 0 && { appointments: appointments.map(appointmentOf) }),
      },
    });
  });
}

/** A user whom the key sees and may change. What is not there is not there, whatever else is wrong. */
async function getEditable({ store, principal }: Context, user_id: number): Promise<StoredUser> {
  const found = await findUser(store.reader, principal.account_id, user_id);
  const user = await refuseUnlessUserVisible(store.reader, principal, found);
  refuseUnlessMayEdit(principal, user);
  return user;
}

/** As `getEditable`, in the transaction of a change: the user stays so until its end. */
async function lockEditable(
  tx: Transaction,
  { principal }: Context,
  user_id: number,
): Promise<StoredUser> {
  const found = await lockUser(tx, principal.account_id, user_id);
  const user = await refuseUnlessUserVisible(tx, principal, found);
  refuseUnlessMayEdit(principal, user);
  return user;
}

/** Of two who take a name at once, the database stops the second, which then finds it taken. */
async function refuseIfTaken(
  tx: Transaction,
  { account_id, id }: StoredUser,
  username: string,
  username_folded: string,
): Promise<void> {
  const holder = await findUserIdByName(tx, account_id, username_folded);
  if (holder !== undefined && holder !== id) {
    throw new RequestRefused([problem('username_taken', { username })]);
  }
}

async function replaceAssignments(
  tx: Transaction,
  account_id: number,
  user_id: number,
  container_ids: readonly number[],
): Promise<void> {
  await deleteContainersOfUser(tx, account_id, user_id);
  for (const container_id of container_ids) {
    await insertUserContainer(tx, account_id, { user_id, container_id });
  }
  await updateHasContainerAssignments(tx, account_id, user_id, Number(container_ids.length > 0));
}

function textsOf(user: StoredUser): UserTexts {
  const { username, first_name, last_name, email, job_title, telephone } = user;
  return { username, first_name, last_name, email, job_title, telephone };
}
