/**
 * What operations on users have in common: who of them somebody sees and may change, who must always be
 * left, and what making a user or a key takes, whatever it is made with.
 */
import { problem } from '@orgvet/contract';
import { formatApiKey, hashSecret, makeSecret, SECRET_SIZE_BYTES } from '../domain/api-key.ts';
import { isPermitted, ROLES } from '../domain/permissions.ts';
import { RequestRefused } from '../domain/problems.ts';
import { deriveUser } from '../domain/user.ts';
import { insertApiKey } from '../store/api-keys.ts';
import type { Handle, Transaction } from '../store/database.ts';
import { insertUserContainer, listContainersOfUser } from '../store/user-containers.ts';
import { insertUserOnce, lockUnrestrictedUsers, type StoredUser } from '../store/users.ts';
import {
  type Context,
  type Environment,
  type Principal,
  recordEvent,
  refuseAsNotFound,
  timeOf,
} from './context.ts';

/** @throws RequestRefused the answer for what the key may not do */
export function refuseAsMissingPermission(): never {
  throw new RequestRefused([problem('access_denied|missing_permission')]);
}

/**
 * Whether somebody sees a user. Who is restricted sees only users who can do nothing beyond: those who
 * are restricted too, to containers that are all in view.
 */
export async function isUserVisible(
  handle: Handle,
  { account_id, visible_container_ids }: Principal,
  { id, has_container_assignments }: Pick<StoredUser, 'id' | 'has_container_assignments'>,
): Promise<boolean> {
  if (visible_container_ids === undefined) {
    return true;
  }
  if (has_container_assignments === 0) {
    return false;
  }
  const assigned = await listContainersOfUser(handle, account_id, id);
  return assigned.every((container_id) => visible_container_ids.includes(container_id));
}

/** @throws RequestRefused the answer for what is not there, also for a user who is not to be seen */
export async function refuseUnlessUserVisible<User extends StoredUser>(
  handle: Handle,
  principal: Principal,
  user: User | undefined,
): Promise<User> {
  if (user === undefined || !(await isUserVisible(handle, principal, user))) {
    refuseAsNotFound('user');
  }
  return user;
}

/** Administrators are for those alone who may see to administrators. @throws RequestRefused */
export function refuseUnlessMayEdit(
  principal: Principal,
  { access_role_id }: Pick<StoredUser, 'access_role_id'>,
): void {
  if (access_role_id === ROLES.administrator && !isPermitted(principal, 'edit_admins')) {
    refuseAsMissingPermission();
  }
}

/**
 * The keys of those who validate are the operator's to hand out: nobody in a live account is to get at
 * one. In a test account everybody plays every part.
 *
 * @throws RequestRefused
 */
export function refuseIfAppointed(
  { mode, api_key_id, session_id }: Principal,
  { id, has_appointments }: Pick<StoredUser, 'id' | 'has_appointments'>,
): void {
  const isOperator = api_key_id === 0 && session_id === 0;
  if (mode === 'live' && !isOperator && has_appointments === 1) {
    throw new RequestRefused([problem('user_is_appointed', { user_id: id })]);
  }
}

/**
 * The administrators of whom an account must have one: active, unrestricted, and no service user; by id.
 * Whoever else is about to make one of them less waits until this transaction ends. To be called before
 * any user is locked, so that nobody waits in a circle.
 */
export async function lockAdministrators(tx: Transaction, account_id: number): Promise<number[]> {
  return await lockUnrestrictedUsers(tx, account_id, ROLES.administrator);
}

/**
 * @param administrators as `lockAdministrators` gave them
 * @param leaving users who are none of them any more after the change
 * @returns those who stay
 * @throws RequestRefused if the change would leave the account without any
 */
export function refuseIfNoneStays(
  administrators: readonly number[],
  leaving: readonly number[],
): number[] {
  const staying = administrators.filter((id) => !leaving.includes(id));
  if (staying.length === 0 && administrators.length > 0) {
    throw new RequestRefused([problem('cannot_remove_last_administrator')]);
  }
  return staying;
}

/** A user who is to be made. Texts that are absent are empty. */
export interface PlannedUser {
  readonly account_id: number;
  /** The container that the user belongs to. */
  readonly container_id: number;
  readonly username: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly job_title: string;
  readonly telephone: string;
  readonly access_role_id: number;
  readonly is_api_only: boolean;
  readonly is_saml_sso_only: boolean;
  /** The containers that the user is restricted to; none for all. */
  readonly container_id_assignments: readonly number[];
}

/**
 * Inserts an active user.
 *
 * @param time now, as on the wire
 * @returns the id
 * @throws RequestRefused `username_taken`
 */
export async function insertPlannedUser(
  tx: Transaction,
  time: string,
  { container_id_assignments, is_api_only, is_saml_sso_only, ...user }: PlannedUser,
): Promise<number> {
  const { account_id, username } = user;
  const id = await insertUserOnce(tx, {
    ...user,
    ...deriveUser(user),
    status: 'active',
    is_api_only: Number(is_api_only),
    is_saml_sso_only: Number(is_saml_sso_only),
    has_container_assignments: Number(container_id_assignments.length > 0),
    last_login_date: '',
    created_at: time,
  });
  if (id === undefined) {
    throw new RequestRefused([problem('username_taken', { username })]);
  }
  for (const container_id of new Set(container_id_assignments)) {
    await insertUserContainer(tx, account_id, { user_id: id, container_id });
  }
  return id;
}

/** A key that is to be made. */
export interface PlannedKey extends Pick<Context['principal'], 'account_id' | 'mode'> {
  readonly user_id: number;
  readonly name: string;
  readonly restricted_to_role_id: number;
}

/** Inserts an active key. @returns its id, and the key as its owner gets it; it is kept nowhere */
export async function insertPlannedKey(
  tx: Transaction,
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  { account_id, mode, user_id, name, restricted_to_role_id }: PlannedKey,
): Promise<{ id: number; api_key: string }> {
  const secret = makeSecret(random(SECRET_SIZE_BYTES));
  const id = await insertApiKey(tx, {
    account_id,
    user_id,
    name,
    secret_hash: hashSecret(secret),
    restricted_to_role_id,
    status: 'active',
    created_at: timeOf({ clock }),
  });
  return { id, api_key: formatApiKey({ mode, account_id, id, secret }) };
}

/** As `insertPlannedKey`, on somebody's request: with its event, which has nothing of the secret. */
export async function insertRecordedKey(
  tx: Transaction,
  context: Context,
  plan: PlannedKey,
): Promise<{ id: number; api_key: string }> {
  const key = await insertPlannedKey(tx, context, plan);
  const { user_id, name, restricted_to_role_id } = plan;
  await recordEvent(tx, context, {
    action: 'key_created',
    object_type: 'key',
    object_id: key.id,
    after: { user_id, name, restricted_to_role_id },
  });
  return key;
}
