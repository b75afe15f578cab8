/** Which roles somebody may give, and whose users they may change. The server decides again. */
import { ACCESS_ROLES, type ResponseOf } from '@orgvet/contract';
import { usePermissions, useSession } from '../../session.ts';

/** The role of whoever has full access. */
const ADMINISTRATOR_ID = 1;
/** The role of whoever sees to organizations and most users. */
const MANAGER_ID = 4;

type User = ResponseOf<'getUser'>;

/** What new users are, unless something else is chosen: the role that most of them have. */
export const ROLE_DEFAULT = '5';

/** The roles that whoever is signed in may give. */
export function useRoles(): readonly { readonly value: string; readonly label: string }[] {
  const seesToAdministrators = usePermissions()('edit_admins');
  return ACCESS_ROLES.filter(({ id }) => id !== ADMINISTRATOR_ID || seesToAdministrators).map(
    ({ id, name }) => ({ value: String(id), label: name }),
  );
}

interface EditRights {
  readonly isOwn: boolean;
  readonly canEdit: boolean;
  readonly canAssign: boolean;
}

/** What whoever is signed in may change of a user: administrators are for those who see to them. */
export function useEditRights(user: Pick<User, 'id' | 'access_roles'>): EditRights {
  const isPermitted = usePermissions();
  const { user: own } = useSession();
  const isAdministrator = user.access_roles.some(({ id }) => id === ADMINISTRATOR_ID);
  const mayTouch = !isAdministrator || isPermitted('edit_admins');
  return {
    isOwn: own.id === user.id,
    canEdit: mayTouch && isPermitted('edit_users'),
    canAssign: mayTouch && isPermitted('manage_user_container_assignments'),
  };
}

/** Whether a user has a role that sees to organizations, and so may not validate them. */
export function administersOrganizations({ access_roles }: Pick<User, 'access_roles'>): boolean {
  return access_roles.some(({ id }) => id === ADMINISTRATOR_ID || id === MANAGER_ID);
}
