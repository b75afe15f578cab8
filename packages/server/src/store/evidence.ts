/** Evidence, and what stands on it. The files of evidence have their own file. */
import type { ValidationTypeName } from '@orgvet/contract';
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { Dialect } from './dialects.ts';
import type { EvidenceRow } from './schema-vetting.ts';
import { statement } from './statement.ts';

type NewEvidence = Omit<
  Insertable<EvidenceRow>,
  'id' | 'withdrawn_at' | 'withdrawn_by_user_id' | 'withdrawal_reason'
>;
export type StoredEvidence = Selectable<EvidenceRow>;

/** @returns the id of the new evidence */
export async function insertEvidence(tx: Transaction, evidence: NewEvidence): Promise<number> {
  const row = await tx.first(insertOne, evidence);
  if (row === undefined) {
    throw new Error('Evidence was not inserted.');
  }
  return row.id;
}

/** The evidence of an organization, newest first. */
export async function listEvidence(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<StoredEvidence[]> {
  return await handle.all(selectAll, { account_id, organization_id });
}

/** Evidence of an organization, by its id. */
export async function findEvidence(
  handle: Handle,
  account_id: number,
  organization_id: number,
  id: number,
): Promise<StoredEvidence | undefined> {
  return await handle.first(selectOne, { account_id, organization_id, id });
}

type Withdrawal = Pick<
  StoredEvidence,
  'withdrawn_at' | 'withdrawn_by_user_id' | 'withdrawal_reason'
>;

/** Withdraws evidence that was not. @returns whether it was this that did */
export async function withdrawEvidenceOnce(
  tx: Transaction,
  account_id: number,
  id: number,
  withdrawal: Withdrawal,
): Promise<boolean> {
  return (await tx.change(updateWithdrawal, { ...withdrawal, account_id, id })) === 1;
}

/** That a decision relies on evidence. */
export interface Reliance {
  readonly organization_id: number;
  readonly evidence_id: number;
  readonly decision_id: number;
  /** In whose validation the decision was made. */
  readonly validation_type: ValidationTypeName;
  readonly check_id: string;
  /** Whether no later decision about the same stands, and no second person disagreed. */
  readonly is_standing: number;
}

/** Every decision that relies on evidence of an organization, by decision. */
export async function listReliances(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<Reliance[]> {
  return await handle.all(selectReliances, { account_id, organization_id });
}

/** As `listReliances`, on evidence of a source that was not withdrawn, with the organizations' names. */
export async function listReliancesOnSource(
  handle: Handle,
  account_id: number,
  source_id: number,
): Promise<(Reliance & { readonly organization_name: string })[]> {
  return await handle.all(selectOnSource, { account_id, source_id });
}

type OfOrganization = { account_id: number; organization_id: number };

const insertOne = statement<NewEvidence, { id: number }>((db, args) =>
  db
    .insertInto('evidence')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      kind: args.kind,
      source_id: args.source_id,
      reference: args.reference,
      obtained_at: args.obtained_at,
      note: args.note,
      file_digest: args.file_digest,
      file_name: args.file_name,
      collected_by_user_id: args.collected_by_user_id,
      recorded_at: args.recorded_at,
      withdrawn_at: sql`''`,
      withdrawn_by_user_id: 0,
      withdrawal_reason: sql`''`,
    })
    .returning('id'),
);

const selectAll = statement<OfOrganization, StoredEvidence>((db, args) =>
  db
    .selectFrom('evidence')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .orderBy('id', 'desc'),
);

const selectOne = statement<OfOrganization & { id: number }, StoredEvidence>((db, args) =>
  db
    .selectFrom('evidence')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('organization_id', '=', args.organization_id)
    .where('id', '=', args.id),
);

const updateWithdrawal = statement<{ account_id: number; id: number } & Withdrawal, unknown>(
  (db, args) =>
    db
      .updateTable('evidence')
      .set({
        withdrawn_at: args.withdrawn_at,
        withdrawn_by_user_id: args.withdrawn_by_user_id,
        withdrawal_reason: args.withdrawal_reason,
      })
      .where('account_id', '=', args.account_id)
      .where('id', '=', args.id)
      .where('withdrawn_at', '=', ''),
);

const selectAllReliances = (db: Dialect['builder']) =>
  db
    .selectFrom('decision_evidence as r')
    .innerJoin('decisions as d', (join) =>
      join.onRef('d.account_id', '=', 'r.account_id').onRef('d.id', '=', 'r.decision_id'),
    )
    .select([
      'd.organization_id',
      'r.evidence_id',
      'r.decision_id',
      'd.validation_type',
      'd.check_id',
      IS_STANDING.as('is_standing'),
    ]);

const IS_STANDING = sql<number>`case when d.review_outcome <> 'disagreed' and not exists (
  select 1 from decisions as later
    where later.account_id = d.account_id and later.organization_id = d.organization_id
      and later.validation_type = d.validation_type and later.check_id = d.check_id
      and later.id > d.id and later.review_outcome <> 'disagreed') then 1 else 0 end`;

const selectReliances = statement<OfOrganization, Reliance>((db, args) =>
  selectAllReliances(db)
    .where('d.account_id', '=', args.account_id)
    .where('d.organization_id', '=', args.organization_id)
    .orderBy('r.decision_id')
    .orderBy('r.evidence_id'),
);

const selectOnSource = statement<
  { account_id: number; source_id: number },
  Reliance & { organization_name: string }
>((db, args) =>
  selectAllReliances(db)
    .innerJoin('evidence as e', (join) =>
      join.onRef('e.account_id', '=', 'r.account_id').onRef('e.id', '=', 'r.evidence_id'),
    )
    .innerJoin('organizations as o', (join) =>
      join.onRef('o.account_id', '=', 'd.account_id').onRef('o.id', '=', 'd.organization_id'),
    )
    .select('o.name as organization_name')
    .where('e.account_id', '=', args.account_id)
    .where('e.source_id', '=', args.source_id)
    .where('e.source_id', '<>', 0)
    .where('e.withdrawn_at', '=', '')
    .orderBy('d.organization_id')
    .orderBy('r.evidence_id')
    .orderBy('d.validation_type')
    .orderBy('d.check_id'),
);
