/**
 * The mail that asks a verified contact to confirm, as plain text and as HTML. It loads nothing and
 * counts nobody: no pictures, no styles from elsewhere, no link but the one.
 */
import type { ConfirmationView } from './confirmation.ts';
import {
  type ConfirmationDetails,
  type Detail,
  describeConfirmation,
  renderLines,
} from './confirmation-details.ts';
import { escapeHtml, paragraph } from './html.ts';
import { type ConfirmationTexts, chooseTextLocale, TEXTS, type TextLocale } from './texts/index.ts';

export interface ConfirmationMail {
  /** One line. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The language that it is in: the one asked for, or English. */
  readonly locale: TextLocale;
}

/**
 * @param link where the contact answers
 * @param language locale code of the contact's language
 */
export function renderConfirmationMail(
  view: ConfirmationView,
  link: string,
  language: string,
): ConfirmationMail {
  const locale = chooseTextLocale([language]);
  const texts = TEXTS[locale];
  const letter: Letter = {
    texts,
    details: describeConfirmation(view, locale),
    link,
  };
  return {
    subject: texts.mail.subject(letter.details.organization_name),
    text: renderText(letter),
    html: renderHtml(letter, locale),
    locale,
  };
}

interface Letter {
  readonly texts: ConfirmationTexts;
  readonly details: ConfirmationDetails;
  readonly link: string;
}

function renderText({ texts, details, link }: Letter): string {
  const { request, labels, mail } = texts;
  const paragraphs = [
    mail.greeting(details.contact_name),
    request.asks(details.asker, details.organization_name),
    request.why,
    mail.check,
    renderTextDetails(labels.organization, details.organization, texts),
    renderTextDetails(labels.contact, details.contact, texts),
    [request.meaning, ...details.meaning.map((sentence) => `- ${sentence}`)].join('\n'),
    request.decline,
    `${mail.link}\n${link}`,
    `${request.until(details.expires_at)}\n${request.for_you_alone}`,
    request.ignore,
    `-- \n${mail.sent_by(details.account_name)}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function renderTextDetails(
  heading: string,
  details: readonly Detail[],
  { labels }: ConfirmationTexts,
): string {
  const rows = details.map(({ label, lines, is_list }) =>
    lines.length === 1
      ? `${label}${labels.colon}${lines[0]}`
      : [
          `${label}${labels.colon}`.trimEnd(),
          ...lines.map((line) => (is_list ? `  - ${line}` : `  ${line}`)),
        ].join('\n'),
  );
  return [heading, '-'.repeat(heading.length), ...rows].join('\n');
}

/** Styles stand at each element: mail programs drop all others. */
const STYLES = {
  page: 'margin:0;padding:24px 12px;background:#f2f4f7;color:#18212d;font:16px/1.5 Arial,Helvetica,sans-serif',
  letter:
    'max-width:600px;margin:0 auto;padding:28px 24px;background:#ffffff;border:1px solid #cdd5de',
  heading: 'margin:28px 0 8px;font-size:17px;line-height:1.4;color:#0a3d7a',
  label:
    'padding:4px 16px 4px 0;vertical-align:top;text-align:left;font-weight:normal;color:#414d5c',
  value: 'padding:4px 0;vertical-align:top;font-weight:bold',
  list: 'margin:0;padding-left:18px',
  button:
    'display:inline-block;padding:12px 22px;background:#0a3d7a;color:#ffffff;font-weight:bold;text-decoration:none',
  quiet:
    'margin-top:28px;padding-top:14px;border-top:1px solid #cdd5de;font-size:14px;color:#414d5c',
};

function renderHtml({ texts, details, link }: Letter, locale: TextLocale): string {
  const { request, labels, mail } = texts;
  const subject = escapeHtml(mail.subject(details.organization_name));
  const href = escapeHtml(link);
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${subject}</title></head>
<body style="${STYLES.page}">
<div style="${STYLES.letter}">
${paragraph(mail.greeting(details.contact_name))}
${paragraph(request.asks(details.asker, details.organization_name))}
${paragraph(request.why)}
${paragraph(mail.check)}
${renderHtmlDetails(labels.organization, details.organization)}
${renderHtmlDetails(labels.contact, details.contact)}
<h2 style="${STYLES.heading}">${escapeHtml(texts.page.meaning_heading)}</h2>
${paragraph(request.meaning)}
<ul>${details.meaning.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>
${paragraph(request.decline)}
<p style="margin:28px 0"><a href="${href}" style="${STYLES.button}">${escapeHtml(mail.open)}</a></p>
${paragraph(mail.link)}
<p style="word-break:break-all"><a href="${href}" style="color:#0a3d7a">${href}</a></p>
${paragraph(request.until(details.expires_at))}
${paragraph(request.for_you_alone)}
${paragraph(request.ignore)}
<p style="${STYLES.quiet}">${escapeHtml(mail.sent_by(details.account_name))}</p>
</div>
</body>
</html>
`;
}

function renderHtmlDetails(heading: string, details: readonly Detail[]): string {
  const rows = details.map((detail) => {
    const value = renderLines(detail, STYLES.list);
    return `<tr><th scope="row" style="${STYLES.label}">${escapeHtml(detail.label)}</th><td style="${STYLES.value}">${value}</td></tr>`;
  });
  return `<h2 style="${STYLES.heading}">${escapeHtml(heading)}</h2>
<table style="border-collapse:collapse">${rows.join('')}</table>`;
}
