/**
 * Hands mail to an SMTP server, by nodemailer and nothing else. Tells for each mail whether the server
 * took it, refused it for good, or may take it later. Keeps no connection between mails unless the URL
 * asks for a pool, and never says what it was given to log in with.
 */
import { createTransport, type NodemailerError } from 'nodemailer';
import type { MailTransport, OutgoingMail } from '../operations/mail-delivery.ts';

/** How long a mail server may take. */
export interface SmtpLimits {
  readonly connect_ms: number;
  readonly greeting_ms: number;
  /** Without a word from it. */
  readonly silence_ms: number;
  /** For all of a mail. */
  readonly total_ms: number;
}

const LIMITS: SmtpLimits = {
  connect_ms: 10_000,
  greeting_ms: 10_000,
  silence_ms: 30_000,
  total_ms: 60_000,
};

/** The commands whose refusal is about the mail. One of any other is about the way, which can be mended. */
const COMMANDS_OF_MAIL = ['RCPT TO', 'DATA'];

/** @param url `smtp://…`, or `smtps://…` for TLS from the start; its parameters are nodemailer's options */
export function createSmtpTransport(url: string, limits: SmtpLimits = LIMITS): MailTransport {
  const transport = createTransport({
    url: withoutLog(url),
    connectionTimeout: limits.connect_ms,
    greetingTimeout: limits.greeting_ms,
    socketTimeout: limits.silence_ms,
    // Mail is made from texts; nothing in it may make this read files or ask other servers.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      const signal = AbortSignal.timeout(limits.total_ms);
      try {
        const { response } = await transport.sendMail({ ...describeMail(mail), signal });
        return { outcome: 'sent', response };
      } catch (error) {
        return describeFailure(error as NodemailerError);
      }
    },
    close: () => transport.close(),
  };
}

/** Nodemailer's own log would have the links of mails in it. */
function withoutLog(text: string): string {
  const url = new URL(text);
  url.searchParams.delete('logger');
  return url.href;
}

function describeMail({ sender, recipient, subject, text, html, message_id }: OutgoingMail) {
  return {
    from: sender,
    // As an object: a text would be read as a list of addresses.
    to: { name: '', address: recipient },
    subject,
    text,
    html,
    messageId: message_id,
    // So that no absence is announced to it (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function describeFailure({ command = '', permanent, response, message }: NodemailerError) {
  const isRefused = permanent === true && COMMANDS_OF_MAIL.includes(command);
  const outcome: 'refused' | 'deferred' = isRefused ? 'refused' : 'deferred';
  return { outcome, response: response ?? message };
}
