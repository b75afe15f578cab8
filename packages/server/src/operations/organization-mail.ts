/**
 * Queues the mails that tell an organization how its validations stand. What they say is composed when
 * they are sent, see notice-mail.ts. It knows nothing of validations, so that what changes them can use it.
 */
import { findAddressee } from '../store/addressees.ts';
import type { Transaction } from '../store/database.ts';
import type { Context } from './context.ts';
import { queueMail } from './mail-outbox.ts';

/**
 * Queues a mail to the organization contact. Where there is none, nobody is told.
 *
 * @param object_id of the reminder or of the rejection
 */
export async function queueOrganizationMail(
  tx: Transaction,
  context: Context,
  organization_id: number,
  purpose: 'revalidation_notice' | 'rejection',
  object_id: number,
): Promise<void> {
  const addressee = await findAddressee(tx, context.principal.account_id, organization_id);
  if (addressee !== undefined) {
    const recipient = addressee.email;
    await queueMail(tx, context, { purpose, object_id, organization_id, recipient });
  }
}
