/** Containers (divisions) and the organizations assigned to them. */
import type { Insertable, Selectable } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { reserveId } from './ids.ts';
import type { ContainerRow } from './schema.ts';
import { statement } from './statement.ts';

export type NewContainer = Insertable<ContainerRow> & { id: number };
export type StoredContainer = Selectable<ContainerRow>;

/** An organization that is assigned to a container, as the container shows it. */
export interface AssignedOrganization {
  readonly container_id: number;
  readonly id: number;
  readonly name: string;
  readonly assumed_name: string;
  readonly is_active: number;
}

export async function insertContainer(tx: Transaction, container: NewContainer): Promise<void> {
  await tx.run(insert, container);
  await reserveId(tx, 'containers', container.id);
}

/** The containers of an account by id, inactive ones too. */
export async function listContainers(
  handle: Handle,
  account_id: number,
): Promise<StoredContainer[]> {
  return await handle.all(selectAll, { account_id });
}

export async function findContainer(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<StoredContainer | undefined> {
  return await handle.first(selectOne, { account_id, id });
}

/** The organizations assigned to the containers of an account, by container and id. */
export async function listAssignedOrganizations(
  handle: Handle,
  account_id: number,
): Promise<AssignedOrganization[]> {
  return await handle.all(selectAssigned, { account_id });
}

/** Whether any organization is assigned to a container: one without may order for all. */
export async function hasAssignedOrganizations(
  handle: Handle,
  account_id: number,
  container_id: number,
): Promise<boolean> {
  return (await handle.first(selectAnyAssigned, { account_id, container_id })) !== undefined;
}

export async function insertContainerOrganization(
  tx: Transaction,
  account_id: number,
  container_id: number,
  organization_id: number,
): Promise<void> {
  await tx.run(insertAssignment, { account_id, container_id, organization_id });
}

/** Takes an organization out of every container that it is assigned to. */
export async function deleteAssignmentsOfOrganization(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  await tx.run(deleteAssignments, { account_id, organization_id });
}

const insert = statement<NewContainer, unknown>((db, args) =>
  db.insertInto('containers').values({
    account_id: args.account_id,
    id: args.id,
    public_id: args.public_id,
    name: args.name,
    description: args.description,
    parent_id: args.parent_id,
    template_id: args.template_id,
    ekey: args.ekey,
    is_active: args.is_active,
    allowed_domain_names: args.allowed_domain_names,
    document: args.document,
  }),
);

const selectAll = statement<{ account_id: number }, StoredContainer>((db, args) =>
  db.selectFrom('containers').selectAll().where('account_id', '=', args.account_id).orderBy('id'),
);

const selectOne = statement<{ account_id: number; id: number }, StoredContainer>((db, args) =>
  db
    .selectFrom('containers')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const selectAssigned = statement<{ account_id: number }, AssignedOrganization>((db, args) =>
  db
    .selectFrom('container_organizations as a')
    .innerJoin('organizations as o', (join) =>
      join.onRef('o.account_id', '=', 'a.account_id').onRef('o.id', '=', 'a.organization_id'),
    )
    .select(['a.container_id', 'o.id', 'o.name', 'o.assumed_name', 'o.is_active'])
    .where('a.account_id', '=', args.account_id)
    .orderBy('a.container_id')
    .orderBy('o.id'),
);

type OneContainer = { account_id: number; container_id: number };

const selectAnyAssigned = statement<OneContainer, { organization_id: number }>((db, args) =>
  db
    .selectFrom('container_organizations')
    .select('organization_id')
    .where('account_id', '=', args.account_id)
    .where('container_id', '=', args.container_id)
    .limit(1),
);

const insertAssignment = statement<OneContainer & { organization_id: number }, unknown>(
  (db, args) =>
    db.insertInto('container_organizations').values({
      account_id: args.account_id,
      container_id: args.container_id,
      organization_id: args.organization_id,
    }),
);

const deleteAssignments = statement<{ account_id: number; organization_id: number }, unknown>(
  (db, args) =>
    db
      .deleteFrom('container_organizations')
      .where('account_id', '=', args.account_id)
      .where('organization_id', '=', args.organization_id),
);
