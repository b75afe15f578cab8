/**
 * What the link of a confirmation shows, and what happens when it is answered. Whoever holds the link
 * needs no account; it gives nothing else.
 */
import { LANGUAGES, ROLES_BY_VALIDATION_TYPE, type ValidationTypeName } from '@orgvet/contract';
import {
  type ConfirmationAnswer,
  type ConfirmationView,
  confirmationStateAt,
  parseConfirmationToken,
  tidyReason,
} from '../domain/confirmation.ts';
import {
  answerOnce,
  approveOnce,
  findQuestionByLink,
  type StoredQuestion,
} from '../store/confirmations.ts';
import type { Transaction } from '../store/database.ts';
import { lockOrganization } from '../store/organizations.ts';
import { updateRoles } from '../store/verified-contacts.ts';
import { inTimeOf } from './account-time.ts';
import { operatorContext } from './accounts.ts';
import { type Context, type Environment, recordEvent, timeOf } from './context.ts';
import { cancelMails } from './mail-outbox.ts';
import { announceReadyOrders } from './order-readiness.ts';

/** What a link shows now; it changes nothing. @returns undefined for a token that nobody was sent */
export async function findConfirmation(
  environment: Environment,
  token: string,
): Promise<ConfirmationView | undefined> {
  const parsed = parseConfirmationToken(token);
  if (parsed === undefined) {
    return undefined;
  }
  const { account_id, token_hash } = parsed;
  const question = await findQuestionByLink(environment.store.reader, account_id, token_hash);
  return question && viewQuestion(question, timeOf(await inTimeOf(environment, account_id)));
}

/** Where an answer comes from. */
interface AnswerSource {
  readonly ip_address: string;
  readonly request_id: string;
}

/**
 * Answers a confirmation, unless that can no longer be done: then nothing changes.
 *
 * @returns how it stands afterwards, whether by this answer or an earlier one; undefined for a token
 *   that nobody was sent
 */
export async function answerConfirmation(
  environment: Environment,
  token: string,
  answer: ConfirmationAnswer,
  from: AnswerSource,
): Promise<ConfirmationView | undefined> {
  const parsed = parseConfirmationToken(token);
  if (parsed === undefined) {
    return undefined;
  }
  const { account_id, token_hash } = parsed;
  const its = await inTimeOf(environment, account_id);
  const context: Context = { ...operatorContext(its, account_id), ...from };
  return await environment.store.transaction(async (tx) => {
    const found = await findQuestionByLink(tx, account_id, token_hash);
    if (found === undefined) {
      return undefined;
    }
    // Whoever else answers, withdraws or asks anew for the organization waits, and is seen after it.
    await lockOrganization(tx, account_id, found.organization_id);
    const question = await findQuestionByLink(tx, account_id, token_hash);
    const time = timeOf(context);
    if (question === undefined || confirmationStateAt(question, time) !== 'open') {
      return question && viewQuestion(question, time);
    }
    await takeAnswer(tx, context, question, answer);
    const answered = await findQuestionByLink(tx, account_id, token_hash);
    return answered && viewQuestion(answered, time);
  });
}

async function takeAnswer(
  tx: Transaction,
  context: Context,
  question: StoredQuestion,
  answer: ConfirmationAnswer,
): Promise<void> {
  const { account_id, id } = question;
  const isConfirmed = answer.kind === 'confirm';
  const isTaken = await answerOnce(tx, account_id, id, {
    status: isConfirmed ? 'confirmed' : 'declined',
    answered_at: timeOf(context),
    reason: isConfirmed ? '' : tidyReason(answer.reason),
  });
  if (!isTaken) {
    return;
  }
  await cancelMails(tx, account_id, { purpose: 'confirmation', object_id: id });
  if (isConfirmed) {
    await confirm(tx, context, question);
  } else {
    await decline(tx, context, question, tidyReason(answer.reason));
  }
}

/** A role that was declined with another confirmation becomes active too: the later word counts. */
async function confirm(tx: Transaction, context: Context, question: StoredQuestion): Promise<void> {
  const { account_id, organization_id, approval_request_id } = question;
  await changeRoles(tx, question, ['pending', 'declined'], 'active');
  await recordAnswer(tx, context, question, 'verified_contact_confirmed', {});
  if (await approveOnce(tx, account_id, approval_request_id, timeOf(context))) {
    await recordAnswer(tx, context, question, 'verified_contact_request_approved', {});
  }
  await announceReadyOrders(tx, context, organization_id);
}

/** What was confirmed before stays so: whoever no longer approves is withdrawn. */
async function decline(
  tx: Transaction,
  context: Context,
  question: StoredQuestion,
  reason: string,
): Promise<void> {
  await changeRoles(tx, question, ['pending'], 'declined');
  await recordAnswer(tx, context, question, 'verified_contact_declined', { reason });
}

type RoleStatus = 'pending' | 'active' | 'declined';

async function changeRoles(
  tx: Transaction,
  question: StoredQuestion,
  from: readonly RoleStatus[],
  to: RoleStatus,
): Promise<void> {
  const { account_id, organization_id, verified_contact_id } = question;
  const roles = typesOf(question).flatMap((type) => ROLES_BY_VALIDATION_TYPE[type]);
  await updateRoles(tx, account_id, organization_id, verified_contact_id, { roles, from, to });
}

async function recordAnswer(
  tx: Transaction,
  context: Context,
  question: StoredQuestion,
  action: string,
  answer: object,
): Promise<void> {
  const { organization_id, approval_request_id, id: confirmation_id } = question;
  const validation_types = typesOf(question);
  await recordEvent(tx, context, {
    action,
    object_type: 'verified_contact',
    object_id: question.verified_contact_id,
    after: { organization_id, approval_request_id, confirmation_id, validation_types, ...answer },
  });
}

/** What a contact is shown of a confirmation at a moment. */
export function viewQuestion(question: StoredQuestion, time: string): ConfirmationView {
  const { first_name, last_name, job_title, telephone, email } = question;
  const { name, assumed_name, address, address2, city, state, zip, country } = question;
  const { account_name, requested_at, expires_at, answered_at } = question;
  const { requester_first_name, requester_last_name } = question;
  return {
    state: confirmationStateAt(question, time),
    contact: { first_name, last_name, job_title, telephone, email },
    organization: { name, assumed_name, address, address2, city, state, zip, country },
    requester_name: `${requester_first_name} ${requester_last_name}`.trim(),
    account_name,
    validation_types: typesOf(question),
    locale: LANGUAGES.find(({ id }) => id === question.language_id)?.locale,
    requested_at,
    expires_at,
    answered_at,
    is_approved_by_other: question.confirmed_by_others > 0,
  };
}

function typesOf({ validation_types }: StoredQuestion): readonly ValidationTypeName[] {
  return JSON.parse(validation_types);
}
