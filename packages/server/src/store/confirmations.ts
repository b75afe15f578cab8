/**
 * What verified contacts were asked to confirm: the requests, the confirmations of each contact, and the
 * links that answer them. What a confirmation is at a moment is the domain's to say.
 */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { Dialect } from './dialects.ts';
import type {
  ApprovalRequestRow,
  ConfirmationLinkRow,
  ConfirmationRow,
} from './schema-contacts.ts';
import { statement } from './statement.ts';

type NewApprovalRequest = Omit<Insertable<ApprovalRequestRow>, 'id' | 'approved_at'>;
type NewConfirmation = Omit<
  Insertable<ConfirmationRow>,
  'id' | 'status' | 'answered_at' | 'reason'
>;

/** @returns the id of the new request, which nobody has approved */
export async function insertApprovalRequest(
  tx: Transaction,
  request: NewApprovalRequest,
): Promise<number> {
  return idOf(await tx.first(insertRequest, request));
}

/** @returns the id of the new confirmation, which waits for its answer */
export async function insertConfirmation(
  tx: Transaction,
  confirmation: NewConfirmation,
): Promise<number> {
  return idOf(await tx.first(insertOne, confirmation));
}

function idOf(row: { id: number } | undefined): number {
  if (row === undefined) {
    throw new Error('What is to be confirmed was not inserted.');
  }
  return row.id;
}

export async function insertConfirmationLink(
  tx: Transaction,
  link: Insertable<ConfirmationLinkRow>,
): Promise<void> {
  await tx.run(insertLink, link);
}

/** A confirmation, and whether its request is approved. */
export type StoredConfirmation = Selectable<ConfirmationRow> & {
  /** Empty until anybody of the request has confirmed. */
  readonly approved_at: string;
};

/** The confirmations of all contacts of an organization, oldest first. */
export async function listConfirmations(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<StoredConfirmation[]> {
  return await handle.all(selectAll, { account_id, organization_id });
}

/** A confirmation with all that its contact is shown: who asks whom, for which organization. */
export type StoredQuestion = Pick<
  StoredConfirmation,
  | 'account_id'
  | 'id'
  | 'organization_id'
  | 'approval_request_id'
  | 'verified_contact_id'
  | 'validation_types'
  | 'status'
  | 'requested_at'
  | 'expires_at'
  | 'answered_at'
> & {
  readonly first_name: string;
  readonly last_name: string;
  readonly job_title: string;
  readonly telephone: string;
  readonly email: string;
  readonly language_id: number;
  readonly withdrawn_at: string;
  readonly name: string;
  readonly assumed_name: string;
  readonly address: string;
  readonly address2: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly account_name: string;
  /** Both empty where nobody with a name asks. */
  readonly requester_first_name: string;
  readonly requester_last_name: string;
  /** How many others of the same request have confirmed. */
  readonly confirmed_by_others: number;
};

export async function findQuestionByLink(
  handle: Handle,
  account_id: number,
  token_hash: string,
): Promise<StoredQuestion | undefined> {
  return await handle.first(selectByLink, { account_id, token_hash });
}

/** A question that a link is about to be made for: it stays until the transaction ends. */
export async function lockQuestion(
  tx: Transaction,
  account_id: number,
  id: number,
): Promise<StoredQuestion | undefined> {
  return await tx.first(lockOne, { account_id, id });
}

/** What an answer sets. */
type KeptAnswer = Pick<StoredConfirmation, 'status' | 'answered_at' | 'reason'>;

/** Answers a confirmation that still can be answered. @returns whether it was this that did */
export async function answerOnce(
  tx: Transaction,
  account_id: number,
  id: number,
  answer: KeptAnswer,
): Promise<boolean> {
  return (await tx.change(updateAnswer, { ...answer, account_id, id })) === 1;
}

/** Notes the first confirmation of a request. @returns whether this is the first */
export async function approveOnce(
  tx: Transaction,
  account_id: number,
  id: number,
  approved_at: string,
): Promise<boolean> {
  return (await tx.change(updateApproval, { account_id, id, approved_at })) === 1;
}

export async function updateExpiry(
  tx: Transaction,
  account_id: number,
  id: number,
  expires_at: string,
): Promise<void> {
  await tx.run(setExpiry, { account_id, id, expires_at });
}

export async function deleteConfirmationLinks(
  tx: Transaction,
  account_id: number,
  confirmation_id: number,
): Promise<void> {
  await tx.run(deleteLinks, { account_id, confirmation_id });
}

const insertRequest = statement<NewApprovalRequest, { id: number }>((db, args) =>
  db
    .insertInto('approval_requests')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      requested_by_user_id: args.requested_by_user_id,
      requested_at: args.requested_at,
      approved_at: sql`''`,
    })
    .returning('id'),
);

const insertOne = statement<NewConfirmation, { id: number }>((db, args) =>
  db
    .insertInto('confirmations')
    .values({
      account_id: args.account_id,
      organization_id: args.organization_id,
      approval_request_id: args.approval_request_id,
      verified_contact_id: args.verified_contact_id,
      validation_types: args.validation_types,
      status: 'pending',
      requested_at: args.requested_at,
      expires_at: args.expires_at,
      answered_at: sql`''`,
      reason: sql`''`,
    })
    .returning('id'),
);

const insertLink = statement<Insertable<ConfirmationLinkRow>, unknown>((db, args) =>
  db.insertInto('confirmation_links').values({
    account_id: args.account_id,
    token_hash: args.token_hash,
    confirmation_id: args.confirmation_id,
    created_at: args.created_at,
  }),
);

const selectAll = statement<{ account_id: number; organization_id: number }, StoredConfirmation>(
  (db, args) =>
    db
      .selectFrom('confirmations as c')
      .innerJoin('approval_requests as r', (join) =>
        join.onRef('r.account_id', '=', 'c.account_id').onRef('r.id', '=', 'c.approval_request_id'),
      )
      .selectAll('c')
      .select('r.approved_at')
      .where('c.account_id', '=', args.account_id)
      .where('c.organization_id', '=', args.organization_id)
      .orderBy('c.id'),
);

/** A service user is nobody with a name: what asks is a program. */
const selectQuestions = (db: Dialect['builder']) =>
  db
    .selectFrom('confirmations as c')
    .innerJoin('verified_contacts as v', (join) =>
      join
        .onRef('v.account_id', '=', 'c.account_id')
        .onRef('v.organization_id', '=', 'c.organization_id')
        .onRef('v.id', '=', 'c.verified_contact_id'),
    )
    .innerJoin('organizations as o', (join) =>
      join.onRef('o.account_id', '=', 'c.account_id').onRef('o.id', '=', 'c.organization_id'),
    )
    .innerJoin('approval_requests as r', (join) =>
      join.onRef('r.account_id', '=', 'c.account_id').onRef('r.id', '=', 'c.approval_request_id'),
    )
    .innerJoin('accounts as a', 'a.id', 'c.account_id')
    .leftJoin('users as u', (join) =>
      join
        .onRef('u.account_id', '=', 'r.account_id')
        .onRef('u.id', '=', 'r.requested_by_user_id')
        .on('u.is_api_only', '=', 0),
    )
    .select([
      'c.account_id',
      'c.id',
      'c.organization_id',
      'c.approval_request_id',
      'c.verified_contact_id',
      'c.validation_types',
      'c.status',
      'c.requested_at',
      'c.expires_at',
      'c.answered_at',
      'v.first_name',
      'v.last_name',
      'v.job_title',
      'v.telephone',
      'v.email',
      'v.language_id',
      'v.withdrawn_at',
      'o.name',
      'o.assumed_name',
      'o.address',
      'o.address2',
      'o.city',
      'o.state',
      'o.zip',
      'o.country',
      'a.name as account_name',
      sql<string>`coalesce(u.first_name, '')`.as('requester_first_name'),
      sql<string>`coalesce(u.last_name, '')`.as('requester_last_name'),
      confirmedByOthers(db).as('confirmed_by_others'),
    ]);

const confirmedByOthers = (db: Dialect['builder']) =>
  sql<number>`(${db
    .selectFrom('confirmations as other')
    .select(({ fn }) => fn.countAll<number>().as('confirmed'))
    .whereRef('other.account_id', '=', sql.ref('c.account_id'))
    .whereRef('other.organization_id', '=', sql.ref('c.organization_id'))
    .whereRef('other.approval_request_id', '=', sql.ref('c.approval_request_id'))
    .whereRef('other.id', '<>', sql.ref('c.id'))
    .where('other.status', '=', 'confirmed')})`;

const selectByLink = statement<{ account_id: number; token_hash: string }, StoredQuestion>(
  (db, args) =>
    selectQuestions(db)
      .innerJoin('confirmation_links as l', (join) =>
        join.onRef('l.account_id', '=', 'c.account_id').onRef('l.confirmation_id', '=', 'c.id'),
      )
      .where('l.account_id', '=', args.account_id)
      .where('l.token_hash', '=', args.token_hash),
);

type OneConfirmation = { account_id: number; id: number };

const lockOne = statement<OneConfirmation, StoredQuestion>((db, args, dialect) =>
  selectQuestions(db)
    .where('c.account_id', '=', args.account_id)
    .where('c.id', '=', args.id)
    .$if(dialect.locksRows, (query) => query.forUpdate(['c'])),
);

const updateAnswer = statement<OneConfirmation & KeptAnswer, unknown>((db, args) =>
  db
    .updateTable('confirmations')
    .set({ status: args.status, answered_at: args.answered_at, reason: args.reason })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id)
    .where('status', '=', 'pending')
    .where('expires_at', '>', args.answered_at),
);

const updateApproval = statement<OneConfirmation & { approved_at: string }, unknown>((db, args) =>
  db
    .updateTable('approval_requests')
    .set({ approved_at: args.approved_at })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id)
    .where('approved_at', '=', ''),
);

const setExpiry = statement<OneConfirmation & { expires_at: string }, unknown>((db, args) =>
  db
    .updateTable('confirmations')
    .set({ expires_at: args.expires_at })
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id),
);

const deleteLinks = statement<{ account_id: number; confirmation_id: number }, unknown>(
  (db, args) =>
    db
      .deleteFrom('confirmation_links')
      .where('account_id', '=', args.account_id)
      .where('confirmation_id', '=', args.confirmation_id),
);
