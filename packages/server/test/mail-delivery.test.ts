/** Delivery of mail: each once, whatever becomes of mail servers and of servers that share the outbox. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startMail } from '../src/background/mail.ts';
import { createSmtpTransport } from '../src/mail/smtp.ts';
import { clockOf, type Environment } from '../src/operations/context.ts';
import {
  deliverDueMails,
  hasWaitingLiveMail,
  type MailTransport,
} from '../src/operations/mail-delivery.ts';
import { cancelMails } from '../src/operations/mail-outbox.ts';
import { StoreUnavailable } from '../src/store/database.ts';
import { listInboxMails } from '../src/store/inbox-mails.ts';
import { listDueMails } from '../src/store/mails.ts';
import { organizationBody, startServer } from './harness.ts';
import {
  COMPOSERS,
  composersBut,
  countBegun,
  keepMail,
  LATER,
  listMailEvents,
  type Outbox,
  openBeside,
  openOutbox,
  queue,
  readMail,
  recipientOf,
  TAKEN,
} from './outbox.ts';
import { refusal, startMailServer } from './smtp-server.ts';
import { person, submission } from './verified-people.ts';

const ALL = { limit: 1000, offset: 0 };

/** Sends all that is due. */
async function deliverAll(
  { environment }: Outbox,
  transport: MailTransport | undefined,
  composers = COMPOSERS,
): Promise<void> {
  while (await deliverDueMails(environment, transport, composers)) {
    // Each lot makes the outbox shorter.
  }
}

test('a mail leaves the outbox once, with a message id of its own, and an event tells of it', async () => {
  const outbox = await openOutbox();
  const mail_id = await queue(outbox, 7);
  const server = await startMailServer();
  const transport = createSmtpTransport(server.url);
  await deliverAll(outbox, transport);
  await deliverAll(outbox, transport);
  const [mail, ...others] = server.mails;
  assert.deepEqual(others, []);
  assert.deepEqual(mail?.envelope, { from: 'orgvet@example.com', to: [recipientOf(7)] });
  assert.equal(mail?.headers.from, 'Orgvet <orgvet@example.com>');
  assert.equal(mail?.headers.subject, 'Are you № 7?');
  assert.equal(mail?.headers['message-id'], `<mail-1-${mail_id}@orgvet.example.com>`);
  const { status, attempts } = await readMail(outbox, mail_id);
  assert.equal(status, 'sent');
  const response = attempts[0]?.replace(/^sent /, '');
  assert.match(response ?? '', /^250 /);
  const told = { mail_id, purpose: 'confirmation', recipient: recipientOf(7), response };
  assert.deepEqual(await listMailEvents(outbox), [
    { action: 'mail_sent', request_id: 'mail', ...told },
  ]);
});

test('a mail whose recipient is refused has failed and is not tried again', async () => {
  const outbox = await openOutbox();
  const server = await startMailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(address === recipientOf(1) ? refusal(550, 'No such person') : null),
  });
  const [refused, taken] = [await queue(outbox, 1), await queue(outbox, 2)];
  const transport = createSmtpTransport(server.url);
  await deliverAll(outbox, transport);
  outbox.clock.moveTo('2026-11-25T12:00:00Z');
  await deliverAll(outbox, transport);
  const failed = { status: 'failed', attempts: ['refused 550 No such person'] };
  assert.deepEqual(await readMail(outbox, refused), failed);
  assert.equal((await readMail(outbox, taken)).status, 'sent');
  const events = await listMailEvents(outbox);
  const failures = events.filter(({ action }) => action === 'mail_failed');
  assert.deepEqual(
    failures.map(({ mail_id, response }) => ({ mail_id, response })),
    [{ mail_id: refused, response: '550 No such person' }],
  );
});

test('a mail that is deferred is sent when its time has come, and not before', async () => {
  const outbox = await openOutbox();
  let isFull = true;
  const server = await startMailServer({
    judge: () => (isFull ? refusal(452, 'Mailbox full') : undefined),
  });
  const transport = createSmtpTransport(server.url);
  const id = await queue(outbox, 1);
  await deliverAll(outbox, transport);
  assert.deepEqual(await readMail(outbox, id), {
    status: 'queued',
    attempts: ['deferred 452 Mailbox full'],
  });
  isFull = false;
  outbox.clock.moveTo('2026-11-21T12:00:59Z');
  await deliverAll(outbox, transport);
  assert.equal(server.mails.length, 0);
  outbox.clock.moveTo('2026-11-21T12:01:00Z');
  await deliverAll(outbox, transport);
  assert.equal(server.mails.length, 1);
  const { status, attempts } = await readMail(outbox, id);
  assert.deepEqual([status, attempts.length], ['sent', 2]);
});

test('a mail that a mail server dropped in the middle arrives later, once', async () => {
  const outbox = await openOutbox();
  const dying = await startMailServer({ onData: () => dying.cut() });
  const id = await queue(outbox, 1);
  await deliverAll(outbox, createSmtpTransport(dying.url));
  assert.equal((await readMail(outbox, id)).status, 'queued');
  const healthy = await startMailServer();
  outbox.clock.moveTo('2026-11-21T12:01:00Z');
  await deliverAll(outbox, createSmtpTransport(healthy.url));
  await deliverAll(outbox, createSmtpTransport(healthy.url));
  assert.deepEqual(
    healthy.mails.map(({ envelope }) => envelope.to),
    [[recipientOf(1)]],
  );
});

test('a mail that nobody ever takes has failed after three days, with every attempt on record', async () => {
  const outbox = await openOutbox();
  const id = await queue(outbox, 1);
  const transport = keepMail(() => LATER);
  for (let hour = 0; hour <= 100; hour += 1) {
    const time_ms = Date.parse('2026-11-21T12:00:00Z') + hour * 3_600_000;
    outbox.clock.moveTo(new Date(time_ms).toISOString());
    await deliverAll(outbox, transport);
  }
  const { status, attempts } = await readMail(outbox, id);
  assert.equal(status, 'failed');
  assert.equal(attempts.length, transport.mails.length);
  assert.ok(attempts.length > 8 && attempts.length < 15, `${attempts.length} attempts`);
  assert.equal(new Set(transport.mails.map(({ message_id }) => message_id)).size, 1);
  const events = await listMailEvents(outbox);
  assert.deepEqual(
    events.map(({ action }) => action),
    ['mail_failed'],
  );
});

test('two servers that share an outbox send each mail once', async () => {
  const one = await openOutbox();
  const other = await openBeside(one);
  const server = await startMailServer();
  const numbers = Array.from({ length: 50 }, (_, number) => number);
  for (const number of numbers) {
    await queue(one, number);
  }
  await Promise.all(
    [one, other, one, other].map((outbox) => deliverAll(outbox, createSmtpTransport(server.url))),
  );
  const arrived = server.mails.flatMap(({ envelope }) => envelope.to);
  assert.deepEqual(arrived.toSorted(), numbers.map(recipientOf).toSorted());
  assert.deepEqual(new Set(await countBegun(one)), new Set([1]));
});

test('the mail of a server that dies while it sends is sent by another when its claim has run out', async () => {
  const one = await openOutbox();
  const other = await openBeside(one);
  const id = await queue(one, 1);
  // As a process that ends here: nothing that would follow is done.
  const dying = keepMail(() => Promise.reject(new Error('The process ends.')));
  await assert.rejects(deliverAll(one, dying), /The process ends/);
  const transport = keepMail();
  other.clock.moveTo('2026-11-21T12:09:59Z');
  await deliverAll(other, transport);
  assert.deepEqual(transport.mails, []);
  other.clock.moveTo('2026-11-21T12:10:00Z');
  await deliverAll(other, transport);
  assert.deepEqual(
    transport.mails.map(({ message_id }) => message_id),
    dying.mails.map(({ message_id }) => message_id),
  );
  assert.deepEqual(await readMail(other, id), { status: 'sent', attempts: ['sent 250 taken'] });
});

test('a server that was taken for dead does not undo what another has done since', async () => {
  const outbox = await openOutbox();
  for (const [late, status, events] of [
    [LATER, 'sent', 1],
    [{ outcome: 'refused', response: '550 no' }, 'sent', 2],
    [TAKEN, 'sent', 3],
  ] as const) {
    const id = await queue(outbox, 1);
    const transport = keepMail();
    const slow = keepMail(async () => {
      outbox.clock.moveTo(new Date(outbox.clock.now_ms() + 600_000).toISOString());
      await deliverAll(outbox, transport);
      return late;
    });
    await deliverAll(outbox, slow);
    assert.deepEqual([slow.mails.length, transport.mails.length], [1, 1]);
    const mail = await readMail(outbox, id);
    assert.equal(mail.status, status);
    assert.deepEqual(mail.attempts.toSorted(), [TAKEN, late].map(describeOutcome).toSorted());
    assert.equal((await listMailEvents(outbox)).length, events);
  }
});

const describeOutcome = ({ outcome, response }: { outcome: string; response: string }) =>
  `${outcome} ${response}`;

test('mail that tells of nothing any more is not sent', async () => {
  const outbox = await openOutbox();
  const { store } = outbox.environment;
  const [pointless, withdrawn] = [await queue(outbox, 1), await queue(outbox, 2)];
  const [other] = [await queue(outbox, 3)];
  await store.transaction((tx) => cancelMails(tx, 1, { purpose: 'confirmation', object_id: 2 }));
  const transport = keepMail();
  await deliverAll(outbox, transport, composersBut({ nothing_left: [1] }));
  assert.deepEqual(
    transport.mails.map(({ recipient }) => recipient),
    [recipientOf(3)],
  );
  for (const id of [pointless, withdrawn]) {
    assert.deepEqual(await readMail(outbox, id), { status: 'canceled', attempts: [] });
  }
  assert.equal((await readMail(outbox, other)).status, 'sent');
});

test('a mail that is canceled while it is on its way was sent all the same', async () => {
  const outbox = await openOutbox();
  const { store } = outbox.environment;
  const about = { purpose: 'confirmation', object_id: 1 } as const;
  const cancelThen = (outcome: typeof TAKEN) =>
    keepMail(async () => {
      await store.transaction((tx) => cancelMails(tx, 1, about));
      return outcome;
    });
  const sent = await queue(outbox, 1);
  await deliverAll(outbox, cancelThen(TAKEN));
  assert.equal((await readMail(outbox, sent)).status, 'sent');
  const deferred = await queue(outbox, 1);
  await deliverAll(outbox, cancelThen(LATER));
  assert.equal((await readMail(outbox, deferred)).status, 'canceled');
});

test('a mail that cannot be composed is told of and holds up no other', async () => {
  const outbox = await openOutbox();
  const failing = [1, 2, 3, 4, 5];
  for (const object_id of [...failing, 6]) {
    await queue(outbox, object_id);
  }
  const transport = keepMail();
  const composers = composersBut({ failing });
  await assert.rejects(deliverAll(outbox, transport, composers), /cannot be composed/);
  await assert.rejects(deliverAll(outbox, transport, composers), /cannot be composed/);
  assert.deepEqual(
    transport.mails.map(({ recipient }) => recipient),
    [recipientOf(6)],
  );
  // Once it can be composed, it is sent.
  outbox.clock.moveTo('2026-11-21T12:10:00Z');
  await deliverAll(outbox, transport);
  assert.equal(transport.mails.length, 6);
});

test('mail of a test account goes into its inbox by any server, and none of it holds up another', async () => {
  const outbox = await openOutbox('test');
  const other = await openBeside(outbox);
  const failing = [1, 2, 3, 4];
  const ids = [];
  for (const object_id of [...failing, 5, 6]) {
    ids.push(await queue(outbox, object_id));
  }
  const transport = keepMail();
  const composers = composersBut({ failing, nothing_left: [6] });
  await assert.rejects(deliverAll(outbox, transport, composers), /cannot be composed/);
  await Promise.all([outbox, other].map((one) => deliverAll(one, undefined, composers)));
  const mails = await Promise.all(ids.map((id) => readMail(outbox, id)));
  assert.deepEqual(
    mails.map(({ status, attempts }) => [status, ...attempts]),
    [...failing.map(() => ['queued']), ['sent', 'sent inbox'], ['canceled']],
  );
  outbox.clock.moveTo('2026-11-21T12:10:00Z');
  await Promise.all([outbox, other, outbox].map((one) => deliverAll(one, transport)));
  const inbox = await listInboxMails(outbox.environment.store.reader, 1, {}, ALL);
  assert.deepEqual(
    inbox.map(({ recipient }) => recipient),
    [5, 4, 3, 2, 1].map(recipientOf),
  );
  assert.deepEqual(transport.mails, []);
});

test('mail that is queued by a clock that is ahead is due at once', async () => {
  const outbox = await openOutbox('test');
  const { environment } = outbox;
  const clock = clockOf(environment.clock, { clock_offset_ms: 366 * 86_400_000 });
  const ahead = { ...outbox, environment: { ...environment, clock } };
  const ids = [await queue(ahead, 1), await queue(outbox, 2)];
  await deliverAll(outbox, undefined);
  const mails = await Promise.all(ids.map((id) => readMail(outbox, id)));
  assert.deepEqual(
    mails.map(({ status }) => status),
    ['sent', 'sent'],
  );
});

test('mail that nobody has tried goes first, in its order, and then what is tried again', async () => {
  const outbox = await openOutbox();
  await queue(outbox, 1);
  await deliverAll(
    outbox,
    keepMail(() => LATER),
  );
  outbox.clock.moveTo('2026-11-21T12:01:00Z');
  for (const object_id of [2, 3]) {
    await queue(outbox, object_id);
  }
  const { reader } = outbox.environment.store;
  const due = await listDueMails(reader, ['live', 'live'], outbox.clock.now_ms(), 10);
  assert.deepEqual(
    due.map(({ object_id, attempts }) => [object_id, attempts]),
    [
      [2, 0],
      [3, 0],
      [1, 1],
    ],
  );
});

test('without a mail server the mail of a live account waits untouched', async () => {
  const outbox = await openOutbox();
  const { environment } = outbox;
  assert.equal(await hasWaitingLiveMail(environment), false);
  const id = await queue(outbox, 1);
  assert.equal(await deliverDueMails(environment, undefined, COMPOSERS), false);
  assert.equal(await hasWaitingLiveMail(environment), true);
  assert.deepEqual(await readMail(outbox, id), { status: 'queued', attempts: [] });
  assert.deepEqual(await countBegun(outbox), [0]);
  await deliverAll(outbox, keepMail());
  assert.equal(await hasWaitingLiveMail(environment), false);
});

/** An environment whose database is away until a test brings it back. */
function loseDatabase(environment: Environment): { lost: Environment; bringBack: () => void } {
  const { store } = environment;
  let isAway = true;
  const away = () => Promise.reject(new StoreUnavailable('The database is away.'));
  const lost: Environment = {
    ...environment,
    store: {
      reader: store.reader,
      transaction: (work) => (isAway ? away() : store.transaction(work)),
      lots_at_once: store.lots_at_once,
      lotTransaction: (work) => store.lotTransaction(work),
      close: () => store.close(),
    },
  };
  return {
    lost,
    bringBack: () => {
      isAway = false;
    },
  };
}

test('in the background mail leaves by itself, also after the database was away', async () => {
  const outbox = await openOutbox();
  const { lost, bringBack } = loseDatabase(outbox.environment);
  // About nothing that is there: the real composer finds nothing left to tell.
  const id = await queue(outbox, 1);
  const reports: unknown[] = [];
  const way = { transport: keepMail(), isOpen: () => true };
  const work = startMail(lost, way, (error) => reports.push(error), 2);
  while (reports.length < 2) {
    await wait(2);
  }
  assert.ok(reports.every((error) => error instanceof StoreUnavailable));
  assert.deepEqual(await countBegun(outbox), [0]);
  bringBack();
  while ((await readMail(outbox, id)).status === 'queued') {
    await wait(2);
  }
  await work.stop();
  assert.equal((await readMail(outbox, id)).status, 'canceled');
});

test('whoever is named in a live account gets a mail with a link that leads to a page', async () => {
  const mailServer = await startMailServer();
  const settings = {
    seed: 'none' as const,
    public_url: 'https://orgvet.example.com',
    mail_sender: 'Orgvet <orgvet@example.com>',
    smtp_url: mailServer.url,
  };
  const live = await startServer(settings);
  const allowed = await live.send('PUT', '/vetting/v1/account/settings', {
    body: { allow_non_user_verified_contacts: true },
  });
  assert.equal(allowed.status, 204, allowed.text);
  const validations = [submission('ev', person('Vera', { email: 'vera@example.org' }))];
  const created = await live.send('POST', '/organization', {
    body: organizationBody({ validations }),
  });
  assert.equal(created.status, 201, created.text);
  while (mailServer.mails.length === 0) {
    await wait(20);
  }
  const [mail] = mailServer.mails;
  assert.deepEqual(mail?.envelope.to, ['vera@example.org']);
  const [link = ''] = /https:\/\/orgvet\.example\.com\S+/.exec(mail?.text ?? '') ?? [];
  assert.ok(mail?.html.includes(link));
  const page = await fetch(link.replace(settings.public_url, live.origin));
  assert.equal(page.status, 200);
  assert.match(await page.text(), /Epigyne Unwieldiness/);
});
