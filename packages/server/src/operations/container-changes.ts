/** Containers that are made, changed, and made active or inactive with all below them. */
import { type ContainerCreateRequest, type ContainerEditRequest, problem } from '@orgvet/contract';
import {
  checkContainerChange,
  checkContainerCreate,
  usernameOf,
} from '../domain/container-requests.ts';
import {
  CONTAINER_DEPTH_MAX,
  type ContainerNode,
  depthOf,
  listWithDescendants,
} from '../domain/containers.ts';
import { renderContainerDocument } from '../domain/organization-document.ts';
import { isPermitted } from '../domain/permissions.ts';
import { RequestRefused, refuseIfAny } from '../domain/problems.ts';
import { roleOf } from '../domain/user.ts';
import {
  findContainer,
  listContainers,
  lockContainer,
  lockContainers,
  lockContainerTree,
  type StoredContainer,
  updateAllowedDomainNames,
  updateContainer,
  updateContainerActive,
} from '../store/containers.ts';
import type { Transaction } from '../store/database.ts';
import { takeIds } from '../store/ids.ts';
import { insertDivision } from './accounts.ts';
import type { OneContainer } from './containers.ts';
import { type Context, recordEvent, refuseAsNotFound, timeOf } from './context.ts';
import { insertPlannedUser, refuseAsMissingPermission, refuseUnlessMayEdit } from './user-parts.ts';

type WithBody = OneContainer & { readonly body: unknown };
type FirstUser = NonNullable<ContainerCreateRequest['user']>;

/** Makes a container below another, with its first user where the request has one. */
export async function createChildContainer(
  context: Context,
  { params: { container_id: parent_id }, body }: WithBody,
): Promise<{ id: number }> {
  const { problems, request } = checkContainerCreate(body);
  await refuseUnlessThere(context, parent_id);
  refuseUnlessUserPermitted(context, request.user);
  refuseIfAny(problems);
  return await context.store.transaction(async (tx) => {
    await refuseUnlessFits(tx, context, parent_id);
    const id = await insertChild(tx, context, parent_id, request);
    if (request.user !== undefined) {
      await insertFirstUser(tx, context, id, request.user);
    }
    return { id };
  });
}

/** Replaces what a request may change of a container. */
export async function changeContainer(
  context: Context,
  { params: { container_id }, body }: WithBody,
): Promise<void> {
  const { account_id } = context.principal;
  const { problems, request } = checkContainerChange(body);
  await refuseUnlessThere(context, container_id);
  refuseIfAny(problems);
  await context.store.transaction(async (tx) => {
    const current = await lockContainer(tx, account_id, container_id);
    if (current === undefined) {
      refuseAsNotFound('container');
    }
    const changed = applyChange(current, request);
    const hasNewKey = changed.ekey !== current.ekey;
    const before = describeForEvent(current);
    const after = describeForEvent(changed);
    if (!hasNewKey && JSON.stringify(before) === JSON.stringify(after)) {
      return;
    }
    await updateContainer(tx, account_id, container_id, changed);
    await recordEvent(tx, context, {
      action: 'container_changed',
      object_type: 'container',
      object_id: container_id,
      before,
      after: { ...after, ...(hasNewKey && { has_new_ekey: true }) },
    });
  });
}

export async function activateContainer(
  context: Context,
  { params: { container_id } }: OneContainer,
): Promise<void> {
  await setActive(context, container_id, true);
}

export async function deactivateContainer(
  context: Context,
  { params: { container_id } }: OneContainer,
): Promise<void> {
  await setActive(context, container_id, false);
}

/** What is not there is not there, whatever else is wrong with the request. */
async function refuseUnlessThere({ store, principal }: Context, container_id: number) {
  if ((await findContainer(store.reader, principal.account_id, container_id)) === undefined) {
    refuseAsNotFound('container');
  }
}

/** Whoever makes containers makes users with them only where they may make such users by themselves. */
function refuseUnlessUserPermitted({ principal }: Context, user: FirstUser | undefined): void {
  if (user === undefined) {
    return;
  }
  if (!isPermitted(principal, 'create_users')) {
    refuseAsMissingPermission();
  }
  refuseUnlessMayEdit(principal, { access_role_id: roleOf(user) });
}

/** Refuses a child of a container that is inactive, or as far down as one may be. */
async function refuseUnlessFits(tx: Transaction, context: Context, parent_id: number) {
  const containers = await listLocked(tx, context);
  const parent = containers.find(({ id }) => id === parent_id);
  if (parent?.is_active !== 1) {
    throw new RequestRefused([problem('container_parent_inactive')]);
  }
  if (depthOf(containers, parent_id) >= CONTAINER_DEPTH_MAX) {
    throw new RequestRefused([problem('container_too_deep', { limit: CONTAINER_DEPTH_MAX })]);
  }
}

/** All containers, to which nobody adds and of which nobody changes the activity meanwhile. */
async function listLocked(tx: Transaction, context: Context): Promise<StoredContainer[]> {
  const { account_id } = context.principal;
  await lockContainerTree(tx, account_id);
  return await listContainers(tx, account_id);
}

async function insertChild(
  tx: Transaction,
  context: Context,
  parent_id: number,
  { name, description = '', template_id, allowed_domain_names = [] }: ContainerCreateRequest,
): Promise<number> {
  const { account_id } = context.principal;
  const [id] = await takeIds(tx, 'containers', 1);
  if (id === undefined) {
    throw new Error('No id was handed out for a container.');
  }
  const container = { account_id, id, parent_id, name, description };
  await insertDivision(tx, container, context.random);
  if (allowed_domain_names.length > 0) {
    await updateAllowedDomainNames(tx, account_id, id, JSON.stringify(allowed_domain_names));
  }
  await recordEvent(tx, context, {
    action: 'container_created',
    object_type: 'container',
    object_id: id,
    after: { parent_id, name, description, template_id, allowed_domain_names },
  });
  return id;
}

/** Inserts the first user of a container, who belongs and is restricted to it. */
async function insertFirstUser(
  tx: Transaction,
  context: Context,
  container_id: number,
  user: FirstUser,
): Promise<void> {
  const { first_name, last_name, email, job_title = '', telephone = '' } = user;
  const planned = {
    container_id,
    username: usernameOf(user),
    first_name,
    last_name,
    email,
    job_title,
    telephone,
    access_role_id: roleOf(user),
    is_api_only: false,
    is_saml_sso_only: false,
    container_id_assignments: [container_id],
  };
  const { account_id } = context.principal;
  const id = await insertPlannedUser(tx, timeOf(context), { account_id, ...planned });
  await recordEvent(tx, context, {
    action: 'user_created',
    object_type: 'user',
    object_id: id,
    after: planned,
  });
}

function applyChange(
  current: StoredContainer,
  { name, description = '', ekey = current.ekey, allowed_domain_names }: ContainerEditRequest,
): StoredContainer {
  const changed = {
    ...current,
    name,
    description,
    ekey,
    ...(allowed_domain_names && { allowed_domain_names: JSON.stringify(allowed_domain_names) }),
  };
  return { ...changed, document: renderDocument(changed) };
}

/** Without the enrolment key, which lets people in. */
function describeForEvent({ name, description, allowed_domain_names }: StoredContainer) {
  return { name, description, allowed_domain_names: JSON.parse(allowed_domain_names) };
}

function renderDocument(container: StoredContainer): string {
  return renderContainerDocument({ ...container, is_active: container.is_active === 1 });
}

/** Makes a container and all below it active or inactive; those that are so already stay as they are. */
async function setActive(context: Context, container_id: number, is_active: boolean) {
  const { account_id } = context.principal;
  await context.store.transaction(async (tx) => {
    const tree = await listLocked(tx, context);
    const container = tree.find(({ id }) => id === container_id);
    if (container === undefined) {
      refuseAsNotFound('container');
    }
    refuseUnlessChangeable(tree, container, is_active);
    // Names may have changed since they were listed, and stand in the documents.
    const ids = listWithDescendants(tree, [container_id]);
    for (const one of await lockContainers(tx, account_id, ids)) {
      if ((one.is_active === 1) !== is_active) {
        await setOneActive(tx, context, one, is_active);
      }
    }
  });
}

function refuseUnlessChangeable(
  tree: readonly (ContainerNode & { readonly is_active: number })[],
  { parent_id }: ContainerNode,
  is_active: boolean,
): void {
  if (!is_active && parent_id === 0) {
    throw new RequestRefused([problem('cannot_deactivate_root_container')]);
  }
  if (is_active && tree.some(({ id, is_active: flag }) => id === parent_id && flag === 0)) {
    throw new RequestRefused([problem('container_parent_inactive')]);
  }
}

async function setOneActive(
  tx: Transaction,
  context: Context,
  container: StoredContainer,
  is_active: boolean,
): Promise<void> {
  const { account_id, id } = container;
  const changed = { ...container, is_active: Number(is_active) };
  await updateContainerActive(tx, account_id, id, {
    is_active: changed.is_active,
    document: renderDocument(changed),
  });
  await recordEvent(tx, context, {
    action: is_active ? 'container_activated' : 'container_deactivated',
    object_type: 'container',
    object_id: id,
    before: { is_active: !is_active },
    after: { is_active },
  });
}
