// Proves what the mails about a validation say in every language, that plain text and HTML say the same,
// and that nothing that anybody wrote can change the mail around it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VALIDATION_TYPES } from '@orgvet/contract';
import fc from 'fast-check';
import {
  EVERY_LOCALE,
  hostileText,
  LEFTOVER,
  listTags,
  readText,
} from '../../test/confirmation-views.ts';
import type { RenderedMail } from './mail-layout.ts';
import { type NoticeSubject, renderRejection, renderRevalidationNotice } from './notice-mail.ts';
import { TEXTS } from './texts/index.ts';

const END = '2027-02-01T12:34:56+00:00';
const END_MS = Date.parse(END);
const DAY_MS = 86_400_000;

/** How each language writes the end. */
const END_IN_WORDS = {
  en: 'February 1, 2027 at 12:34 UTC',
  de: '1. Februar 2027 um 12:34 UTC',
  es: '1 de febrero de 2027 a las 12:34 UTC',
  fr: '1 février 2027 à 12:34 UTC',
  ja: '2027年2月1日 12:34 UTC',
};

const REASONS = [
  'The register has no such company.',
  'The address is of a mailbox.\nSee line 2.',
] as const;

function subject(changes: Partial<NoticeSubject> = {}): NoticeSubject {
  return {
    organization_id: 4711,
    organization_name: 'Example Organization, LLC',
    type: 'ev',
    account_name: 'Roe Hosting',
    contact: { first_name: 'Gia', last_name: 'Booth' },
    language: 'en',
    ...changes,
  };
}

/** Both forms of a mail, as somebody reads them. */
const readBoth = ({ text, html }: RenderedMail): string[] => [text, readText(html)];

function assertSays(mail: RenderedMail, parts: readonly string[]): void {
  for (const text of readBoth(mail)) {
    for (const part of parts) {
      assert.ok(text.includes(part), `${part}\nis missing in\n${text}`);
    }
    assert.doesNotMatch(text, LEFTOVER);
  }
}

for (const locale of EVERY_LOCALE) {
  const { notices, types, mail: common } = TEXTS[locale];
  const about = [
    ...['Example Organization, LLC', '4711', 'Extended Organization Validation (EV)', types.ev],
    common.greeting('Gia Booth'),
    common.sent_by('Roe Hosting'),
    notices.for_contact('Example Organization, LLC'),
  ];

  test(`a notice before the end says what ends when, and what to do (${locale})`, () => {
    const mail = renderRevalidationNotice(subject({ language: locale }), END, END_MS - 30 * DAY_MS);
    assert.equal(mail.locale, locale);
    assert.equal(mail.subject, notices.renewal.subject('Example Organization, LLC'));
    const { ends_in, renew } = notices.renewal;
    assertSays(mail, [...about, ends_in(30), END_IN_WORDS[locale], renew]);
    assert.ok(mail.html.includes(`<html lang="${locale}">`));
  });

  test(`a notice at the end and after it says that it has ended (${locale})`, () => {
    for (const [days, sentence] of [
      [0, notices.renewal.ended],
      [7, notices.renewal.ended_ago(7)],
    ] as const) {
      const now_ms = END_MS + days * DAY_MS;
      const mail = renderRevalidationNotice(subject({ language: locale }), END, now_ms);
      assert.equal(mail.subject, notices.renewal.subject_ended('Example Organization, LLC'));
      const { renew_ended } = notices.renewal;
      assertSays(mail, [...about, sentence, END_IN_WORDS[locale], renew_ended]);
    }
  });

  test(`a rejection says what was rejected, each reason, and what to do (${locale})`, () => {
    const mail = renderRejection(subject({ language: locale }), REASONS);
    const { rejected, reasons, next, remains } = notices.rejection;
    assert.equal(mail.subject, notices.rejection.subject('Example Organization, LLC'));
    assertSays(mail, [...about, rejected, reasons, ...REASONS[1].split('\n'), next, remains]);
    assert.equal(mail.html.match(/<li>/g)?.length, REASONS.length);
  });
}

test('a language that there are no texts for gets English, and the mail says so', () => {
  for (const language of ['it', 'zh_CN', '']) {
    assert.deepEqual(
      renderRejection(subject({ language }), REASONS),
      renderRejection(subject(), REASONS),
    );
  }
});

test('every type is named as on the wire', () => {
  for (const { type, description } of VALIDATION_TYPES) {
    assertSays(renderRejection(subject({ type }), REASONS), [description, TEXTS.en.types[type]]);
  }
});

test('days are counted from when the mail is composed, and one of them is no "1 days"', () => {
  const { ends_in, ended, ended_ago } = TEXTS.en.notices.renewal;
  for (const [left_ms, sentence] of [
    [30 * DAY_MS - 5000, ends_in(30)],
    [DAY_MS, ends_in(1)],
    [1, ends_in(1)],
    [0, ended],
    [-DAY_MS + 1, ended],
    [-DAY_MS, ended_ago(1)],
    [-7 * DAY_MS - 5000, ended_ago(7)],
  ] as const) {
    assertSays(renderRevalidationNotice(subject(), END, END_MS - left_ms), [sentence]);
  }
  assert.match(ends_in(1) + ended_ago(1), /in 1 day\..* 1 day ago\./);
});

test('the lines of a reason stay below each other, and blank ones are left out', () => {
  const { text, html } = renderRejection(subject(), ['First.\r\n\r\n \nSecond.', 'Other.']);
  assert.ok(text.includes('- First.\n  Second.\n- Other.\n'), text);
  assert.ok(html.includes('<li><bdi>First.</bdi><br><bdi>Second.</bdi></li>'), html);
});

test('a subject is cut where a name is longer than any that there is', () => {
  const organization_name = '𝔘'.repeat(500);
  const mail = renderRejection(subject({ organization_name }), REASONS);
  assert.equal([...mail.subject].length, 150);
  assert.ok(mail.subject.endsWith('𝔘…') && mail.subject.isWellFormed());
});

/** What somebody wrote, all of it hostile, with two reasons. */
const hostile = fc.record({
  given: fc
    .record({
      organization_name: hostileText,
      account_name: hostileText,
      contact: fc.record({ first_name: hostileText, last_name: hostileText }),
    })
    .map(subject),
  reasons: fc.array(hostileText, { minLength: 2, maxLength: 2 }),
});

/** The tags that do not depend on how many lines a reason has. */
const frameOf = (html: string) =>
  listTags(html.replaceAll('</bdi><br><bdi>', '\n')).filter((tag) => tag !== '<br>');

test('nothing that anybody wrote changes the tags of a mail or adds a link', () => {
  const plain = [
    renderRevalidationNotice(subject(), END, END_MS),
    renderRejection(subject(), ['One.', 'Two.']),
  ];
  for (const { html } of plain) {
    assert.doesNotMatch(
      html,
      /<(script|img|link|iframe|form|object|a)\b|src=|href=|url\(|@import/i,
    );
  }
  fc.assert(
    fc.property(hostile, ({ given, reasons }) => {
      const mails = [renderRevalidationNotice(given, END, END_MS), renderRejection(given, reasons)];
      for (const [index, { html }] of mails.entries()) {
        assert.deepEqual(frameOf(html), frameOf(plain[index]?.html ?? ''));
        assert.doesNotMatch(html, /&(?!(amp|lt|gt|quot|#39);)/);
      }
    }),
  );
});

test('nothing that anybody wrote adds a line to a subject, or one at the margin to the text', () => {
  const marginsOf = ({ text }: RenderedMail) =>
    text.split(/[\r\n\u2028\u2029]/).filter((line) => !line.startsWith('  ')).length;
  const plain = renderRejection(subject(), ['One.', 'Two.']);
  fc.assert(
    fc.property(hostile, ({ given, reasons }) => {
      const mail = renderRejection(given, reasons);
      assert.doesNotMatch(mail.subject, /[\p{Cc}\u2028-\u202E\u2066-\u2069]/u);
      assert.equal(marginsOf(mail), marginsOf(plain));
      assert.ok(mail.subject.isWellFormed() && mail.text.isWellFormed());
    }),
  );
});

test('a reason is read as it was written, in both forms', () => {
  const reason = 'Name is "Smith & Söhne <Ltd>", not \'株式会社\'.';
  assertSays(renderRejection(subject(), [reason]), [reason]);
});
