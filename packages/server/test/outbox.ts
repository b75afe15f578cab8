/**
 * Outboxes for the tests that are about sending: a registry with one account, mail that is composed from
 * nothing but its number, and what became of it.
 */
import { randomBytes } from 'node:crypto';
import { after } from 'node:test';
import type { AccountMode } from '../src/domain/api-key.ts';
import type { ComposedMail, MailOutcome } from '../src/domain/mail.ts';
import { openEnvironment } from '../src/environment.ts';
import { createFirstAccount, operatorContext } from '../src/operations/accounts.ts';
import type { Environment, PublicFace } from '../src/operations/context.ts';
import { seedDemo } from '../src/operations/demo.ts';
import type {
  MailComposers,
  MailTransport,
  OutgoingMail,
} from '../src/operations/mail-delivery.ts';
import { queueMail } from '../src/operations/mail-outbox.ts';
import type { DatabaseLocation } from '../src/settings.ts';
import { listEventsOfObject } from '../src/store/events.ts';
import { listMailAttempts, listMailsOfOrganization } from '../src/store/mails.ts';
import { dropDatabase, makeDatabase } from './databases.ts';
import { type HeldClock, holdClock } from './harness.ts';

const FACE: PublicFace = {
  findOrigin: () => 'https://orgvet.example.com',
  mail_sender: 'Orgvet <orgvet@example.com>',
};

const ACCOUNT_ID = 1;

/** The organization that all mail is about. */
const ORGANIZATION_ID = 1234;

export interface Outbox {
  readonly environment: Environment;
  readonly clock: HeldClock;
  readonly database: DatabaseLocation;
}

/** An empty outbox of a live account, or of a test account; removed after the test file. */
export async function openOutbox(mode: AccountMode = 'live'): Promise<Outbox> {
  const database = await makeDatabase();
  after(() => dropDatabase(database));
  const outbox = await openBeside({ database, clock: holdClock() });
  if (mode === 'live') {
    await createFirstAccount(outbox.environment, randomBytes);
  } else {
    await seedDemo(outbox.environment);
  }
  return outbox;
}

/** Another server's view of an outbox. */
export async function openBeside({
  database,
  clock,
}: Pick<Outbox, 'database' | 'clock'>): Promise<Outbox> {
  const environment = await openEnvironment(database, clock, () => {}, FACE);
  after(() => environment.store.close());
  return { environment, clock, database };
}

/** Queues a mail about an object. @returns its id */
export async function queue({ environment }: Outbox, object_id: number): Promise<number> {
  return await environment.store.transaction((tx) =>
    queueMail(tx, operatorContext(environment, ACCOUNT_ID), {
      purpose: 'confirmation',
      object_id,
      organization_id: ORGANIZATION_ID,
      recipient: recipientOf(object_id),
    }),
  );
}

export const recipientOf = (object_id: number) => `person${object_id}@example.org`;

/** Composes mail about any object, but about one of these. */
export function composersBut({
  nothing_left = [],
  failing = [],
}: {
  readonly nothing_left?: readonly number[];
  readonly failing?: readonly number[];
} = {}): MailComposers {
  const compose: MailComposers['confirmation'] = async (_tx, _environment, _account_id, id) => {
    if (failing.includes(id)) {
      throw new Error(`Mail about ${id} cannot be composed.`);
    }
    return nothing_left.includes(id) ? undefined : composeFor(id);
  };
  return { confirmation: compose, revalidation_notice: compose, rejection: compose };
}

export const COMPOSERS = composersBut();

function composeFor(object_id: number): ComposedMail {
  const link = `https://orgvet.example.com/confirm/${object_id}`;
  return {
    recipient: recipientOf(object_id),
    subject: `Are you № ${object_id}?`,
    locale: 'en',
    text: `Follow ${link}\n`,
    html: `<p>Follow <a href="${link}">the link</a></p>`,
    links: [link],
  };
}

/** A way out that keeps what it is given, and answers as a test tells it to. */
interface KeptMail extends MailTransport {
  readonly mails: readonly OutgoingMail[];
}

/** @param answer for each mail; taken if it says nothing */
export function keepMail(
  answer: (mail: OutgoingMail) => MailOutcome | Promise<MailOutcome> = () => TAKEN,
): KeptMail {
  const mails: OutgoingMail[] = [];
  return {
    mails,
    async send(mail) {
      mails.push(mail);
      return await answer(mail);
    },
    close() {},
  };
}

export const TAKEN: MailOutcome = { outcome: 'sent', response: '250 taken' };
export const LATER: MailOutcome = { outcome: 'deferred', response: '451 come again' };

/** What became of a mail: its status, and each attempt as `outcome response`. */
export async function readMail(
  { environment }: Outbox,
  id: number,
): Promise<{ status: string | undefined; attempts: string[] }> {
  const { reader } = environment.store;
  const mails = await listMailsOfOrganization(reader, ACCOUNT_ID, ORGANIZATION_ID);
  const attempts = await listMailAttempts(reader, ACCOUNT_ID, [id]);
  return {
    status: mails.find((mail) => mail.id === id)?.status,
    attempts: attempts.map(({ outcome, response }) => `${outcome} ${response}`),
  };
}

/** How many attempts were begun at each mail, by id. */
export async function countBegun({ environment }: Outbox): Promise<number[]> {
  const { reader } = environment.store;
  const mails = await listMailsOfOrganization(reader, ACCOUNT_ID, ORGANIZATION_ID);
  return mails.map(({ attempts }) => attempts);
}

/** The events about mail, each as its action and what it tells. */
export async function listMailEvents({ environment }: Outbox) {
  const { reader } = environment.store;
  const events = await listEventsOfObject(reader, ACCOUNT_ID, 'organization', ORGANIZATION_ID);
  return events.map(({ action, request_id, after: told }) => ({
    action,
    request_id,
    ...JSON.parse(told),
  }));
}
