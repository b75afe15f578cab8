/**
 * Composes the mails that tell an organization how its validations stand, when they are sent: to who is
 * the organization contact then, in that person's language.
 */
import { LANGUAGES, type ValidationTypeName } from '@orgvet/contract';
import type { ComposedMail } from '../domain/mail.ts';
import type { RenderedMail } from '../domain/mail-layout.ts';
import {
  type NoticeSubject,
  renderRejection,
  renderRevalidationNotice,
} from '../domain/notice-mail.ts';
import { findValidityEnd } from '../domain/rules/validity.ts';
import { type Addressee, findAddressee } from '../store/addressees.ts';
import { findRejection } from '../store/completions.ts';
import type { Transaction } from '../store/database.ts';
import { findReminder, type StoredReminder } from '../store/reminders.ts';
import { listValidations } from '../store/validations.ts';
import type { Environment } from './context.ts';

/**
 * That a validation ends, or has ended.
 *
 * @returns undefined where nobody is to be told, or where it no longer ends then
 */
export async function composeRevalidationNotice(
  tx: Transaction,
  environment: Environment,
  account_id: number,
  reminder_id: number,
): Promise<ComposedMail | undefined> {
  const reminder = await findReminder(tx, account_id, reminder_id);
  const addressee = reminder && (await findAddressee(tx, account_id, reminder.organization_id));
  if (!addressee || !(await isStillSo(tx, environment, reminder))) {
    return undefined;
  }
  const subject = subjectOf(addressee, reminder);
  const now_ms = environment.clock.now_ms();
  return addressTo(addressee, renderRevalidationNotice(subject, reminder.validated_until, now_ms));
}

/** That a validation was rejected, and why. @returns undefined where nobody is to be told */
export async function composeRejection(
  tx: Transaction,
  _environment: Environment,
  account_id: number,
  rejection_id: number,
): Promise<ComposedMail | undefined> {
  const rejection = await findRejection(tx, account_id, rejection_id);
  const addressee = rejection && (await findAddressee(tx, account_id, rejection.organization_id));
  if (!addressee) {
    return undefined;
  }
  const reasons: string[] = JSON.parse(rejection.reasons);
  return addressTo(addressee, renderRejection(subjectOf(addressee, rejection), reasons));
}

/** A mail that was held up may be about a validation that was renewed meanwhile, or has been ended. */
async function isStillSo(
  tx: Transaction,
  { rules }: Environment,
  { account_id, organization_id, type, validated_until }: StoredReminder,
): Promise<boolean> {
  const validations = await listValidations(tx, account_id, [organization_id]);
  const validation = validations.find((one) => one.type === type && one.date_created !== '');
  return validation !== undefined && findValidityEnd(rules, validation).end === validated_until;
}

function subjectOf(
  { organization_name, account_name, first_name, last_name, language_id }: Addressee,
  about: { readonly organization_id: number; readonly type: ValidationTypeName },
): NoticeSubject {
  return {
    organization_id: about.organization_id,
    organization_name,
    type: about.type,
    account_name,
    contact: { first_name, last_name },
    language: LANGUAGES.find(({ id }) => id === language_id)?.locale ?? '',
  };
}

function addressTo({ email }: Addressee, mail: RenderedMail): ComposedMail {
  return { ...mail, recipient: email, links: [] };
}
