/**
 * The outbox: mail enters it in the transaction of what it tells of. What it says is composed when it is
 * sent, so that no link that it carries is kept anywhere.
 */
import type { Transaction } from '../store/database.ts';
import { cancelQueuedMails, insertMail } from '../store/mails.ts';
import type { MailRow } from '../store/schema-contacts.ts';
import { type Context, timeOf } from './context.ts';

/** What a mail is about, and whom it goes to. */
interface QueuedMail {
  readonly purpose: MailRow['purpose'];
  readonly object_id: number;
  readonly organization_id: number;
  readonly recipient: string;
}

/** Queues a mail, to be sent as soon as the transaction is committed. @returns the id of the mail */
export async function queueMail(
  tx: Transaction,
  context: Context,
  mail: QueuedMail,
): Promise<number> {
  return await insertMail(tx, {
    ...mail,
    account_id: context.principal.account_id,
    created_at: timeOf(context),
    status: 'queued',
    attempts: 0,
    // At once, by any clock: that of a test account may be ahead of the one that the outbox goes by.
    next_attempt_ms: 0,
  });
}

/** Mail about an object that still waits is not sent any more. */
export async function cancelMails(
  tx: Transaction,
  account_id: number,
  about: Pick<QueuedMail, 'purpose' | 'object_id'>,
): Promise<void> {
  await cancelQueuedMails(tx, account_id, about);
}
