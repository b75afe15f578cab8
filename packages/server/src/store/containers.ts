/** Containers (divisions) and the organizations assigned to them. The users are in user-containers.ts. */
import { type Insertable, type Selectable, sql } from 'kysely';
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

export interface ContainerOrganization {
  readonly container_id: number;
  readonly organization_id: number;
}

/** What a change of a container replaces. */
export type ContainerDetails = Pick<
  StoredContainer,
  'name' | 'description' | 'ekey' | 'allowed_domain_names' | 'document'
>;

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

/** The containers directly below one, by id. */
export async function listChildContainers(
  handle: Handle,
  account_id: number,
  parent_id: number,
): Promise<StoredContainer[]> {
  return await handle.all(selectChildren, { account_id, parent_id });
}

export async function findContainer(
  handle: Handle,
  account_id: number,
  id: number,
): Promise<StoredContainer | undefined> {
  return await handle.first(selectOne, { account_id, id });
}

/** A container that is about to change. Nobody else changes it until the transaction ends. */
export async function lockContainer(
  tx: Transaction,
  account_id: number,
  id: number,
): Promise<StoredContainer | undefined> {
  return await tx.first(lockOne, { account_id, id });
}

/** As `lockContainer`, for several. */
export async function lockContainers(
  tx: Transaction,
  account_id: number,
  ids: readonly number[],
): Promise<StoredContainer[]> {
  return await tx.all(lockSome, { account_id, ids: JSON.stringify(ids) });
}

/**
 * Until the transaction ends nobody else adds a container, or makes one active or inactive: whoever
 * does locks the root first.
 */
export async function lockContainerTree(tx: Transaction, account_id: number): Promise<void> {
  await tx.first(lockRoot, { account_id });
}

export async function updateContainer(
  tx: Transaction,
  account_id: number,
  id: number,
  details: ContainerDetails,
): Promise<void> {
  await tx.run(updateDetails, { ...details, account_id, id });
}

/** @param allowed_domain_names a JSON array */
export async function updateAllowedDomainNames(
  tx: Transaction,
  account_id: number,
  id: number,
  allowed_domain_names: string,
): Promise<void> {
  await tx.run(updateDomainNames, { account_id, id, allowed_domain_names });
}

/** Sets whether a container is active, with the document that shows it. */
export async function updateContainerActive(
  tx: Transaction,
  account_id: number,
  id: number,
  flag: { is_active: number; document: string },
): Promise<void> {
  await tx.run(updateActive, { ...flag, account_id, id });
}

/** The organizations assigned to some containers, by container and id. */
export async function listAssignedOrganizations(
  handle: Handle,
  account_id: number,
  container_ids: readonly number[],
): Promise<AssignedOrganization[]> {
  return await handle.all(selectAssigned, { account_id, ids: JSON.stringify(container_ids) });
}

/** Whether any organization is assigned to a container: one without may order for all. */
export async function hasAssignedOrganizations(
  handle: Handle,
  account_id: number,
  container_id: number,
): Promise<boolean> {
  return (await handle.first(selectAnyAssigned, { account_id, container_id })) !== undefined;
}

/** The ids of the organizations assigned to a container, in rising order. */
export async function listOrganizationsOfContainer(
  handle: Handle,
  account_id: number,
  container_id: number,
): Promise<number[]> {
  const rows = await handle.all(selectOfContainer, { account_id, container_id });
  return rows.map(({ organization_id }) => organization_id);
}

/** The containers that some organizations are assigned to, by organization and container. */
export async function listContainersOfOrganizations(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<ContainerOrganization[]> {
  return await handle.all(selectOfOrganizations, {
    account_id,
    ids: JSON.stringify(organization_ids),
  });
}

export async function insertContainerOrganization(
  tx: Transaction,
  account_id: number,
  container_id: number,
  organization_id: number,
): Promise<void> {
  await insertContainerOrganizations(tx, account_id, container_id, [organization_id]);
}

/** Assigns organizations to a container that it does not have yet. */
export async function insertContainerOrganizations(
  tx: Transaction,
  account_id: number,
  container_id: number,
  organization_ids: readonly number[],
): Promise<void> {
  const ids = JSON.stringify(organization_ids);
  await tx.run(insertAssignments, { account_id, container_id, ids });
}

/** Takes organizations out of a container. */
export async function deleteContainerOrganizations(
  tx: Transaction,
  account_id: number,
  container_id: number,
  organization_ids: readonly number[],
): Promise<void> {
  const ids = JSON.stringify(organization_ids);
  await tx.run(deleteAssignments, { account_id, container_id, ids });
}

/** Takes an organization out of every container that it is assigned to. */
export async function deleteAssignmentsOfOrganization(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  await tx.run(deleteOfOrganization, { account_id, organization_id });
}

type OneContainer = { account_id: number; id: number };

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

const selectChildren = statement<{ account_id: number; parent_id: number }, StoredContainer>(
  (db, args) =>
    db
      .selectFrom('containers')
      .selectAll()
      .where('account_id', '=', args.account_id)
      .where('parent_id', '=', args.parent_id)
      .orderBy('id'),
);

const selectOne = statement<OneContainer, StoredContainer>((db, args) =>
  db
    .selectFrom('containers')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const lockOne = statement<OneContainer, StoredContainer>((db, args, dialect) =>
  db
    .selectFrom('containers')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id)
    .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const lockSome = statement<{ account_id: number; ids: string }, StoredContainer>(
  (db, args, dialect) =>
    db
      .selectFrom('containers')
      .selectAll()
      .where('account_id', '=', args.account_id)
      .where(dialect.isIn(sql.ref('id'), args.ids, 'bigint'))
      .orderBy('id')
      .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const lockRoot = statement<{ account_id: number }, { id: number }>((db, args, dialect) =>
  db
    .selectFrom('containers')
    .select('id')
    .where('account_id', '=', args.account_id)
    .where('parent_id', '=', 0)
    .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const updateDetails = statement<ContainerDetails & OneContainer, unknown>((db, args) =>
  db
    .updateTable('containers')
    .set({
      name: args.name,
      description: args.description,
      ekey: args.ekey,
      allowed_domain_names: args.allowed_domain_names,
      document: args.document,
    })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const updateDomainNames = statement<OneContainer & { allowed_domain_names: string }, unknown>(
  (db, args) =>
    db
      .updateTable('containers')
      .set({ allowed_domain_names: args.allowed_domain_names })
      .where('account_id', '=', args.account_id)
      .where('id', '=', args.id),
);

const updateActive = statement<OneContainer & { is_active: number; document: string }, unknown>(
  (db, args) =>
    db
      .updateTable('containers')
      .set({ is_active: args.is_active, document: args.document })
      .where('account_id', '=', args.account_id)
      .where('id', '=', args.id),
);

type Containers = { account_id: number; ids: string };

const selectAssigned = statement<Containers, AssignedOrganization>((db, args, dialect) =>
  db
    .selectFrom('container_organizations as a')
    .innerJoin('organizations as o', (join) =>
      join.onRef('o.account_id', '=', 'a.account_id').onRef('o.id', '=', 'a.organization_id'),
    )
    .select(['a.container_id', 'o.id', 'o.name', 'o.assumed_name', 'o.is_active'])
    .where('a.account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('a.container_id'), args.ids, 'bigint'))
    .orderBy('a.container_id')
    .orderBy('o.id'),
);

type OfContainer = { account_id: number; container_id: number };

const selectAnyAssigned = statement<OfContainer, { organization_id: number }>((db, args) =>
  db
    .selectFrom('container_organizations')
    .select('organization_id')
    .where('account_id', '=', args.account_id)
    .where('container_id', '=', args.container_id)
    .limit(1),
);

const selectOfContainer = statement<OfContainer, { organization_id: number }>((db, args) =>
  db
    .selectFrom('container_organizations')
    .select('organization_id')
    .where('account_id', '=', args.account_id)
    .where('container_id', '=', args.container_id)
    .orderBy('organization_id'),
);

/** `ids` are those of organizations. */
type OrganizationsOfContainer = OfContainer & { ids: string };

const selectOfOrganizations = statement<
  Omit<OrganizationsOfContainer, 'container_id'>,
  ContainerOrganization
>((db, args, dialect) =>
  db
    .selectFrom('container_organizations')
    .select(['organization_id', 'container_id'])
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('organization_id'), args.ids, 'bigint'))
    .orderBy('organization_id')
    .orderBy('container_id'),
);

const insertAssignments = statement<OrganizationsOfContainer, unknown>((db, args, dialect) =>
  db
    .insertInto('container_organizations')
    .columns(['account_id', 'container_id', 'organization_id'])
    .expression((eb) =>
      eb
        .selectFrom('organizations')
        .select([
          'account_id',
          sql<number>`cast(${args.container_id} as bigint)`.as('container_id'),
          'id',
        ])
        .where('account_id', '=', args.account_id)
        .where(dialect.isIn(sql.ref('id'), args.ids, 'bigint')),
    ),
);

const deleteAssignments = statement<OrganizationsOfContainer, unknown>((db, args, dialect) =>
  db
    .deleteFrom('container_organizations')
    .where('account_id', '=', args.account_id)
    .where('container_id', '=', args.container_id)
    .where(dialect.isIn(sql.ref('organization_id'), args.ids, 'bigint')),
);

const deleteOfOrganization = statement<{ account_id: number; organization_id: number }, unknown>(
  (db, args) =>
    db
      .deleteFrom('container_organizations')
      .where('account_id', '=', args.account_id)
      .where('organization_id', '=', args.organization_id),
);
