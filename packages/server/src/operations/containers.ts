/** Containers (divisions): one, several, and what they can be made from. Changes are in container-changes.ts. */
import {
  ACCESS_ROLES,
  CONTAINER_TEMPLATES,
  type Container,
  type ContainerList,
  type ContainerRoleList,
  type ContainerTemplate,
  type ContainerTemplateList,
  type EmbeddedContainer,
} from '@orgvet/contract';
import { DIVISION_TEMPLATE_ID } from '../domain/container-requests.ts';
import { displayName } from '../domain/organization.ts';
import {
  type AssignedOrganization,
  findContainer,
  listAssignedOrganizations,
  listChildContainers as listStoredChildren,
  listContainers as listStoredContainers,
  type StoredContainer,
} from '../store/containers.ts';
import { listUsersOfContainers } from '../store/user-containers.ts';
import { type Context, refuseAsNotFound } from './context.ts';
import { isContainerVisible } from './visibility.ts';

export type OneContainer = { readonly params: { readonly container_id: number } };

/** All containers that somebody sees, by id, inactive ones too. */
export async function listContainers(context: Context): Promise<ContainerList> {
  const { store, principal } = context;
  const containers = await listStoredContainers(store.reader, principal.account_id);
  const visible = containers.filter(({ id }) => isContainerVisible(principal, id));
  return { containers: await describeContainers(context, visible) };
}

export async function getContainer(
  context: Context,
  { params: { container_id } }: OneContainer,
): Promise<Container> {
  return await describeContainer(context, await getStored(context, container_id));
}

/** The containers directly below one: who sees that one sees them. */
export async function listChildContainers(
  context: Context,
  { params: { container_id } }: OneContainer,
): Promise<ContainerList> {
  const { account_id } = context.principal;
  await getStored(context, container_id);
  const children = await listStoredChildren(context.store.reader, account_id, container_id);
  return { containers: await describeContainers(context, children) };
}

export async function getParentContainer(
  context: Context,
  { params: { container_id } }: OneContainer,
): Promise<Container> {
  const { parent_id } = await getStored(context, container_id);
  if (!isContainerVisible(context.principal, parent_id)) {
    refuseAsNotFound('container');
  }
  return await describeContainer(context, await getStored(context, parent_id));
}

/** What containers below one can be made from: whatever it is, the same. */
export async function listContainerTemplates(
  context: Context,
  { params: { container_id } }: OneContainer,
): Promise<ContainerTemplateList> {
  await getStored(context, container_id);
  return {
    container_templates: CONTAINER_TEMPLATES.filter(({ id }) => id === DIVISION_TEMPLATE_ID),
  };
}

export async function getContainerTemplate(
  context: Context,
  {
    params: { container_id, template_id },
  }: { readonly params: { readonly container_id: number; readonly template_id: number } },
): Promise<ContainerTemplate> {
  await getStored(context, container_id);
  const template = CONTAINER_TEMPLATES.find(({ id }) => id === template_id);
  if (template === undefined) {
    refuseAsNotFound('template');
  }
  return { ...template, access_roles: [...ACCESS_ROLES] };
}

export async function listContainerRoles(
  context: Context,
  { params: { container_id } }: OneContainer,
): Promise<ContainerRoleList> {
  await getStored(context, container_id);
  return { access_roles: [...ACCESS_ROLES] };
}

/** A container as a user shows it. */
export function describeEmbeddedContainer(container: StoredContainer): EmbeddedContainer {
  const { id, public_id, name, description, parent_id, template_id, ekey, is_active } = container;
  return {
    id,
    public_id,
    name,
    ...(description && { description }),
    parent_id,
    template_id,
    ekey,
    has_logo: false,
    is_active: is_active === 1,
  };
}

/** @throws RequestRefused where there is none: no container has the id 0, which is the root's parent */
async function getStored(
  { store, principal }: Context,
  container_id: number,
): Promise<StoredContainer> {
  const container = await findContainer(store.reader, principal.account_id, container_id);
  return container ?? refuseAsNotFound('container');
}

async function describeContainer(context: Context, container: StoredContainer): Promise<Container> {
  const [described] = await describeContainers(context, [container]);
  return described ?? refuseAsNotFound('container');
}

/** Containers with the users and organizations that are assigned to them. */
async function describeContainers(
  { store, principal: { account_id } }: Context,
  containers: readonly StoredContainer[],
): Promise<Container[]> {
  const ids = containers.map(({ id }) => id);
  const users = await listUsersOfContainers(store.reader, account_id, ids);
  const organizations = await listAssignedOrganizations(store.reader, account_id, ids);
  const usersById = Map.groupBy(users, ({ container_id }) => container_id);
  const organizationsById = Map.groupBy(organizations, ({ container_id }) => container_id);
  return containers.map((container) => {
    const user_ids = (usersById.get(container.id) ?? []).map(({ user_id }) => String(user_id));
    const domains: string[] = JSON.parse(container.allowed_domain_names);
    const assigned = organizationsById.get(container.id) ?? [];
    return {
      ...describeEmbeddedContainer(container),
      ...(user_ids.length > 0 && { user_id_assignments: user_ids }),
      ...(domains.length > 0 && { allowed_domain_names: domains }),
      ...(assigned.length > 0 && { organization_assignments: assigned.map(describeAssigned) }),
    };
  });
}

function describeAssigned({ id, name, assumed_name, is_active }: AssignedOrganization) {
  return {
    id,
    status: is_active === 1 ? ('active' as const) : ('inactive' as const),
    name,
    display_name: displayName(name, assumed_name),
    is_active: is_active === 1 ? ('1' as const) : ('0' as const),
  };
}
