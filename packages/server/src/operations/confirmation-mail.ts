/**
 * Composes the mail that asks a verified contact to confirm. Its link is made here, at the moment of
 * sending, and kept only as a hash: no table ever holds a link that works.
 */
import {
  confirmationStateAt,
  formatConfirmationToken,
  hashToken,
  LINK_SECRET_SIZE_BYTES,
} from '../domain/confirmation.ts';
import { renderConfirmationMail } from '../domain/confirmation-mail.ts';
import type { ComposedMail } from '../domain/mail.ts';
import { chooseTextLocale } from '../domain/texts/index.ts';
import { insertConfirmationLink, lockQuestion } from '../store/confirmations.ts';
import type { Transaction } from '../store/database.ts';
import { viewQuestion } from './confirmations.ts';
import { type Environment, timeOf } from './context.ts';

/**
 * Every attempt at sending makes a link of its own, since an attempt that failed may have arrived all
 * the same. They are links of one confirmation: the first that is used answers it for all.
 *
 * @returns undefined where there is nothing left to ask
 */
export async function composeConfirmationMail(
  tx: Transaction,
  environment: Environment,
  account_id: number,
  confirmation_id: number,
): Promise<ComposedMail | undefined> {
  const question = await lockQuestion(tx, account_id, confirmation_id);
  const created_at = timeOf(environment);
  if (question === undefined || confirmationStateAt(question, created_at) !== 'open') {
    return undefined;
  }
  const token = formatConfirmationToken(account_id, environment.random(LINK_SECRET_SIZE_BYTES));
  await insertConfirmationLink(tx, {
    account_id,
    token_hash: hashToken(token),
    confirmation_id,
    created_at,
  });
  const link = `${environment.face.findOrigin()}/confirm/${token}`;
  const view = viewQuestion(question, created_at);
  const mail = renderConfirmationMail(view, link, chooseTextLocale([view.locale]));
  return { ...mail, recipient: question.email, links: [link] };
}
