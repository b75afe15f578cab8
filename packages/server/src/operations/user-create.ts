/** Making users: those who sign in, and service users, who come with a key. */
import type { Problem, UserCreated, UserCreateRequest } from '@orgvet/contract';
import { isPermitted, RESTRICTIONS, ROLES } from '../domain/permissions.ts';
import { listUnknownIds, type PlacedIds } from '../domain/placed-ids.ts';
import { refuseIfAny } from '../domain/problems.ts';
import { checkUserCreate, roleOf } from '../domain/user.ts';
import { listContainers } from '../store/containers.ts';
import type { Transaction } from '../store/database.ts';
import { listContainersOfUser } from '../store/user-containers.ts';
import { type Context, type Principal, recordEvent, timeOf } from './context.ts';
import {
  insertPlannedUser,
  insertRecordedKey,
  type PlannedUser,
  refuseAsMissingPermission,
  refuseUnlessMayEdit,
} from './user-parts.ts';
import { homeContainerOf } from './visibility.ts';

/** Random bytes of a service user's name: enough that none is ever made twice. */
const SERVICE_NAME_SIZE_BYTES = 10;

/** Nobody signs in as a service user, so its last name only tells what it is. */
const SERVICE_LAST_NAME = 'Service User';
const FIRST_NAME_MAX_LENGTH = 128;

/** Makes a user, or with `is_api_only` a service user with a key. */
export async function createUser(
  context: Context,
  { body }: { readonly body: unknown },
): Promise<UserCreated> {
  const { problems, request, container_id_assignments } = checkUserCreate(body);
  refuseUnlessMayCreate(context.principal, request);
  problems.push(...(await checkContainers(context, request, container_id_assignments)));
  refuseIfAny(problems);
  const plan: PlannedUser = {
    account_id: context.principal.account_id,
    container_id: request.container?.id ?? homeContainerOf(context.principal),
    ...(request.is_api_only ? planServiceUser(context, request) : planUser(request)),
    container_id_assignments: await planAssignments(context, request, container_id_assignments),
  };
  return await context.store.transaction(async (tx) => {
    const id = await insertPlannedUser(tx, timeOf(context), plan);
    const { account_id: _account_id, ...after } = plan;
    await recordEvent(tx, context, {
      action: 'user_created',
      object_type: 'user',
      object_id: id,
      after,
    });
    return request.is_api_only
      ? { id, api_key: await insertServiceKey(tx, context, id, request) }
      : { id };
  });
}

/** @returns the key, which is shown this once */
async function insertServiceKey(
  tx: Transaction,
  context: Context,
  user_id: number,
  { api_name = '', restricted_to_role_id = RESTRICTIONS.none }: UserCreateRequest,
): Promise<string> {
  const { account_id, mode } = context.principal;
  const plan = { user_id, name: api_name, restricted_to_role_id };
  const { api_key } = await insertRecordedKey(tx, context, { account_id, mode, ...plan });
  return api_key;
}

/** A service user has a key, and may do what an administrator may (Create service user). */
function refuseUnlessMayCreate(principal: Principal, request: UserCreateRequest): void {
  if (request.is_api_only && !isPermitted(principal, 'create_api_keys')) {
    refuseAsMissingPermission();
  }
  const access_role_id = request.is_api_only ? ROLES.administrator : roleOf(request);
  refuseUnlessMayEdit(principal, { access_role_id });
  const restrictsToNone = request.container_id_assignments?.length === 0;
  if (principal.visible_container_ids !== undefined && restrictsToNone) {
    // Such a user would see more than whoever makes it.
    refuseAsMissingPermission();
  }
}

/** The problem of every container that a request names and that is not there to see. */
async function checkContainers(
  context: Context,
  { container }: UserCreateRequest,
  assignments: PlacedIds,
): Promise<Problem[]> {
  if (container?.id === undefined && assignments.size === 0) {
    return [];
  }
  const known = await listKnownContainerIds(context);
  const home: PlacedIds = new Map(
    container?.id === undefined ? [] : [[container.id, 'container.id']],
  );
  return [
    ...listUnknownIds(home, known, 'container'),
    ...listUnknownIds(assignments, known, 'container'),
  ];
}

/** The ids of the containers that somebody sees. */
export async function listKnownContainerIds({
  store,
  principal: { account_id, visible_container_ids },
}: Context): Promise<ReadonlySet<number>> {
  const ids =
    visible_container_ids ?? (await listContainers(store.reader, account_id)).map(({ id }) => id);
  return new Set(ids);
}

/** A user whom somebody restricted makes is restricted at least as much. */
async function planAssignments(
  { store, principal }: Context,
  { container_id_assignments }: UserCreateRequest,
  assignments: PlacedIds,
): Promise<number[]> {
  const { account_id, user_id, visible_container_ids } = principal;
  return visible_container_ids !== undefined && container_id_assignments === undefined
    ? await listContainersOfUser(store.reader, account_id, user_id)
    : [...assignments.keys()];
}

type PlannedPerson = Omit<PlannedUser, 'account_id' | 'container_id' | 'container_id_assignments'>;

function planUser(request: UserCreateRequest): PlannedPerson {
  const { username = '', first_name = '', last_name = '', email } = request;
  return {
    username,
    first_name,
    last_name,
    email,
    job_title: request.job_title ?? '',
    telephone: request.telephone ?? '',
    access_role_id: roleOf(request),
    is_api_only: false,
    is_saml_sso_only: request.is_saml_sso_only ?? false,
  };
}

function planServiceUser(
  { random }: Context,
  { email, api_name = '' }: UserCreateRequest,
): PlannedPerson {
  return {
    username: `api.${Buffer.from(random(SERVICE_NAME_SIZE_BYTES)).toString('hex')}`,
    first_name: [...api_name].slice(0, FIRST_NAME_MAX_LENGTH).join(''),
    last_name: SERVICE_LAST_NAME,
    email,
    job_title: '',
    telephone: '',
    access_role_id: ROLES.administrator,
    is_api_only: true,
    is_saml_sso_only: false,
  };
}
