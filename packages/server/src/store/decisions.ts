/** What was decided about checks, what each decision relies on, and what second persons found. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { DecisionRow, EvidenceRow } from './schema-vetting.ts';
import { statement } from './statement.ts';

export type NewDecision = Omit<
  Insertable<DecisionRow>,
  'id' | 'review_outcome' | 'review_reason' | 'reviewed_by_user_id' | 'reviewed_at'
>;
export type StoredDecision = Selectable<DecisionRow>;

/** A piece of evidence that a decision relies on. */
export interface ReliedEvidence
  extends Pick<EvidenceRow, 'kind' | 'obtained_at' | 'withdrawn_at' | 'collected_by_user_id'> {
  readonly decision_id: number;
  readonly evidence_id: number;
}

/** A piece of evidence of an organization, without what people wrote about it. */
export type EvidenceRecord = Pick<
  Selectable<EvidenceRow>,
  'id' | 'organization_id' | 'kind' | 'obtained_at' | 'withdrawn_at' | 'collected_by_user_id'
>;

/** @returns the id of the new decision */
export async function insertDecision(tx: Transaction, decision: NewDecision): Promise<number> {
  const row = await tx.first(insertOne, decision);
  if (row === undefined) {
    throw new Error('A decision was not inserted.');
  }
  return row.id;
}

export async function insertDecisionEvidence(
  tx: Transaction,
  relied: {
    readonly account_id: number;
    readonly decision_id: number;
    readonly evidence_id: number;
    readonly collected_by_user_id: number;
  },
): Promise<void> {
  await tx.run(insertReliance, relied);
}

/** Every decision about some organizations, oldest first. */
export async function listDecisions(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<StoredDecision[]> {
  return await handle.all(selectDecisions, ofOrganizations(account_id, organization_ids));
}

/** What the decisions about some organizations rely on. */
export async function listReliedEvidence(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<ReliedEvidence[]> {
  return await handle.all(selectRelied, ofOrganizations(account_id, organization_ids));
}

/** The evidence of some organizations, oldest first. */
export async function listEvidenceRecords(
  handle: Handle,
  account_id: number,
  organization_ids: readonly number[],
): Promise<EvidenceRecord[]> {
  return await handle.all(selectRecords, ofOrganizations(account_id, organization_ids));
}

/** What a second person found. */
export interface Review
  extends Pick<
    StoredDecision,
    'account_id' | 'id' | 'review_outcome' | 'review_reason' | 'reviewed_by_user_id' | 'reviewed_at'
  > {}

/** Notes a review, also where the database compares reviewers with collectors. */
export async function saveReview(tx: Transaction, review: Review): Promise<void> {
  await tx.run(updateReview, review);
  await tx.run(updateReviewers, review);
}

type OfOrganizations = { account_id: number; organization_ids: string };

function ofOrganizations(account_id: number, ids: readonly number[]): OfOrganizations {
  return { account_id, organization_ids: JSON.stringify(ids) };
}

const insertOne = statement<NewDecision, { id: number }>((db, args) =>
  db
    .insertInto('decisions')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      validation_type: args.validation_type,
      check_id: args.check_id,
      rules: args.rules,
      outcome: args.outcome,
      reason: args.reason,
      facts: args.facts,
      serves_types: args.serves_types,
      contract_until: args.contract_until,
      decided_by_user_id: args.decided_by_user_id,
      decided_at: args.decided_at,
      review_outcome: '',
      review_reason: '',
      reviewed_by_user_id: 0,
      reviewed_at: '',
    })
    .returning('id'),
);

const insertReliance = statement<Parameters<typeof insertDecisionEvidence>[1], unknown>(
  (db, args) =>
    db.insertInto('decision_evidence').values({
      account_id: args.account_id,
      decision_id: args.decision_id,
      evidence_id: args.evidence_id,
      collected_by_user_id: args.collected_by_user_id,
      reviewed_by_user_id: 0,
    }),
);

const selectDecisions = statement<OfOrganizations, StoredDecision>((db, args, dialect) =>
  db
    .selectFrom('decisions')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('organization_id'), args.organization_ids, 'bigint'))
    .orderBy('id'),
);

const selectRelied = statement<OfOrganizations, ReliedEvidence>((db, args, dialect) =>
  db
    .selectFrom('decisions as d')
    .innerJoin('decision_evidence as r', (join) =>
      join.onRef('r.account_id', '=', 'd.account_id').onRef('r.decision_id', '=', 'd.id'),
    )
    .innerJoin('evidence as e', (join) =>
      join.onRef('e.account_id', '=', 'r.account_id').onRef('e.id', '=', 'r.evidence_id'),
    )
    .select([
      'r.decision_id',
      'r.evidence_id',
      'e.kind',
      'e.obtained_at',
      'e.withdrawn_at',
      'e.collected_by_user_id',
    ])
    .where('d.account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('d.organization_id'), args.organization_ids, 'bigint'))
    .orderBy('r.decision_id')
    .orderBy('r.evidence_id'),
);

const selectRecords = statement<OfOrganizations, EvidenceRecord>((db, args, dialect) =>
  db
    .selectFrom('evidence')
    .select([
      'id',
      'organization_id',
      'kind',
      'obtained_at',
      'withdrawn_at',
      'collected_by_user_id',
    ])
    .where('account_id', '=', args.account_id)
    .where(dialect.isIn(sql.ref('organization_id'), args.organization_ids, 'bigint'))
    .orderBy('id'),
);

const updateReview = statement<Review, unknown>((db, args) =>
  db
    .updateTable('decisions')
    .set({
      review_outcome: args.review_outcome,
      review_reason: args.review_reason,
      reviewed_by_user_id: args.reviewed_by_user_id,
      reviewed_at: args.reviewed_at,
    })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const updateReviewers = statement<Review, unknown>((db, args) =>
  db
    .updateTable('decision_evidence')
    .set({ reviewed_by_user_id: args.reviewed_by_user_id })
    .where('account_id', '=', args.account_id)
    .where('decision_id', '=', args.id),
);
