/**
 * The mails that tell an organization contact how a validation stands: that it ends or has ended, or that
 * it was rejected. As plain text and as HTML, with no link at all. Pure: when it is now is handed in.
 */
import { VALIDATION_TYPES, type ValidationTypeName } from '@orgvet/contract';
import { paragraph } from './html.ts';
import {
  MAIL_STYLES,
  type RenderedMail,
  renderHtmlDetails,
  renderHtmlHeading,
  renderMailPage,
  renderMailText,
  renderTextDetails,
  renderTextHeading,
} from './mail-layout.ts';
import { chooseTextLocale, TEXTS, type TextLocale, type Texts } from './texts/index.ts';
import {
  type Detail,
  detail,
  formatMoment,
  formatPersonName,
  makeTextSafe,
  renderLines,
} from './wording.ts';

/** Which validation a mail is about, and who reads it. */
export interface NoticeSubject {
  readonly organization_id: number;
  readonly organization_name: string;
  readonly type: ValidationTypeName;
  readonly account_name: string;
  readonly contact: { readonly first_name: string; readonly last_name: string };
  /** Locale code of the contact's language. */
  readonly language: string;
}

/**
 * @param validated_until when the validation ends
 * @param now_ms when it is read, or nearly: a mail that was held up does not tell of days that are gone
 */
export function renderRevalidationNotice(
  given: NoticeSubject,
  validated_until: string,
  now_ms: number,
): RenderedMail {
  const { subject, locale, texts } = prepare(given);
  const { renewal, ends_at } = texts.notices;
  const days = countDays(validated_until, now_ms);
  const hasEnded = days <= 0;
  const end = detail(ends_at, formatMoment(validated_until, locale));
  const heading = hasEnded ? renewal.subject_ended : renewal.subject;
  return renderNotice(subject, locale, heading(subject.organization_name), [
    { kind: 'sentence', text: describeEnd(days, renewal) },
    { kind: 'details', details: [...describeSubject(subject, texts), end] },
    { kind: 'sentence', text: hasEnded ? renewal.renew_ended : renewal.renew },
  ]);
}

/** @param reasons each of any number of lines, as somebody wrote them */
export function renderRejection(given: NoticeSubject, reasons: readonly string[]): RenderedMail {
  const { subject, locale, texts } = prepare(given);
  const { rejection } = texts.notices;
  return renderNotice(subject, locale, rejection.subject(subject.organization_name), [
    { kind: 'sentence', text: rejection.rejected },
    { kind: 'details', details: describeSubject(subject, texts) },
    { kind: 'list', heading: rejection.reasons, items: reasons.map(splitLines) },
    { kind: 'sentence', text: rejection.next },
    { kind: 'sentence', text: rejection.remains },
  ]);
}

/** A part of a mail between its greeting and its end. */
type Part =
  | { readonly kind: 'sentence'; readonly text: string }
  | { readonly kind: 'details'; readonly details: readonly Detail[] }
  | {
      readonly kind: 'list';
      readonly heading: string;
      /** The lines of each. */
      readonly items: readonly (readonly string[])[];
    };

/** Enough for the longest name there is; mail programs show less. */
const SUBJECT_LENGTH_MAX = 150;

const DAY_MS = 86_400_000;

function prepare(given: NoticeSubject) {
  const locale = chooseTextLocale([given.language]);
  const { first_name, last_name } = given.contact;
  const subject: NoticeSubject = {
    ...given,
    organization_name: makeTextSafe(given.organization_name),
    account_name: makeTextSafe(given.account_name),
    contact: { first_name: makeTextSafe(first_name), last_name: makeTextSafe(last_name) },
  };
  return { subject, locale, texts: TEXTS[locale] as Texts };
}

/** Whole days from now to an end: 0 and below once it has come. */
function countDays(end: string, now_ms: number): number {
  const left_ms = Date.parse(end) - now_ms;
  return left_ms > 0 ? Math.max(1, Math.round(left_ms / DAY_MS)) : -Math.floor(-left_ms / DAY_MS);
}

function describeEnd(days: number, renewal: Texts['notices']['renewal']): string {
  if (days > 0) {
    return renewal.ends_in(days);
  }
  return days < 0 ? renewal.ended_ago(-days) : renewal.ended;
}

function describeSubject(
  { organization_id, organization_name, type }: NoticeSubject,
  { labels, notices, types }: Texts,
): Detail[] {
  const onTheWire = VALIDATION_TYPES.find((one) => one.type === type)?.description ?? type;
  return [
    detail(labels.name, organization_name),
    detail(notices.organization_id, String(organization_id)),
    detail(notices.validation, onTheWire),
    detail(labels.certificates, types[type]),
  ];
}

/** The lines of a text of several, each safe; blank ones are left out. */
function splitLines(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map(makeTextSafe)
    .filter((line) => line.trim() !== '');
}

function renderNotice(
  { account_name, organization_name, contact }: NoticeSubject,
  locale: TextLocale,
  full_subject: string,
  body: readonly Part[],
): RenderedMail {
  const texts = TEXTS[locale];
  const subject = shorten(full_subject, SUBJECT_LENGTH_MAX);
  const sent_by = texts.mail.sent_by(account_name);
  const parts: readonly Part[] = [
    { kind: 'sentence', text: texts.mail.greeting(formatPersonName(contact)) },
    ...body,
    { kind: 'sentence', text: texts.notices.for_contact(organization_name) },
  ];
  const html = parts.map((part) => renderHtmlPart(part, texts)).join('\n');
  return {
    subject,
    text: renderMailText(
      parts.map((part) => renderTextPart(part, texts)),
      sent_by,
    ),
    html: renderMailPage({ subject, locale, sent_by }, html),
    locale,
  };
}

function renderTextPart(part: Part, texts: Texts): string {
  switch (part.kind) {
    case 'sentence':
      return part.text;
    case 'details':
      return renderTextDetails(texts.labels.organization, part.details, texts);
    case 'list':
      return [
        renderTextHeading(part.heading),
        ...part.items.map((lines) => `- ${lines.join('\n  ')}`),
      ].join('\n');
  }
}

function renderHtmlPart(part: Part, { labels }: Texts): string {
  switch (part.kind) {
    case 'sentence':
      return paragraph(part.text);
    case 'details':
      return renderHtmlDetails(labels.organization, part.details);
    case 'list': {
      const items = part.items.map((lines) => `<li>${renderLines({ lines, is_list: false })}</li>`);
      return `${renderHtmlHeading(part.heading)}
<ul style="${MAIL_STYLES.list}">${items.join('')}</ul>`;
    }
  }
}

/** A text of at most so many characters. */
function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`;
}
