/** Users, as far as a client needs them to begin: the one whom its key belongs to. */
import { ACCESS_ROLES, type User } from '@orgvet/contract';
import { findContainer } from '../store/containers.ts';
import { findUser } from '../store/users.ts';
import { describeEmbeddedContainer } from './containers.ts';
import type { Context } from './context.ts';

/** The user whom the key of the request belongs to. */
export async function getCurrentUser({ store, principal }: Context): Promise<User> {
  const { account_id, user_id } = principal;
  const user = await findUser(store.reader, account_id, user_id);
  const container = user && (await findContainer(store.reader, account_id, user.container_id));
  if (user === undefined || container === undefined) {
    throw new Error(`The user ${user_id} of an accepted key is not there, or its container.`);
  }
  return {
    id: user.id,
    username: user.username,
    account_id,
    first_name: user.first_name,
    last_name: user.last_name,
    email: user.email,
    ...(user.job_title && { job_title: user.job_title }),
    ...(user.telephone && { telephone: user.telephone }),
    status: user.status,
    container: describeEmbeddedContainer(container),
    access_roles: ACCESS_ROLES.filter(({ id }) => id === user.access_role_id),
    is_cert_central: true,
    is_enterprise: true,
    is_saml_sso_only: false,
    type: 'standard',
    has_container_assignments: false,
  };
}
