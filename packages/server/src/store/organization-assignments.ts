/**
 * What an organization itself keeps of the containers that it is assigned to, and the locks of those
 * whose assignments change. The assignments are in containers.ts.
 */
import { sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { statement } from './statement.ts';

/**
 * Organizations whose assignments are about to change. Nobody else changes them until the transaction
 * ends. @returns the ids of those that there are
 */
export async function lockOrganizations(
  tx: Transaction,
  account_id: number,
  ids: readonly number[],
): Promise<number[]> {
  const rows = await tx.all(lockSome, { account_id, ids: JSON.stringify(ids) });
  return rows.map(({ id }) => id);
}

/** Of some organizations those that belong or are assigned to one of some containers. */
export async function listOrganizationsIn(
  handle: Handle,
  account_id: number,
  ids: readonly number[],
  container_ids: readonly number[],
): Promise<number[]> {
  const given = { ids: JSON.stringify(ids), visible: JSON.stringify(container_ids) };
  const rows = await handle.all(selectInContainers, { account_id, ...given });
  return rows.map(({ id }) => id);
}

/** Sets what lists show of the assignments of organizations that are all assigned alike. */
export async function updateAssignmentsDocument(
  tx: Transaction,
  account_id: number,
  ids: readonly number[],
  assignments_document: string,
): Promise<void> {
  await tx.run(updateDocument, { account_id, ids: JSON.stringify(ids), assignments_document });
}

type Organizations = { account_id: number; ids: string };

const lockSome = statement<Organizations, { id: number }>((db, args, dialect) =>
  db
    .selectFrom('organizations')
    .select('id')
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('id'), args.ids, 'bigint'))
    .orderBy('id')
    .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const selectInContainers = statement<Organizations & { visible: string }, { id: number }>(
  (db, args, dialect) =>
    db
      .selectFrom('organizations as o')
      .select('o.id')
      .where('o.account_id', '=', args.account_id)
      .where(dialect.isIn(sql.ref('o.id'), args.ids, 'bigint'))
      .where((eb) =>
        eb.or([
          dialect.isIn(eb.ref('o.container_id'), args.visible, 'bigint'),
          eb.exists(
            eb
              .selectFrom('container_organizations as a')
              .select('a.organization_id')
              .where('a.account_id', '=', args.account_id)
              .whereRef('a.organization_id', '=', 'o.id')
              .where(dialect.isIn(sql.ref('a.container_id'), args.visible, 'bigint')),
          ),
        ]),
      ),
);

const updateDocument = statement<Organizations & { assignments_document: string }, unknown>(
  (db, args, dialect) =>
    db
      .updateTable('organizations')
      .set({ assignments_document: args.assignments_document })
      .where('account_id', '=', args.account_id)
      .where(dialect.isIn(sql.ref('id'), args.ids, 'bigint')),
);
