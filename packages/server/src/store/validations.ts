/**
 * What organizations were submitted for: one row for each type of an organization, with what serves now
 * and the work that is under way. The verified contacts who approve have their own file.
 */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import { addEnd, takeEnd, takeEnds } from './end-counts.ts';
import type { ValidationRow } from './schema-vetting.ts';
import { statement } from './statement.ts';

export type NewValidation = Omit<Insertable<ValidationRow>, 'id'>;
export type StoredValidation = Selectable<ValidationRow>;

export async function insertValidation(tx: Transaction, validation: NewValidation): Promise<void> {
  await tx.run(insertOne, validation);
  await addEnd(tx, validation);
}

/** The validations of some organizations, for each in the order they were asked for. */
export async function listValidations(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<StoredValidation[]> {
  return await handle.all(selectValidations, ofOrganizations(account_id, organization_ids));
}

/** Writes all that can change of a validation. Its organization must be locked by the transaction. */
export async function saveValidation(tx: Transaction, validation: StoredValidation): Promise<void> {
  await takeEnd(tx, validation);
  await tx.run(updateOne, validation);
  await addEnd(tx, validation);
}

/** Deletes the validations of an organization. */
export async function deleteValidations(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  await takeEnds(tx, { account_id, organization_id });
  await tx.run(deleteAll, { account_id, organization_id });
}

type OfOrganization = { account_id: number; organization_id: number };
type OfOrganizations = { account_id: number; organization_ids: string };

function ofOrganizations(account_id: number, ids: readonly number[]): OfOrganizations {
  return { account_id, organization_ids: JSON.stringify(ids) };
}

/** The columns that change in the life of a validation, each as an argument. */
function mutableColumns(args: Omit<NewValidation, 'account_id' | 'organization_id' | 'type'>) {
  return {
    requested_at: args.requested_at,
    date_created: args.date_created,
    latest_end: args.latest_end,
    is_open: args.is_open,
    opened_because: args.opened_because,
    assigned_to_user_id: args.assigned_to_user_id,
    rejected_at: args.rejected_at,
    rejection_reasons: args.rejection_reasons,
    relied_on: args.relied_on,
    completion_id: args.completion_id,
    facts: args.facts,
    outdated_at: args.outdated_at,
    scripted_outcome: args.scripted_outcome,
    due_at: args.due_at,
    due_rules: args.due_rules,
    ends_at: args.ends_at,
  };
}

const insertOne = statement<NewValidation, unknown>((db, args) =>
  db.insertInto('validations').values({
    account_id: args.account_id,
    organization_id: args.organization_id,
    type: args.type,
    ...mutableColumns(args),
  }),
);

const selectValidations = statement<OfOrganizations, StoredValidation>((db, args, dialect) =>
  db
    .selectFrom('validations')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('organization_id'), args.organization_ids, 'bigint'))
    .orderBy('id'),
);

const updateOne = statement<StoredValidation, unknown>((db, args) =>
  db
    .updateTable('validations')
    .set(mutableColumns(args))
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .where('type', '=', args.type),
);

const deleteAll = statement<OfOrganization, unknown>((db, args) =>
  db
    .deleteFrom('validations')
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id),
);
