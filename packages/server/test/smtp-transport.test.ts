/** Mail over SMTP: what arrives at a real mail server, and what is told of one that does not take it. */
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { createSmtpTransport, type SmtpLimits } from '../src/mail/smtp.ts';
import type { OutgoingMail } from '../src/operations/mail-delivery.ts';
import { refusal, startMailServer } from './smtp-server.ts';

const MAIL: OutgoingMail = {
  sender: '"Zertifikate, Prüfstelle" <orgvet@example.com>',
  recipient: 'gia.booth@example.org',
  subject:
    'Bestätigen Sie: 株式会社サンプル – "Größe" und mehr, was in eine Zeile nicht mehr hineinpasst',
  locale: 'de',
  text: 'Guten Tag,\n\nfür 株式会社サンプル.\n.\nhttps://orgvet.example.com/confirm/abc?x=1=2\n',
  html: '<!doctype html><p lang="de">für <a href="https://orgvet.example.com/confirm/abc">株式会社</a></p>',
  links: ['https://orgvet.example.com/confirm/abc'],
  message_id: '<mail-1-7@orgvet.example.com>',
};

/** Enough for a server that answers, and short for one that does not. */
const LIMITS: SmtpLimits = {
  connect_ms: 2000,
  greeting_ms: 2000,
  silence_ms: 2000,
  total_ms: 4000,
};

const send = (url: string, mail: Partial<OutgoingMail> = {}, limits: Partial<SmtpLimits> = {}) =>
  createSmtpTransport(url, { ...LIMITS, ...limits }).send({ ...MAIL, ...mail });

test('a mail arrives as it was composed, in every script, as text and as HTML', async () => {
  const server = await startMailServer();
  const { outcome, response } = await send(server.url);
  assert.equal(outcome, 'sent');
  assert.match(response, /^250 /);
  const [mail, ...others] = server.mails;
  assert.deepEqual(others, []);
  assert.deepEqual(mail?.envelope, { from: 'orgvet@example.com', to: [MAIL.recipient] });
  assert.deepEqual([mail?.text.replaceAll('\r\n', '\n'), mail?.html], [MAIL.text, MAIL.html]);
  const { from = '', date = '', ...headers } = mail?.headers ?? {};
  assert.match(from, /Zertifikate, Prüfstelle"? <orgvet@example\.com>$/);
  assert.ok(Date.parse(date) > 0);
  assert.equal(headers.to, MAIL.recipient);
  assert.equal(headers.subject, MAIL.subject);
  assert.equal(headers['message-id'], MAIL.message_id);
  assert.equal(headers['auto-submitted'], 'auto-generated');
});

test('an address is one address, whatever it looks like', async () => {
  const server = await startMailServer();
  const recipient = '"a,b"@example.org';
  assert.equal((await send(server.url, { recipient })).outcome, 'sent');
  assert.deepEqual(server.mails[0]?.envelope.to, [recipient]);
});

test('a server that refuses the recipient or the mail for good is believed', async () => {
  const nobody = await startMailServer({
    onRcptTo: (_address, _session, done) => done(refusal(550, 'No such person')),
  });
  assert.deepEqual(await send(nobody.url), { outcome: 'refused', response: '550 No such person' });
  const strict = await startMailServer({ judge: () => refusal(554, 'Looks like spam') });
  assert.deepEqual(await send(strict.url), { outcome: 'refused', response: '554 Looks like spam' });
});

test('what a server refuses for now, or because of who sends, can be tried again', async () => {
  const greylist = await startMailServer({
    onRcptTo: (_address, _session, done) => done(refusal(451, 'Come again')),
  });
  assert.deepEqual(await send(greylist.url), { outcome: 'deferred', response: '451 Come again' });
  const stranger = await startMailServer({
    onMailFrom: (_address, _session, done) => done(refusal(550, 'Who are you')),
  });
  assert.deepEqual(await send(stranger.url), { outcome: 'deferred', response: '550 Who are you' });
  const closed = await startMailServer({
    onConnect: (_session, done) => done(refusal(554, 'Go away')),
  });
  const { outcome, response } = await send(closed.url);
  assert.equal(outcome, 'deferred');
  assert.match(response, /^554 .*Go away/);
});

test('a slow server is waited for, but not one that falls silent', async () => {
  const slow = await startMailServer({
    onRcptTo: (_address, _session, done) => {
      setTimeout(done, 60);
    },
  });
  assert.equal((await send(slow.url)).outcome, 'sent');
  const silent = await startMailServer({ onRcptTo: () => {} });
  const failure = await send(silent.url, {}, { silence_ms: 60 });
  assert.deepEqual(failure, { outcome: 'deferred', response: 'Timeout' });
});

test('a server that only ever says a little more is given up as well', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write('220 welcome\r\n');
    const timer = setInterval(() => socket.write('250-and another line\r\n'), 10);
    socket.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const { outcome } = await send(`smtp://127.0.0.1:${port}`, {}, { total_ms: 120 });
  server.close();
  assert.equal(outcome, 'deferred');
});

test('a server that dies in the middle of a mail has not taken it', async () => {
  const server = await startMailServer({ onData: () => server.cut() });
  const { outcome, response } = await send(server.url);
  assert.equal(outcome, 'deferred');
  assert.match(response, /closed|ECONNRESET/i);
});

test('where nobody listens a mail can be tried again', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  const { outcome, response } = await send(`smtp://127.0.0.1:${port}`);
  assert.equal(outcome, 'deferred');
  assert.match(response, /ECONNREFUSED/);
});

test('a server that offers encryption gets it before any password', async () => {
  const logins: unknown[] = [];
  const server = await startMailServer({
    disabledCommands: [],
    onAuth({ username, password }, { secure }, done) {
      logins.push({ username, password, secure });
      done(null, password === 'p@ss word' ? { user: username } : {});
    },
  });
  const urlWith = (password: string, parameters: string) =>
    `${server.url.replace('//', `//mailer:${encodeURIComponent(password)}@`)}?${parameters}`;
  // The test's server has a certificate that nobody has signed.
  const mistrusted = await send(urlWith('p@ss word', ''));
  assert.equal(mistrusted.outcome, 'deferred');
  assert.match(mistrusted.response, /self.signed|certificate/i);
  assert.deepEqual(logins, []);
  assert.equal((await send(urlWith('p@ss word', 'tls.rejectUnauthorized=false'))).outcome, 'sent');
  assert.deepEqual(logins, [{ username: 'mailer', password: 'p@ss word', secure: true }]);
  const wrong = await send(urlWith('wrong-secret', 'tls.rejectUnauthorized=false'));
  assert.equal(wrong.outcome, 'deferred');
  assert.match(wrong.response, /^535 /);
  assert.doesNotMatch(wrong.response, /wrong-secret/);
});

test('what the URL asks for does not bring the links of mails into a log', async (context) => {
  const server = await startMailServer();
  const written: unknown[] = [];
  for (const name of ['log', 'info', 'error', 'debug', 'warn', 'trace'] as const) {
    context.mock.method(console, name, (...args: unknown[]) => written.push(args));
  }
  assert.equal((await send(`${server.url}?logger=true&debug=true`)).outcome, 'sent');
  await wait(0);
  assert.deepEqual(written, []);
});
