/** The settings of mail: what each may be, what they need of each other, and that no secret is repeated. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MailSettings } from '../src/mail-settings.ts';
import { parseServeSettings, SettingsError } from '../src/settings.ts';

type Options = Readonly<Record<string, string>>;

const COMPLETE = { 'public-url': 'https://orgvet.example.com', 'mail-from': 'orgvet@example.com' };

function parse(options: Options, environment: Options = {}): MailSettings {
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  return parseServeSettings(args, environment);
}

const parseSmtp = (smtp: string, environment: Options = {}) =>
  parse({ ...COMPLETE, smtp }, environment).smtp_url;

const isRefusalThatSays = (words: RegExp) => (error: unknown) =>
  error instanceof SettingsError && words.test(error.message);

test('without anything there is neither a sender nor a mail server', () => {
  const { public_url, mail_sender, smtp_url } = parse({});
  assert.deepEqual([public_url, mail_sender, smtp_url], [undefined, undefined, undefined]);
});

test('a mail server wants to know whom mail is from and where its links lead', () => {
  const smtp = 'smtp://mail.example.com';
  for (const [options, words] of [
    [{ smtp }, /--public-url.*--mail-from/],
    [{ smtp, 'mail-from': COMPLETE['mail-from'] }, /add --public-url/],
    [{ smtp, 'public-url': COMPLETE['public-url'] }, /add --mail-from/],
  ] as const) {
    assert.throws(() => parse(options), isRefusalThatSays(words));
  }
  assert.equal(parseSmtp(smtp), smtp);
});

test('the public URL is an origin, kept without a slash at its end', () => {
  const parsePublic = (url: string) => parse({ 'public-url': url }).public_url;
  assert.equal(parsePublic('https://orgvet.example.com/'), 'https://orgvet.example.com');
  assert.equal(parsePublic('HTTP://Orgvet.example.com:8080'), 'http://orgvet.example.com:8080');
  assert.equal(parsePublic('https://[::1]:8443'), 'https://[::1]:8443');
  assert.equal(parsePublic('https://büro.example'), 'https://xn--bro-hoa.example');
  for (const url of [
    'orgvet.example.com',
    'ftp://orgvet.example.com',
    'https://',
    'https://orgvet.example.com/orgvet',
    'https://orgvet.example.com/?',
    'https://orgvet.example.com#top',
    'https://user@orgvet.example.com',
    'https://a b',
  ]) {
    assert.throws(() => parsePublic(url), isRefusalThatSays(/--public-url must be/), url);
  }
});

test('the sender is one address, with or without a name', () => {
  const parseSender = (sender: string) => parse({ 'mail-from': sender }).mail_sender;
  for (const sender of [
    'orgvet@example.com',
    '<orgvet@example.com>',
    'Orgvet <orgvet@example.com>',
    'Zertifikatsprüfung <orgvet@bücher.example>',
    '"Vetting, Example Inc." <orgvet@example.com>',
  ]) {
    assert.equal(parseSender(` ${sender} `), sender);
  }
  for (const sender of [
    'Orgvet',
    'orgvet@',
    'a@example.com, b@example.com',
    'Orgvet <a@example.com> <b@example.com>',
    'Vetting, Example <orgvet@example.com>',
    'Bcc: x <orgvet@example.com>',
    '"Orgvet <orgvet@example.com>',
    'Org\r\nvet <orgvet@example.com>',
    'Orgvet <orgvet@example.com',
  ]) {
    assert.throws(() => parseSender(sender), isRefusalThatSays(/--mail-from must be/), sender);
  }
});

test('the password of the mail server stands in the URL or in a variable of its own', () => {
  assert.equal(
    parseSmtp('smtps://me:p%40ss@mail.example.com'),
    'smtps://me:p%40ss@mail.example.com',
  );
  const variable = { ORGVET_SMTP_PASSWORD: 'p@ss: 100%/?#' };
  const url = new URL(parseSmtp('smtp://me@mail.example.com:587?requireTLS=true', variable) ?? '');
  assert.equal(decodeURIComponent(url.password), variable.ORGVET_SMTP_PASSWORD);
  assert.equal(
    `${url.username} ${url.host} ${url.search}`,
    'me mail.example.com:587 ?requireTLS=true',
  );
  assert.equal(parse({}, variable).smtp_url, undefined);
});

test('a mail server that cannot be is refused without a word of its password', () => {
  const variable = { ORGVET_SMTP_PASSWORD: 'hunter2' };
  for (const [smtp, environment, words] of [
    ['mail.example.com', {}, /--smtp must be smtp:/],
    ['http://me:hunter2@mail.example.com', {}, /--smtp must be smtp:/],
    ['smtp://', {}, /--smtp must be smtp:/],
    ['smtp://me:hunter2@mail.example.com/inbox', {}, /--smtp must be smtp:/],
    ['smtp://me:hunter2%zz@mail.example.com', {}, /percent-encoded/],
    ['smtp://me:hunter2#@mail.example.com', {}, /percent-encoded/],
    ['smtp://me:hunter2@mail.example.com', variable, /one place/],
    ['smtp://mail.example.com', variable, /name one in --smtp/],
    ['smtp://me@mail.example.com', {}, /names a user.*ORGVET_SMTP_PASSWORD/],
  ] as const) {
    const isRight = isRefusalThatSays(words);
    assert.throws(
      () => parseSmtp(smtp, environment),
      (error: Error) => isRight(error) && !error.message.includes('hunter2'),
      smtp,
    );
  }
});
