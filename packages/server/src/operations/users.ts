/** Users: one by one, and how answers show them. Lists and changes have their own files. */
import {
  ACCESS_ROLES,
  type User,
  type UserListItem,
  type UsernameAvailability,
} from '@orgvet/contract';
import { fold } from '../domain/fold.ts';
import { findContainer, type StoredContainer } from '../store/containers.ts';
import { type ContainerAssignment, listContainerAssignments } from '../store/user-list.ts';
import { findUser, findUserIdByName, type StoredUser } from '../store/users.ts';
import { describeEmbeddedContainer } from './containers.ts';
import type { Context } from './context.ts';
import { refuseUnlessUserVisible } from './user-parts.ts';

/** English, the only language that answers have yet. */
const LANGUAGE_ID = 1;

/** The user whom the key of the request belongs to. */
export async function getCurrentUser(context: Context): Promise<User> {
  const { store, principal } = context;
  const { account_id, user_id } = principal;
  const user = await findUser(store.reader, account_id, user_id);
  if (user === undefined) {
    throw new Error(`The user ${user_id} of an accepted key is not there.`);
  }
  return await describeUser(context, user);
}

export async function getUser(
  context: Context,
  { params: { user_id } }: { readonly params: { readonly user_id: number } },
): Promise<User> {
  const { store, principal } = context;
  const user = await findUser(store.reader, principal.account_id, user_id);
  return await describeUser(context, await refuseUnlessUserVisible(store.reader, principal, user));
}

/** Whether a name is free in the account, also of users whom the key does not see: none is twice. */
export async function getUsernameAvailability(
  { store, principal }: Context,
  { params: { username } }: { readonly params: { readonly username: string } },
): Promise<UsernameAvailability> {
  const taken = await findUserIdByName(store.reader, principal.account_id, fold(username));
  return { available: taken === undefined };
}

/** A user as user info shows it, from what is stored with it. */
async function describeUser({ store }: Context, user: StoredUser): Promise<User> {
  const { account_id, id } = user;
  const container = await findContainer(store.reader, account_id, user.container_id);
  if (container === undefined) {
    throw new Error(`The container of the user ${id} is not there.`);
  }
  const assignments =
    user.has_container_assignments === 1
      ? await listContainerAssignments(store.reader, account_id, [id])
      : [];
  return {
    ...describePerson(user),
    container: describeEmbeddedContainer(container),
    access_roles: describeRoles(user),
    is_cert_central: true,
    is_enterprise: true,
    is_saml_sso_only: user.is_saml_sso_only === 1,
    ...describeAssignments(assignments),
    language_id: LANGUAGE_ID,
    account_language_id: LANGUAGE_ID,
  };
}

/** A user as lists show it. @param container undefined where it is to be left out */
export function describeListedUser(
  user: StoredUser,
  container: StoredContainer | undefined,
  assignments: readonly ContainerAssignment[],
): Omit<UserListItem, 'container'> & Partial<Pick<UserListItem, 'container'>> {
  return {
    ...describePerson(user),
    ...(container && { container: describeEmbeddedContainer(container) }),
    access_roles: describeRoles(user),
    ...describeAssignments(assignments),
  };
}

function describePerson(user: StoredUser) {
  return {
    id: user.id,
    username: user.username,
    account_id: user.account_id,
    first_name: user.first_name,
    last_name: user.last_name,
    email: user.email,
    ...(user.job_title && { job_title: user.job_title }),
    ...(user.telephone && { telephone: user.telephone }),
    status: user.status,
    ...(user.last_login_date && { last_login_date: user.last_login_date }),
  };
}

function describeRoles({ access_role_id }: StoredUser) {
  return ACCESS_ROLES.filter(({ id }) => id === access_role_id);
}

function describeAssignments(assignments: readonly ContainerAssignment[]) {
  const container_assignments = assignments.map(({ id, name }) => ({ id, name }));
  return {
    type: 'standard' as const,
    has_container_assignments: assignments.length > 0,
    ...(assignments.length > 0 && { container_assignments }),
  };
}
