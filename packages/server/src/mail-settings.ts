/** The part of the settings that is about mail. What they hold may be a secret, so no message repeats it. */
import { isEmailAddress } from './domain/email.ts';
import { SettingsError } from './settings-error.ts';

/** How mail is sent, and what it links to. */
export interface MailSettings {
  /** Where people reach the server: the origin that mails link to. Where it listens if absent. */
  readonly public_url?: string;
  /** Whom mail is from, as in a mail's header. */
  readonly mail_sender?: string;
  /** `smtp://…` of the server that takes mail. Without one the mail of live accounts waits. */
  readonly smtp_url?: string;
}

/** As they are given; empty for what is not. */
interface MailValues {
  readonly 'public-url': string;
  readonly 'mail-from': string;
  readonly smtp: string;
}

/**
 * @param password of the user that `smtp` names, where it does not stand there
 * @throws SettingsError
 */
export function parseMailSettings(values: MailValues, password = ''): MailSettings {
  const { 'public-url': public_url, 'mail-from': mail_sender, smtp } = values;
  const missing = [
    ...(public_url === '' ? ['--public-url, which its links lead to'] : []),
    ...(mail_sender === '' ? ['--mail-from, whom it is from'] : []),
  ];
  if (smtp !== '' && missing.length > 0) {
    throw new SettingsError(`To send mail with --smtp, add ${missing.join(', and ')}.`);
  }
  return {
    ...(public_url !== '' && { public_url: parsePublicUrl(public_url) }),
    ...(mail_sender !== '' && { mail_sender: parseSender(mail_sender) }),
    ...(smtp !== '' && { smtp_url: parseSmtpUrl(smtp, password) }),
  };
}

/** @returns without a slash at its end */
function parsePublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOrigin =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.username === '' &&
    url.password === '' &&
    /^https?:\/\/[^/?#]+\/?$/i.test(text);
  if (!isOrigin) {
    throw new SettingsError(
      '--public-url must be http:// or https:// with a host and nothing behind it but a port, as ' +
        'https://orgvet.example.com.',
    );
  }
  return url.origin;
}

const SENDER = /^(?:(?<name>.*?)\s*<(?<inside>[^<>\s]+)>|(?<alone>[^<>\s]+))$/u;

/** What a name may have without quotes around it, in letters of any script; and within them. */
const BARE_NAME = /^[^\p{C}"<>@,;:\\()[\]]*$/u;
const QUOTED_NAME = /^"[^\p{C}"\\]*"$/u;

function parseSender(text: string): string {
  const { name = '', inside, alone } = SENDER.exec(text.trim())?.groups ?? {};
  if (!isEmailAddress(inside ?? alone ?? '') || !(BARE_NAME.test(name) || QUOTED_NAME.test(name))) {
    throw new SettingsError(
      '--mail-from must be one address, as orgvet@example.com or Orgvet <orgvet@example.com>; a name ' +
        'with commas or the like stands in quotes.',
    );
  }
  return text.trim();
}

function parseSmtpUrl(text: string, password: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isRight =
    url !== undefined &&
    /^smtps?:$/.test(url.protocol) &&
    url.hostname !== '' &&
    /^\/?$/.test(url.pathname) &&
    url.hash === '' &&
    isDecodable(url.username) &&
    isDecodable(url.password);
  if (!isRight) {
    throw new SettingsError(
      '--smtp must be smtp://USER@HOST:PORT, or smtps:// for TLS from the start, with the password ' +
        'behind USER: or in ORGVET_SMTP_PASSWORD, and what has a meaning in URLs percent-encoded.',
    );
  }
  if (password !== '') {
    refuseUnlessWanted(url);
    url.password = encodeURIComponent(password);
  }
  if (url.username !== '' && url.password === '') {
    throw new SettingsError(
      '--smtp names a user: give the password in ORGVET_SMTP_PASSWORD, or behind USER: in the URL.',
    );
  }
  return url.href;
}

function refuseUnlessWanted({ username, password }: URL): void {
  if (username === '') {
    throw new SettingsError('ORGVET_SMTP_PASSWORD is for a user: name one in --smtp, as USER@.');
  }
  if (password !== '') {
    throw new SettingsError(
      'Give the password of the mail server in one place: in --smtp or in ORGVET_SMTP_PASSWORD.',
    );
  }
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
