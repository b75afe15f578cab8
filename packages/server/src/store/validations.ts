/** What organizations were submitted for. The verified contacts who approve have their own file. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { ValidationRow } from './schema.ts';
import { statement } from './statement.ts';

export type NewValidation = Omit<Insertable<ValidationRow>, 'id'>;
export type StoredValidation = Selectable<ValidationRow>;

export async function insertValidation(tx: Transaction, validation: NewValidation): Promise<void> {
  await tx.run(insertOne, validation);
}

/** The validations of some organizations, for each in the order they were asked for. */
export async function listValidations(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<StoredValidation[]> {
  return await handle.all(selectValidations, ofOrganizations(account_id, organization_ids));
}

/** Sends every completed validation of an organization back to pending. @returns how many */
export async function reopenValidations(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<number> {
  return await tx.change(reopen, { account_id, organization_id });
}

/** Makes one completed validation of an organization pending again. */
export async function reopenValidation(
  tx: Transaction,
  account_id: number,
  organization_id: number,
  type: StoredValidation['type'],
  requested_at: string,
): Promise<void> {
  await tx.run(reopenOne, { account_id, organization_id, type, requested_at });
}

/** Completes a validation of an organization, also one that is complete already. */
export async function completeValidation(
  tx: Transaction,
  account_id: number,
  organization_id: number,
  type: StoredValidation['type'],
  dates: Pick<StoredValidation, 'date_created' | 'validated_until'>,
): Promise<void> {
  await tx.run(completeOne, { account_id, organization_id, type, ...dates });
}

/** Deletes the validations of an organization. */
export async function deleteValidations(
  tx: Transaction,
  account_id: number,
  organization_id: number,
): Promise<void> {
  await tx.run(deleteAll, { account_id, organization_id });
}

type OfOrganization = { account_id: number; organization_id: number };
type OfOrganizations = { account_id: number; organization_ids: string };

function ofOrganizations(account_id: number, ids: readonly number[]): OfOrganizations {
  return { account_id, organization_ids: JSON.stringify(ids) };
}

const insertOne = statement<NewValidation, unknown>((db, args) =>
  db.insertInto('validations').values({
    account_id: args.account_id,
    organization_id: args.organization_id,
    type: args.type,
    requested_at: args.requested_at,
    date_created: args.date_created,
    validated_until: args.validated_until,
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

const reopen = statement<OfOrganization, unknown>((db, args) =>
  db
    .updateTable('validations')
    .set({ date_created: '', validated_until: '' })
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .where('date_created', '<>', ''),
);

const reopenOne = statement<
  OfOrganization & Pick<StoredValidation, 'type' | 'requested_at'>,
  unknown
>((db, args) =>
  db
    .updateTable('validations')
    .set({ requested_at: args.requested_at, date_created: '', validated_until: '' })
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .where('type', '=', args.type),
);

const completeOne = statement<
  OfOrganization & Pick<StoredValidation, 'type' | 'date_created' | 'validated_until'>,
  unknown
>((db, args) =>
  db
    .updateTable('validations')
    .set({ date_created: args.date_created, validated_until: args.validated_until })
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
