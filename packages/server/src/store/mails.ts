/** The outbox: mails that wait, what became of them, and each attempt to send one. */
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { Handle, Transaction } from './database.ts';
import type { AccountRow, Schema } from './schema.ts';
import type { MailAttemptRow, MailRow } from './schema-contacts.ts';
import { statement } from './statement.ts';

type NewMail = Omit<Insertable<MailRow>, 'id'>;
export type StoredMail = Selectable<MailRow>;
type StoredMailAttempt = Selectable<MailAttemptRow>;

type Mode = AccountRow['mode'];

/** What is needed to send a mail, with the mode of its account. */
export type DueMail = Pick<
  StoredMail,
  'account_id' | 'id' | 'purpose' | 'object_id' | 'created_at' | 'attempts' | 'next_attempt_ms'
> & { readonly mode: Mode };

/** @returns the id of the new mail */
export async function insertMail(tx: Transaction, mail: NewMail): Promise<number> {
  const row = await tx.first(insert, mail);
  if (row === undefined) {
    throw new Error('A mail was not inserted.');
  }
  return row.id;
}

/** Mail about an object that still waits is not sent any more. */
export async function cancelQueuedMails(
  tx: Transaction,
  account_id: number,
  about: Pick<StoredMail, 'purpose' | 'object_id'>,
): Promise<void> {
  await tx.run(cancelQueued, { ...about, account_id });
}

/**
 * Mails whose time has come, of all accounts of some modes: first those that nobody has tried, in their
 * order, then those that waited longest. The one read of mails that is for the server, not for an account.
 */
export async function listDueMails(
  handle: Handle,
  modes: readonly [Mode, Mode],
  now_ms: number,
  limit: number,
): Promise<DueMail[]> {
  const [mode, other_mode] = modes;
  return await handle.all(selectDue, { mode, other_mode, now_ms, limit });
}

/** As `listDueMails`, of one account, as long as it is a test account. */
export async function listDueTestMails(
  handle: Handle,
  account_id: number,
  now_ms: number,
  limit: number,
): Promise<DueMail[]> {
  return await handle.all(selectDueOfTestAccount, { account_id, now_ms, limit });
}

/** Whether mail of any live account waits. */
export async function hasQueuedLiveMail(handle: Handle): Promise<boolean> {
  return (await handle.first(selectAnyLive, {})) !== undefined;
}

/**
 * Takes a mail for one attempt. Nobody else does until `next_attempt_ms`.
 *
 * @param mail as it was found
 * @returns whether it is taken: not if anybody else was faster
 */
export async function claimMail(
  tx: Transaction,
  { account_id, id, next_attempt_ms: found_ms }: DueMail,
  next_attempt_ms: number,
): Promise<boolean> {
  return (await tx.change(claim, { account_id, id, found_ms, next_attempt_ms })) === 1;
}

/** A mail that nobody else changes until the transaction ends. */
export async function lockMail(
  tx: Transaction,
  account_id: number,
  id: number,
): Promise<StoredMail | undefined> {
  return await tx.first(selectLocked, { account_id, id });
}

export async function updateMail(
  tx: Transaction,
  account_id: number,
  id: number,
  changes: Pick<StoredMail, 'status' | 'next_attempt_ms'>,
): Promise<void> {
  await tx.run(update, { ...changes, account_id, id });
}

export async function insertMailAttempt(
  tx: Transaction,
  attempt: StoredMailAttempt,
): Promise<void> {
  await tx.run(insertAttempt, attempt);
}

/** The mails about an organization by id. */
export async function listMailsOfOrganization(
  handle: Handle,
  account_id: number,
  organization_id: number,
): Promise<StoredMail[]> {
  return await handle.all(selectOfOrganization, { account_id, organization_id });
}

/** The attempts to send some mails, by mail, the first one first. */
export async function listMailAttempts(
  handle: Handle,
  account_id: number,
  mail_ids: readonly number[],
): Promise<StoredMailAttempt[]> {
  return await handle.all(selectAttempts, { account_id, ids: JSON.stringify(mail_ids) });
}

type OneMail = { account_id: number; id: number };

/** As a literal, not an argument: only then can the planner use the partial index. */
const QUEUED = sql.lit('queued' as const);

const insert = statement<NewMail, { id: number }>((db, args) =>
  db
    .insertInto('mails')
    .values({
      account_id: args.account_id,
      purpose: args.purpose,
      object_id: args.object_id,
      organization_id: args.organization_id,
      recipient: args.recipient,
      created_at: args.created_at,
      status: args.status,
      attempts: args.attempts,
      next_attempt_ms: args.next_attempt_ms,
    })
    .returning('id'),
);

const cancelQueued = statement<Pick<StoredMail, 'account_id' | 'purpose' | 'object_id'>, unknown>(
  (db, args) =>
    db
      .updateTable('mails')
      .set({ status: 'canceled' })
      .where('account_id', '=', args.account_id)
      .where('purpose', '=', args.purpose)
      .where('object_id', '=', args.object_id)
      .where('status', '=', QUEUED),
);

type DuePart = { now_ms: number; limit: number };

const dueMails = (db: Kysely<Schema>, { now_ms, limit }: DuePart) =>
  db
    .selectFrom('mails as m')
    .innerJoin('accounts as a', 'a.id', 'm.account_id')
    .select(['m.account_id', 'm.id', 'm.purpose', 'm.object_id', 'm.created_at', 'm.attempts'])
    .select(['m.next_attempt_ms', 'a.mode'])
    .where('m.status', '=', QUEUED)
    .where('m.next_attempt_ms', '<=', now_ms)
    .orderBy('m.next_attempt_ms')
    .orderBy('m.id')
    .limit(limit);

const selectDue = statement<DuePart & { mode: Mode; other_mode: Mode }, DueMail>((db, args) =>
  dueMails(db, args).where('a.mode', 'in', [args.mode, args.other_mode]),
);

const selectDueOfTestAccount = statement<DuePart & { account_id: number }, DueMail>((db, args) =>
  dueMails(db, args).where('m.account_id', '=', args.account_id).where('a.mode', '=', 'test'),
);

const selectAnyLive = statement<object, { id: number }>((db) =>
  db
    .selectFrom('mails as m')
    .innerJoin('accounts as a', 'a.id', 'm.account_id')
    .select('m.id')
    .where('m.status', '=', QUEUED)
    .where('a.mode', '=', 'live')
    .limit(1),
);

const claim = statement<OneMail & { found_ms: number; next_attempt_ms: number }, unknown>(
  (db, args) =>
    db
      .updateTable('mails')
      .set({ next_attempt_ms: args.next_attempt_ms, attempts: sql<number>`attempts + 1` })
      .where('account_id', '=', args.account_id)
      .where('id', '=', args.id)
      .where('status', '=', QUEUED)
      .where('next_attempt_ms', '=', args.found_ms),
);

const selectLocked = statement<OneMail, StoredMail>((db, args, dialect) =>
  db
    .selectFrom('mails')
    .selectAll()
    .where('account_id', '=', args.account_id)
    .where('id', '=', args.id)
    .$if(dialect.locksRows, (query) => query.forUpdate()),
);

const update = statement<OneMail & Pick<StoredMail, 'status' | 'next_attempt_ms'>, unknown>(
  (db, args) =>
    db
      .updateTable('mails')
      .set({ status: args.status, next_attempt_ms: args.next_attempt_ms })
      .where('account_id', '=', args.account_id)
      .where('id', '=', args.id),
);

const insertAttempt = statement<StoredMailAttempt, unknown>((db, args) =>
  db.insertInto('mail_attempts').values({
    account_id: args.account_id,
    mail_id: args.mail_id,
    attempt: args.attempt,
    attempted_at: args.attempted_at,
    outcome: args.outcome,
    response: args.response,
  }),
);

const selectOfOrganization = statement<{ account_id: number; organization_id: number }, StoredMail>(
  (db, args) =>
    db
      .selectFrom('mails')
      .selectAll()
      .where('account_id', '=', args.account_id)
      .where('organization_id', '=', args.organization_id)
      .orderBy('id'),
);

const selectAttempts = statement<{ account_id: number; ids: string }, StoredMailAttempt>(
  (db, args, dialect) =>
    db
      .selectFrom('mail_attempts')
      .selectAll()
      .where('account_id', '=', args.account_id)
      .where(dialect.isIn(sql.ref('mail_id'), args.ids, 'bigint'))
      .orderBy('mail_id')
      .orderBy('attempt'),
);
