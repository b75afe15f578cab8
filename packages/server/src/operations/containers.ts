/** Containers (divisions), as far as a client needs them to begin. */
import type { Container, ContainerList, EmbeddedContainer } from '@orgvet/contract';
import { displayName } from '../domain/organization.ts';
import {
  type AssignedOrganization,
  findContainer,
  listAssignedOrganizations,
  listContainers as listStoredContainers,
  type StoredContainer,
} from '../store/containers.ts';
import { type Context, refuseAsNotFound } from './context.ts';

/** All containers of the account by id, inactive ones too. */
export async function listContainers({ store, principal }: Context): Promise<ContainerList> {
  const { account_id } = principal;
  const containers = await listStoredContainers(store.reader, account_id);
  const assigned = await listAssignedOrganizations(store.reader, account_id);
  const byContainer = Map.groupBy(assigned, ({ container_id }) => container_id);
  return {
    containers: containers.map((container) =>
      describeContainer(container, byContainer.get(container.id) ?? []),
    ),
  };
}

export async function getContainer(
  { store, principal }: Context,
  { params: { container_id } }: { readonly params: { readonly container_id: number } },
): Promise<Container> {
  const { account_id } = principal;
  const container = await findContainer(store.reader, account_id, container_id);
  if (container === undefined) {
    refuseAsNotFound('container');
  }
  const assigned = await listAssignedOrganizations(store.reader, account_id);
  return describeContainer(
    container,
    assigned.filter((organization) => organization.container_id === container_id),
  );
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

function describeContainer(
  container: StoredContainer,
  assigned: readonly AssignedOrganization[],
): Container {
  const domains: string[] = JSON.parse(container.allowed_domain_names);
  return {
    ...describeEmbeddedContainer(container),
    ...(domains.length > 0 && { allowed_domain_names: domains }),
    ...(assigned.length > 0 && { organization_assignments: assigned.map(describeAssigned) }),
  };
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
