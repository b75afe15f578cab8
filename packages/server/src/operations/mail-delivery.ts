/**
 * Sends what waits in the outbox: mail of live accounts by a transport, mail of test accounts into their
 * inbox and never anywhere else.
 *
 * Several servers share the outbox. Whoever sends a mail claims it first, by moving on when it is due; a
 * server that dies is followed by another after that. Nothing is sent inside a transaction. A mail that
 * was sent by a server that died before it could note so is sent again, with the same message id.
 */

import { fold } from '../domain/fold.ts';
import {
  type ComposedMail,
  condenseResponse,
  type MailOutcome,
  planAfterAttempt,
} from '../domain/mail.ts';
import { StoreUnavailable, type Transaction } from '../store/database.ts';
import { insertInboxMail } from '../store/inbox-mails.ts';
import {
  claimMail,
  type DueMail,
  hasQueuedLiveMail,
  insertMailAttempt,
  listDueMails,
  listDueTestMails,
  listMailAttempts,
  lockMail,
  type StoredMail,
  updateMail,
} from '../store/mails.ts';
import { operatorContext } from './accounts.ts';
import { composeConfirmationMail } from './confirmation-mail.ts';
import { type Context, type Environment, recordEvent, timeOf } from './context.ts';
import { composeRejection, composeRevalidationNotice } from './notice-mail.ts';

/** A mail as it is handed to a mail server. */
export interface OutgoingMail extends ComposedMail {
  /** Whom it is from, as in a mail's header. */
  readonly sender: string;
  /** With angle brackets. The same for every attempt, so that whoever gets a mail twice can tell. */
  readonly message_id: string;
}

/** A way out for mail. */
export interface MailTransport {
  /** Never throws for what a mail server can do. */
  send(mail: OutgoingMail): Promise<MailOutcome>;
  close(): void;
}

/** Composes a mail about an object of a purpose. @returns undefined where there is nothing left to tell */
type MailComposer = (
  tx: Transaction,
  environment: Environment,
  account_id: number,
  object_id: number,
) => Promise<ComposedMail | undefined>;

/** How the mails of each purpose are composed. */
export type MailComposers = Readonly<Record<StoredMail['purpose'], MailComposer>>;

const COMPOSERS: MailComposers = {
  confirmation: composeConfirmationMail,
  revalidation_notice: composeRevalidationNotice,
  rejection: composeRejection,
};

/** Mails that are sent at a time. */
const MAILS_AT_ONCE = 4;

/** Mails that arrive in an inbox at a time. */
const INBOX_MAILS_AT_ONCE = 20;

/** Longer than any attempt takes: after that the server that claimed a mail is taken for dead. */
const CLAIM_DURATION_MS = 10 * 60_000;

/**
 * Sends some of the mails that are due.
 *
 * @param transport for mail of live accounts, which waits if there is none
 * @returns whether more may be due
 * @throws the first failure to compose a mail or to ask the database; the other mails were seen to
 */
export async function deliverDueMails(
  environment: Environment,
  transport: MailTransport | undefined,
  composers: MailComposers = COMPOSERS,
): Promise<boolean> {
  const due = await listDueMails(
    environment.store.reader,
    ['test', transport === undefined ? 'test' : 'live'],
    environment.clock.now_ms(),
    MAILS_AT_ONCE,
  );
  const deliveries = due.map((mail) =>
    mail.mode === 'test' || transport === undefined
      ? deliverToInbox(environment, mail, composers)
      : deliverByTransport(environment, mail, transport, composers),
  );
  const failure = (await Promise.allSettled(deliveries)).find(
    ({ status }) => status === 'rejected',
  );
  if (failure?.status === 'rejected') {
    throw failure.reason;
  }
  return due.length === MAILS_AT_ONCE;
}

/** Brings all mail of a test account that waits into its inbox. Does nothing for a live account. */
export async function deliverTestMails(
  { principal, ...environment }: Context,
  composers: MailComposers = COMPOSERS,
): Promise<void> {
  if (environment.face.mail_sender === '') {
    // Links must lead to a server, and this process is none: its mail waits for one.
    return;
  }
  const { store, clock } = environment;
  let due: DueMail[];
  do {
    due = await listDueTestMails(
      store.reader,
      principal.account_id,
      clock.now_ms(),
      INBOX_MAILS_AT_ONCE,
    );
    // All at once: where transactions share a commit, so do these.
    await Promise.all(due.map((mail) => deliverToInbox(environment, mail, composers)));
  } while (due.length > 0);
}

/** Whether mail of live accounts waits, for a server that has no transport for it. */
export async function hasWaitingLiveMail({ store }: Environment): Promise<boolean> {
  return await hasQueuedLiveMail(store.reader);
}

/**
 * All in one transaction: whoever looks into the inbox then sees every mail that was queued before. It
 * arrives at the moment at which it was queued, by the clock of its account, wherever that stands by now.
 */
async function deliverToInbox(
  { clock, ...others }: Environment,
  mail: DueMail,
  composers: MailComposers,
): Promise<void> {
  const claim_end_ms = clock.now_ms() + CLAIM_DURATION_MS;
  const environment = { ...others, clock: { now_ms: () => Date.parse(mail.created_at) } };
  try {
    await environment.store.transaction(async (tx) => {
      const isClaimed = await claimMail(tx, mail, claim_end_ms);
      const composed = isClaimed && (await composeMail(tx, environment, mail, composers));
      if (!composed) {
        return;
      }
      const { account_id, id: mail_id } = mail;
      const { recipient, subject, locale, text: text_body, html: html_body } = composed.content;
      await insertInboxMail(tx, {
        ...{ account_id, mail_id, recipient, subject, locale, text_body, html_body },
        sender: environment.face.mail_sender,
        recipient_folded: fold(recipient),
        links: JSON.stringify(composed.content.links),
        organization_id: composed.organization_id,
        created_at: timeOf(environment),
      });
      await recordAttempt(tx, environment, { ...mail, recipient }, INTO_INBOX);
    });
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) {
      // A mail that cannot be composed: others must not wait behind it.
      await environment.store.transaction((tx) => claimMail(tx, mail, claim_end_ms));
    }
    throw error;
  }
}

async function deliverByTransport(
  environment: Environment,
  mail: DueMail,
  transport: MailTransport,
  composers: MailComposers,
): Promise<void> {
  const { store, face } = environment;
  const claim_end_ms = environment.clock.now_ms() + CLAIM_DURATION_MS;
  if (!(await store.transaction((tx) => claimMail(tx, mail, claim_end_ms)))) {
    return;
  }
  const composed = await store.transaction((tx) => composeMail(tx, environment, mail, composers));
  if (composed === undefined) {
    return;
  }
  const { hostname } = new URL(face.findOrigin());
  const outcome = await transport.send({
    ...composed.content,
    sender: face.mail_sender,
    message_id: `<mail-${mail.account_id}-${mail.id}@${hostname}>`,
  });
  const { recipient } = composed.content;
  await store.transaction((tx) => recordAttempt(tx, environment, { ...mail, recipient }, outcome));
}

/**
 * Composes a mail that was claimed, and cancels it if there is nothing left to tell.
 *
 * @returns undefined for a mail that is not to be sent, or was claimed by somebody else since
 */
async function composeMail(
  tx: Transaction,
  environment: Environment,
  { account_id, id, attempts }: DueMail,
  composers: MailComposers,
): Promise<{ content: ComposedMail; organization_id: number } | undefined> {
  const current = await lockMail(tx, account_id, id);
  if (current?.status !== 'queued' || current.attempts !== attempts + 1) {
    return undefined;
  }
  const { purpose, object_id, organization_id, next_attempt_ms } = current;
  const content = await composers[purpose](tx, environment, account_id, object_id);
  if (content === undefined) {
    await updateMail(tx, account_id, id, { status: 'canceled', next_attempt_ms });
    return undefined;
  }
  return { content, organization_id };
}

const INTO_INBOX: MailOutcome = { outcome: 'sent', response: 'inbox' };

/** Notes an attempt, and what follows from it. @param mail with whom it went to in the end */
async function recordAttempt(
  tx: Transaction,
  environment: Environment,
  { account_id, id: mail_id, attempts, recipient }: DueMail & Pick<StoredMail, 'recipient'>,
  { outcome, response: said }: MailOutcome,
): Promise<void> {
  const current = await lockMail(tx, account_id, mail_id);
  if (current === undefined) {
    return;
  }
  const attempt = attempts + 1;
  const attempted_at = timeOf(environment);
  const response = condenseResponse(said);
  await insertMailAttempt(tx, { account_id, mail_id, attempt, attempted_at, outcome, response });
  const [first] = await listMailAttempts(tx, account_id, [mail_id]);
  const plan = planAfterAttempt(
    { outcome },
    attempt,
    Date.parse(first?.attempted_at ?? attempted_at),
    environment.clock.now_ms(),
  );
  // What was sent was sent. Anything else is decided by who claimed the mail last, while it waits.
  const isMine = current.status === 'queued' && current.attempts === attempt;
  if (plan.status === 'sent' ? current.status === 'sent' : !isMine) {
    return;
  }
  const { next_attempt_ms } = current;
  await updateMail(tx, account_id, mail_id, { next_attempt_ms, ...plan });
  if (plan.status !== 'queued') {
    const { purpose, organization_id } = current;
    const context = { ...operatorContext(environment, account_id), request_id: 'mail' };
    await recordEvent(tx, context, {
      action: plan.status === 'sent' ? 'mail_sent' : 'mail_failed',
      object_type: 'organization',
      object_id: organization_id,
      after: { mail_id, purpose, recipient, response },
    });
  }
}
