/**
 * Users: what is derived of them, and what requests may say of one, as far as it needs no look at the
 * account. Pure; the limits of single fields are the contract's.
 */
import {
  ACCESS_ROLES,
  ContainerAssignmentsRequest,
  fieldProblem,
  type Problem,
  readBody,
  UserCreateRequest,
  UserEditRequest,
  UserRoleRequest,
} from '@orgvet/contract';
import { checkRestriction } from './api-key-requests.ts';
import { fold } from './fold.ts';
import { FORMATS } from './formats.ts';
import { type PlacedIds, placeIds } from './placed-ids.ts';

/** The columns that users are searched, sorted and kept apart by. */
export interface DerivedUser {
  readonly username_folded: string;
  readonly first_name_folded: string;
  readonly last_name_folded: string;
  readonly email_folded: string;
}

export function deriveUser(user: {
  readonly username: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
}): DerivedUser {
  return {
    username_folded: fold(user.username),
    first_name_folded: fold(user.first_name),
    last_name_folded: fold(user.last_name),
    email_folded: fold(user.email),
  };
}

/** Whether a user can be called so (Create user: a-z, A-Z, 0-9, @, -, _, + and .). */
export function isUsername(text: string): boolean {
  return /^[a-zA-Z0-9@\-_+.]+$/.test(text);
}

/** Whether there is a role with an id. */
export function isAccessRole(role_id: number): boolean {
  return ACCESS_ROLES.some(({ id }) => id === role_id);
}

/** What people can say of a user. Absent texts are empty. */
export interface UserTexts {
  readonly username: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly job_title: string;
  readonly telephone: string;
}

/** A create request that was read. It is to be used only if there are no problems. */
export interface CheckedUserCreate {
  readonly problems: Problem[];
  readonly request: UserCreateRequest;
  readonly container_id_assignments: PlacedIds;
}

/** What the other kind of user has (Create service user). Ignored means whatever it holds. */
const NOT_OF_SERVICE_USERS = [
  'username',
  'first_name',
  'last_name',
  'job_title',
  'telephone',
  'access_roles',
  'is_saml_sso_only',
];
const ONLY_OF_SERVICE_USERS = ['api_name', 'restricted_to_role_id'];

const REQUIRED_OF_USERS = ['username', 'first_name', 'last_name', 'access_roles'] as const;
const REQUIRED_OF_SERVICE_USERS = ['api_name'] as const;

/** Reads the body of "Create user" and "Create service user". */
export function checkUserCreate(body: unknown): CheckedUserCreate {
  const used = omit(body, isOfServiceUser(body) ? NOT_OF_SERVICE_USERS : ONLY_OF_SERVICE_USERS);
  const { problems, faulty, value } = readBody(UserCreateRequest, used, FORMATS);
  const request: Partial<UserCreateRequest> = value;
  // Where it cannot be told which kind is meant, neither's members are missed.
  if (!faulty.has('is_api_only')) {
    const required = request.is_api_only ? REQUIRED_OF_SERVICE_USERS : REQUIRED_OF_USERS;
    problems.push(
      ...required
        .filter((name) => request[name] === undefined && !faulty.has(name))
        .map((name) => fieldProblem('missing', name, 'is required.')),
    );
  }
  problems.push(
    ...checkUsername(request.username),
    ...checkRoles(request.access_roles),
    ...checkRestriction(request.restricted_to_role_id),
  );
  const assignments = request.container_id_assignments;
  return {
    problems,
    request: value,
    container_id_assignments: placeIds('container_id_assignments', assignments, problems),
  };
}

/**
 * Reads the body of "Edit user": the texts of the user from then on. Names stay where they are left out,
 * job title and telephone do not; of a service user nothing changes but the email.
 */
export function checkUserEdit(
  body: unknown,
  current: UserTexts & { readonly is_api_only: number },
): { problems: Problem[]; texts: UserTexts } {
  const { username, first_name, last_name, job_title, telephone } = current;
  if (current.is_api_only === 1) {
    const used = omit(body, NOT_OF_SERVICE_USERS);
    const { problems, value } = readBody(UserEditRequest, used, FORMATS);
    const { email } = value;
    return { problems, texts: { username, first_name, last_name, email, job_title, telephone } };
  }
  const { problems, value } = readBody(UserEditRequest, body, FORMATS);
  problems.push(...checkUsername(value.username));
  const texts: UserTexts = {
    username: value.username ?? username,
    first_name: value.first_name ?? first_name,
    last_name: value.last_name ?? last_name,
    email: value.email,
    job_title: value.job_title ?? '',
    telephone: value.telephone ?? '',
  };
  return { problems, texts };
}

/** Reads the body of "Change user role". The role is to be used only if there are no problems. */
export function checkUserRole(body: unknown): { problems: Problem[]; access_role_id: number } {
  const { problems, value } = readBody(UserRoleRequest, body, FORMATS);
  problems.push(...checkRoles(value.access_roles));
  return { problems, access_role_id: roleOf(value) };
}

/** Reads the body of "Assign containers". */
export function checkContainerAssignments(body: unknown): {
  problems: Problem[];
  container_id_assignments: PlacedIds;
} {
  const { problems, value } = readBody(ContainerAssignmentsRequest, body, FORMATS);
  const assignments = value.container_id_assignments;
  return {
    problems,
    container_id_assignments: placeIds('container_id_assignments', assignments, problems),
  };
}

/** The role that a request gives; 0 where it gives none. */
export function roleOf({
  access_roles,
}: {
  readonly access_roles?: readonly ({ readonly id?: number } | undefined)[];
}): number {
  return access_roles?.[0]?.id ?? 0;
}

function checkUsername(username: string | undefined): Problem[] {
  return username === undefined || isUsername(username)
    ? []
    : [fieldProblem('invalid', 'username', 'must have only letters a to z, digits and @ - _ + .')];
}

function checkRoles(access_roles: Parameters<typeof roleOf>[0]['access_roles']): Problem[] {
  const role_id = roleOf({ access_roles: access_roles ?? [] });
  if (role_id === 0 || isAccessRole(role_id)) {
    return [];
  }
  const known = ACCESS_ROLES.map(({ id, name }) => `${id} ${name}`).join(', ');
  return [fieldProblem('invalid', 'access_roles[0].id', `must be a role: ${known}.`)];
}

function isOfServiceUser(body: unknown): boolean {
  const isObject = typeof body === 'object' && body !== null;
  return isObject && 'is_api_only' in body && body.is_api_only === true;
}

/** An object without some members; anything else as it is. */
function omit(body: unknown, names: readonly string[]): unknown {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return isObject
    ? Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)))
    : body;
}
